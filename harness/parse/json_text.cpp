#include "harness/parse/json_text.h"

#include <fmt/format.h>

#include <unordered_map>

#include "harness/parse/lines.h"

namespace touchstone {

TextPosition position_at(std::string_view text, std::size_t offset) {
  TextPosition position;
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++position.column;
    }
  }
  return position;
}

const JsonNode* JsonNode::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}

std::string_view name_of(JsonNode::Type type) {
  switch (type) {
    case JsonNode::Type::kNull:
      return "null";
    case JsonNode::Type::kBoolean:
      return "true or false";
    case JsonNode::Type::kNumber:
      return "a number";
    case JsonNode::Type::kString:
      return "a string";
    case JsonNode::Type::kArray:
      return "an array";
    case JsonNode::Type::kObject:
      return "an object";
  }
  return "a value";
}

namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxJson = 16 << 20;

void append_utf8(std::string& text, unsigned code) {
  const auto put = [&](unsigned byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6), put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12), put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18), put(0x80 | (code >> 12 & 0x3f));
    put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  }
}

// Recursive descent, one function a production. The first complaint stays and ends the reading.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  Parsed<JsonNode> read() {
    skip_blanks();
    JsonNode root;
    if (value(root, 0)) {
      skip_blanks();
      if (!at_end()) unexpected("the end of the text");
    }
    if (!refusal_.reason.empty()) return refusal_;
    return root;
  }

 private:
  bool at_end() const { return offset_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[offset_]; }
  bool looking_at(std::string_view word) const { return text_.substr(offset_).starts_with(word); }

  // Keeps count of lines as it goes: asking position_at() for every node would read the text over
  // and over.
  void advance() {
    const char c = text_[offset_++];
    if (c == '\n') {
      ++here_.line;
      here_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++here_.column;
    }
  }

  void skip_blanks() {
    while (!at_end() && std::string_view(" \t\r\n").find(peek()) != std::string_view::npos)
      advance();
  }

  bool complain_at(TextPosition where, std::string_view what,
                   Refusal::Kind kind = Refusal::Kind::kMalformed) {
    if (refusal_.reason.empty())
      refusal_ = {.kind = kind,
                  .reason = fmt::format("line {}, column {}: {}", where.line, where.column, what),
                  .line = where.line,
                  .column = where.column};
    return false;
  }
  bool complain(std::string_view what) { return complain_at(here_, what); }

  // Names what stands here, where the mistake is one that documents lead people into.
  bool unexpected(std::string_view expected) {
    if (at_end()) return complain(fmt::format("the text ends here, expected {}", expected));
    if (peek() == '#' || looking_at("//") || looking_at("/*"))
      return complain(
          fmt::format("{} begins a comment, which JSON does not have: the sample of the guide "
                      "was pasted with its comments; take them out",
                      peek() == '#' ? "#" : text_.substr(offset_, 2)));
    if (looking_at("...") || looking_at("…"))
      return complain_at(here_,
                         "\"...\" stands where the document left something out; write it out",
                         Refusal::Kind::kElided);
    if (looking_at("\xEF\xBB\xBF")) return complain("a byte order mark; save the file without it");
    if (peek() == '\0') return complain("a NUL character, which is no text");
    if (peek() == '\'') return complain("JSON has double quotes only");
    if (looking_at("“") || looking_at("”") || looking_at("，") || looking_at("："))
      return complain(fmt::format("{} is Chinese punctuation, JSON has only \" , :",
                                  quoted(text_.substr(offset_, 3))));
    return complain(fmt::format("{} is not {}", quoted(rest_of_word()), expected));
  }

  std::string_view rest_of_word() const {
    std::size_t end = offset_;
    while (end < text_.size() && end < offset_ + 24 &&
           std::string_view(" \t\r\n,").find(text_[end]) == std::string_view::npos)
      ++end;
    return text_.substr(offset_, std::max(end - offset_, std::size_t{1}));
  }

  bool value(JsonNode& node, int depth) {
    node.position = here_;
    node.begin = offset_;
    const bool read = typed_value(node, depth);
    node.end = offset_;
    return read;
  }

  bool typed_value(JsonNode& node, int depth) {
    if (depth > kMaxDepth) return complain("nested deeper than 64 levels");
    switch (peek()) {
      case '{':
        return object(node, depth);
      case '[':
        return array(node, depth);
      case '"':
        node.type = JsonNode::Type::kString;
        return string(node.text);
      case 't':
        return word(node, "true", JsonNode::Type::kBoolean);
      case 'f':
        return word(node, "false", JsonNode::Type::kBoolean);
      case 'n':
        return word(node, "null", JsonNode::Type::kNull);
      default:
        return number(node);
    }
  }

  bool word(JsonNode& node, std::string_view word, JsonNode::Type type) {
    if (!looking_at(word)) return unexpected("a value");
    node.type = type;
    node.text = word;
    for (std::size_t i = 0; i < word.size(); ++i) advance();
    return true;
  }

  bool digits() {
    const std::size_t begin = offset_;
    while (peek() >= '0' && peek() <= '9') advance();
    return offset_ > begin;
  }

  bool number(JsonNode& node) {
    const std::size_t begin = offset_;
    const TextPosition where = here_;
    if (peek() == '-') advance();
    const bool zero = peek() == '0';
    const std::size_t first = offset_;
    if (!digits()) return offset_ == begin ? unexpected("a value") : complain("no digit after -");
    if (zero && offset_ - first > 1) return complain_at(where, "a number begins with 0");
    if (peek() == '.') {
      advance();
      if (!digits()) return complain("no digit after the decimal point");
    }
    if (peek() == 'e' || peek() == 'E') {
      advance();
      if (peek() == '+' || peek() == '-') advance();
      if (!digits()) return complain("no digit in the exponent");
    }
    node.type = JsonNode::Type::kNumber;
    node.text = text_.substr(begin, offset_ - begin);
    return true;
  }

  bool hex4(unsigned& code) {
    code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      const bool digit = c >= '0' && c <= '9', low = c >= 'a' && c <= 'f',
                 up = c >= 'A' && c <= 'F';
      if (!digit && !low && !up) return complain("\\u wants four hexadecimal digits");
      code = code << 4 | static_cast<unsigned>(digit ? c - '0' : low ? c - 'a' + 10 : c - 'A' + 10);
      advance();
    }
    return true;
  }

  bool unicode_escape(std::string& text) {
    const TextPosition where = here_;
    unsigned code = 0;
    if (!hex4(code)) return false;
    if (code >= 0xd800 && code < 0xdc00 && looking_at("\\u")) {
      advance(), advance();
      unsigned low = 0;
      if (!hex4(low)) return false;
      if (low < 0xdc00 || low > 0xdfff) return complain_at(where, "half a surrogate pair");
      code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
    }
    if (code >= 0xd800 && code < 0xe000) return complain_at(where, "half a surrogate pair");
    append_utf8(text, code);
    return true;
  }

  bool escape(std::string& text) {
    advance();  // the backslash
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char c = peek();
    if (at_end()) return unexpected("the end of the string");
    const std::size_t known = kLetters.find(c);
    if (known == std::string_view::npos && c != 'u')
      return complain(fmt::format("\\{} is no escape of JSON", quoted(text_.substr(offset_, 1))));
    advance();
    if (c == 'u') return unicode_escape(text);
    text += kMeanings[known];
    return true;
  }

  bool string(std::string& text) {
    const TextPosition where = here_;
    advance();
    while (!at_end() && peek() != '"') {
      if (peek() == '\n') return complain_at(where, "this string has no closing quote");
      if (static_cast<unsigned char>(peek()) < 0x20)
        return complain("a control character within a string");
      if (peek() == '\\') {
        if (!escape(text)) return false;
        continue;
      }
      text += peek();
      advance();
    }
    if (at_end()) return complain_at(where, "this string has no closing quote");
    advance();
    return true;
  }

  bool array(JsonNode& node, int depth) {
    node.type = JsonNode::Type::kArray;
    advance();
    skip_blanks();
    if (peek() == ']') return advance(), true;
    for (;;) {
      if (!value(node.items.emplace_back(), depth + 1)) return false;
      bool more = false;
      if (!separator(']', more)) return false;
      if (!more) return true;
    }
  }

  using KeyLines = std::unordered_map<std::string, int>;

  bool object(JsonNode& node, int depth) {
    node.type = JsonNode::Type::kObject;
    advance();
    skip_blanks();
    if (peek() == '}') return advance(), true;
    KeyLines seen;
    for (;;) {
      if (!member(node, seen, depth)) return false;
      bool more = false;
      if (!separator('}', more)) return false;
      if (!more) return true;
    }
  }

  bool member(JsonNode& node, KeyLines& seen, int depth) {
    if (peek() != '"') return unexpected("a key in double quotes");
    const TextPosition where = here_;
    std::string key;
    if (!string(key)) return false;
    const auto [earlier, is_new] = seen.emplace(key, where.line);
    if (!is_new)
      return complain_at(where, fmt::format("the key {} stands here a second time (first: line {})",
                                            quoted(key), earlier->second));
    skip_blanks();
    if (peek() != ':') return unexpected("the : after a key");
    advance();
    skip_blanks();
    node.members.push_back({std::move(key), {}});
    return value(node.members.back().value, depth + 1);
  }

  // After an element: a comma and more, or the end.
  bool separator(char end, bool& more) {
    const TextPosition behind = here_;
    skip_blanks();
    if (peek() == end) {
      more = false;
      return advance(), true;
    }
    // The next element is there, so it is the comma that lacks: told where it belongs.
    if (peek() == '"' && behind.line != here_.line)
      return complain_at(behind, fmt::format("a comma is missing here: line {} begins with {}",
                                             here_.line, quoted(rest_of_word())));
    if (peek() != ',') return unexpected(fmt::format("a comma or {}", end));
    const TextPosition comma = here_;
    advance();
    skip_blanks();
    if (peek() == end)
      return complain_at(comma, fmt::format("a comma before the closing {}; take it out", end));
    more = true;
    return true;
  }

  std::string_view text_;
  std::size_t offset_ = 0;
  TextPosition here_;
  Refusal refusal_;
};

}  // namespace

Parsed<JsonNode> read_json(std::string_view text) {
  if (text.size() > kMaxJson)
    return malformed(fmt::format("{} bytes are more than any file of the guide has", text.size()));
  if (const std::string valid = valid_utf8(text); valid != text) {
    std::size_t same = 0;
    while (same < text.size() && text[same] == valid[same]) ++same;
    const TextPosition where = position_at(text, same);
    Refusal refusal = malformed(
        fmt::format("line {}, column {}: the bytes are not UTF-8", where.line, where.column));
    refusal.line = where.line;
    refusal.column = where.column;
    return refusal;
  }
  return JsonReader(text).read();
}

}  // namespace touchstone
