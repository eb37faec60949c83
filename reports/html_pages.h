#pragma once

#include <functional>
#include <string>

#include <pugixml.hpp>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone::html {

// The pages of a report as trees, in the order in which one reads them: index.html first, then
// what was changed, then the hosts. One page at a time is held: a thousand hosts have a thousand.
struct PageTree {
  std::string name;  // of its file
  pugi::xml_document document;
  bool calm = false;  // of one of many hosts, and nothing was found on it
};
void make_pages(const RunRecord& record, Language language,
                const std::function<void(PageTree)>& take);

// The text of a page as HTML: no element is closed in its start tag but those that HTML knows to be
// empty.
std::string text_of(pugi::xml_document& document);

}  // namespace touchstone::html
