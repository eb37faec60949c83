#include "reports/html.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "reports/html_page.h"
#include "reports/mesh_svg.h"
#include "reports/past.h"
#include "reports/summary.h"
#include "reports/xml_string.h"

namespace touchstone {
namespace {

using html::Page;

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// HTML has no empty-element tags but these: `<td/>` would stay open. And a line for each block
// keeps the file readable.
void finish(pugi::xml_node node) {
  static constexpr std::array<std::string_view, 6> kVoid{"meta", "link", "br", "hr", "rect", "img"};
  static constexpr std::array<std::string_view, 18> kOnNewLine{
      "head", "meta", "title", "link", "body", "header", "nav", "section", "article",
      "h1",   "h2",   "h3",    "p",    "dl",   "table",  "tr",  "details", "figure"};
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_element) continue;
    if (one_of(kOnNewLine, child.name()))
      node.insert_child_before(pugi::node_pcdata, child).set_value("\n");
    if (!child.first_child() && !one_of(kVoid, child.name())) child.append_child(pugi::node_pcdata);
    finish(child);
  }
}

std::string title_of(const Page& page, Word what) {
  return page.say(verdict_word(page.record)) +
         simulated_mark(page.record.simulated, page.language) + " · " + page.record.cluster +
         " · " + page.say(what);
}

void add_head(pugi::xml_node root, const std::string& title) {
  pugi::xml_node head = html::add(root, "head");
  html::set(html::add(head, "meta"), "charset", "utf-8");
  html::add(head, "title", "", title);
  pugi::xml_node viewport = html::add(head, "meta");
  html::set(viewport, "name", "viewport");
  html::set(viewport, "content", "width=device-width, initial-scale=1");
  pugi::xml_node style = html::add(head, "link");
  html::set(style, "rel", "stylesheet");
  html::set(style, "href", "report.css");
}

void add_navigation(pugi::xml_node body, const Page& page) {
  pugi::xml_node nav = html::add(body, "nav");
  if (html::has_changes(page)) html::lead(nav, "changes.html", page.say(Word::kChanges));
  if (!page.record.document.empty()) html::link(nav, "guide", page.say(Word::kGuide));
  for (const auto& [id, which] :
       {std::pair{"causes", Word::kCauses}, std::pair{"news", Word::kNews},
        std::pair{"waivers", Word::kWaivers}, std::pair{"chapters", Word::kChapters},
        std::pair{"matrix", Word::kMatrix}, std::pair{"hosts", Word::kPorts},
        std::pair{"mesh", Word::kMesh}, std::pair{"steps", Word::kSteps}})
    if ((which != Word::kMesh || !page.record.meshes.empty()) &&
        (which != Word::kWaivers || !page.record.waivers.empty()) &&
        (which != Word::kNews || !page.record.past.nights.empty()))
      html::link(nav, id, page.say(which));
}

// A whole file; `fill` puts in what stands below the running title.
template <class Fill>
std::string file_of(const Page& page, Word what, Fill fill) {
  pugi::xml_document document;
  document.append_child(pugi::node_doctype).set_value("html");
  pugi::xml_node root = document.append_child("html");
  html::set(root, "lang", page.language == Language::kZh ? "zh-CN" : "en");
  add_head(root, title_of(page, what));
  pugi::xml_node body = html::add(root, "body");
  html::add(body, "div", "running", title_of(page, what));
  fill(body);
  finish(root);
  return xml_string(document, pugi::format_raw | pugi::format_no_declaration) + "\n";
}

void fill_report(pugi::xml_node body, const Page& page) {
  html::add_front(body, page);
  add_navigation(body, page);
  html::add_guide(body, page);
  html::add_causes(body, page);
  html::add_blocked(body, page);
  html::add_past(body, page);
  html::add_moved(body, page);
  html::add_waivers(body, page);
  html::add_chapters(body, page);
  html::add_measurements(body, page);
  html::add_matrix(body, page);
  html::add_hosts(body, page);
  html::add_meshes(body, page);
  html::add_steps(body, page);
}

void fill_changes(pugi::xml_node body, const Page& page) {
  html::add_banner(body, page);
  html::add_changes(body, page);
  html::add_fixed(body, page);
}

}  // namespace

HtmlFolder html_report(const RunRecord& record, Language language) {
  const Digest causes = digest(record);
  const Page page{record, causes, language};
  HtmlFolder folder{{{"index.html", file_of(page, Word::kReport,
                                            [&](pugi::xml_node body) { fill_report(body, page); })},
                     {"report.css", html::style_sheet(record.simulated)}}};
  if (html::has_changes(page))
    folder.files["changes.html"] =
        file_of(page, Word::kChanges, [&](pugi::xml_node body) { fill_changes(body, page); });
  for (std::size_t i = 0; i < record.meshes.size(); ++i)
    folder.files[mesh_file(i + 1)] = mesh_svg(record.meshes[i], record.simulated, language);
  if (record.past.nights.size() > 1)
    folder.files["trend.svg"] = trend_svg(record.past, record.simulated, language);
  return folder;
}

}  // namespace touchstone
