#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// Where in a text, counted from 1; columns count characters, not bytes.
struct TextPosition {
  int line = 1;
  int column = 1;
  bool operator==(const TextPosition&) const = default;
};
TextPosition position_at(std::string_view text, std::size_t offset);

// A JSON value that knows where it stands. Our own, because the library's keys have no position,
// its columns count bytes, and it takes duplicate keys, byte order marks and trailing NULs in
// silence.
struct JsonMember;
struct JsonNode {
  enum class Type { kNull, kBoolean, kNumber, kString, kArray, kObject };
  Type type = Type::kNull;
  std::string text;             // of a string: its characters; of a number or boolean: as written
  std::vector<JsonNode> items;  // of an array
  std::vector<JsonMember> members;  // of an object, in the order of the text
  TextPosition position;
  std::size_t begin = 0;  // bytes [begin, end) of the text it was read from
  std::size_t end = 0;

  const JsonNode* find(std::string_view key) const;  // a member; null where there is none
};
// No std::pair: that would have to know JsonNode whole before it is.
struct JsonMember {
  std::string key;
  JsonNode value;
};
Text name_of(JsonNode::Type type);  // "a string", "a number", …

// "line 3, column 7: ", with which reasons begin that know their place.
Text place_in_text(TextPosition at);
Refusal malformed_at(TextPosition at, const Text& what);
// "line 3, column 7: runtimes is a string, expected an object"
Refusal wrong_type(const JsonNode& node, const Phrase& name, const Phrase& expected);

// Strict JSON (RFC 8259, UTF-8). Reasons name line and column, and say so where `#`, `//` or `...`
// were pasted from a document. Refused beyond the standard: duplicate keys, nesting over 64, a byte
// order mark.
Parsed<JsonNode> read_json(std::string_view text);
// The same, of a file that `cat` prints; positions count from the beginning of `out`.
Parsed<JsonNode> read_json_file(std::string_view out, std::string_view err, const Phrase& command);
// What `cat` said instead of a file's text.
std::optional<Refusal> no_file(std::string_view out, std::string_view err, const Phrase& command);

}  // namespace touchstone
