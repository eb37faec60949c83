#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/parse/json_text.h"

namespace touchstone {

// The text of a configuration file, and where things are in it.
class SourceText {
 public:
  // Throws ConfigError for what is no text for people: more than 16 MiB, NUL and other control
  // characters, bytes that are no UTF-8. A byte order mark at the beginning is taken off.
  SourceText(std::string_view text, std::string file);

  const std::string& file() const { return file_; }
  std::string_view text() const { return text_; }

  std::size_t line_count() const { return starts_.size(); }
  std::string_view line(std::size_t number) const;  // from 1; without its end; "" beyond the end
  std::size_t offset(std::size_t line, std::size_t byte_column) const;     // both from 0
  TextPosition position(std::size_t line, std::size_t byte_column) const;  // both from 0

  [[noreturn]] void refuse(TextPosition at, Text message) const;

 private:
  std::string file_;
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

// The whole file. A missing or unreadable one is a ConfigError that says why.
std::string read_config_file(const std::string& path, const Phrase& what);

}  // namespace touchstone
