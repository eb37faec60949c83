#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/places.h"

// The rooms of the house and which of them each may see (docs/design.md). Every #include of our own
// headers is read.
namespace touchstone {
namespace {

namespace fs = std::filesystem;
using Rooms = std::set<std::string>;

const std::map<std::string, Rooms> kMaySee{
    {"harness/model", {}},
    {"harness/parse", {}},
    {"harness/config", {"harness/parse", "suites/profiles"}},
    {"harness/guide", {}},
    {"harness/transport", {}},
    {"harness/collect", {"harness/transport"}},
    {"harness/endpoint", {}},
    {"harness/evaluate", {}},
    {"harness/history", {}},
    {"harness/remedy", {}},
    {"harness/sign", {}},
    {"suites", {"harness/parse"}},
    {"reports", {}},
    {"fixtures", {}},
};
// Plain values are for everybody, but for the simulated cluster, and of the parsers only some need
// them.
const Rooms kModelForParse{"harness/model/parsed.h", "harness/model/text.h",
                           "harness/model/base64.h", "harness/model/said.h",
                           "harness/model/utf8.h"};
const Rooms kModelForReports{
    "harness/model/run_record.h", "harness/model/document.h",   "harness/model/finding.h",
    "harness/model/probe.h",      "harness/model/text.h",       "harness/model/verdict.h",
    "harness/model/mesh.h",       "harness/model/base64.h",     "harness/model/fold.h",
    "harness/model/utf8.h",       "harness/model/waiver.h",     "harness/model/past.h",
    "harness/model/target.h",     "harness/model/baseline.h",   "harness/model/shell_words.h",
    "harness/model/said.h",       "harness/model/said_error.h", "harness/model/clean.h"};

std::string room_of(const std::string& path) {
  const std::size_t first = path.find('/');
  if (path.substr(0, first) != "harness") return path.substr(0, first);
  return path.substr(0, path.find('/', first + 1));
}

std::vector<std::string> includes_of(const fs::path& file) {
  static const std::regex kInclude(R"re(^\s*#include "([^"]+)")re"),
      kSystem(R"re(^\s*#include <([^>]+)>)re");

  std::vector<std::string> all;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_search(line, match, kInclude) || std::regex_search(line, match, kSystem))
      all.push_back(match[1]);
  }
  return all;
}

bool may(const std::string& room, const std::string& header) {
  const std::string seen = room_of(header);
  if (seen == room) return true;
  if (seen == "harness/model") {
    if (room == "fixtures") return false;
    if (room == "harness/parse") return kModelForParse.contains(header);
    if (room == "reports") return kModelForReports.contains(header);
    return true;
  }
  return kMaySee.at(room).contains(seen);
}

bool ours(const std::string& header) {
  for (const char* top : {"harness/", "suites/", "reports/", "fixtures/", "tests/"})
    if (header.starts_with(top)) return true;
  return false;
}

TEST(Layers, EveryRoomSeesOnlyWhatItMay) {
  const fs::path root = source_dir();
  std::size_t files = 0;
  for (const auto& [room, others] : kMaySee)
    for (const auto& entry : fs::directory_iterator(root / room)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      ++files;
      for (const std::string& header : includes_of(entry.path()))
        EXPECT_TRUE(!ours(header) || may(room, header)) << entry.path() << " includes " << header;
    }
  EXPECT_GT(files, 100U);
}

TEST(Layers, GtestIsSeenByEvaluateSuitesAndTestsOnly) {
  const fs::path root = source_dir();
  for (const auto& [room, others] : kMaySee) {
    if (room == "harness/evaluate" || room == "suites") continue;
    for (const auto& entry : fs::directory_iterator(root / room))
      for (const std::string& header : includes_of(entry.path()))
        EXPECT_FALSE(header.starts_with("gtest/") || header.starts_with("gmock/")) << entry.path();
  }
}

// Two types of one name in one namespace are undefined behaviour as soon as they meet in a program,
// and no compiler says so.
TEST(Layers, NoTwoHeadersHaveATypeOfTheSameName) {
  static const std::regex kType(R"re(^(?:struct|class) ([A-Z]\w+)[^;(]*\{)re"),
      kNamespace(R"re(^namespace ([\w:]+) \{)re");
  const fs::path root = source_dir();
  std::map<std::string, std::string> defined;
  for (const auto& [room, others] : kMaySee)
    for (const auto& entry : fs::directory_iterator(root / room)) {
      if (room == "fixtures" || entry.path().extension() != ".h") continue;
      std::ifstream in(entry.path());
      std::string name_space;
      for (std::string line; std::getline(in, line);) {
        std::smatch match;
        if (std::regex_search(line, match, kNamespace)) name_space = match[1];
        if (!std::regex_search(line, match, kType)) continue;
        const auto [at, first] = defined.emplace(name_space + "::" + match[1].str(), entry.path());
        EXPECT_TRUE(first) << at->first << " is in " << at->second << " and in " << entry.path();
      }
    }
  EXPECT_GT(defined.size(), 150U);
}

TEST(Layers, SuitesDoNoInputOrOutput) {
  for (const auto& entry : fs::directory_iterator(fs::path(source_dir()) / "suites"))
    for (const std::string& header : includes_of(entry.path()))
      for (const char* io :
           {"fstream", "cstdio", "iostream", "unistd.h", "filesystem", "boost/", "sys/"})
        EXPECT_FALSE(header.starts_with(io)) << entry.path() << " includes " << header;
}

}  // namespace
}  // namespace touchstone
