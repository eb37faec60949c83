#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/sentences.h"

namespace touchstone {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Ran touchstone_says(const std::string& words) {
  return shell(std::string(kTouchstone) + " " + words);
}

// The commands that a help names, below its heading.
std::vector<std::string> commands_in(const std::string& help, const std::string& heading) {
  std::vector<std::string> names;
  std::istringstream lines(help.substr(std::min(help.find(heading), help.size())));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.starts_with("  "))
    if (line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

void expect_help_in_both(const std::string& command, int& pages) {
  SCOPED_TRACE("touchstone " + command);
  ++pages;
  const std::string english = touchstone_says(command + " --help").out,
                    chinese = touchstone_says(command + " --lang zh --help").out;
  EXPECT_FALSE(has_chinese(english)) << english;
  const std::size_t usage = chinese.find("用法:"), below_it = chinese.find('\n', usage);
  ASSERT_LT(usage, below_it) << chinese;
  EXPECT_FALSE(has_english_words(chinese.substr(below_it))) << chinese;
  EXPECT_THAT(chinese, AllOf(HasSubstr("用法:"), HasSubstr("选项:\n"), HasSubstr("打印本说明"),
                             Not(HasSubstr("Options:"))));
  // Every option has its Chinese: as many lines of options as there are in English.
  const auto options = [](const std::string& help) {
    std::istringstream lines(help);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line);) count += line.starts_with("  -") ? 1 : 0;
    return count;
  };
  EXPECT_EQ(options(chinese), options(english)) << chinese;
  const std::vector<std::string> below = commands_in(english, "Subcommands:\n");
  EXPECT_EQ(commands_in(chinese, "命令:\n"), below);
  for (const std::string& name : below) expect_help_in_both(command + " " + name, pages);
}

TEST(Help, SpeaksBothLanguages) {
  int pages = 0;
  expect_help_in_both("", pages);
  EXPECT_GT(pages, 20) << "the commands were not found in the help";
}

TEST(Help, WrongUsageIsToldInBothLanguages) {
  const std::pair<const char*, const char*> kWrong[] = {
      {"run --no-such-option", "有不认识的词"},
      {"", "缺少必需的内容"},
      {"fix", "缺少必需的内容"},
      {"run --forks 0", "取值不对"},
      {"run --after 3", "缺少须与之同用的选项"},
      {"run --out", "取值的个数不对"},
      {"init --from-rank-table a --from-ansible b", "有不能同用的选项"}};
  for (const auto& [words, what] : kWrong) {
    SCOPED_TRACE(words);
    const Ran chinese = touchstone_says(std::string("--lang=zh ") + words),
              after = touchstone_says(std::string(words) + " --lang zh"),
              english = touchstone_says(words);
    EXPECT_EQ(english.code, 64);
    EXPECT_FALSE(has_chinese(english.out)) << english.out;
    EXPECT_EQ(after.code, 64);
    EXPECT_EQ(chinese.code, 64);
    EXPECT_THAT(chinese.out + after.out, AllOf(HasSubstr(what), HasSubstr("--help")));
  }
}

TEST(Help, AFirstInventoryHasItsCommentsInBothLanguages) {
  const auto comments = [](const std::string& yaml) {
    std::istringstream lines(yaml);
    std::string said;
    for (std::string line; std::getline(lines, line);)
      if (const auto at = line.find('#'); at != std::string::npos) said += line.substr(at) + "\n";
    return said;
  };
  const std::string english = touchstone_says("init a b -o -").out,
                    chinese = touchstone_says("init a b -o - --lang zh").out;
  EXPECT_FALSE(has_chinese(english)) << english;
  EXPECT_FALSE(has_english_words(comments(chinese))) << chinese;
  EXPECT_THAT(chinese, HasSubstr("\ndefaults:\n  transport: ssh\n"));
  EXPECT_TRUE(has_chinese(comments(chinese)));
}

TEST(Help, KindsAreListedInBothLanguages) {
  EXPECT_FALSE(has_chinese(touchstone_says("parse --list").out));
  std::istringstream chinese(touchstone_says("parse --list --lang zh").out);
  for (std::string line; std::getline(chinese, line);)
    EXPECT_TRUE(has_chinese(line) || line.starts_with("rank-table ")) << line;
}

}  // namespace
}  // namespace touchstone
