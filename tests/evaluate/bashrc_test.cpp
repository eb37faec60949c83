// How ~/.bashrc is repaired (section 4.3): what is planned, what is written, what is left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "suites/bashrc_plan.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string kBegin =
    "# >>> touchstone >>>\n# Managed by touchstone: `touchstone run --fix` writes these lines "
    "anew. "
    "Change what stands outside.\n";
const std::string kEnd = "# <<< touchstone <<<\n";

BashrcFacts facts(const std::string& text) {
  return {.text = text,
          .rules = {{"WORLD_SIZE", "16"},
                    {"HCCL_CONNECT_TIMEOUT", "120..7200"},
                    {"ATB_LOG_LEVEL", "ERROR"},
                    {"MIES_CONTAINER_IP", "10.0.0.1"}},
          .environment = {},
          .shared = {},
          .known = {"WORLD_SIZE", "HCCL_CONNECT_TIMEOUT", "ATB_LOG_LEVEL", "MIES_CONTAINER_IP",
                    "ASCEND_RT_VISIBLE_DEVICES"},
          .idle = {},
          .wrong = {},
          .scripts = {}};
}

std::string repaired(const BashrcFacts& facts) {
  return edit_bashrc(facts.text, plan_bashrc(facts).needs);
}

// Text, names that the environment has wrong, and the text as it is repaired.
struct BashrcRow {
  const char* what;
  std::string before;
  std::set<std::string> wrong;
  std::string after;
};

const BashrcRow kBashrcRows[] = {
    {"nothing is wrong", "export WORLD_SIZE=16\n", {}, "export WORLD_SIZE=16\n"},
    {"no file at all", "", {"WORLD_SIZE"}, kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"a missing one goes into the block; the last line had no line feed",
     "# 环境变量\nalias ll='ls -l'",
     {"WORLD_SIZE"},
     "# 环境变量\nalias ll='ls -l'\n" + kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"the last line goes on in the next one",
     "alias a=b\\",
     {"WORLD_SIZE"},
     "alias a=b\\\n\n" + kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"a wrong value is switched off, or 4.3.5 would find two",
     "export WORLD_SIZE=8 # 一台\n",
     {"WORLD_SIZE"},
     "# switched off by touchstone: export WORLD_SIZE=8 # 一台\n" + kBegin +
         "export WORLD_SIZE=16\n" + kEnd},
    {"of two the right one is kept, and needs no block",
     "export WORLD_SIZE=16\nexport WORLD_SIZE=64\n",
     {"WORLD_SIZE"},
     "export WORLD_SIZE=16\n# switched off by touchstone: export WORLD_SIZE=64\n"},
    {"the same, told by the file alone",
     "export WORLD_SIZE=64\nexport WORLD_SIZE=16\n",
     {},
     "# switched off by touchstone: export WORLD_SIZE=64\nexport WORLD_SIZE=16\n"},
    {"of two in range the last is what a shell has",
     "export HCCL_CONNECT_TIMEOUT=200\nexport HCCL_CONNECT_TIMEOUT=300\n",
     {},
     "# switched off by touchstone: export HCCL_CONNECT_TIMEOUT=200\n"
     "export HCCL_CONNECT_TIMEOUT=300\n"},
    {"out of range: the guide's",
     "export HCCL_CONNECT_TIMEOUT=60\n",
     {"HCCL_CONNECT_TIMEOUT"},
     "# switched off by touchstone: export HCCL_CONNECT_TIMEOUT=60\n" + kBegin +
         "export HCCL_CONNECT_TIMEOUT=7200\n" + kEnd},
    {"a blank behind the =",
     "export MIES_CONTAINER_IP= 10.0.0.1\n",
     {"MIES_CONTAINER_IP"},
     "# switched off by touchstone: export MIES_CONTAINER_IP= 10.0.0.1\n" + kBegin +
         "export MIES_CONTAINER_IP=10.0.0.1\n" + kEnd},
    {"the same of a name without a rule: what was meant",
     "export HTTP_PROXY= http://p:1/\n",
     {},
     "# switched off by touchstone: export HTTP_PROXY= http://p:1/\n" + kBegin +
         "export HTTP_PROXY=http://p:1/\n" + kEnd},
    {"the guide's slip is put right, since a rule wants it",
     "export ATB__LOG_LEVEL=ERROR\n",
     {},
     "# switched off by touchstone: export ATB__LOG_LEVEL=ERROR\n" + kBegin +
         "export ATB_LOG_LEVEL=ERROR\n" + kEnd},
    {"a misspelt name without a rule did nothing, and does nothing now",
     "export ASCEND_RT_VISIBLE_DEVICE=0,1\n",
     {},
     "# switched off by touchstone: export ASCEND_RT_VISIBLE_DEVICE=0,1\n"},
    {"in a condition a command must stay",
     "if true; then\n\texport WORLD_SIZE=8\nfi\n",
     {"WORLD_SIZE"},
     "if true; then\n\t: # switched off by touchstone: export WORLD_SIZE=8\nfi\n" + kBegin +
         "export WORLD_SIZE=16\n" + kEnd},
    {"the start of Debian's, which ends for other shells only",
     "case $- in\n    *i*) ;;\n      *) return;;\nesac\nexport WORLD_SIZE=8\n",
     {"WORLD_SIZE"},
     "case $- in\n    *i*) ;;\n      *) return;;\nesac\n"
     "# switched off by touchstone: export WORLD_SIZE=8\n" +
         kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"and of an older one",
     "[ -z \"$PS1\" ] && return\n",
     {"WORLD_SIZE"},
     "[ -z \"$PS1\" ] && return\n" + kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"line ends of Windows stay as they are; the block has none, or its values would carry them",
     "# x\r\nexport WORLD_SIZE=8\r\n",
     {"WORLD_SIZE"},
     "# x\r\n# switched off by touchstone: export WORLD_SIZE=8\r\n" + kBegin +
         "export WORLD_SIZE=16\n" + kEnd},
    {"a byte order mark and tabs stay",
     "\xEF\xBB\xBF# x\n\talias x=y\n",
     {"WORLD_SIZE"},
     "\xEF\xBB\xBF# x\n\talias x=y\n" + kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"a computed value is no contradiction; the block wins",
     "export WORLD_SIZE=$(wc -l <hosts)\n",
     {"WORLD_SIZE"},
     "export WORLD_SIZE=$(wc -l <hosts)\n" + kBegin + "export WORLD_SIZE=16\n" + kEnd},
    {"the block is written anew at the end, and what it said is kept",
     "a=1\n" + kBegin + "export ATB_LOG_LEVEL=ERROR\nexport WORLD_SIZE=8\n" + kEnd +
         "export WORLD_SIZE=32\n",
     {"WORLD_SIZE"},
     "a=1\n# switched off by touchstone: export WORLD_SIZE=32\n" + kBegin +
         "export ATB_LOG_LEVEL=ERROR\nexport WORLD_SIZE=16\n" + kEnd},
};

TEST(BashrcRepair, Rows) {
  for (const BashrcRow& row : kBashrcRows) {
    BashrcFacts before = facts(row.before);
    before.wrong = row.wrong;
    EXPECT_EQ(repaired(before), row.after) << row.what;
  }
}

TEST(BashrcRepair, OnceMoreChangesNothing) {
  for (const BashrcRow& row : kBashrcRows) {
    BashrcFacts again = facts(row.after);
    EXPECT_EQ(repaired(again), row.after) << row.what;
    const BashrcNeeds needs = plan_bashrc(again).needs;
    EXPECT_THAT(needs.exports, IsEmpty()) << row.what;
    EXPECT_THAT(needs.off, IsEmpty()) << row.what;
  }
}

// Whatever is added, the lines of others are there in their order, byte by byte.
TEST(BashrcRepair, LinesOfOthersAreKept) {
  for (const BashrcRow& row : kBashrcRows) {
    std::string rest = row.after;
    const std::size_t begin = rest.find("# >>> touchstone >>>"), end = rest.find(kEnd);
    if (begin != std::string::npos) rest.erase(begin, end + kEnd.size() - begin);
    for (const std::string mark :
         {": # switched off by touchstone: ", "# switched off by touchstone: "})
      for (std::size_t at; (at = rest.find(mark)) != std::string::npos;)
        rest.erase(at, mark.size());
    std::string before = row.before;
    const std::size_t old = before.find("# >>> touchstone >>>");
    if (old != std::string::npos) before.erase(old, before.find(kEnd) + kEnd.size() - old);
    EXPECT_THAT(rest, StartsWith(before)) << row.what;
    EXPECT_EQ(rest.find_first_not_of('\n', before.size()), std::string::npos) << row.what;
  }
}

TEST(BashrcRepair, WhatOnlyAPersonCanRepairIsLeft) {
  const std::pair<const char*, const char*> rows[] = {
      {"export A=1 WORLD_SIZE=8\n", "line 1 of ~/.bashrc does more than to set WORLD_SIZE"},
      {"export WORLD_SIZE=8; cd /\n", "does more"},
      {"export WORLD_SIZE=8\\\n6\n", "does more"},
      {"cat >x <<EOF\nexport WORLD_SIZE=8\nEOF\n", "does more"},
      // The block could name it, but nobody knows which of the two counts.
      {"if x; then\nexport FOO=1\nelse\nexport FOO=2\nfi\nexport WORLD_SIZE=16\n",
       "which value FOO should have"},
  };
  for (const auto& [text, why] : rows) {
    BashrcFacts one = facts(text);
    if (std::string(text).find("WORLD_SIZE=16") == std::string::npos) one.wrong = {"WORLD_SIZE"};
    const BashrcPlan plan = plan_bashrc(one);
    EXPECT_THAT(plan.needs.exports, IsEmpty()) << text;
    EXPECT_THAT(plan.needs.off, IsEmpty()) << text;
    ASSERT_EQ(plan.left.size(), 1u) << text;
    EXPECT_THAT(plan.left[0].en, HasSubstr(why)) << text;
  }
}

TEST(BashrcRepair, WhatWouldNotWorkIsRefused) {
  const std::pair<std::string, const char*> rows[] = {
      {"alias a=b\nreturn\n", "line 2 of ~/.bashrc ends it"},
      {"alias a=b\nexec zsh\n", "line 2 of ~/.bashrc ends it"},
      {kBegin + "export WORLD_SIZE=8\n", "no pair"},
      {kEnd, "no pair"},
      {kBegin + kEnd + kBegin + kEnd, "no pair"},
      {"{\"a\": 1}\n", "not understood"},
  };
  for (const auto& [text, why] : rows) {
    BashrcFacts one = facts(text);
    one.wrong = {"WORLD_SIZE"};
    try {
      repaired(one);
      ADD_FAILURE() << text;
    } catch (const NoEvidence& refused) {
      EXPECT_THAT(refused.why().en, HasSubstr(why)) << text;
    }
  }
}

TEST(BashrcRepair, ScriptsAndSharedValues) {
  BashrcFacts one = facts("export HCCL_CONNECT_TIMEOUT=3600\n");
  one.scripts = {"/usr/local/Ascend/nnal/atb/set_env.sh"};
  // The master's value, which may be anything a person typed there.
  one.shared = {{"HCCL_CONNECT_TIMEOUT", "7200"}, {"HCCL_IF", "a b'; rm -rf /"}};
  EXPECT_EQ(repaired(one),
            "# switched off by touchstone: export HCCL_CONNECT_TIMEOUT=3600\n" + kBegin +
                "source /usr/local/Ascend/nnal/atb/set_env.sh\n"
                "export HCCL_CONNECT_TIMEOUT=7200\nexport HCCL_IF='a b'\\''; rm -rf /'\n" +
                kEnd);
  one.shared = {{"HCCL_IF", "two\nlines"}};
  EXPECT_THROW(repaired(one), NoEvidence);
}

TEST(BashrcRepair, Nesting) {
  EXPECT_THAT(nesting_of("if a; then\nx\nfi\nf() {\ny\n}\nfor i in 1; do\nz\ndone\nif q; then r; "
                         "fi\nend\n"),
              ElementsAre(0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0));
}

}  // namespace
}  // namespace touchstone
