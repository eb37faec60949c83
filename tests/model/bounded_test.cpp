#include "harness/model/bounded.h"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(FirstLine, IsTheFirstThatSaysSomething) {
  const struct {
    std::string text, line;
  } rows[] = {{"", ""},
              {" \r\n\t", ""},
              {"one\ntwo", "one"},
              {"\r\n  one \rtwo", "one "},
              {std::string(300, 'x'), std::string(200, 'x')},
              // whole characters: the 67th of three bytes would end at 201
              {[] {
                 std::string text;
                 for (int i = 0; i < 100; ++i) text += "中";
                 return text;
               }(),
               [] {
                 std::string text;
                 for (int i = 0; i < 66; ++i) text += "中";
                 return text;
               }()},
              // no UTF-8 at all: no character has this many bytes
              {std::string(300, '\x80'), std::string(200, '\x80')}};
  for (const auto& row : rows) EXPECT_EQ(first_line(row.text), row.line) << row.text;
  EXPECT_EQ(first_line("four", 3), "fou");
  EXPECT_EQ(first_line("中", 2), "");
}

TEST(Bounded, SaysThatItWasCut) {
  EXPECT_EQ(bounded(std::string("four"), 4), "four");
  EXPECT_EQ(bounded(std::string("fives"), 4), "five [cut]");
  EXPECT_EQ(bounded(std::string("中文"), 5), "中 [cut]");
  EXPECT_EQ(bounded(Text{"中文", "ab"}, 5), (Text{"中 [cut]", "ab"}));
}

}  // namespace
}  // namespace touchstone
