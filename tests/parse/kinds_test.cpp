#include "harness/parse/kinds.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/parse/expect.h"
#include "tests/parse/samples.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using nlohmann::json;

json parsed(std::string_view kind, std::string_view text) {
  return json::parse(taken(parse_to_json(kind, text)), nullptr, false);
}

std::string page() {
  std::ifstream file(source_dir() + "/docs/parse.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Names in backquotes in the row of a kind.
std::string row_of(const std::string& page, std::string_view kind) {
  const std::string begin = "\n| `" + std::string(kind) + "` ";
  const std::size_t at = page.find(begin);
  return at == std::string::npos ? "" : page.substr(at + 1, page.find('\n', at + 1) - at - 1);
}

TEST(Kinds, EveryKindTakesItsSample) {
  EXPECT_EQ(samples().size(), parse_kinds().size());
  for (const ParseKind& kind : parse_kinds()) {
    SCOPED_TRACE(kind.name);
    ASSERT_TRUE(samples().contains(kind.name));
    const json value = parsed(kind.name, samples().at(kind.name));
    EXPECT_TRUE(value.is_object() || value.is_array()) << value.dump();
    EXPECT_FALSE(kind.description.zh.empty());
    EXPECT_FALSE(kind.description.en.empty());
  }
}

TEST(Kinds, NoKindTakesTheSampleOfAnother) {
  for (const ParseKind& kind : parse_kinds())
    for (const auto& [other, text] : samples()) {
      // KEY=VALUE lines, one word and one JSON object may mean either.
      static const std::set<std::pair<std::string_view, std::string_view>> kVague = {
          {"install-info", "version-info"},
          {"install-info", "hccn-conf"},
          {"install-info", "proxy-variables"},
          {"uname", "systemctl-active"},
          {"uname", "systemctl-enabled"},
          {"uname", "user-id"},
          {"clock", "user-id"},
          {"daemon-json", "rank-table"},
          {"daemon-json", "docker-version"},
          {"daemon-json", "docker-info"},
          {"daemon-json", "weights-path"},
          {"daemon-json", "weights-config"},
          {"daemon-json", "mindie-config"},
          {"install-info", "environ"},
          {"bashrc", "unit-file"},
          {"environ", "proxy-variables"},
          {"proxy-variables", "environ"},
          {"environ", "install-info"},
          {"environ", "version-info"},
          {"environ", "hccn-conf"},
          {"mindie-config", "weights-path"},
          {"daemon-json", "http-exchange"},
          {"daemon-json", "chat-answer"}};
      if (kind.name == other || kVague.contains({kind.name, other})) continue;
      EXPECT_FALSE(parse_to_json(kind.name, text).ok()) << kind.name << " takes " << other;
    }
}

TEST(Kinds, NamesAreUniqueAndUnknownOnesRefused) {
  std::set<std::string_view> names;
  for (const ParseKind& kind : parse_kinds())
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
  expect_refused(parse_to_json("hccn-nothing", ""), Kind::kMalformed, "no kind \"hccn-nothing\"");
}

TEST(Kinds, ThePageListsThemAndTheirFields) {
  const std::string text = page();
  std::set<std::string> rows;
  for (std::size_t at = text.find("\n| `"); at != std::string::npos;
       at = text.find("\n| `", at + 1))
    rows.insert(text.substr(at + 4, text.find('`', at + 4) - at - 4));
  for (const ParseKind& kind : parse_kinds()) {
    SCOPED_TRACE(kind.name);
    EXPECT_TRUE(rows.erase(std::string(kind.name))) << "docs/parse.md has no row for it";
    const std::string row = row_of(text, kind.name);
    json value = parsed(kind.name, samples().at(kind.name));
    if (value.is_array()) value = value.at(0);
    for (const auto& [field, unused] : value.items()) {
      if (field == "device") continue;  // said once, above the table
      EXPECT_NE(row.find("`" + field + "`"), std::string::npos)
          << "the row does not tell of " << field;
    }
    std::string command(kind.command);
    for (std::size_t bar = command.find('|'); bar != std::string::npos;
         bar = command.find('|', bar + 2))
      command.insert(bar, "\\");  // as a table of Markdown wants it
    EXPECT_NE(row.find(command), std::string::npos) << "the row does not tell of " << command;
  }
  // What is left are the words of refusals, which are kinds of another sort.
  for (const char* word : {"empty", "not-set", "no-certificates", "error-text", "unsupported",
                           "masked", "elided", "malformed", "several", "unreadable"})
    EXPECT_TRUE(rows.erase(word)) << word;
  EXPECT_THAT(rows, testing::IsEmpty());
}

TEST(Kinds, SeveralDevicesMakeAnArray) {
  const json links = parsed("hccn-link", samples().at("hccn-link"));
  EXPECT_EQ(links, json::parse(R"([{"device": 0, "up": true}, {"device": 1, "up": false}])"));
  EXPECT_EQ(parsed("hccn-link", "link status: UP\n"),
            json::parse(R"({"device": null, "up": true})"));
  EXPECT_EQ(parsed("hccn-tls", samples().at("hccn-tls"))["device"], 2);
}

TEST(Kinds, ForeignBytesComeOutAsUtf8) {
  const json info = parsed("install-info", "version=1\nname=\xff\xfe\n");
  EXPECT_EQ(info["fields"]["name"], "\xEF\xBF\xBD\xEF\xBF\xBD");
  const auto refused = parse_to_json("uname", "\xff\xfe x\n");
  ASSERT_FALSE(refused.ok());
  const Text& reason = refused.refusal().reason;
  EXPECT_FALSE((json(reason.en).dump() + json(reason.zh).dump()).empty());  // throws on bad UTF-8
}

}  // namespace
}  // namespace touchstone
