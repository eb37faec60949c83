#include "tests/reports/metrics_grammar.h"

#include <cctype>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/model/utf8.h"

namespace touchstone {
namespace {

// One line, read from left to right; what does not fit leaves `at_` before it.
class Line {
 public:
  explicit Line(std::string_view text) : text_(text) {}

  bool take(std::string_view what) {
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }
  // [a-zA-Z_][a-zA-Z0-9_]*, and colons where they are allowed.
  std::string name(bool colons) {
    const std::size_t from = at_;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      const bool first = std::isalpha(c) || c == '_' || (colons && c == ':');
      if (!first && (at_ == from || !std::isdigit(c))) break;
      ++at_;
    }
    return std::string(text_.substr(from, at_ - from));
  }
  // "…" with \\, \" and \n.
  std::optional<std::string> quoted() {
    if (!take("\"")) return std::nullopt;
    std::string value;
    while (at_ < text_.size() && text_[at_] != '"') {
      value += text_[at_];
      if (text_[at_] == '\\') {
        ++at_;
        if (at_ == text_.size() || std::string_view("\\\"n").find(text_[at_]) == value.npos)
          return std::nullopt;
        value += text_[at_];
      }
      ++at_;
    }
    return take("\"") ? std::optional(value) : std::nullopt;
  }
  std::string_view rest() const { return text_.substr(at_); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

class Grammar {
 public:
  void check(std::string_view line) {
    if (line.starts_with("#"))
      comment(line);
    else
      sample(line);
  }
  std::size_t series() const { return series_.size(); }

 private:
  struct Metric {
    bool help = false, type = false, closed = false;
  };

  void comment(std::string_view text) {
    Line line(text);
    const bool help = line.take("# HELP ");
    ASSERT_TRUE(help || line.take("# TYPE ")) << text;
    const std::string name = line.name(true);
    enter(name);
    Metric& metric = metrics_[name];
    ASSERT_TRUE(line.take(" ")) << text;
    if (help) {
      EXPECT_FALSE(metric.help) << name << " has two HELP lines";
      metric.help = true;
      return;
    }
    EXPECT_FALSE(metric.type) << name << " has two TYPE lines";
    EXPECT_EQ(line.rest(), "gauge");
    metric.type = true;
  }

  void sample(std::string_view text) {
    Line line(text);
    const std::string name = line.name(true);
    EXPECT_NE(name, "") << text;
    EXPECT_TRUE(metrics_[name].help && metrics_[name].type) << text << " before HELP and TYPE";
    enter(name);
    std::map<std::string, std::string> labels;
    if (line.take("{")) {
      do {
        const std::string label = line.name(false);
        ASSERT_NE(label, "") << text;
        ASSERT_TRUE(line.take("=")) << text;
        const auto value = line.quoted();
        ASSERT_TRUE(value) << text;
        EXPECT_TRUE(labels.emplace(label, *value).second) << text << ": a label twice";
      } while (line.take(","));
      ASSERT_TRUE(line.take("}")) << text;
    }
    ASSERT_TRUE(line.take(" ")) << text;
    number(std::string(line.rest()));
    EXPECT_TRUE(series_.emplace(name, labels).second) << text << ": the series is there twice";
  }

  static void number(const std::string& text) {
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    EXPECT_TRUE(!text.empty() && *end == '\0' && !std::isspace(static_cast<unsigned char>(text[0])))
        << text;
  }

  // All lines of a metric stand together.
  void enter(const std::string& name) {
    if (name == current_) return;
    if (!current_.empty()) metrics_[current_].closed = true;
    EXPECT_FALSE(metrics_[name].closed) << name << " is in two places";
    current_ = name;
  }

  std::string current_;
  std::map<std::string, Metric> metrics_;
  std::set<std::pair<std::string, std::map<std::string, std::string>>> series_;
};

}  // namespace

void expect_metrics_grammar(const std::string& text) {
  Grammar grammar;
  EXPECT_TRUE(is_utf8(text));
  EXPECT_TRUE(text.ends_with("\n"));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    grammar.check(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  EXPECT_GT(grammar.series(), 20U);
}

}  // namespace touchstone
