#include "reports/html_page.h"

namespace touchstone::html {

// On A4: no menus, nothing folded that a person signs for, and no box that a page's end cuts.
std::string_view print_style() {
  return R"css(@page { size: A4; margin: 16mm 12mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif; color: #5b6875; } }
@media print {
  body { max-width: none; padding: 0; background: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .running { display: block; position: fixed; top: -9mm; left: 0; font-size: 8.5pt; color: var(--soft); }
  nav { display: none; }
  .simulated { margin: 0; padding: 8px 14px; }
  article, figure, tr { break-inside: avoid; }
  details.evidence:not([open]) { display: none; }
  h2, h3, h4, .note, table.steps tr:first-child { break-after: avoid; }
  header.front { break-after: page; }
  details.guide summary { break-after: avoid; }
  details.guide::details-content, details.change::details-content, details.fixed::details-content { content-visibility: visible; display: block; }
  table.guide { font-size: 9pt; }
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
