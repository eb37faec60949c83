#include <gtest/gtest.h>

#include "harness/model/host_pattern.h"
#include "harness/model/shell_words.h"
#include "harness/model/text.h"
#include "harness/model/verdict.h"

namespace touchstone {
namespace {

TEST(ShellWords, AreTypedAsAPersonWould) {
  EXPECT_EQ(typed(std::vector<std::string>{"hccn_tool", "-i", "0", "-tls", "-s", "enable", "0"}),
            "hccn_tool -i 0 -tls -s enable 0");
  EXPECT_EQ(typed("/etc/ascend_install.info"), "/etc/ascend_install.info");
  EXPECT_EQ(typed(""), "''");  // a word all the same
  EXPECT_EQ(typed("a b"), "'a b'");
  EXPECT_EQ(typed("$(reboot)"), "'$(reboot)'");
  EXPECT_EQ(typed("it's"), R"('it'\''s')");
  EXPECT_EQ(typed("~/x"), "'~/x'");  // the shell would put a home there
  EXPECT_EQ(shell_quoted("plain"), "'plain'");
  EXPECT_EQ(shell_quoted("two\nlines"), "'two\nlines'");
}

TEST(NamesMeant, AreSplitAtCommasOutsideBrackets) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(names_meant("node-[01-02,07],spare-*,x"),
            (Names{"node-01", "node-02", "node-07", "spare-*", "x"}));
  EXPECT_EQ(names_meant("odd[ab],node-1"), (Names{"odd[ab]", "node-1"})) << "no list of numbers";
  EXPECT_EQ(names_meant("open[1,2"), Names{"open[1,2"}) << "never closed";
  EXPECT_EQ(names_meant("a,"), Names{"a"});
  EXPECT_TRUE(names_meant("").empty());
}

TEST(NamePatterns, MeanListsAndGlobs) {
  const NamePatterns patterns({"node-[01-03]", "gpu*", "rack?", "odd[ab]"});
  for (const char* name : {"node-01", "node-03", "gpu", "gpu-17", "rack1", "odda"})
    EXPECT_TRUE(patterns.have(name)) << name;
  for (const char* name : {"node-04", "node-1", "rack", "rack12", "oddc", ""})
    EXPECT_FALSE(patterns.have(name)) << name;
  EXPECT_FALSE(NamePatterns({}).have("node-01"));
}

TEST(Risk, HasANameThatIsReadAgain) {
  for (Risk risk : {Risk::kSafe, Risk::kService, Risk::kDisruptive, Risk::kHands})
    EXPECT_EQ(risk_from(name_of(risk)), risk);
  EXPECT_EQ(risk_from("Safe"), std::nullopt);
  EXPECT_EQ(risk_from(""), std::nullopt);
}

TEST(Text, IsSaidInTheOtherLanguageWhereOneLacks) {
  const Text both{.zh = "是", .en = "yes"}, one{.zh = "", .en = "yes"}, other{.zh = "是", .en = ""};
  EXPECT_EQ(in(both, Language::kZh), "是");
  EXPECT_EQ(in(both, Language::kEn), "yes");
  EXPECT_EQ(in(one, Language::kZh), "yes");
  EXPECT_EQ(in(other, Language::kEn), "是");
}

}  // namespace
}  // namespace touchstone
