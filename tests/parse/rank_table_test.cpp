#include "harness/parse/rank_table.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "harness/parse/json_text.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

using Code = RankTableProblem::Code;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(JsonText, NamesLineAndColumn) {
  static constexpr Refused kTable[] = {
      {"{\n  \"a\": 1,\n}", Kind::kMalformed, "line 2, column 9: a comma before the closing }"},
      {"[1,\n 2,]", Kind::kMalformed, "line 2, column 3: a comma before the closing ]"},
      // columns count characters: 4 of them stand before the comment
      {"{\"节点\": 1} # x", Kind::kMalformed, "line 1, column 11: # begins a comment"},
      {"{\"a\": 1, // x\n}", Kind::kMalformed, "line 1, column 10: // begins a comment"},
      {"[1, ...]", Kind::kElided, "line 1, column 5: \"...\""},
      {"{\"a\": 1, \"a\": 2}", Kind::kMalformed, "line 1, column 10: the key \"a\""},
      {"\xEF\xBB\xBF{}", Kind::kMalformed, "byte order mark"},
      {std::string_view("{}\0", 3), Kind::kMalformed, "NUL"},
      {"{} {}", Kind::kMalformed, "line 1, column 4"},
      {"{'a': 1}", Kind::kMalformed, "double quotes"},
      {"{\"a\"：1}", Kind::kMalformed, "Chinese punctuation"},
      {"{\"a\": \"b}", Kind::kMalformed, "line 1, column 7: this string has no closing quote"},
      {"{\"a\": \"b\n\"}", Kind::kMalformed, "line 1, column 7: this string has no closing quote"},
      {"[01]", Kind::kMalformed, "begins with 0"},
      {"[1.]", Kind::kMalformed, "decimal point"},
      {"[-]", Kind::kMalformed, "no digit after -"},
      {"[1e]", Kind::kMalformed, "exponent"},
      {"[\"\\x\"]", Kind::kMalformed, "no escape"},
      {"[\"\\ud800\"]", Kind::kMalformed, "surrogate"},
      {"[\"\\u12\"]", Kind::kMalformed, "hexadecimal"},
      {"[\"\t\"]", Kind::kMalformed, "control character"},
      {"[\"\xff\"]", Kind::kMalformed, "line 1, column 3: the bytes are not UTF-8"},
      {"[tru]", Kind::kMalformed, "is not a value"},
      {"[NaN]", Kind::kMalformed, "is not a value"},
      {"{\"a\" 1}", Kind::kMalformed, "the : after a key"},
      {"[1 2]", Kind::kMalformed, "a comma or ]"},
      {"{", Kind::kMalformed, "the text ends here"},
  };
  for (const Refused& row : kTable) {
    SCOPED_TRACE(row.text);
    expect_refused(read_json(row.text), row.kind, row.says);
  }
}

TEST(JsonText, HostileDepthIsRefused) {
  expect_refused(read_json(std::string(200000, '[')), Kind::kMalformed, "64 levels");
  std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_TRUE(read_json(deep).ok());
}

TEST(JsonText, ValuesKnowTheirPlace) {
  constexpr std::string_view kText =
      "{\n  \"b\": [true, null, -1.5e3],\n  \"c\": \"\\u8282\\ud83d\\ude00\\n\"}";
  const auto root = taken(read_json(kText));
  const JsonNode* list = root.find("b");
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->items.size(), 3u);
  EXPECT_EQ(list->items[2].text, "-1.5e3");
  EXPECT_EQ(list->items[2].position, (TextPosition{2, 21}));
  EXPECT_EQ(kText.substr(list->items[2].begin, list->items[2].end - list->items[2].begin),
            "-1.5e3");
  EXPECT_EQ(root.find("c")->text, "节\xF0\x9F\x98\x80\n");
  EXPECT_EQ(root.find("d"), nullptr);
}

RankTable two_servers() {
  RankTable table;
  for (int s = 1; s <= 2; ++s) {
    RankTable::Server server{.server_id = fmt::format("192.168.1.{}", s)};
    server.container_ip = server.server_id;
    for (int d = 0; d < 8; ++d)
      server.devices.push_back(
          {.device_id = std::to_string(d), .device_ip = fmt::format("10.20.{}.{}", s, d)});
    table.servers.push_back(server);
  }
  number_rank_table(table);
  return table;
}

// The same table, as if nobody had looked at lines.
RankTable without_lines(RankTable table) {
  for (auto& server : table.servers) {
    server.line = 0;
    for (auto& device : server.devices) device.line = 0;
  }
  return table;
}

std::vector<std::string> problems_of(const RankTable& table) {
  std::vector<std::string> names;
  for (const auto& problem : check_rank_table(table)) {
    names.emplace_back(name_of(problem.code));
    EXPECT_FALSE(problem.message.zh.empty());
    EXPECT_FALSE(problem.message.en.empty());
  }
  return names;
}

TEST(RankTable, WhatIsWrittenIsRead) {
  const RankTable table = two_servers();
  EXPECT_EQ(
      without_lines(taken(parse_rank_table(write_rank_table(table, RankTableForm::kGuide), ""))),
      table);
  // hccl_tools.py writes no container_ip, and host_nic_ip instead
  const std::string tools = write_rank_table(table, RankTableForm::kHcclTools);
  const auto read = taken(parse_rank_table(tools, ""));
  EXPECT_EQ(read.servers.at(0).container_ip, std::nullopt);
  EXPECT_EQ(read.servers.at(0).host_nic_ip, "reserve");
  EXPECT_THAT(problems_of(read), ElementsAre("container-ip-missing", "container-ip-missing"));
  // key order of the tools
  EXPECT_LT(tools.find("\"server_id\""), tools.find("\"device\""));
  EXPECT_LT(tools.find("\"device\""), tools.find("\"host_nic_ip\""));
  EXPECT_LT(tools.find("\"server_list\""), tools.find("\"status\""));
}

TEST(RankTable, LinesAreThoseOfTheText) {
  const auto table = taken(parse_rank_table(
      "{\"version\": \"1.0\", \"server_count\": \"1\", \"status\": "
      "\"completed\",\n\"server_list\": [\n"
      "  {\"server_id\": \"10.0.0.1\", \"device\": [\n"
      "    {\"device_id\": \"0\", \"device_ip\": \"-.-.-.-\", \"rank_id\": \"0\"}]}]}",
      ""));
  EXPECT_EQ(table.servers.at(0).line, 3);
  EXPECT_EQ(table.servers.at(0).devices.at(0).line, 4);
  const auto problems = check_rank_table(table);
  ASSERT_EQ(problems.size(), 3u);  // one server is too few; no container_ip; no address
  EXPECT_EQ(problems[2].code, Code::kDeviceIpInvalid);
  EXPECT_EQ(problems[2].line, 4);
  EXPECT_NE(problems[2].message.en.find("-.-.-.-"), std::string::npos);
}

TEST(RankTable, RefusesOtherShapes) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"cat: /user/rank_table.json: No such file or directory\n", Kind::kNotSet, "not there"},
      {"[]", Kind::kMalformed, "the table is an array"},
      {"{\"version\": \"1.0\", \"server_count\": \"2\"}", Kind::kMalformed, "\"server_list\""},
      {"{\"version\": \"1.0\", \"server_count\": 2, \"server_list\": []}", Kind::kMalformed,
       "line 1, column 36: server_count is a number, expected a string: write \"2\""},
      {"{\"version\": \"1.0\", \"server_count\": \"2\", \"server_list\": {}}", Kind::kMalformed,
       "server_list is an object, expected an array"},
      {"{\"version\": \"1.0\", \"server_count\": \"1\", \"server_list\": [\n{\"server_id\": \"a\", "
       "\"device\": [\n{\"device_id\": \"0\", \"device_ip\": \"1.2.3.4\", \"rank_id\": 0}]}]}",
       Kind::kMalformed, "line 3, column 55: server_list[0].device[0].rank_id is a number"},
      {"{\"version\": \"1.0\", \"server_count\": \"1\", \"server_list\": [7]}", Kind::kMalformed,
       "server_list[0] is a number"},
      {"{\"version\": \"2.0\", \"rank_count\": \"8\", \"rank_list\": []}", Kind::kUnsupported,
       "A5"},
      {"{\"group_list\": [], \"status\": \"completed\"}", Kind::kUnsupported, "group_list"},
      {"{\n\"server_count\": \"4\", # how many\n", Kind::kMalformed,
       "line 2, column 22: # begins a comment"},
      {"{\"server_list\": [ ... ]}", Kind::kElided, "column 19"},
  };
  expect_all_refused(parse_rank_table, kTable);
}

// Steps tell each wrong address of such a table; who pastes it is told that it is a document's.
TEST(RankTable, MaskedAddressesAreRefusedWhereTheyArePasted) {
  const auto written = [](void (*change)(RankTable&)) {
    RankTable table = two_servers();
    change(table);
    return write_rank_table(table, RankTableForm::kGuide);
  };
  const std::string kTexts[] = {
      written([](RankTable& t) { t.servers[0].server_id = "10.xx.1.1"; }),
      written([](RankTable& t) { t.servers[1].container_ip = "10.0.0.x"; }),
      written([](RankTable& t) { t.servers[1].devices[7].device_ip = "10.**.1.1"; }),
  };
  for (const std::string& text : kTexts) {
    EXPECT_TRUE(parse_rank_table(text, "").ok());
    expect_refused(parse_unmasked_rank_table(text, ""), Kind::kMasked, "masked");
  }
  EXPECT_TRUE(parse_unmasked_rank_table(
                  written([](RankTable& t) { t.servers[0].host_nic_ip = "reserve"; }), "")
                  .ok());
}

TEST(RankTableCheck, AWholeTableHasNoProblem) {
  EXPECT_THAT(problems_of(two_servers()), IsEmpty());
}

TEST(RankTableCheck, EachMistakeHasItsCode) {
  const std::pair<const char*, void (*)(RankTable&)> kMistakes[] = {
      {"version", [](RankTable& t) { t.version = "1.2"; }},
      {"status", [](RankTable& t) { t.status = ""; }},
      {"status", [](RankTable& t) { t.status = "setuping"; }},
      {"server-count", [](RankTable& t) { t.server_count = "3"; }},
      {"server-count", [](RankTable& t) { t.server_count = "two"; }},
      {"server-id",
       [](RankTable& t) {
         t.servers[0].server_id = "127.0.1.1", t.servers[0].container_ip = "127.0.1.1";
       }},
      {"server-id",
       [](RankTable& t) {
         t.servers[0].server_id = "0.0.0.0", t.servers[0].container_ip = "0.0.0.0";
       }},
      {"container-ip-missing", [](RankTable& t) { t.servers[1].container_ip.reset(); }},
      {"container-ip-missing", [](RankTable& t) { t.servers[1].container_ip = ""; }},
      {"container-ip-invalid", [](RankTable& t) { t.servers[1].container_ip = "<ip>"; }},
      {"container-ip-differs", [](RankTable& t) { t.servers[1].container_ip = "172.17.0.2"; }},
      {"device-id", [](RankTable& t) { t.servers[1].devices[3].device_id = "4"; }},
      {"device-ip-invalid", [](RankTable& t) { t.servers[1].devices[3].device_ip = "-.-.-.-"; }},
      {"device-ip-duplicate",
       [](RankTable& t) { t.servers[1].devices[3].device_ip = "10.20.1.0"; }},
      {"rank-id", [](RankTable& t) { t.servers[1].devices[3].rank_id = "x"; }},
      {"rank-id", [](RankTable& t) { t.servers[1].devices[7].rank_id = "512"; }},
      {"rank-id", [](RankTable& t) { t.servers[0].devices[1].rank_id = "01"; }},
      {"rank-duplicate", [](RankTable& t) { t.servers[1].devices[0].rank_id = "0"; }},
      {"rank-gap", [](RankTable& t) { t.servers[1].devices[7].rank_id = "16"; }},
      {"rank-order", [](RankTable& t) { std::swap(t.servers[0], t.servers[1]); }},
  };
  for (const auto& [name, break_it] : kMistakes) {
    RankTable table = two_servers();
    break_it(table);
    EXPECT_THAT(problems_of(table), ElementsAre(name));
  }
}

TEST(RankTableCheck, MistakesThatBringOthers) {
  RankTable unequal = two_servers();
  unequal.servers[1].devices.pop_back();
  EXPECT_THAT(problems_of(unequal), ElementsAre("devices-differ"));
  RankTable twice = two_servers();
  twice.servers[1].server_id = twice.servers[0].server_id;
  twice.servers[1].container_ip = twice.servers[0].container_ip;
  EXPECT_THAT(problems_of(twice), ElementsAre("server-duplicate", "server-duplicate"));
  RankTable lone = two_servers();
  lone.servers.pop_back();
  lone.server_count = "1";
  EXPECT_THAT(problems_of(lone), ElementsAre("server-count-range"));
  EXPECT_THAT(problems_of(RankTable{}),
              ElementsAre("version", "status", "server-count", "server-count-range"));
}

TEST(RankTableMerge, TheFirstArgumentBecomesTheMaster) {
  RankTable a = two_servers(), b = two_servers();
  a.servers.pop_back();
  b.servers.erase(b.servers.begin());
  const RankTable both[] = {b, a};
  const RankTable merged = merge_rank_tables(both);
  ASSERT_EQ(merged.servers.size(), 2u);
  EXPECT_EQ(merged.servers[0].server_id, "192.168.1.2");
  EXPECT_EQ(merged.servers[0].devices[0].rank_id, "0");
  EXPECT_EQ(merged.servers[1].devices[7].rank_id, "15");
  EXPECT_THAT(problems_of(merged), IsEmpty());
}

TEST(RankTableWrite, HostileNamesStayJson) {
  RankTable table = two_servers();
  table.servers[0].server_id = "\xff\"\n";
  for (const auto form : {RankTableForm::kGuide, RankTableForm::kHcclTools})
    EXPECT_TRUE(parse_rank_table(write_rank_table(table, form), "").ok());
  EXPECT_TRUE(parse_rank_table(write_rank_table(RankTable{}, RankTableForm::kGuide), "").ok());
}

}  // namespace
}  // namespace touchstone
