#pragma once

#include <set>
#include <string>

#include <pugixml.hpp>

#include "reports/html.h"

namespace touchstone {

std::string index_of(const RunRecord& record, Language language = Language::kEn);

pugi::xml_document parsed(const std::string& text);

// What Jenkins' policy forbids or would not load, in attributes and elements; evidence may speak of
// it.
void expect_allowed(const HtmlFolder& folder, const std::string& text);

// Every "#id" is there, and once.
void expect_links_lead_somewhere(const std::string& text);

// "changes.html#f-3.1.8" of one page must be there on the other.
void expect_pages_lead_to_each_other(const HtmlFolder& folder);

}  // namespace touchstone
