#pragma once

#include <map>
#include <string>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// The files of the page by name: index.html, changes.html where --fix was at work, report.css,
// mesh-1.svg of the first group … They work where Jenkins shows them: no scripts, no style in the
// pages themselves, nothing from elsewhere.
struct HtmlFolder {
  std::map<std::string, std::string> files;
};

HtmlFolder html_report(const RunRecord& record, Language language);

}  // namespace touchstone
