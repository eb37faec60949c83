#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "harness/model/clean.h"
#include "reports/junit.h"
#include "tests/reports/golden.h"
#include "tests/reports/pages.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

pugi::xml_node test_case(const pugi::xml_document& document, const std::string& name) {
  return document.find_node([&](pugi::xml_node node) {
    return node.name() == std::string("testcase") && node.attribute("name").value() == name;
  });
}

TEST(JUnit, Golden) {
  expect_golden("mixed.jenkins.xml", junit_xml(samples::mixed(), JUnitFlavour::kJenkins));
  expect_golden("mixed.jenkins.zh.xml",
                junit_xml(samples::mixed(), JUnitFlavour::kJenkins, Language::kZh));
}
TEST(JUnit, GoldenForXunit) {
  expect_golden("mixed.xunit.xml", junit_xml(samples::mixed(), JUnitFlavour::kXunit));
  expect_golden("mixed.xunit.zh.xml",
                junit_xml(samples::mixed(), JUnitFlavour::kXunit, Language::kZh));
}
TEST(JUnit, GoldenPartial) {
  expect_golden("partial.jenkins.xml", junit_xml(samples::partial()));
  expect_golden("partial.jenkins.zh.xml",
                junit_xml(samples::partial(), JUnitFlavour::kJenkins, Language::kZh));
}
TEST(JUnit, GoldenHostile) {
  expect_golden("hostile.jenkins.xml", junit_xml(samples::hostile()));
  expect_golden("hostile.jenkins.zh.xml",
                junit_xml(samples::hostile(), JUnitFlavour::kJenkins, Language::kZh));
}

TEST(JUnit, GoldenOfARunThatRepaired) {
  expect_golden("repaired.jenkins.xml", junit_xml(samples::repaired()));
  expect_golden("repaired.jenkins.zh.xml",
                junit_xml(samples::repaired(), JUnitFlavour::kJenkins, Language::kZh));
  expect_golden("repaired.xunit.xml", junit_xml(samples::repaired(), JUnitFlavour::kXunit));
  expect_golden("repaired.xunit.zh.xml",
                junit_xml(samples::repaired(), JUnitFlavour::kXunit, Language::kZh));
}

// Histories hang on names and read properties: the language of the texts changes neither.
TEST(JUnit, NamesAndPropertiesAreTheSameInBothLanguages) {
  const auto identities = [](Language language) {
    const auto document = parsed(junit_xml(samples::mixed(), JUnitFlavour::kJenkins, language));
    std::vector<std::string> all;
    for (const auto& node : document.select_nodes("//testsuite | //testcase | //property"))
      for (const auto& attribute : node.node().attributes())
        all.push_back(std::string(attribute.name()) + "=" + attribute.value());
    return all;
  };
  EXPECT_EQ(identities(Language::kEn), identities(Language::kZh));
  EXPECT_GT(identities(Language::kZh).size(), 50u);
}

// Jenkins keeps 500 characters of a passing case: what was wrong and what was done stand first.
TEST(JUnit, AFixedCasePassesAndTellsBeforeAndAfter) {
  for (JUnitFlavour flavour : {JUnitFlavour::kJenkins, JUnitFlavour::kXunit}) {
    const auto document = parsed(junit_xml(samples::repaired(), flavour));
    const auto test = test_case(document, "3.1.8 TlsSwitchIsZero node-01/npu3");
    EXPECT_FALSE(test.child("failure"));
    EXPECT_FALSE(test.child("skipped"));
    const std::string text = test.child("system-out").text().get();
    EXPECT_THAT(text.substr(0, 500),
                testing::AllOf(testing::StartsWith("fixed; before: expected 0, actual 1"),
                               HasSubstr("change 4 on node-01: done: set the TLS switch of NPU 3"),
                               Not(HasSubstr("change 3 "))));
    EXPECT_LT(text.find("before:\n"), text.find("tls switch[1]"));
    EXPECT_LT(text.find("now:\n"), text.find("tls switch[0]"));
    EXPECT_THAT(text.substr(text.size() - std::min<std::size_t>(text.size(), 500)),
                HasSubstr("tls switch[0]"));
  }
}

TEST(JUnit, AStepThatTheFixBrokeSaysSo) {
  const auto document = parsed(junit_xml(samples::repaired()));
  const auto failure = test_case(document, "3.1.3 LinkIsUp node-03/npu2").child("failure");
  EXPECT_STREQ(failure.attribute("message").value(),
               "broken by the fix (it passed before): expected UP, actual DOWN");
}

TEST(JUnit, AFailureTellsWhichChangeWasNotMade) {
  const auto document = parsed(junit_xml(samples::repaired()));
  const std::string text =
      test_case(document, "3.1.8 TlsSwitchIsZero node-02/npu5").child("failure").text().get();
  EXPECT_THAT(text, HasSubstr("change 6 on node-02: refused: set the TLS switch of NPU 5 to 0"));
  EXPECT_THAT(text, HasSubstr("why not: NPU 5 is in use"));
}

TEST(JUnit, CountsTheChangesInTheSuites) {
  const auto document = parsed(junit_xml(samples::repaired()));
  std::map<std::string, std::string> all;
  for (pugi::xml_node one : document.child("testsuites").child("testsuite").child("properties"))
    all[one.attribute("name").value()] = one.attribute("value").value();
  EXPECT_EQ(all["fix.changes"], "10");
  EXPECT_EQ(all["fix.done"], "6");
  EXPECT_EQ(all["fix.refused"], "1");
  EXPECT_EQ(all["fix.half_done"], "1");
  EXPECT_EQ(all["fix.broken"], "1");
  EXPECT_EQ(all["fix.journal"], samples::repaired().journal);
  EXPECT_THAT(junit_xml(samples::mixed()), Not(HasSubstr("fix.")));
}

TEST(JUnit, SaysSimulatedInEveryName) {
  const auto document = parsed(junit_xml(samples::mixed()));
  const auto root = document.child("testsuites");
  EXPECT_THAT(root.attribute("name").value(), HasSubstr("[SIMULATED]"));
  for (pugi::xml_node suite : root.children("testsuite"))
    EXPECT_THAT(suite.attribute("name").value(), HasSubstr("[SIMULATED]"));
  EXPECT_THAT(junit_xml(samples::healthy()), Not(HasSubstr("[SIMULATED]")));
}

// Jenkins takes what is before the last dot for the package.
TEST(JUnit, ClassNamesHaveOneDot) {
  const auto document = parsed(junit_xml(samples::mixed()));
  EXPECT_STREQ(
      test_case(document, "3.1.8 TlsSwitchIsZero node-01/npu3").attribute("classname").value(),
      "lab-north.3_1");
}

TEST(JUnit, EachVerdictBecomesWhatJenkinsShows) {
  const auto document = parsed(junit_xml(samples::mixed()));
  EXPECT_TRUE(test_case(document, "3.1.8 TlsSwitchIsZero node-01/npu3").child("failure"));
  EXPECT_TRUE(test_case(document, "2.1.1 DriverVersion node-03").child("error"));
  EXPECT_FALSE(test_case(document, "3.1.8 TlsSwitchIsZero node-03/npu5").first_child())
      << "fixed passes";
  auto skipped = [&](const char* name) {
    return std::string(test_case(document, name).child("skipped").attribute("message").value());
  };
  EXPECT_EQ(skipped("3.1.6 NetdetectIsSet node-02/npu7"), "blocked by 3.1.3 on node-02/npu7");
  EXPECT_EQ(skipped("3.1.8 TlsSwitchIsZero node-03/npu6"), "waived: the host is being replaced");
  EXPECT_EQ(skipped("3.1.13 OpticsAreGood node-03/npu0"), "not applicable: copper has no optics");
  EXPECT_EQ(skipped("3.1.9 TlsSwitchIsTheSame group group-2"), "not selected");
}

TEST(JUnit, OneElementHoldsAllFindingsOfACase) {
  const auto document = parsed(junit_xml(samples::mixed()));
  const auto test = test_case(document, "3.1.9 TlsSwitchIsTheSame group group-1");
  EXPECT_FALSE(test.child("failure").next_sibling("failure"));
  EXPECT_THAT(test.child("failure").text().get(),
              testing::AllOf(HasSubstr("node-01/npu0"), HasSubstr("node-02/npu0")));
}

TEST(JUnit, CountsFitTheCases) {
  const auto document = parsed(junit_xml(samples::mixed()));
  const auto root = document.child("testsuites");
  for (pugi::xml_node suite : root.children("testsuite")) {
    int tests = 0, failures = 0, errors = 0, skipped = 0;
    for (pugi::xml_node test : suite.children("testcase")) {
      ++tests;
      failures += !test.child("failure").empty();
      errors += !test.child("error").empty();
      skipped += !test.child("skipped").empty();
    }
    EXPECT_EQ(suite.attribute("tests").as_int(), tests);
    EXPECT_EQ(suite.attribute("failures").as_int(), failures);
    EXPECT_EQ(suite.attribute("errors").as_int(), errors);
    EXPECT_EQ(suite.attribute("skipped").as_int(), skipped);
  }
}

TEST(JUnit, WhatAnUnfinishedRunDidNotComeToIsAnError) {
  const auto document = parsed(junit_xml(samples::partial()));
  EXPECT_STREQ(test_case(document, "3.1.8 TlsSwitchIsZero node-02/npu0")
                   .child("error")
                   .attribute("message")
                   .value(),
               "not run");
}

// junit-10.xsd of xunit-plugin: no properties in a case, and only these attributes.
TEST(JUnit, TheXunitFlavourKeepsToItsSchema) {
  const auto document = parsed(junit_xml(samples::mixed(), JUnitFlavour::kXunit));
  const auto root = document.child("testsuites");
  for (pugi::xml_attribute attribute : root.attributes())
    EXPECT_THAT((std::vector<std::string>{"name", "time", "tests", "failures", "errors"}),
                testing::Contains(attribute.name()));
  for (pugi::xml_node suite : root.children("testsuite"))
    for (pugi::xml_node test : suite.children("testcase")) {
      EXPECT_FALSE(test.child("properties"));
      for (pugi::xml_attribute attribute : test.attributes())
        EXPECT_THAT((std::vector<std::string>{"name", "time", "classname"}),
                    testing::Contains(attribute.name()));
    }
}

TEST(JUnit, SurvivesWhatHostsSay) {
  const std::string text = junit_xml(samples::hostile());
  EXPECT_EQ(harmless(text), text) << "no control character, no byte that is no UTF-8";
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_LT(text.size(), 100'000u) << "a line of 1 MiB was cut";
  const auto document = parsed(text);
  EXPECT_THAT(test_case(document, "3.1.8 TlsSwitchIsZero node-01/npu3").child_value("failure"),
              HasSubstr("<script>alert(1)</script> ]]> \\x1b[31mred"));
}

}  // namespace
}  // namespace touchstone
