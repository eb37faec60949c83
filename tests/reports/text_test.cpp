// The small things that all reports stand on: folded names, words, times.
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "harness/model/base64.h"
#include "harness/model/change.h"
#include "harness/model/clean.h"
#include "harness/model/fold.h"
#include "harness/model/utf8.h"
#include "reports/clock.h"
#include "reports/place.h"
#include "reports/repairs.h"
#include "reports/words.h"

namespace touchstone {
namespace {

TEST(FoldNames, Hosts) {
  EXPECT_EQ(fold_names({"node-03", "node-01", "node-02", "node-07"}), "node-[01-03,07]");
  EXPECT_EQ(fold_names({"node-8", "node-9", "node-10"}), "node-[8-10]");
  EXPECT_EQ(fold_names({"node-08", "node-09", "node-10"}), "node-[08-10]");
  EXPECT_EQ(fold_names({"node-1", "node-01", "node-2"}), "node-[01,1-2]")
      << "1 and 01 are two hosts";
  EXPECT_EQ(fold_names({"a1.lab", "a2.lab", "b1.lab"}), "a[1-2].lab, b1.lab");
  EXPECT_EQ(fold_names({"node-01"}), "node-01");
  EXPECT_EQ(fold_names({"cluster", "cluster"}), "cluster");
  EXPECT_EQ(fold_names({}), "");
}

TEST(FoldNames, Npus) {
  EXPECT_EQ(fold_names({"node-01/npu0", "node-01/npu1", "node-02/npu0", "node-02/npu1"}),
            "node-[01-02]/npu[0-1]");
  EXPECT_EQ(fold_names({"node-01/npu3", "node-02/npu3"}), "node-[01-02]/npu3");
  EXPECT_EQ(fold_names({"node-01/npu3", "node-02/npu4"}), "node-01/npu3, node-02/npu4");
  EXPECT_EQ(fold_names({"group group-1", "group group-2"}), "group group-[1-2]");
}

TEST(FoldNames, WhatIsNoCounting) {
  EXPECT_EQ(fold_names({"n12345678901234567890", "n12345678901234567891"}),
            "n12345678901234567890, n12345678901234567891");
  EXPECT_EQ(fold_names({"node/npu", "node/npux"}), "node/npu, node/npux");
}

TEST(Words, HasEveryWordInBothLanguages) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Word::kLast_); ++i) {
    EXPECT_FALSE(word(static_cast<Word>(i), Language::kEn).empty()) << i;
    EXPECT_FALSE(word(static_cast<Word>(i), Language::kZh).empty()) << i;
    EXPECT_TRUE(is_utf8(word(static_cast<Word>(i), Language::kZh))) << i;
  }
}

TEST(Words, VerdictsAreToldApart) {
  for (Language language : {Language::kEn, Language::kZh}) {
    std::set<std::string_view> words;
    for (int i = 0; i <= static_cast<int>(Verdict::kNotSelected); ++i)
      words.insert(word_for(static_cast<Verdict>(i), language));
    EXPECT_EQ(words.size(), 8u);
  }
}

TEST(Words, AMissingLanguageFallsBackToTheOther) {
  EXPECT_EQ(in({.zh = "", .en = "only"}, Language::kZh), "only");
  EXPECT_EQ(in({.zh = "仅", .en = ""}, Language::kEn), "仅");
}

TEST(Utc, WritesTheFormThatJenkinsReads) {
  EXPECT_EQ(utc(1772000000.9), "2026-02-25T06:13:20Z");
  EXPECT_EQ(utc(0), "");
  EXPECT_EQ(utc(-1), "");
  EXPECT_EQ(utc(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(Base64, GoesThereAndBack) {
  for (const std::string& bytes : {std::string(), std::string("f"), std::string("fo"),
                                   std::string("foo"), std::string("\xff\x00\x80z", 4)})
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  for (const char* wrong : {"Zg=", "Zg=a", "====", "Z!==", "Zg"})
    EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
}

// The reports may not see the enumeration; what a fix may tell they must know all the same.
TEST(Outcomes, EachHasItsWordsInBothLanguages) {
  for (int i = 0; i <= static_cast<int>(Outcome::kUndone); ++i) {
    const std::string name(name_of(static_cast<Outcome>(i)));
    EXPECT_TRUE(is_outcome(name)) << name;
    for (Language language : {Language::kEn, Language::kZh}) {
      EXPECT_FALSE(word_for_outcome(name, language).empty()) << name;
      EXPECT_FALSE(meaning_of_outcome(name, language).empty()) << name;
    }
    EXPECT_NE(word_for_outcome(name, Language::kZh), name);
  }
  EXPECT_FALSE(is_outcome("good"));
  EXPECT_EQ(word_for_outcome("good", Language::kEn), "good");
  EXPECT_LT(place_of_outcome("half_done"), place_of_outcome("done"));
}

TEST(Place, IsSaidInBothLanguages) {
  const std::pair<const char*, const char*> kPlaces[] = {
      {"3.1, instruction 6", "3.1 第 6 条"},
      {"4.2, instructions 8–11", "4.2 第 8–11 条"},
      {"beyond the guide", "指南之外"},
      {"1.1, first paragraph", "1.1 首段"},
      {"2.2.1 and 2.2.2", "2.2.1 和 2.2.2"},
      {"5.1, the list of downloads; 6.2, modelWeightPath", "5.1 下载清单;6.2 modelWeightPath"},
      {"4.1", "4.1"},
      {"", ""},
      {"of another version", "of another version"},
  };
  for (const auto& [english, chinese] : kPlaces) {
    EXPECT_EQ(place_text(english, Language::kEn), english);
    EXPECT_EQ(place_text(english, Language::kZh), chinese);
  }
}

}  // namespace
}  // namespace touchstone
