// Every text of a record, one kind after the other, in the words of an enemy: whatever the report,
// a strict parser must take it and nothing in it may act.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/model/base64.h"
#include "harness/model/clean.h"
#include "reports/console.h"
#include "reports/ctrf.h"
#include "reports/diff.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/metrics.h"
#include "reports/summary.h"
#include "tests/json_schema.h"
#include "tests/reports/metrics_grammar.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// What ends an element, a section, a string, a line, a label; what steers a terminal and what turns
// the reading direction; what is no UTF-8.
const std::string kEvil =
    "<script>alert(1)</script> ]]> --> \x1b[31mred\x1b[0m \x1b]0;title\x07 \xff\xfe \xc0\xaf "
    "\xed\xa0\x80 "
    "\xe2\x80\xaegpj \xe2\x81\xa6 \xd8\x9c \xef\xbf\xbf \x01\x7f \xc2\x9b" +
    std::string(1, '\0') + " &amp; \"quoted\" 'too' \\ {}%\r\nnext\tline\n# HELP x y\n";

// "results[].findings[].why.en" → where it stands.
using Places = std::map<std::string, std::vector<Json::json_pointer>>;

void find_texts(const Json& json, const std::string& kind, const Json::json_pointer& at,
                Places& places) {
  if (json.is_string()) places[kind].push_back(at);
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i) find_texts(json[i], kind + "[]", at / i, places);
  if (json.is_object())
    for (const auto& [key, value] : json.items())
      find_texts(value, kind.empty() ? key : kind + "." + key, at / key, places);
}

Places texts_in(const Json& record) {
  Places places;
  find_texts(record, "", Json::json_pointer(), places);
  return places;
}

// All texts of a kind, each unlike the others; with their exact bytes beside them, as run.json has
// them, where they are members.
void make_hostile(Json& json, const std::vector<Json::json_pointer>& all, const std::string& more) {
  std::size_t number = 0;
  for (const Json::json_pointer& at : all) {
    const std::string text = kEvil + std::to_string(number++) + more;
    json[at] = text;
    Json& parent = json[at.parent_pointer()];
    if (parent.is_object()) parent[at.back() + "_b64"] = to_base64(text);
  }
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

RunRecord sample() {
  RunRecord record = samples::mixed();
  const RunRecord repaired = samples::repaired();
  record.repairs = repaired.repairs;
  record.journal = repaired.journal;
  return record;
}

// Where the text has something that a terminal or XML would not take; no more of it is told.
void expect_harmless(const std::string& text, const std::string& name) {
  const std::string clean = harmless(text);
  const auto [at, other] = std::mismatch(text.begin(), text.end(), clean.begin(), clean.end());
  if (at == text.end() && other == clean.end()) return;
  const auto from = static_cast<std::size_t>(at - text.begin());
  ADD_FAILURE() << name << " has what is not harmless: "
                << harmless(text.substr(from - std::min<std::size_t>(from, 60), 160));
}
bool has(const std::string& text, const char* what) {
  return text.find(what) != std::string::npos;
}

class EverythingHostile : public testing::Test {
 protected:
  EverythingHostile() {
    std::string pattern = (fs::temp_directory_path() / "touchstone-hostile-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~EverythingHostile() override { fs::remove_all(folder_); }

  void expect_xml(const std::string& name, const std::string& text) {
    expect_harmless(text, name);
    EXPECT_FALSE(has(text, "<script")) << name;
    std::ofstream(folder_ / fmt::format("{}-{}", ++files_, name), std::ios::binary) << text;
  }
  static void expect_json(const std::string& text) {
    EXPECT_TRUE(Json::accept(text)) << text.substr(0, 200);
  }
  static void expect_lines(const std::string& text) {
    expect_harmless(text, "what is printed");
    EXPECT_FALSE(has(text, "\n# HELP"));
  }

  void expect_all_reports(const RunRecord& record, Language language) {
    for (const auto& [name, text] : html_report(record, language).files)
      if (!name.ends_with(".css")) expect_xml(name, text);
    expect_xml("report.html", html_single(record, language));
    expect_xml("jenkins.xml", junit_xml(record, JUnitFlavour::kJenkins, language));
    expect_xml("xunit.xml", junit_xml(record, JUnitFlavour::kXunit, language));
    expect_json(run_json(record));
    EXPECT_THAT(against_schema(schema_, Json::parse(run_json(record))), testing::IsEmpty());
    expect_json(ctrf_json(record, language));
    expect_metrics_grammar(metrics_text(record));
    expect_lines(console_report(record, {.language = language}));
    expect_lines(moved_text(moved_between(samples::mixed(), record), language));
    for (const std::string& line : {description_of(record, language), badge_of(record, language)}) {
      expect_lines(line);
      EXPECT_FALSE(has(line, "\n") || has(line, "<")) << line;
    }
  }

  // All files at once: a process a file would take minutes.
  void expect_strict_parser_takes_them() const {
    if (std::system("command -v xmllint >/dev/null") != 0)
      GTEST_SKIP() << "xmllint is not installed";
    EXPECT_EQ(
        std::system(
            fmt::format("cd '{}' && xmllint --noout --nonet --huge *", folder_.string()).c_str()),
        0);
  }

  const Json schema_ = schema_of("run-record.schema.json");
  fs::path folder_;
  int files_ = 0;
};

// The record with all texts of a kind made hostile; nothing where the reader refuses it, since only
// words of ours are taken there (a verdict, a step's id).
std::optional<RunRecord> with_hostile(Json record, const std::vector<Json::json_pointer>& all) {
  make_hostile(record, all, "");
  try {
    return run_from_json(dumped(record));
  } catch (const RunJsonError&) {
    return std::nullopt;
  }
}

TEST_F(EverythingHostile, EachKindOfText) {
  const Json record = Json::parse(run_json(sample()));
  std::vector<std::string> taken;
  for (const auto& [kind, all] : texts_in(record)) {
    SCOPED_TRACE(kind);
    const auto evil = with_hostile(record, all);
    if (!evil) continue;
    taken.push_back(kind);
    expect_all_reports(*evil, taken.size() % 2 == 0 ? Language::kZh : Language::kEn);
  }
  // What comes from hosts and from files of the site is among them.
  for (const char* kind :
       {"cluster", "hosts[].name", "hosts[].detail", "npus[].facts.address", "versions.driver",
        "results[].findings[].actual", "results[].exhibits[].out", "results[].reason.en",
        "waivers[].justification", "past.changes[].target.host", "baseline.moved[].from",
        "measurements[].name", "meshes[].group", "repairs[].change", "repairs[].was", "journal",
        "selection", "steps[].name"})
    EXPECT_THAT(taken, testing::Contains(kind));
  expect_strict_parser_takes_them();
}

// And all of them together, with a line of a mebibyte where there may be one.
TEST_F(EverythingHostile, AllTextsAtOnce) {
  const Json plain = Json::parse(run_json(sample()));
  Json record = plain;
  const Places places = texts_in(plain);
  for (const auto& [kind, all] : places)
    if (with_hostile(plain, all)) make_hostile(record, all, "");
  for (const char* kind :
       {"results[].findings[].actual", "results[].exhibits[].out", "results[].reason.en",
        "hosts[].detail", "versions.driver", "waivers[].justification", "baseline.moved[].from",
        "past.changes[].target.host", "repairs[].change", "journal"})
    make_hostile(record, {places.at(kind).front()}, std::string(1 << 20, 'x'));
  const RunRecord evil = run_from_json(dumped(record));
  for (const Language language : {Language::kEn, Language::kZh}) expect_all_reports(evil, language);
  expect_strict_parser_takes_them();
}

}  // namespace
}  // namespace touchstone
