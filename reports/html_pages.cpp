#include "reports/html_pages.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "reports/host_records.h"
#include "reports/html_page.h"
#include "reports/summary.h"
#include "reports/xml_string.h"

namespace touchstone::html {
namespace {

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// HTML has no empty-element tags but these: `<td/>` would stay open. And a line for each block
// keeps the file readable.
void finish(pugi::xml_node node) {
  static constexpr std::array<std::string_view, 8> kVoid{"meta", "link", "br",   "hr",
                                                         "rect", "img",  "path", "circle"};
  static constexpr std::array<std::string_view, 20> kOnNewLine{
      "head", "meta", "title", "link", "body",  "header", "nav", "section", "article", "h1",
      "h2",   "h3",   "p",     "dl",   "table", "tr",     "svg", "g",       "details", "figure"};
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_element) continue;
    if (one_of(kOnNewLine, child.name()))
      node.insert_child_before(pugi::node_pcdata, child).set_value("\n");
    if (!child.first_child() && !one_of(kVoid, child.name())) child.append_child(pugi::node_pcdata);
    finish(child);
  }
}

std::string title_of(const Page& page, const std::string& what) {
  return page.say(verdict_word(page.record)) +
         simulated_mark(page.record.simulated, page.language) + " · " + page.record.cluster +
         " · " + what;
}

void add_head(pugi::xml_node root, const std::string& title) {
  pugi::xml_node head = add(root, "head");
  set(add(head, "meta"), "charset", "utf-8");
  add(head, "title", "", title);
  pugi::xml_node viewport = add(head, "meta");
  set(viewport, "name", "viewport");
  set(viewport, "content", "width=device-width, initial-scale=1");
  pugi::xml_node style = add(head, "link");
  set(style, "rel", "stylesheet");
  set(style, "href", "report.css");
}

void add_navigation(pugi::xml_node body, const Page& page) {
  pugi::xml_node nav = add(body, "nav");
  if (has_changes(page)) lead(nav, "changes.html", page.say(Word::kChanges));
  if (!page.record.document.empty()) link(nav, "guide", page.say(Word::kGuide));
  for (const auto& [id, which] :
       {std::pair{"causes", Word::kCauses}, std::pair{"news", Word::kNews},
        std::pair{"waivers", Word::kWaivers}, std::pair{"chapters", Word::kChapters},
        std::pair{"matrix", Word::kMatrix}, std::pair{"hosts", Word::kPorts},
        std::pair{"mesh", Word::kMesh}, std::pair{"steps", Word::kSteps}})
    if ((which != Word::kMesh || !page.record.meshes.empty()) &&
        (which != Word::kWaivers || !page.record.waivers.empty()) &&
        (which != Word::kNews || !page.record.past.nights.empty()))
      link(nav, id, page.say(which));
}

// A whole file; `fill` puts in what stands below the banner.
template <class Fill>
PageTree page_of(const std::string& name, const Page& page, const std::string& what, Fill fill) {
  PageTree made{.name = name, .document = {}};
  made.document.append_child(pugi::node_doctype).set_value("html");
  pugi::xml_node root = made.document.append_child("html");
  set(root, "lang", page.language == Language::kZh ? "zh-CN" : "en");
  add_head(root, title_of(page, what));
  pugi::xml_node body = add(root, "body");
  add_banner(body, page);
  fill(body);
  return made;
}

void fill_report(pugi::xml_node body, const Page& page) {
  add_front(body, page);
  add_navigation(body, page);
  add_guide(body, page);
  add_causes(body, page);
  add_blocked(body, page);
  add_past(body, page);
  add_moved(body, page);
  add_waivers(body, page);
  add_chapters(body, page);
  add_measurements(body, page);
  add_matrix(body, page);
  add_hosts(body, page);
  add_meshes(body, page);
  add_steps(body, page);
}

void fill_changes(pugi::xml_node body, const Page& page) {
  add_changes(body, page);
  add_fixed(body, page);
}

void make_hosts(const Page& whole, const std::function<void(PageTree)>& take) {
  HostRecords records(whole.record);
  for (std::size_t i = 0; i < whole.record.hosts.size(); ++i) {
    const HostInfo& host = whole.record.hosts[i];
    const RunRecord& record = records.of(i);
    const Digest found = digest(record);
    const Page page{record, found, whole.hosts, whole.language, "index.html"};
    PageTree made =
        page_of(whole.hosts.files[i], page, shortened(host.name, 200), [&](pugi::xml_node body) {
          add_host(body, page, host, page_of_changes(whole, host.name));
        });
    made.calm = whole.hosts.folded && record.verdict() == Verdict::kPass;
    take(std::move(made));
  }
}

}  // namespace

void make_pages(const RunRecord& record, Language language,
                const std::function<void(PageTree)>& take) {
  const Digest causes = digest(record);
  const HostRows rows = host_rows(record, causes);
  const Page page{record, causes, rows, language};
  const Page other{record, causes, rows, language, "index.html"};
  take(page_of("index.html", page, page.say(Word::kReport),
               [&](pugi::xml_node body) { fill_report(body, page); }));
  if (has_changes(page))
    take(page_of("changes.html", other, page.say(Word::kChanges),
                 [&](pugi::xml_node body) { fill_changes(body, other); }));
  if (rows.folded)
    take(page_of("hosts.html", other, page.say(Word::kAllHosts),
                 [&](pugi::xml_node body) { add_all_hosts(body, other); }));
  make_hosts(page, take);
}

std::string text_of(pugi::xml_document& document) {
  finish(document);
  return xml_string(document, pugi::format_raw | pugi::format_no_declaration) + "\n";
}

}  // namespace touchstone::html
