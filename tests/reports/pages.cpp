#include "tests/reports/pages.h"

#include <set>

#include <gtest/gtest.h>

namespace touchstone {

std::string index_of(const RunRecord& record, Language language) {
  return html_report(record, language).files.at("index.html");
}

pugi::xml_document parsed(const std::string& text) {
  pugi::xml_document document;
  const auto result =
      document.load_buffer(text.data(), text.size(), pugi::parse_full, pugi::encoding_utf8);
  EXPECT_TRUE(result) << result.description() << " at " << result.offset;
  return document;
}

void expect_allowed(const HtmlFolder& folder, const std::string& text) {
  pugi::xml_document document = parsed(text);
  static const std::set<std::string> kForbidden{"script", "style", "iframe", "object",
                                                "embed",  "form",  "base"};
  struct Walker : pugi::xml_tree_walker {
    explicit Walker(const HtmlFolder& all) : folder(all) {}
    const HtmlFolder& folder;
    bool for_each(pugi::xml_node& node) override {
      EXPECT_FALSE(kForbidden.count(node.name())) << node.name();
      for (pugi::xml_attribute attribute : node.attributes()) {
        const std::string name = attribute.name(), value = attribute.value();
        EXPECT_NE(name, "style");
        EXPECT_NE(name.substr(0, 2), "on") << name;
        EXPECT_EQ(value.find("://"), std::string::npos) << name << "=" << value;
        EXPECT_NE(value.substr(0, 5), "data:") << name;
        const bool leads = name == "href" || name == "src";
        const std::string where = value.substr(0, value.find('#'));
        EXPECT_TRUE(!leads || where.empty() || folder.files.contains(where)) << value;
      }
      return true;
    }
  } walker(folder);
  document.traverse(walker);
}

void expect_links_lead_somewhere(const std::string& text) {
  const pugi::xml_document document = parsed(text);
  std::set<std::string> ids;
  for (const auto& found : document.select_nodes("//@id"))
    EXPECT_TRUE(ids.insert(found.attribute().value()).second) << found.attribute().value();
  for (const auto& found : document.select_nodes("//a[starts-with(@href, '#')]/@href"))
    EXPECT_TRUE(ids.count(found.attribute().value() + 1)) << found.attribute().value();
}

std::set<std::string> ids_of(const std::string& text) {
  const pugi::xml_document document = parsed(text);
  std::set<std::string> ids;
  for (const auto& found : document.select_nodes("//@id")) ids.insert(found.attribute().value());
  return ids;
}

void expect_pages_lead_to_each_other(const HtmlFolder& folder) {
  for (const auto& [name, text] : folder.files) {
    if (!name.ends_with(".html")) continue;
    const pugi::xml_document document = parsed(text);
    for (const auto& found : document.select_nodes("//a[contains(@href, '.html')]/@href")) {
      const std::string where = found.attribute().value();
      const std::string page = where.substr(0, where.find('#'));
      ASSERT_TRUE(folder.files.contains(page)) << where;
      if (page != where) {
        EXPECT_TRUE(ids_of(folder.files.at(page)).contains(where.substr(page.size() + 1))) << where;
      }
    }
  }
}

}  // namespace touchstone
