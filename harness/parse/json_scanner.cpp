#include "harness/parse/json_scanner.h"

#include <algorithm>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

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

}  // namespace

// Keeps count of lines as it goes: asking position_at() for every node would read the text over
// and over.
void JsonScanner::advance() {
  const char c = text_[offset_++];
  if (c == '\n') {
    ++here_.line;
    here_.column = 1;
  } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
    ++here_.column;
  }
}

void JsonScanner::skip_blanks() {
  while (!at_end() && std::string_view(" \t\r\n").find(peek()) != std::string_view::npos) advance();
}

bool JsonScanner::complain_at(TextPosition where, const Text& what, Refusal::Kind kind) {
  if (refusal_.reason.empty()) {
    refusal_ = malformed_at(where, what);
    refusal_.kind = kind;
  }
  return false;
}

bool JsonScanner::unexpected(const Phrase& expected) {
  if (at_end())
    return complain(said("文本到此结束,应为{}", "the text ends here, expected {}", expected));
  if (peek() == '#' || looking_at("//") || looking_at("/*"))
    return complain(said("{} 是注释的开头,JSON 没有注释:指南的示例连注释一起粘贴了;请删去注释",
                         "{} begins a comment, which JSON does not have: the sample of the guide "
                         "was pasted with its comments; take them out",
                         peek() == '#' ? "#" : text_.substr(offset_, 2)));
  if (looking_at("...") || looking_at("…"))
    return complain_at(here_,
                       {"\"...\" 是文档省略的内容;请完整写出",
                        "\"...\" stands where the document left something out; write it out"},
                       Refusal::Kind::kElided);
  if (looking_at("\xEF\xBB\xBF"))
    return complain({"有字节顺序标记(BOM);请保存为不带 BOM 的文件",
                     "a byte order mark; save the file without it"});
  if (peek() == '\0')
    return complain({"有 NUL 字符,不是文本", "a NUL character, which is no text"});
  if (peek() == '\'') return complain({"JSON 只用双引号", "JSON has double quotes only"});
  if (looking_at("“") || looking_at("”") || looking_at("，") || looking_at("："))
    return complain(
        said("{} 是中文标点,JSON 只有 \" , :", "{} is Chinese punctuation, JSON has only \" , :",
             quoted(text_.substr(offset_, 3))));
  return complain(said("{} 不是{}", "{} is not {}", quoted(rest_of_word()), expected));
}

std::string_view JsonScanner::rest_of_word() const {
  std::size_t end = offset_;
  while (end < text_.size() && end < offset_ + 24 &&
         std::string_view(" \t\r\n,").find(text_[end]) == std::string_view::npos)
    ++end;
  return text_.substr(offset_, std::max(end - offset_, std::size_t{1}));
}

bool JsonScanner::word(JsonNode& node, std::string_view word, JsonNode::Type type) {
  if (!looking_at(word)) return unexpected({"一个值", "a value"});
  node.type = type;
  node.text = word;
  for (std::size_t i = 0; i < word.size(); ++i) advance();
  return true;
}

bool JsonScanner::digits() {
  const std::size_t begin = offset_;
  while (peek() >= '0' && peek() <= '9') advance();
  return offset_ > begin;
}

bool JsonScanner::number(JsonNode& node) {
  const std::size_t begin = offset_;
  const TextPosition where = here_;
  if (peek() == '-') advance();
  const bool zero = peek() == '0';
  const std::size_t first = offset_;
  if (!digits())
    return offset_ == begin ? unexpected({"一个值", "a value"})
                            : complain({"- 之后没有数字", "no digit after -"});
  if (zero && offset_ - first > 1)
    return complain_at(where, {"数字以 0 开头", "a number begins with 0"});
  if (peek() == '.') {
    advance();
    if (!digits()) return complain({"小数点之后没有数字", "no digit after the decimal point"});
  }
  if (peek() == 'e' || peek() == 'E') {
    advance();
    if (peek() == '+' || peek() == '-') advance();
    if (!digits()) return complain({"指数没有数字", "no digit in the exponent"});
  }
  node.type = JsonNode::Type::kNumber;
  node.text = text_.substr(begin, offset_ - begin);
  return true;
}

bool JsonScanner::hex4(unsigned& code) {
  code = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = peek();
    const bool digit = c >= '0' && c <= '9', low = c >= 'a' && c <= 'f', up = c >= 'A' && c <= 'F';
    if (!digit && !low && !up)
      return complain({"\\u 之后应为四位十六进制数字", "\\u wants four hexadecimal digits"});
    code = code << 4 | static_cast<unsigned>(digit ? c - '0' : low ? c - 'a' + 10 : c - 'A' + 10);
    advance();
  }
  return true;
}

bool JsonScanner::unicode_escape(std::string& text) {
  const TextPosition where = here_;
  const auto half = [&] { return complain_at(where, {"代理对只有一半", "half a surrogate pair"}); };
  unsigned code = 0;
  if (!hex4(code)) return false;
  if (code >= 0xd800 && code < 0xdc00 && looking_at("\\u")) {
    advance(), advance();
    unsigned low = 0;
    if (!hex4(low)) return false;
    if (low < 0xdc00 || low > 0xdfff) return half();
    code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
  }
  if (code >= 0xd800 && code < 0xe000) return half();
  append_utf8(text, code);
  return true;
}

bool JsonScanner::escape(std::string& text) {
  advance();  // the backslash
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char c = peek();
  if (at_end()) return unexpected({"字符串的结尾", "the end of the string"});
  const std::size_t known = kLetters.find(c);
  if (known == std::string_view::npos && c != 'u')
    return complain(said("\\{} 不是 JSON 的转义", "\\{} is no escape of JSON",
                         quoted(text_.substr(offset_, 1))));
  advance();
  if (c == 'u') return unicode_escape(text);
  text += kMeanings[known];
  return true;
}

bool JsonScanner::string(std::string& text) {
  const TextPosition where = here_;
  const auto open = [&] {
    return complain_at(where, {"这个字符串没有结束的引号", "this string has no closing quote"});
  };
  advance();
  while (!at_end() && peek() != '"') {
    if (peek() == '\n') return open();
    if (static_cast<unsigned char>(peek()) < 0x20)
      return complain({"字符串中有控制字符", "a control character within a string"});
    if (peek() == '\\') {
      if (!escape(text)) return false;
      continue;
    }
    text += peek();
    advance();
  }
  if (at_end()) return open();
  advance();
  return true;
}

}  // namespace touchstone
