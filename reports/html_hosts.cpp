#include <algorithm>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kNamesOnLine = 100;  // bytes of names on a line; hosts.html has all of them

void add_sign(pugi::xml_node strip, const Page& page, std::size_t npu, const Worst& worst,
              const std::string& leads_to) {
  pugi::xml_node sign = leads_to.empty() ? add(strip, "span") : lead(strip, leads_to, "");
  set(sign, "class", std::string("npu ") + css_of(worst));
  set(sign, "title", fmt::format("NPU {}: {}", npu, html::word_for(worst, page.language)));
  add_text(sign, sign_of(worst));
}

// The NPUs of a host, or of all that are alike, in a strip.
void add_strip(pugi::xml_node cell, const Page& page, const VerdictRow& row) {
  const std::string file = row.hosts.size() == 1 ? page.hosts.files[row.hosts.front()] : "";
  for (std::size_t npu = 0; npu < row.npus.size(); ++npu)
    add_sign(cell, page, npu, row.npus[npu],
             file.empty() ? file : fmt::format("{}#npu-{}", file, npu));
}

void add_line(pugi::xml_node table, const Page& page, std::size_t index) {
  const VerdictRow& row = page.hosts.hosts[index];
  pugi::xml_node line = add(table, "tr");
  lead(add(line, "th"), page_of_row(page, index), name_of_row(row, kNamesOnLine));
  add_badge(add(line, "td"), page, row.all);
  add_strip(add(line, "td", "strip"), page, row);
  add(line, "td", "about",
      row.hosts.size() == 1 ? about_host(page, page.record.hosts[row.hosts.front()])
                            : word_for_state(row.state, page.language));
}

}  // namespace

std::string name_of_row(const VerdictRow& row, std::size_t bytes) {
  const std::string folded = shortened(fold_names(row.names), bytes);
  return row.names.size() == 1 ? folded : fmt::format("{} ({})", folded, row.names.size());
}

std::string page_of_row(const Page& page, std::size_t row) {
  const auto& hosts = page.hosts.hosts[row].hosts;
  return hosts.size() == 1 ? page.hosts.files[hosts.front()] : "hosts.html#" + anchor_of_row(row);
}

std::string about_host(const Page& page, const HostInfo& host) {
  std::string about = host.address;
  if (!host.group.empty()) about += " · " + page.say(Word::kGroup) + " " + host.group;
  if (host.master) about += " · " + page.say(Word::kMaster);
  return about + " · " + word_for_state(host.state, page.language);
}

void add_rest(pugi::xml_node section, const Page& page) {
  if (!page.hosts.folded) return;
  const auto& rows = page.hosts.hosts;
  std::size_t left = 0;
  for (std::size_t i = HostRows::kShown; i < rows.size(); ++i) left += rows[i].names.size();
  pugi::xml_node line = add(section, "p", "none");
  if (left != 0) add_text(line, fmt::format("{} {} ", left, page.say(Word::kMoreHosts)));
  lead(line, "hosts.html", page.say(Word::kAllHosts));
}

void add_hosts(pugi::xml_node body, const Page& page) {
  pugi::xml_node section = add_section(body, "hosts", page.say(Word::kPorts));
  add(section, "p", "note", page.say(Word::kPortsNote));
  pugi::xml_node table = add(section, "table", "hosts");
  for (std::size_t i = 0; i < std::min(page.hosts.hosts.size(), HostRows::kShown); ++i)
    add_line(table, page, i);
  add_rest(section, page);
}

void add_all_hosts(pugi::xml_node body, const Page& page) {
  pugi::xml_node header = add(body, "header");
  pugi::xml_node heading = add(header, "h1");
  add_text(heading, page.say(Word::kAllHosts));
  add(heading, "small", "", page.say(Word::kCluster) + " " + page.record.cluster);
  lead(add(body, "nav"), "index.html", page.say(Word::kToReport));
  for (std::size_t i = 0; i < page.hosts.hosts.size(); ++i) {
    const VerdictRow& row = page.hosts.hosts[i];
    pugi::xml_node article = add(body, "article", "alike");
    set(article, "id", anchor_of_row(i));
    pugi::xml_node title = add(article, "h3", "", name_of_row(row, kNamesOnLine) + " ");
    add_badge(title, page, row.all);
    add_text(title, " ");
    add_strip(add(title, "span", "strip"), page, row);
    pugi::xml_node names = add(article, "p", "names");
    for (std::size_t host : row.hosts) {
      if (host != row.hosts.front()) add_text(names, " ");
      lead(names, page.hosts.files[host], shortened(page.record.hosts[host].name, 200));
    }
  }
}

}  // namespace touchstone::html
