#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "harness/model/run_record.h"
#include "reports/digest.h"
#include "reports/host_rows.h"
#include "reports/words.h"

namespace touchstone::html {

// What every section of a page needs. The page of a host has a record and a digest of that host
// alone (host_records.h), and `hosts` of all.
struct Page {
  const RunRecord& record;
  const Digest& digest;
  const HostRows& hosts;
  Language language;
  const char* home = "";  // how links to the sections of index.html begin: nothing on itself

  std::string say(Word which) const { return std::string(word(which, language)); }
  const std::string& in(const Text& text) const { return touchstone::in(text, language); }
  const StepInfo& step(std::size_t index) const { return record.steps.at(index); }
  // "#s-3.1.8", or "index.html#s-3.1.8" from any other page
  std::string at_home(const std::string& anchor) const { return home + ("#" + anchor); }
};

// The only ways by which text comes into the page: it is made harmless first, and pugixml escapes
// it.
pugi::xml_node add(pugi::xml_node parent, const char* element, const char* css = "",
                   std::string_view text = {});
void add_text(pugi::xml_node parent, std::string_view text);
void set(pugi::xml_node node, const char* attribute, std::string_view value);
pugi::xml_node link(pugi::xml_node parent, const std::string& target, std::string_view text);
// To another page of the report: "changes.html#f-3.1.8".
pugi::xml_node lead(pugi::xml_node parent, const std::string& where, std::string_view text);

// Cut to what a page can bear.
std::string shortened(std::string_view text, std::size_t bytes = 2000);

// Never by colour alone: each verdict has its own sign as well.
const char* sign_of(Verdict verdict);
const char* css_of(Verdict verdict);
void add_fact(pugi::xml_node list, std::string_view name, const std::string& value,
              const char* css = "");
void add_exhibit(pugi::xml_node parent, const Page& page, const Exhibit& exhibit);
void add_badge(pugi::xml_node parent, const Page& page, Verdict verdict);
// The same of the worst of some verdicts. What has not run is none yet; nothing was selected where
// there is none at all.
const char* sign_of(const Worst& worst);
const char* css_of(const Worst& worst);
std::string word_for(const Worst& worst, Language language);
void add_badge(pugi::xml_node parent, const Page& page, const Worst& worst);

std::string anchor_of_cause(std::size_t cause);    // "c1"
std::string anchor_of_step(const StepInfo& step);  // "s-3.1.8"
std::string anchor_of_row(std::size_t row);        // "a-1", on hosts.html

// Sections, each in a file of its own.
void add_banner(pugi::xml_node body, const Page& page);  // of a simulated cluster
void add_front(pugi::xml_node body, const Page& page);
void add_guide(pugi::xml_node body, const Page& page);
void add_chapters(pugi::xml_node body, const Page& page);
void add_measurements(pugi::xml_node body, const Page& page);  // where something was measured
void add_causes(pugi::xml_node body, const Page& page);
void add_findings(pugi::xml_node body, const Page& page);        // of a host: the evidence is open
void add_first_causes(pugi::xml_node header, const Page& page);  // for the first page: a line each
void add_blocked(pugi::xml_node body, const Page& page);
void add_past(pugi::xml_node body, const Page& page);     // where a history is kept
void add_moved(pugi::xml_node body, const Page& page);    // where there is a baseline
void add_waivers(pugi::xml_node body, const Page& page);  // where there are some
void add_matrix(pugi::xml_node body, const Page& page);
void add_hosts(pugi::xml_node body, const Page& page);  // a line each, or one for those alike
void add_meshes(pugi::xml_node body, const Page& page);
void add_steps(pugi::xml_node body, const Page& page);

// changes.html, where --fix was at work: host by host, and what was repaired before and after.
bool has_changes(const Page& page);
void add_changes(pugi::xml_node body, const Page& page);
void add_fixed(pugi::xml_node body, const Page& page);
void add_changes_summary(pugi::xml_node header, const Page& page);  // for the first page
// Where the changes of a host stand; empty: there are none.
std::string page_of_changes(const Page& page, const std::string& host);
// Where a step's evidence before and after is; empty: it was not repaired.
std::string page_of_fixed(const Page& page, std::size_t step);

// hosts.html, where index.html folds hosts that are alike: each of them by name.
void add_all_hosts(pugi::xml_node body, const Page& page);

// The page of a host: the board of its NPUs, and all that was found on it.
void add_host(pugi::xml_node body, const Page& page, const HostInfo& host,
              const std::string& changes);
void add_board(pugi::xml_node body, const Page& page, const HostInfo& host);
// Where the name of a host, or of hosts that are alike, leads.
std::string page_of_row(const Page& page, std::size_t row);
// "node-[001-990] (990)"; the names are cut to so many bytes.
std::string name_of_row(const VerdictRow& row, std::size_t bytes = 2000);
// "800 more hosts" and where they are, if index.html does not show all.
void add_rest(pugi::xml_node section, const Page& page);
// "10.0.0.1 · group group-1 · master · answered"
std::string about_host(const Page& page, const HostInfo& host);

pugi::xml_node add_section(pugi::xml_node body, const char* id, std::string_view title);

std::string style_sheet(const RunRecord& record, Language language);
std::string print_style(const RunRecord& record, Language language);

}  // namespace touchstone::html
