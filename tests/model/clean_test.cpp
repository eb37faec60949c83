// Text of hosts, made harmless for a terminal and for XML.
#include <string>

#include <gtest/gtest.h>

#include "harness/model/clean.h"

namespace touchstone {
namespace {

TEST(Harmless, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(harmless("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
  EXPECT_EQ(harmless(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(harmless("\xc2\x9b"
                     "31m"),
            "\\x9b31m")
      << "the one-character form of ESC [";
  EXPECT_EQ(harmless("evil\u202Egpj"), "evil\\u202egpj");
}

TEST(Harmless, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(harmless("\xff"), "\uFFFD");
  EXPECT_EQ(harmless("\xc0\xaf"), "\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(harmless("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate";
  EXPECT_EQ(harmless("\xf4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "beyond U+10FFFF";
  EXPECT_EQ(harmless("\xe6\xb5"), "\uFFFD\uFFFD") << "cut in the middle";
  EXPECT_EQ(harmless("\xef\xbf\xbf"), "\\uffff") << "XML forbids it";
  EXPECT_EQ(harmless("链路 \U0001F600"), "链路 \U0001F600");
}

TEST(Harmless, KeepsLinesOrShowsThem) {
  EXPECT_EQ(harmless("a\r\nb\tc\rd"), "a\nb\tc\\rd");
  EXPECT_EQ(harmless_line("a\r\nb\tc"), "a\\r\\nb\\tc");
}

TEST(CutTo, CutsBetweenCharacters) {
  EXPECT_EQ(cut_to("链路", 4), "链");
  EXPECT_EQ(cut_to("链路", 6), "链路");
  EXPECT_EQ(cut_to(std::string(9, '\x80'), 5).size(), 2u) << "no UTF-8 at all: gives up, and ends";
}

TEST(Columns, WideCharactersTakeTwo) {
  EXPECT_EQ(columns_of("链路 UP"), 7u);
  EXPECT_EQ(padded("链路", 6), "链路  ");
  EXPECT_EQ(padded("链路", 3), "链路");
}

}  // namespace
}  // namespace touchstone
