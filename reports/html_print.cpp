#include <fmt/format.h>

#include "harness/model/clean.h"
#include "reports/html_page.h"
#include "reports/summary.h"

namespace touchstone::html {

namespace {

// For the string of a style sheet, which may stand in a page, too: all that could end either is
// written by its number.
std::string css_string(std::string_view text) {
  std::string out;
  for (const char c : harmless_line(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       static_cast<unsigned char>(c) >= 0x80;
    out += plain ? std::string(1, c) : fmt::format("\\{:x} ", c);
  }
  return '"' + out + '"';
}

// In the margin of every sheet; what stood in the page itself would cover what is printed.
std::string margins(const RunRecord& record, Language language) {
  const std::string verdict(word(verdict_word(record), language));
  std::string css = fmt::format(
      "@page {{ size: A4; margin: 16mm 12mm 14mm; @top-left {{ content: {}; }} @bottom-right {{ "
      "content: counter(page) \" / \" counter(pages); }} font: 8.5pt sans-serif; color: #5b6875; "
      "}}\n",
      css_string(verdict + " · " + shortened(record.cluster, 60)));
  if (record.simulated)
    css +=
        "@page { @top-right { content: \"SIMULATED 模拟集群\"; font: bold 9pt sans-serif; color: "
        "#8a5a00; } }\n";
  return css;
}

}  // namespace

// On A4: no menus, nothing folded that a person signs for, and no box that a page's end cuts where
// it fits a page.
std::string print_style(const RunRecord& record, Language language) {
  return margins(record, language) + R"css(@media print {
  body { max-width: none; padding: 0; background: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; }
  .simulated { margin: 0; padding: 8px 14px; }
  tr, article:not(:has(details[open])), article > table, article > dl { break-inside: avoid; }
  article > h3, article > table, summary, figcaption, pre.command { break-after: avoid; }
  details.evidence:not([open]) { display: none; }
  h2, h3, h4, .note, table.steps tr:first-child { break-after: avoid; }
  header.front { break-after: page; }
  details.guide summary { break-after: avoid; }
  details.guide::details-content, details.change::details-content, details.pairs::details-content { content-visibility: visible; display: block; }
  table.guide, table.steps { font-size: 9pt; }
  table.steps th:nth-child(1) { width: 4em; } table.steps th:nth-child(3) { width: 5em; } table.steps th:nth-child(4) { width: 16%; }
  table.guide td, table.guide th { padding: 2px 8px; }
  pre { max-height: none; font-size: 8pt; }
  .scroll { overflow: visible; padding: 4px; border: 0; }
  table.matrix { border-spacing: 1px; font-size: 8pt; }
  table.matrix td { width: auto; min-width: 0; }
  table.hosts { font-size: 9pt; }
  .npu { width: 16px; height: 16px; line-height: 16px; font-size: 8pt; }
  .board { break-inside: avoid; }
  section.page { margin: 0; padding: 0; border: 0; break-before: page; }
  .signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 0 32px; margin: 22px 0 0; break-inside: avoid; }
  .signatures p { margin: 22px 0 0; border-bottom: 1px solid var(--ink); color: var(--soft); font-size: 9pt; }
}
)css";
}

}  // namespace touchstone::html
