// suites/document.yaml and the steps: neither names what the other has not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "harness/config/document.h"
#include "harness/config/profile.h"
#include "harness/config/source_text.h"
#include "harness/guide/guide.h"
#include "suites/chapters.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

// Steps that the document names and that are still being written. Each is taken off as it lands, so
// that in the end nothing is here.
const std::set<std::string> kPending{};

std::map<std::string, Step> all_steps() {
  std::map<std::string, Step> steps;
  for (const Chapter& chapter : all_chapters())
    for (const Step& step : chapter.steps) steps.emplace(step.id, step);
  return steps;
}

// Step → the places that name it, as steps write them: "3.1, instruction 6".
std::map<std::string, std::set<std::string>> named_at() {
  std::map<std::string, std::set<std::string>> places;
  for (const DocumentSection& section : guide())
    for (std::size_t i = 0; i < section.instructions.size(); ++i)
      for (const std::string& id : section.instructions[i].steps)
        places[id].insert(section.id + ", instruction " + std::to_string(i + 1));
  return places;
}

TEST(Document, NamesOnlyStepsThatThereAre) {
  const auto steps = all_steps();
  for (const auto& [id, places] : named_at())
    EXPECT_TRUE(steps.contains(id) || kPending.contains(id))
        << "there is no step " << id << ", which the document names at "
        << testing::PrintToString(places);
}

TEST(Document, NamesEveryStepThatIsNotBeyondTheGuide) {
  const auto places = named_at();
  for (const auto& [id, step] : all_steps())
    EXPECT_TRUE(places.contains(id) || step.place == "beyond the guide")
        << id << " (" << step.place << ") is in no entry of suites/document.yaml";
}

TEST(Document, NothingIsPendingThatIsThere) {
  for (const auto& [id, step] : all_steps())
    EXPECT_FALSE(kPending.contains(id)) << id << " has landed: take it off kPending";
}

// "3.1, instruction 6", "2.1, instructions 8–9": one of them names the step.
TEST(Document, AgreesWithThePlacesThatStepsGive) {
  static const std::regex kPlace(R"((\d[\d.]*), instructions? (\d+)(?:\D+(\d+))?.*)");
  const auto named = named_at();
  std::size_t places = 0;
  for (const auto& [id, step] : all_steps()) {
    std::smatch match;
    if (!std::regex_match(step.place, match, kPlace)) continue;
    const int from = std::stoi(match[2]), to = match[3].matched ? std::stoi(match[3]) : from;
    bool there = false;
    for (int i = from; i <= to && named.contains(id); ++i)
      there = there || named.at(id).contains(match[1].str() + ", instruction " + std::to_string(i));
    EXPECT_TRUE(there) << id << " says it is of \"" << step.place << "\"; the document names it at "
                       << (named.contains(id) ? testing::PrintToString(named.at(id)) : "none");
    ++places;
  }
  EXPECT_GT(places, 10u);
}

TEST(Document, EveryInstructionHasStepsOrAReason) {
  std::size_t instructions = 0;
  for (const DocumentSection& section : guide())
    for (const Instruction& one : section.instructions) {
      ++instructions;
      EXPECT_NE(one.steps.empty(), one.reason.empty()) << section.id << ": " << one.what.en;
    }
  EXPECT_GT(instructions, 150u);
}

// Two servers are enough for W8A8; what is said of BF16 would be false there, and does not apply.
TEST(Document, AppliesWhatIsMeantForTheProfile) {
  Profile profile;
  profile.model = "DeepSeek-R1";
  profile.weights = "w8a8";
  profile.container_start = "runtime";
  const Document document = guide(profile);
  const std::vector<Instruction>& servers = document.at(0).instructions;
  EXPECT_FALSE(servers.at(0).applies) << servers.at(0).what.en;
  EXPECT_TRUE(servers.at(1).applies) << servers.at(1).what.en;
  EXPECT_TRUE(servers.at(2).applies) << servers.at(2).what.en;
  EXPECT_FALSE(servers.at(5).applies) << servers.at(5).what.en;
  for (const DocumentSection& section : document)
    for (const Instruction& one : section.instructions)
      if (one.only.contains("container_start")) {
        EXPECT_EQ(one.applies, one.only.at("container_start") == "runtime") << one.what.en;
      }
}

// A value that no profile has would make an instruction apply to nobody.
TEST(Document, EveryInstructionIsMeantForSomeProfile) {
  std::set<std::string> meant;
  for (const std::string& name : profile_names())
    for (const char* way : {"devices", "runtime"}) {
      Profile profile = find_profile(name);
      profile.container_start = way;
      for (const DocumentSection& section : guide(profile))
        for (const Instruction& one : section.instructions)
          if (one.applies) meant.insert(section.id + one.what.en);
    }
  for (const DocumentSection& section : guide())
    for (const Instruction& one : section.instructions)
      EXPECT_TRUE(meant.contains(section.id + one.what.en)) << section.id << ": " << one.what.en;
}

std::string mistakes_in(std::string_view text) {
  try {
    parse_document(text, "d.yaml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

std::string with_instruction(const std::string& lines) {
  return "sections:\n  - id: \"1.1\"\n    title: {zh: 甲, en: A}\n    instructions:\n" + lines;
}

// What was put into the program when it was built is all of the file.
TEST(DocumentReader, TheProgramHasTheWholeFile) {
  const std::string file = source_dir() + "/suites/document.yaml";
  EXPECT_EQ(guide(), parse_document(read_config_file(file, Text{"文档", "the document"}), file));
}

TEST(DocumentReader, TakesWhatIsRight) {
  EXPECT_EQ(mistakes_in(with_instruction("      - what: {zh: 甲, en: A}\n        about: [a b, c]\n"
                                         "        steps: [1.1.1, 0.1]\n"
                                         "      - what: {zh: 乙, en: B}\n"
                                         "        reason: {zh: 丙, en: C}\n")),
            "");
}

TEST(DocumentReader, TellsMistakesWithTheirPlace) {
  EXPECT_THAT(mistakes_in(with_instruction("      - what: {zh: 甲, en: A}\n")),
              HasSubstr("d.yaml:5:9: sections[0].instructions[0]: an instruction has either"));
  EXPECT_THAT(mistakes_in(with_instruction("      - what: {zh: 甲, en: A}\n        steps: [1.1.1]\n"
                                           "        reason: {zh: 甲, en: A}\n")),
              HasSubstr("either 'steps' or the 'reason'"));
  EXPECT_THAT(mistakes_in(with_instruction("      - what: {en: A}\n        steps: [1.1.1]\n")),
              HasSubstr("instructions[0].what.zh: the key is missing"));
  EXPECT_THAT(
      mistakes_in(with_instruction("      - what: {zh: 甲, en: A}\n        steps: [1..1]\n")),
      HasSubstr("d.yaml:6:17: sections[0].instructions[0].steps[0]"));
  EXPECT_THAT(
      mistakes_in(with_instruction("      - what: {zh: 甲, en: A}\n        steps: [1.1, 1.1]\n")),
      HasSubstr("named twice"));
  EXPECT_THAT(mistakes_in(with_instruction("      - what: {zh: 甲, en: A}\n        step: [1.1]\n")),
              HasSubstr("did you mean 'steps'?"));
  EXPECT_THAT(mistakes_in("sections: []\n"), HasSubstr("a list of sections"));
  EXPECT_THAT(mistakes_in("{}\n"), HasSubstr("sections: the key is missing"));
}

}  // namespace
}  // namespace touchstone
