#include "harness/parse/json_text.h"

#include <unordered_map>

#include "harness/model/said.h"
#include "harness/model/utf8.h"
#include "harness/parse/json_scanner.h"
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

Text name_of(JsonNode::Type type) {
  switch (type) {
    case JsonNode::Type::kNull:
      return {"null", "null"};
    case JsonNode::Type::kBoolean:
      return {"true 或 false", "true or false"};
    case JsonNode::Type::kNumber:
      return {"数字", "a number"};
    case JsonNode::Type::kString:
      return {"字符串", "a string"};
    case JsonNode::Type::kArray:
      return {"数组", "an array"};
    case JsonNode::Type::kObject:
      return {"对象", "an object"};
  }
  return {"值", "a value"};
}

Text place_in_text(TextPosition at) {
  return said("第 {} 行第 {} 列:", "line {}, column {}: ", at.line, at.column);
}

Refusal malformed_at(TextPosition at, const Text& what) {
  return {.reason = place_in_text(at) + what, .line = at.line, .column = at.column};
}

Refusal wrong_type(const JsonNode& node, const Phrase& name, const Phrase& expected) {
  return malformed_at(node.position, said("{} 是{},应为{}", "{} is {}, expected {}", name,
                                          name_of(node.type), expected));
}

namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxJson = 16 << 20;

// Recursive descent, one function a production.
class JsonReader : JsonScanner {
 public:
  using JsonScanner::JsonScanner;

  Parsed<JsonNode> read() {
    skip_blanks();
    JsonNode root;
    if (value(root, 0)) {
      skip_blanks();
      if (!at_end()) unexpected({"文本的结尾", "the end of the text"});
    }
    if (!refusal().reason.empty()) return refusal();
    return root;
  }

 private:
  bool value(JsonNode& node, int depth) {
    node.position = here();
    node.begin = offset();
    const bool read = typed_value(node, depth);
    node.end = offset();
    return read;
  }

  bool typed_value(JsonNode& node, int depth) {
    if (depth > kMaxDepth) return complain({"嵌套超过 64 层", "nested deeper than 64 levels"});
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
    if (peek() != '"') return unexpected({"双引号中的键", "a key in double quotes"});
    const TextPosition where = here();
    std::string key;
    if (!string(key)) return false;
    const auto [earlier, is_new] = seen.emplace(key, where.line);
    if (!is_new)
      return complain_at(where, said("键 {} 在此第二次出现(首次在第 {} 行)",
                                     "the key {} stands here a second time (first: line {})",
                                     quoted(key), earlier->second));
    skip_blanks();
    if (peek() != ':') return unexpected({"键之后的 :", "the : after a key"});
    advance();
    skip_blanks();
    node.members.push_back({std::move(key), {}});
    return value(node.members.back().value, depth + 1);
  }

  // After an element: a comma and more, or the end.
  bool separator(char end, bool& more) {
    const TextPosition behind = here();
    skip_blanks();
    if (peek() == end) {
      more = false;
      return advance(), true;
    }
    // The next element is there, so it is the comma that lacks: told where it belongs.
    if (peek() == '"' && behind.line != here().line)
      return complain_at(behind, said("此处缺少逗号:第 {} 行以 {} 开头",
                                      "a comma is missing here: line {} begins with {}",
                                      here().line, quoted(rest_of_word())));
    if (peek() != ',') return unexpected(said("逗号或 {}", "a comma or {}", end));
    const TextPosition comma = here();
    advance();
    skip_blanks();
    if (peek() == end)
      return complain_at(comma, said("结尾的 {} 之前有逗号;请删去",
                                     "a comma before the closing {}; take it out", end));
    more = true;
    return true;
  }
};

}  // namespace

Parsed<JsonNode> read_json(std::string_view text) {
  if (text.size() > kMaxJson)
    return malformed(said("有 {} 字节,超过指南的任何文件",
                          "{} bytes are more than any file of the guide has", text.size()));
  if (!is_utf8(text)) {
    std::size_t wrong = 0;
    for (std::size_t at = 0; next_character(text, at);) wrong = at;
    return malformed_at(position_at(text, wrong),
                        {"这些字节不是 UTF-8", "the bytes are not UTF-8"});
  }
  return JsonReader(text).read();
}

std::optional<Refusal> no_file(std::string_view out, std::string_view err, const Phrase& command) {
  if (!is_blank(out) && !out.starts_with("cat: ")) return std::nullopt;
  const auto lines = filled_lines_of(out, err, command);
  return lines ? malformed({"文本不是 JSON", "the text is no JSON"}) : lines.refusal();
}

Parsed<JsonNode> read_json_file(std::string_view out, std::string_view err, const Phrase& command) {
  if (auto refusal = no_file(out, err, command)) return *refusal;
  return read_json(out);
}

}  // namespace touchstone
