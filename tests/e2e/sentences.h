#pragma once

#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "harness/model/text.h"

namespace touchstone {

inline bool has_chinese(const std::string& text) {
  // The first bytes of UTF-8 from U+3000 to U+9FFF; ours are below.
  return text.find_first_of("\xE3\xE4\xE5\xE6\xE7\xE8\xE9") != std::string::npos;
}

// Words that make a sentence; values, names, commands and paths are the same in every language.
inline bool is_prose(const std::string& text) {
  static const std::regex kCommand(
      R"(^\s*(\./|/|chmod|chown|docker|systemctl|npu-smi|hccn_tool|source|export|for|rm|ssh)\b.*)"),
      kWords(R"((^|[^-\w/.])[a-z]{2,} [a-z]{2,})");
  return std::regex_search(text, kWords) && !std::regex_match(text, kCommand);
}

// What a sentence says of itself: without the values that it quotes.
inline std::string without_quoted(const std::string& text) {
  static const std::regex kQuoted(R"("[^"]*"|`[^`]*`)");
  return std::regex_replace(text, kQuoted, "");
}

// English that was left standing in a Chinese sentence: three words in a row, outside of quotes.
inline bool has_english_words(const std::string& chinese) {
  static const std::regex kCommand(R"(docker( [a-z]+)+)"), kWords(R"([a-z]{2,} [a-z]+ [a-z]{2,})");
  return std::regex_search(std::regex_replace(without_quoted(chinese), kCommand, ""), kWords);
}

// A sentence of ours is there in both languages, and each is what it is called.
inline void expect_both_languages(const Text& sentence) {
  EXPECT_TRUE(has_chinese(sentence.zh)) << "no Chinese: " << sentence.zh << " | " << sentence.en;
  EXPECT_FALSE(has_english_words(sentence.zh)) << "English in Chinese: " << sentence.zh;
  EXPECT_FALSE(sentence.en.empty());
  EXPECT_FALSE(has_chinese(without_quoted(sentence.en))) << "Chinese in English: " << sentence.en;
}

}  // namespace touchstone
