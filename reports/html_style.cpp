#include "reports/html_page.h"

namespace touchstone::html {

// The page may bring no fonts and no scripts: system fonts, and CSS alone for all that changes.
std::string style_sheet(const RunRecord& record, Language language) {
  return R"css(:root {
  --ink: #1d2733; --soft: #5b6875; --line: #dfe4ea; --paper: #ffffff; --ground: #f5f7f9; --accent: #24507a;
  --fail: #b3261e; --fail-bg: #fbe4e1; --error: #8a5a00; --error-bg: #fdf0d0; --blocked: #5a5580; --blocked-bg: #e9e7f4;
  --pass: #1f6f43; --pass-bg: #e2f2e8; --fixed: #0f6674; --fixed-bg: #dcf1f4; --waived: #6b5b3a; --waived-bg: #f0ebdf;
  --off: #6b7682; --off-bg: #eef1f4;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 0 28px 60px; max-width: 1280px; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
h1, h2, h3, p, dl, dd, figure { margin: 0; }
h2 { margin: 36px 0 12px; font-size: 21px; font-weight: 600; }
h3 { font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
pre, code, .value, .targets { font-family: ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono", Consolas, monospace; font-size: 13px; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: 600; }
td, th { vertical-align: top; }
.note, .none, .about { color: var(--soft); font-size: 14px; }
.note + article { margin-top: 12px; }
.note + details.guide { margin-top: 8px; }
.calm { padding: 14px 18px; background: var(--pass-bg); color: var(--pass); border-radius: 6px; }
.notice { margin: 0 0 14px; padding: 10px 16px; background: var(--error-bg); color: var(--error); border-radius: 6px; }

.simulated {
  margin: 0 -28px; padding: 10px 28px; color: #3d2c00; border-bottom: 1px solid #d9a400;
  background: repeating-linear-gradient(135deg, #ffe9a8 0 18px, #ffdf80 18px 36px);
}
header { margin: 24px 0 0; padding: 26px 28px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
h1 { display: flex; align-items: baseline; gap: 14px; flex-wrap: wrap; font-size: 28px; overflow-wrap: anywhere; }
h1 small { font-size: 16px; font-weight: 400; color: var(--soft); }
.verdict { display: flex; align-items: center; gap: 14px; flex-wrap: wrap; margin: 16px 0 18px; padding: 14px 18px; border-radius: 6px; }
.verdict .sign { font-size: 24px; line-height: 1; }
.verdict strong { font-size: 22px; letter-spacing: .03em; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 12px 24px; }
.facts dt { color: var(--soft); font-size: 13px; }
.facts dt::first-letter { text-transform: uppercase; }
.facts dd { overflow-wrap: anywhere; }
.facts .wide { grid-column: 1 / -1; }
h4 { margin: 0; font-size: 14px; color: var(--soft); font-weight: 600; }
header h4 { margin: 18px 0 6px; }
ol.first { margin: 0; padding: 0 0 0 1.4em; }
ol.first li { margin: 0 0 4px; overflow-wrap: anywhere; }
.signatures { display: none; }
section.page { margin: 48px 0 0; padding: 12px 0 0; border-top: 3px solid var(--line); }
nav { display: flex; flex-wrap: wrap; gap: 6px 22px; margin: 16px 0 0; padding: 0 2px; }

.fail { color: var(--fail); background: var(--fail-bg); }
.error { color: var(--error); background: var(--error-bg); }
.blocked { color: var(--blocked); background: var(--blocked-bg); }
.waived { color: var(--waived); background: var(--waived-bg); }
.fixed { color: var(--fixed); background: var(--fixed-bg); }
.pass { color: var(--pass); background: var(--pass-bg); }
.na, .off { color: var(--off); background: var(--off-bg); }
.badge { display: inline-block; padding: 1px 9px; border-radius: 10px; font-size: 13px; font-weight: 600; white-space: nowrap; }

table.chapters { width: 100%; background: var(--paper); border: 1px solid var(--line); }
table.chapters td, table.chapters th { padding: 8px 14px; border-bottom: 1px solid var(--line); }
table.chapters th { width: 30%; font-weight: 400; }
table.chapters th a { display: inline-block; min-width: 2.4em; font-weight: 600; }
.drawn { width: 30%; }
.bar { display: block; width: 100%; height: 12px; margin-top: 6px; border-radius: 3px; background: var(--off-bg); }
.bar .fail { fill: #c8473d; } .bar .error { fill: #e0a526; } .bar .blocked { fill: #a49fc6; } .bar .pass { fill: #6fb58c; }
.bar .fixed { fill: #4fa7b4; } .bar .waived { fill: #c5b48c; } .bar .na { fill: #d5dae0; } .bar .off { fill: #e6e9ed; }

article { margin: 0 0 14px; padding: 16px 20px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; color: var(--ink); }
article.cause.fail, article.cause.error { background: var(--paper); color: var(--ink); border-left: 5px solid var(--error); }
article.cause.fail { border-left-color: var(--fail); }
article:target, tr:target > * { outline: 2px solid var(--accent); outline-offset: 1px; }
tr:target > * { background: #eef5fb; outline-offset: -2px; }
.explains { margin-top: 4px; color: var(--blocked); font-size: 14px; }
table.seen { margin: 12px 0 0; width: 100%; table-layout: fixed; background: var(--paper); border: 1px solid var(--line); }
table.seen td, table.seen th { padding: 6px 12px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
table.seen tr > th { color: var(--soft); font-weight: 600; font-size: 13px; }
table.seen td.targets { width: 34%; font-weight: 600; }
table.blocks th:first-child { width: 6em; }
table.verdicts th:first-child { width: 10em; }
table.moved th:first-child { width: 13em; }
.value { white-space: pre-wrap; overflow-wrap: anywhere; }
.advice { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 12px 0 0; }
.advice dt { color: var(--soft); }
.advice dd { min-width: 0; overflow-wrap: anywhere; }
code.command { display: block; width: fit-content; max-width: 100%; margin: 4px 0; padding: 3px 10px; background: var(--off-bg); border-radius: 4px; overflow-wrap: anywhere; }
details { margin: 12px 0 0; }
summary { cursor: pointer; color: var(--accent); overflow-wrap: anywhere; }
figure { margin: 10px 0 0; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
figcaption { padding: 6px 12px; background: var(--ground); font-size: 14px; overflow-wrap: anywhere; }
figure .none { padding: 4px 12px 8px; }
img.mesh { display: block; max-width: 100%; height: auto; }
pre { margin: 0; padding: 8px 12px; max-height: 22em; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.command { color: var(--accent); border-bottom: 1px solid var(--line); }
pre.excerpt { margin-top: 4px; padding: 4px 8px; background: var(--ground); white-space: pre; }
pre.err { background: #fdf3f1; }
pre[data-stream]::before { content: attr(data-stream); float: right; margin-left: 12px; color: var(--soft); font-size: 12px; }

.badge.broke { color: var(--fail); background: var(--paper); outline: 1px solid var(--fail); }
header pre.err { margin: 0 0 14px; }
header p.changes { margin: 0 0 16px; }
header p.changes > a { margin-right: 8px; font-weight: 600; }
.outcomes { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 16px 0 18px; }
details.change { margin: 10px 0 0; padding: 8px 0 0; border-top: 1px solid var(--line); }
details.change summary { color: var(--ink); }
details.change > pre { margin: 8px 0 0; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; }
details.change dd { font-size: 14px; white-space: pre-wrap; }
pre > span { display: block; }
.diff .more { background: var(--pass-bg); color: var(--pass); }
.diff .less { background: var(--fail-bg); color: var(--fail); }
.diff .at { color: var(--soft); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; margin: 12px 0 0; }
.pair > div { min-width: 0; }

.legend { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 12px; }
.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
.scroll + .scroll { margin-top: 8px; }
table.matrix { border-collapse: separate; border-spacing: 2px; font-size: 13px; }
table.matrix td { width: 24px; min-width: 20px; height: 22px; padding: 0; text-align: center; vertical-align: middle; border-radius: 3px; line-height: 22px; }
table.matrix td a { display: block; color: inherit; font-weight: 700; }
table.matrix td.pass { color: #5f9a79; background: #eef7f1; }
table.matrix th.host { padding-right: 10px; white-space: nowrap; font-weight: 400; }
table.matrix .of-chapters th { padding: 0 2px; color: var(--soft); font-size: 12px; }
table.matrix th.step { writing-mode: vertical-rl; padding: 2px 0 6px; font-weight: 400; }
table.matrix th.first { border-left: 0; }
table.hosts { width: 100%; font-size: 14px; background: var(--paper); border: 1px solid var(--line); }
table.hosts th { width: 34%; }
table.hosts td, table.hosts th { padding: 6px 12px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.strip { white-space: nowrap; }
.npu { display: inline-block; width: 22px; height: 22px; margin: 0 2px 0 0; border-radius: 3px; text-align: center; line-height: 22px; font-size: 13px; font-weight: 700; }
.alike h3 .strip { margin-left: 12px; }
.names { margin-top: 8px; }
.board { display: block; width: 100%; height: auto; margin: 12px 0 0; font-size: 12.5px; }
.board rect { background: none; fill: var(--off-bg); stroke: var(--off); }
.board text { fill: var(--ink); background: none; }
.board .name { fill: var(--soft); }
.board .title, .board .sign { font-weight: 700; }
.board .unknown { fill: var(--off); font-style: italic; }
.board path { fill: none; stroke: var(--off); stroke-width: 4; background: none; }
.board :target rect { stroke-width: 3; }
.board rect.fail { fill: var(--fail-bg); stroke: var(--fail); } .board text.fail { fill: var(--fail); } .board path.fail { stroke: var(--fail); }
.board rect.error { fill: var(--error-bg); stroke: var(--error); } .board text.error { fill: var(--error); } .board path.error { stroke: var(--error); }
.board rect.blocked { fill: var(--blocked-bg); stroke: var(--blocked); } .board text.blocked { fill: var(--blocked); } .board path.blocked { stroke: var(--blocked); }
.board rect.waived { fill: var(--waived-bg); stroke: var(--waived); } .board text.waived { fill: var(--waived); } .board path.waived { stroke: var(--waived); }
.board rect.fixed { fill: var(--fixed-bg); stroke: var(--fixed); } .board text.fixed { fill: var(--fixed); } .board path.fixed { stroke: var(--fixed); }
.board rect.pass { fill: var(--pass-bg); stroke: var(--pass); } .board text.pass { fill: var(--pass); } .board path.pass { stroke: var(--pass); }

table.steps { width: 100%; table-layout: fixed; margin: 8px 0 24px; background: var(--paper); border: 1px solid var(--line); font-size: 14px; }
table.steps td, table.steps th { padding: 8px 12px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
table.steps tr:first-child th { color: var(--soft); font-size: 13px; }
table.steps th:nth-child(1) { width: 6em; white-space: nowrap; }
table.steps th:nth-child(3) { width: 7em; }
table.steps th:nth-child(4) { width: 21%; }
table.steps th:nth-child(5) { width: 26%; }
details.guide { margin: 0 0 8px; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
details.guide summary { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 18px; padding: 7px 14px; color: var(--ink); }
details.guide summary::before { content: "▸"; color: var(--accent); }
details.guide[open] summary::before { content: "▾"; }
details.guide summary b { flex: 1; }
.counts { color: var(--soft); font-size: 14px; }
.verdict .counts { color: inherit; font-size: inherit; }
table.guide { width: 100%; table-layout: fixed; font-size: 14px; }
table.guide td, table.guide th { padding: 4px 12px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
table.guide th { width: 3.6em; color: var(--soft); font-weight: 400; text-align: right; }
table.guide td:nth-child(3) { width: 10.8em; }
table.guide td:nth-child(4) { width: 30%; }
table.guide .reason, .absent { color: var(--soft); font-size: 13px; }
code.about { display: inline-block; margin: 0 0 0 8px; color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
.verdicts .badge { margin: 0 4px 4px 0; }
.field { color: var(--soft); font-size: 13px; }
.field b { font-weight: 600; }

)css" + print_style(record, language);
}

}  // namespace touchstone::html
