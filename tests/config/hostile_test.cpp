// What is no configuration at all must be refused, never crash us or keep us busy.
#include <gmock/gmock.h>

#include <functional>

#include "harness/config/init.h"
#include "tests/config/config_test.h"

namespace touchstone::config_test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Hostile, BinaryIsNoText) {
  EXPECT_THAT(mistakes_in(std::string("a\0b", 3)),
              StartsWith("c.yaml:1:2: there is a control character (0x00)"));
  EXPECT_THAT(mistakes_in("touchstone: 1\nclustér: \x1b[31m"), StartsWith("c.yaml:2:10: there is"));
  EXPECT_THAT(mistakes_in("a: é\xe9\n"), StartsWith("c.yaml:1:5: the text is not UTF-8"));
  EXPECT_THAT(mistakes_in("\xff\xfe\x41\x42"), StartsWith("c.yaml:1:1: the text is not UTF-8"));
  std::string all;
  for (int c = 255; c >= 0; --c) all += static_cast<char>(c);
  EXPECT_NE(mistakes_in(all), "");
}

TEST(Hostile, DeepNestingIsRefused) {
  EXPECT_THAT(mistakes_in(repeated("{a: ", 65)), HasSubstr("nested more than 64 deep"));
  for (const char* piece : {"[", "{a: ", "- ", "? ", "&a [", "{", "!x [", "'"})
    EXPECT_NE(mistakes_in(repeated(piece, 100000)), "") << piece;
}

TEST(Hostile, AliasesCannotGrowBeyondMeasure) {
  std::string text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1) + ",";
    text +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(before, 10) + "]\n";
  }
  EXPECT_THAT(mistakes_in(text), HasSubstr("more than 1000000 values"));
}

TEST(Hostile, AliasesCannotGoDeeperThanNesting) {
  std::string text = "a0: &a0 " + repeated("[", 40) + repeated("]", 40) + "\n";
  text += "a1: " + repeated("[", 30) + "*a0" + repeated("]", 30) + "\n";
  EXPECT_THAT(mistakes_in(text), HasSubstr("c.yaml:2:35: lists and maps are nested more than 64"));
}

TEST(Hostile, AHugeFileIsRefused) {
  EXPECT_THAT(mistakes_in(std::string(17 << 20, ' ')), HasSubstr("at most 16777216 are read"));
}

TEST(Hostile, ThousandsOfMistakesAreNotAllTold) {
  const std::string told = mistakes_in(repeated("key_number_x: 1\n", 20000));
  EXPECT_THAT(told, HasSubstr("more mistakes follow"));
  EXPECT_LT(told.size(), 20000u);
}

// A misspelt host in a large cluster must not list all the others.
TEST(Hostile, LongListsOfKeysAreShortened) {
  const std::string told = mistakes_in(
      kHead + "groups: [{name: g, hosts: [\"n[1-999]\"], npu_network: {addresses: {zzz: []}}}]\n");
  EXPECT_THAT(told, HasSubstr("zzz: unknown key; there are: n1, n2, "));
  EXPECT_THAT(told, HasSubstr("n40, ..."));
  EXPECT_THAT(told, HasSubstr("no addresses for n1, n2, n3, n4, n5, n6, n7, n8 and 991 more"));
}

TEST(Hostile, ALongWrongKeyIsShortened) {
  const std::string told = mistakes_in(std::string(900, 'k') + ": 1\n");
  EXPECT_THAT(told, HasSubstr("[cut]\": unknown key"));
}

TEST(Hostile, EveryPrefixOfAnInventoryIsTakenOrRefused) {
  const std::string text =
      with_hosts("      - {name: \"n[1-2]\", address: '10.0.0.[1-2]', command: [a, \"b\"]}\n") +
      "    npu_network:\n      netmask: 255.0.0.0\n      addresses: {n1: &x [10.0.0.1], n2: "
      "[10.0.0.2]}\n"
      "site: &s {npus: 1, servers: \">=2\"}\n";
  for (std::size_t i = 0; i < text.size(); ++i) mistakes_in(text.substr(0, i));
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const char c : {'[', '{', '"', '\'', ':', '-', '&', '*', '\n', '\t', '\0', '\xff', '|'}) {
      std::string changed = text;
      changed[i] = c;
      mistakes_in(changed);
    }
}

using Maker = std::function<std::string(std::string_view)>;

TEST(Hostile, InitRefusesWhatItCannotRead) {
  const std::vector<Maker> makers{
      [](std::string_view text) { return inventory_from_ansible(text, "f", {}); },
      [](std::string_view text) { return inventory_from_rank_table(text, "f", {}); }};
  for (const Maker& make : makers)
    for (const std::string& text :
         {std::string(), std::string("\0\0", 2), std::string("\xff"), repeated("[", 100000),
          repeated("{\"a\":", 100000), std::string("[a:children]\na\n"),
          std::string("a[0:99999999999]")})
      EXPECT_THROW(make(text), ConfigError) << text.substr(0, 40);
}

}  // namespace
}  // namespace touchstone::config_test
