#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/clean.h"
#include "reports/console.h"
#include "reports/progress.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Console, Golden) {
  expect_golden("mixed.console.en.txt", console_report(samples::mixed(), {.width = 100}));
}
TEST(Console, GoldenChinese) {
  expect_golden("mixed.console.zh.txt",
                console_report(samples::mixed(), {.width = 80, .language = Language::kZh}));
}
TEST(Console, GoldenHealthy) {
  expect_golden("healthy.console.en.txt", console_report(samples::healthy(), {}));
  expect_golden("healthy.console.zh.txt",
                console_report(samples::healthy(), {.language = Language::kZh}));
}
TEST(Console, GoldenPartial) {
  expect_golden("partial.console.en.txt", console_report(samples::partial(), {}));
  expect_golden("partial.console.zh.txt",
                console_report(samples::partial(), {.language = Language::kZh}));
}

TEST(Console, GoldenOfARunThatRepaired) {
  expect_golden("repaired.console.en.txt", console_report(samples::repaired(), {.width = 100}));
}
TEST(Console, GoldenOfARunThatRepairedInChinese) {
  expect_golden("repaired.console.zh.txt",
                console_report(samples::repaired(), {.width = 80, .language = Language::kZh}));
}

TEST(Console, TellsTheChangesBetweenTheVerdictAndTheCauses) {
  const std::string text = console_report(samples::repaired(), {});
  const std::size_t changes = text.find("Changes made by --fix");
  ASSERT_NE(changes, std::string::npos);
  EXPECT_LT(text.find("REJECTED"), changes);
  EXPECT_LT(changes, text.find("What to look at first"));
  EXPECT_THAT(text, HasSubstr("1 half done · 1 refused · 1 skipped · 6 done · 1 already"));
  EXPECT_THAT(text, HasSubstr("touchstone undo touchstone-report/20260225T061320Z/journal.jsonl"));
  EXPECT_THAT(text, HasSubstr("NPU 5 is in use"));
  EXPECT_THAT(console_report(samples::mixed(), {}), Not(HasSubstr("Changes made by --fix")));
}

// A path of the report's folder is the user's: it may need quotes to be typed.
TEST(Console, TheUndoCommandCanBeTyped) {
  RunRecord record = samples::repaired();
  record.journal = "it's here/journal.jsonl";
  EXPECT_THAT(console_report(record, {}),
              HasSubstr("touchstone undo 'it'\\''s here/journal.jsonl'"));
  for (Repair& repair : record.repairs) repair.outcome = "refused";
  EXPECT_THAT(console_report(record, {}), Not(HasSubstr("touchstone undo")))
      << "there is nothing to take back";
}

TEST(Console, WhatTheFixBrokeComesFirst) {
  const std::string text = console_report(samples::repaired(), {});
  EXPECT_THAT(text, HasSubstr(" 1 fail, broken by the fix  3.1.3 The link is UP"));
}

TEST(Console, ChangesOfManyHostsAreFolded) {
  RunRecord record = samples::repaired();
  const Repair one = record.repairs[0];
  record.repairs.clear();
  for (int i = 0; i < 8000; ++i) {
    record.repairs.push_back(one);
    record.repairs.back().npu = i % 8;
    record.repairs.back().host = "node-" + std::to_string(i / 8);
    record.repairs.back().what.en += std::to_string(i % 8);
  }
  const std::string text = console_report(record, {.width = 120});
  EXPECT_THAT(text, HasSubstr("node-[0-999]/npu[0-7]"));
  EXPECT_THAT(text, HasSubstr("(+7999 more like it)"));
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 60);
}

TEST(Console, SaysTheVerdictFirst) {
  EXPECT_THAT(console_report(samples::healthy(), {}), testing::StartsWith("ACCEPTED  "));
  EXPECT_THAT(console_report(samples::mixed(), {}), testing::StartsWith("REJECTED [SIMULATED]  "));
  EXPECT_THAT(console_report(samples::partial(), {}), testing::StartsWith("COULD NOT TELL  "));
  EXPECT_THAT(console_report(samples::mixed(), {.language = Language::kZh}),
              testing::StartsWith("验收不通过 [SIMULATED"));
}

TEST(Console, PutsWhatExplainsMostFirst) {
  const std::string text = console_report(samples::mixed(), {});
  EXPECT_LT(text.find("0.1 The host answers"), text.find("3.1.3 The link is UP"));
  EXPECT_LT(text.find("3.1.3 The link is UP"), text.find("3.1.8 The TLS switch"));
}

// Nobody is to install a driver because a question timed out.
TEST(Console, DoesNotAdviseTheRemedyWhereItCouldNotTell) {
  EXPECT_THAT(console_report(samples::mixed(), {}), Not(HasSubstr("Install the profile's driver")));
}

TEST(Console, LinesKeepToTheWidth) {
  for (Language language : {Language::kEn, Language::kZh})
    for (int width : {60, 80, 120}) {
      std::istringstream lines(
          console_report(samples::hostile(), {.width = width, .language = language}));
      for (std::string line; std::getline(lines, line);)
        EXPECT_LE(columns_of(line), static_cast<std::size_t>(width)) << line;
    }
}

TEST(Console, RemoteTextCannotSpeakToTheTerminal) {
  const std::string text = console_report(samples::hostile(), {});
  EXPECT_EQ(harmless(text), text);
  EXPECT_THAT(text, HasSubstr("\\x1b[31mred"));
}

TEST(Console, ColoursOnlyWhenAsked) {
  EXPECT_THAT(console_report(samples::mixed(), {.colour = true}), HasSubstr("\x1b[1;31m"));
  EXPECT_THAT(console_report(samples::mixed(), {}), Not(HasSubstr("\x1b")));
}

TEST(Console, StaysShortForManyHosts) {
  const std::string text = console_report(samples::many(300), {.width = 120});
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 60);
}

struct FakeClock {
  std::chrono::steady_clock::time_point now{std::chrono::seconds(100)};
  ConsoleProgress::Clock clock() {
    return [this] { return now; };
  }
};

TEST(Progress, IsQuietWhereThereIsNoTerminal) {
  std::ostringstream out;
  ConsoleProgress progress(out, false, 2);
  progress.host_done("node-01", "answered", 1, 1, 2);
  progress.finish();
  EXPECT_EQ(out.str(), "");
}

TEST(Progress, KeepsOneLineUpToDate) {
  FakeClock time;
  std::ostringstream out;
  ConsoleProgress progress(out, true, 4, 80, time.clock());
  EXPECT_THAT(out.str(), HasSubstr("0/4"));
  time.now += std::chrono::milliseconds(150);
  progress.host_done("node-01", "unreachable", 1.25, 1, 4);
  EXPECT_THAT(out.str(), HasSubstr("1/4, 1 silent  node-01 unreachable 1.2 s"));
  progress.host_done("node-02", "answered", 1, 2, 4);
  EXPECT_THAT(out.str(), Not(HasSubstr("2/4"))) << "too soon";
  progress.host_done("node-03", "answered", 1, 3, 4);
  progress.host_done("node-04", "answered", 1, 4, 4);
  EXPECT_THAT(out.str(), HasSubstr("4/4")) << "the last one is always shown";
  progress.finish();
  EXPECT_THAT(out.str(), testing::EndsWith("\r\x1b[K"));
  EXPECT_THAT(out.str(), Not(HasSubstr("\n")));
}

TEST(Progress, NamesCannotWrapTheLine) {
  FakeClock time;
  std::ostringstream out;
  ConsoleProgress progress(out, true, 1, 40, time.clock());
  progress.host_done(std::string(500, 'x') + "\x1b[2J", "answered", 1, 1, 1);
  const std::string last = out.str().substr(out.str().rfind("\x1b[K") + 3);
  EXPECT_LT(columns_of(last), 40u);
}

TEST(Progress, CountsAnswersInLaterRounds) {
  FakeClock time;
  std::ostringstream out;
  ConsoleProgress progress(out, true, 1, 80, time.clock());
  progress.answered(56);
  EXPECT_THAT(out.str(), Not(HasSubstr("56"))) << "the first round counts hosts";
  progress.round({"the weights' path", "the weights' path"}, 160);
  EXPECT_THAT(out.str(), HasSubstr("0/160  the weights' path"));
  time.now += std::chrono::milliseconds(150);
  progress.answered(40);
  EXPECT_THAT(out.str(), HasSubstr("40/160"));
}

}  // namespace
}  // namespace touchstone
