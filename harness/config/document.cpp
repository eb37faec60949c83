#include "harness/config/document.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "harness/config/reader.h"
#include "harness/model/ascii.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Kind = YamlNode::Kind;

// Numbers with dots between them, as the guide counts its sections and we our steps.
bool is_id(std::string_view text) {
  bool wants_digit = true;
  for (char c : text) {
    if (!is_digit(c) && (c != '.' || wants_digit)) return false;
    wants_digit = c == '.';
  }
  return !wants_digit;
}

bool expect_id(const std::string& id, const YamlNode& node, const Where& where) {
  if (is_id(id)) return true;
  where.wrong(node,
              said("{} 不是编号;请写如 3.1.8", "{} is no id; write one such as 3.1.8", quoted(id)));
  return false;
}

void read_language(std::string& into, const YamlNode& node, const Where& where) {
  if (auto text = text_of(node, where)) into = *text;
}

void read_text(Text& into, const YamlNode& node, const Where& where) {
  static constexpr std::array<Field<Text>, 2> kLanguages{
      Field<Text>{"zh",
                  [](Text& t, const YamlNode& n, const Where& w) { read_language(t.zh, n, w); },
                  true},
      Field<Text>{"en",
                  [](Text& t, const YamlNode& n, const Where& w) { read_language(t.en, n, w); },
                  true}};
  read_map<Text>(into, node, where, kLanguages);
}

void read_steps(Instruction& into, const YamlNode& node, const Where& where) {
  into.steps = texts_of(node, where);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < into.steps.size(); ++i) {
    expect_id(into.steps[i], node.items[i], where.at(i));
    if (!seen.insert(into.steps[i]).second)
      where.at(i).wrong(node.items[i],
                        {"这一步出现两次;只留一个", "the step is named twice; keep one"});
  }
}

// What distinguishes one reader of the guide from another.
constexpr std::array<std::string_view, 3> kOnly{"model", "weights", "container_start"};

void read_only(Instruction& into, const YamlNode& node, const Where& where) {
  const std::vector<const YamlNode*> values = values_of(node, where, kOnly);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i])
      if (auto text = text_of(*values[i], where.in(kOnly[i]))) into.only.emplace(kOnly[i], *text);
}

constexpr std::array<Field<Instruction>, 5> kInstruction{
    Field<Instruction>{
        "what", [](Instruction& i, const YamlNode& n, const Where& w) { read_text(i.what, n, w); },
        true},
    Field<Instruction>{"about", [](Instruction& i, const YamlNode& n,
                                   const Where& w) { i.about = texts_of(n, w); }},
    Field<Instruction>{"steps", read_steps}, Field<Instruction>{"only", read_only},
    Field<Instruction>{"reason", [](Instruction& i, const YamlNode& n, const Where& w) {
                         read_text(i.reason, n, w);
                       }}};

void read_instructions(DocumentSection& into, const YamlNode& node, const Where& where) {
  if (node.kind != Kind::kList || node.items.empty())
    return where.wrong(node, {"请写指令的列表", "write a list of instructions"});
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const YamlNode& item = node.items[i];
    read_map<Instruction>(into.instructions.emplace_back(), item, where.at(i), kInstruction);
    const auto has = [&item](std::string_view key) {
      return std::any_of(item.members.begin(), item.members.end(),
                         [key](const YamlMember& member) { return member.key.text == key; });
    };
    if (item.kind == Kind::kMap && has("steps") == has("reason"))
      where.at(i).wrong(item,
                        {"一条指令要么有 'steps',要么有说明为何没有的 'reason'",
                         "an instruction has either 'steps' or the 'reason' why it has none"});
  }
}

constexpr std::array<Field<DocumentSection>, 3> kSection{
    Field<DocumentSection>{"id",
                           [](DocumentSection& s, const YamlNode& n, const Where& w) {
                             read_language(s.id, n, w);
                             if (!s.id.empty()) expect_id(s.id, n, w);
                           },
                           true},
    Field<DocumentSection>{
        "title",
        [](DocumentSection& s, const YamlNode& n, const Where& w) { read_text(s.title, n, w); },
        true},
    Field<DocumentSection>{"instructions", read_instructions, true}};

void read_sections(Document& into, const YamlNode& node, const Where& where) {
  if (node.kind != Kind::kList || node.items.empty())
    return where.wrong(node, {"请写章节的列表", "write a list of sections"});
  std::set<std::string> seen;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    read_map<DocumentSection>(into.emplace_back(), node.items[i], where.at(i), kSection);
    if (!into.back().id.empty() && !seen.insert(into.back().id).second)
      where.at(i).wrong(node.items[i],
                        said("章节 {} 出现两次", "the section {} is there twice", into.back().id));
  }
}

}  // namespace

Document parse_document(std::string_view text, const std::string& file_name) {
  static constexpr std::array<Field<Document>, 1> kRoot{
      Field<Document>{"sections", read_sections, true}};
  const SourceText source(text, file_name);
  const YamlNode root = read_yaml(source);
  Mistakes mistakes(file_name);
  Document document;
  read_map<Document>(document, root, Where(mistakes, ""), kRoot);
  mistakes.throw_if_any();
  return document;
}

}  // namespace touchstone
