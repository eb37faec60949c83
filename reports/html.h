#pragma once

#include <map>
#include <string>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// The files of the pages by name: index.html, a page for each host, hosts.html where index.html
// folds them, changes.html where --fix was at work, report.css, mesh-1.svg of the first group …
// They work where Jenkins shows them: no scripts, no style in the pages themselves, nothing from
// elsewhere.
struct HtmlFolder {
  std::map<std::string, std::string> files;
};
// `single`: report.html as well, of the same pages.
HtmlFolder html_report(const RunRecord& record, Language language, bool single = false);

inline constexpr const char* kSinglePage = "report.html";
// All of it in one file, for mail and for signing: the pages follow each other, style and pictures
// are in it, and it leads nowhere else. Jenkins' policy would take its style away.
std::string html_single(const RunRecord& record, Language language);

}  // namespace touchstone
