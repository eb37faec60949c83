#include "harness/config/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "harness/config/yaml_hints.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Kind = YamlNode::Kind;

constexpr std::size_t kMostNodes = 1'000'000;
constexpr std::size_t kDeepest = 64;

// How much an alias brings in, and how deep it is.
struct Measure {
  std::size_t nodes = 1;
  std::size_t depth = 0;

  void add(const Measure& inner) {
    nodes += inner.nodes;
    depth = std::max(depth, inner.depth + 1);
  }
};

Measure measure(const YamlNode& node) {
  Measure all;
  for (const YamlNode& item : node.items) all.add(measure(item));
  for (const YamlMember& member : node.members) all.add(measure(member.value));
  return all;
}

// Takes the parser's events: unlike yaml-cpp's nodes they show duplicate keys and the places of
// aliases, and the depth can be bounded before anything recurses over it.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const SourceText& source) : source_(source) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (done_)
      source_.refuse(at(mark), {"此处开始第二个文档;一个文件只能有一个文档",
                                "a second document begins here; one file is one document"});
  }
  void OnDocumentEnd() override { done_ = true; }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add({.kind = Kind::kNothing, .position = before(mark)}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end())
      source_.refuse(at(mark), {"别名在它所指的内容之中;请把值写出",
                                "the alias stands inside of what it names; write the value out"});
    const Measure whole = measure(named->second);
    count(mark, whole.nodes);
    expect_shallow(mark, whole.depth);
    add(YamlNode(named->second), YAML::NullAnchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool quoted = tag == "!";
    if (!quoted) expect_no_tag(mark, tag);
    if (quoted) expect_closed(mark);
    count(mark, 1);
    add({.kind = Kind::kText, .text = value, .quoted = quoted, .position = at(mark)}, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Kind::kMap);
  }
  void OnMapEnd() override { close(); }

  YamlNode take() { return std::move(root_); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor;
    std::optional<YamlNode> key;  // of a map: read, its value is still to come
  };

  TextPosition at(const YAML::Mark& mark) const {
    return source_.position(static_cast<std::size_t>(std::max(mark.line, 0)),
                            static_cast<std::size_t>(std::max(mark.column, 0)));
  }
  // The parser notices that there is nothing when it meets what comes next, maybe lines later.
  TextPosition before(const YAML::Mark& mark) const {
    auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    std::string_view text = source_.line(line + 1).substr(0, static_cast<std::size_t>(mark.column));
    while (line > 0 && is_blank(text)) text = source_.line(line--);
    return source_.position(line, std::max<std::size_t>(text.find_last_not_of(" \t") + 1, 1) - 1);
  }
  void expect_no_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?")
      source_.refuse(at(mark), {"不支持标签(!、!!str);请改为给文本加引号",
                                "tags (!, !!str) are not read; put a text in quotes instead"});
  }
  // yaml-cpp 0.7 takes the end of the file for the end of a quote.
  void expect_closed(const YAML::Mark& mark) const {
    const std::string_view text = source_.text();
    std::size_t i = source_.offset(static_cast<std::size_t>(mark.line), mark.column);
    if (i >= text.size() || (text[i] != '"' && text[i] != '\'')) return;  // behind an anchor
    const char quote = text[i];
    for (++i; i < text.size() && text[i] != quote; ++i)
      if (quote == '"' && text[i] == '\\') ++i;
    if (i >= text.size())
      source_.refuse(at(mark),
                     {"此处开始的引号没有结束", "the quote that begins here is not closed"});
  }
  void count(const YAML::Mark& mark, std::size_t more) {
    nodes_ += more;
    if (nodes_ > kMostNodes)
      source_.refuse(at(mark), {"展开所有别名后超过 1000000 个值",
                                "with all aliases written out there are more than 1000000 values"});
  }
  void expect_shallow(const YAML::Mark& mark, std::size_t deeper) {
    if (open_.size() + deeper > kDeepest)
      source_.refuse(at(mark), {"列表和键值表的嵌套超过 64 层",
                                "lists and maps are nested more than 64 deep"});
  }
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Kind kind) {
    expect_no_tag(mark, tag);
    count(mark, 1);
    expect_shallow(mark, 1);
    open_.push_back({{.kind = kind, .position = at(mark)}, anchor, std::nullopt});
  }
  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), done.anchor);
  }
  void add(YamlNode node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Kind::kList) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      if (node.kind != Kind::kText)
        source_.refuse(node.position, {"键必须是普通文本", "a key must be a plain text"});
      parent.key = std::move(node);
    } else {
      if (node.kind == Kind::kNothing) node.position = parent.key->position;
      parent.node.members.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    }
  }

  const SourceText& source_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t nodes_ = 0;
  bool done_ = false;
  YamlNode root_;
};

}  // namespace

YamlNode read_yaml(const SourceText& source) {
  refuse_tabs_in_indentation(source);
  std::istringstream stream{std::string(source.text())};
  TreeBuilder builder(source);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    // A mark without a place (-1) is told as the beginning.
    const auto line = static_cast<std::size_t>(std::max(error.mark.line, 0));
    const auto column = static_cast<std::size_t>(std::max(error.mark.column, 0));
    const TextPosition at = source.position(line, column);
    source.refuse(at, why_not_yaml(error.msg, source, line + 1));
  }
  return builder.take();
}

Text name_of(Kind kind) {
  switch (kind) {
    case Kind::kNothing:
      return {"空值", "nothing"};
    case Kind::kText:
      return {"文本", "a text"};
    case Kind::kList:
      return {"列表", "a list"};
    case Kind::kMap:
      return {"键值表", "a map"};
  }
  return {};
}

}  // namespace touchstone
