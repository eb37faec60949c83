// docs/coverage.md: every instruction of the guide, the steps that assert it, and the faults that
// each of them was seen to find (the fault matrix makes them all).
#include <cstdlib>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/cluster.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kPage = source_dir() + "/docs/coverage.md";
constexpr std::size_t kMostShown = 3;  // faults beside an instruction; the last table has all

// Step → the faults that it finds itself: first those that are made for it.
using Faults = std::map<std::string, std::vector<std::string>>;

Faults faults_by_step() {
  Faults faults;
  const json all = json::parse(shell(kSim + " faults --json").out);
  for (const json& fault : all) faults[fault.at("step")].push_back(fault.at("name"));
  for (const json& fault : all)
    for (const json& step : fault.at("also_fails")) faults[step].push_back(fault.at("name"));
  return faults;
}

json coverage(const std::string& options = "") {
  const Ran ran = shell(kTouchstone + " coverage --json " + options);
  EXPECT_EQ(ran.code, 0) << ran.out;
  return json::parse(ran.out);
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, "\\");
  return text;
}

std::string code(const std::string& text) {
  return "`" + cell(text) + "`";
}

std::string faults_of(const json& step, const Faults& faults, std::size_t most) {
  const auto found = faults.find(step.at("id"));
  if (found == faults.end()) return "—";
  std::string text;
  for (std::size_t i = 0; i < std::min(found->second.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + code(found->second[i]);
  if (found->second.size() > most) text += ", +" + std::to_string(found->second.size() - most);
  return text;
}

std::string row_of(const json& one, const Faults& faults) {
  std::string row = "| " + std::to_string(one.at("number").get<int>()) + " | " +
                    cell(one.at("what").at("en").get<std::string>());
  for (const json& about : one.at("about")) row += " " + code(about.get<std::string>());
  row += " | ";
  if (one.contains("reason"))
    return row + "*not asserted:* " + cell(one.at("reason").at("en").get<std::string>()) + " |\n";
  const json& steps = one.at("steps");
  for (const json& step : steps)
    row += (&step == &steps.front() ? "" : "<br>") + step.at("id").get<std::string>() + ": " +
           faults_of(step, faults, kMostShown);
  return row + " |\n";
}

std::string page_of(const json& all, const Faults& faults) {
  std::string page =
      "# What is covered, and what proves it\n\n"
      "Every instruction of the guide in its own order, the steps that assert it, and of each step "
      "the faults that it was\nseen to find on a simulated cluster: the fault matrix makes each of "
      "them, and looks that no other step minds.\nA row without steps says why none can assert it. "
      "`touchstone coverage` prints the same table, with `--run` beside the\nverdicts of a run.\n\n"
      "This page is written by `TOUCHSTONE_UPDATE_GOLDEN=1 "
      "build/dev/bin/test_e2e --gtest_filter='Coverage.*'`; the same test fails when it is out of "
      "date.\n\n" +
      std::to_string(all.at("counts").at("asserted").get<int>()) + " of " +
      std::to_string(all.at("counts").at("instructions").get<int>()) +
      " instructions are asserted; of the others the reason is given.\n";
  for (const json& section : all.at("sections")) {
    page += "\n## " + section.at("id").get<std::string>() + " " +
            section.at("title").at("en").get<std::string>() +
            "\n\n| | instruction | steps and the faults they find |\n|---|---|---|\n";
    for (const json& one : all.at("instructions"))
      if (one.at("section") == section.at("id")) page += row_of(one, faults);
  }
  page += "\n## Steps\n\n| step | what must hold | faults |\n|---|---|---|\n";
  std::map<std::vector<int>, json> steps;  // in the order of their numbers
  const auto add = [&steps](const json& step) {
    std::vector<int> key;
    std::istringstream id(step.at("id").get<std::string>());
    for (std::string part; std::getline(id, part, '.');) key.push_back(std::stoi(part));
    steps.emplace(key, step);
  };
  for (const json& one : all.at("instructions"))
    for (const json& step : one.at("steps")) add(step);
  for (const json& step : all.at("beyond")) add(step);
  for (const auto& [key, step] : steps)
    if (step.contains("title"))
      page += "| " + step.at("id").get<std::string>() + " | " +
              cell(step.at("title").at("en").get<std::string>()) + " | " +
              faults_of(step, faults, 1000) + " |\n";
  return page;
}

TEST(Coverage, ThePageIsUpToDate) {
  const std::string page = page_of(coverage(), faults_by_step());
  if (std::getenv("TOUCHSTONE_UPDATE_GOLDEN")) {
    std::ofstream(kPage, std::ios::binary) << page;
    GTEST_SKIP() << "written: " << kPage;
  }
  EXPECT_TRUE(slurp(kPage) == page)
      << "docs/coverage.md is out of date: TOUCHSTONE_UPDATE_GOLDEN=1 writes it anew";
}

TEST(Coverage, EveryStepThatIsThereIsProvenByAFault) {
  const Faults faults = faults_by_step();
  const json all = coverage();
  const auto expect_proven = [&faults](const json& step) {
    EXPECT_TRUE(!step.contains("title") || faults.contains(step.at("id"))) << step.at("id");
  };
  for (const json& one : all.at("instructions"))
    for (const json& step : one.at("steps")) expect_proven(step);
  for (const json& step : all.at("beyond")) expect_proven(step);
}

TEST(Coverage, PrintsTheTableInBothLanguages) {
  const Ran en = shell(kTouchstone + " coverage"), zh = shell(kTouchstone + " coverage --lang zh");
  EXPECT_EQ(en.code, 0);
  EXPECT_THAT(en.out, HasSubstr("hccn_tool -i $i -tls -g"));
  EXPECT_THAT(en.out, HasSubstr("-> 3.1.9   The TLS switch is the same"));
  EXPECT_THAT(en.out, HasSubstr("-- Not asserted: "));
  EXPECT_THAT(en.out, HasSubstr("instructions of the guide asserted\n"));
  EXPECT_EQ(zh.code, 0);
  EXPECT_THAT(zh.out, HasSubstr("条有断言"));
}

std::string verdict_at(const json& all, const std::string& section, int number) {
  for (const json& one : all.at("instructions"))
    if (one.at("section") == section && one.at("number") == number)
      return one.value("verdict", "none");
  return "no such instruction";
}

TEST(Coverage, HasTheVerdictsOfARun) {
  Cluster cluster;
  cluster.fault("tls-on@node-02/3");
  std::string told;
  const RunRecord record = cluster.run("--chapter 3.1", nullptr, &told);
  EXPECT_THAT(told, HasSubstr("instructions of the guide asserted: "));
  EXPECT_FALSE(record.document.empty());
  for (const std::string& from : {cluster.last_report(), cluster.last_report() + "/run.json"}) {
    const json all = coverage("--run " + from);
    EXPECT_EQ(verdict_at(all, "3.1", 6), "fail") << "the switch of one NPU is on";
    EXPECT_EQ(verdict_at(all, "3.1", 2), "pass");
    EXPECT_EQ(verdict_at(all, "2.2.1", 1), "not_selected");
    EXPECT_EQ(verdict_at(all, "2.1", 3), "none") << "yum update is not asserted";
  }
  EXPECT_THAT(shell(kTouchstone + " coverage --run " + cluster.last_report()).out,
              HasSubstr("3.1 #6   [fail] "));
}

TEST(Coverage, ARunThatIsNoneIsToldWithItsPath) {
  const Ran missing = shell(kTouchstone + " coverage --run /nowhere/run.json");
  EXPECT_EQ(missing.code, 78);
  EXPECT_THAT(missing.out, HasSubstr("/nowhere/run.json"));
  const Ran other = shell(kTouchstone + " coverage --run " + kPage);
  EXPECT_EQ(other.code, 78);
  EXPECT_THAT(other.out, HasSubstr("not JSON"));
}

}  // namespace
}  // namespace touchstone
