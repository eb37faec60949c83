#pragma once

#include <string>
#include <string_view>

#include "harness/parse/json_text.h"

namespace touchstone {

// Goes through the text of a JSON value by its smallest parts. What cannot be read becomes a
// complaint and `false`; the first complaint stays and ends the reading.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

 protected:
  bool at_end() const { return offset_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[offset_]; }
  bool looking_at(std::string_view word) const { return text_.substr(offset_).starts_with(word); }
  TextPosition here() const { return here_; }
  std::size_t offset() const { return offset_; }
  std::string_view rest_of_word() const;
  const Refusal& refusal() const { return refusal_; }

  void advance();
  void skip_blanks();
  bool word(JsonNode& node, std::string_view word, JsonNode::Type type);
  bool number(JsonNode& node);
  bool string(std::string& text);

  bool complain_at(TextPosition where, const Text& what,
                   Refusal::Kind kind = Refusal::Kind::kMalformed);
  bool complain(const Text& what) { return complain_at(here_, what); }
  // Names what stands here, where the mistake is one that documents lead people into.
  bool unexpected(const Phrase& expected);

 private:
  bool digits();
  bool hex4(unsigned& code);
  bool unicode_escape(std::string& text);
  bool escape(std::string& text);

  std::string_view text_;
  std::size_t offset_ = 0;
  TextPosition here_;
  Refusal refusal_;
};

}  // namespace touchstone
