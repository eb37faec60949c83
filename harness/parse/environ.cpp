#include "harness/parse/environ.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

// Names as shells export them; functions of bash (BASH_FUNC_x%%) and names with dots exist, too.
std::size_t name_length(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == line.npos || equals == 0 || equals > 256) return 0;
  const std::string_view name = line.substr(0, equals);
  const auto fits = [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '.' || c == '%' || c == '-';
  };
  if (std::isdigit(static_cast<unsigned char>(name.front()))) return 0;
  return std::all_of(name.begin(), name.end(), fits) ? equals : 0;
}

std::string with_line_breaks(std::string_view value) {
  std::string text(value);
  std::replace(text.begin(), text.end(), '\v', '\n');
  return text;
}

}  // namespace

const std::string* Environment::find(const std::string& name) const {
  const auto at = variables.find(name);
  return at == variables.end() ? nullptr : &at->second;
}

Parsed<Environment> parse_environ(std::string_view out, std::string_view err) {
  if (const auto mark = out.rfind(kEnvironmentMark); mark != out.npos) {
    const auto end = out.find('\n', mark);
    out = end == out.npos ? std::string_view() : out.substr(end + 1);
  }
  if (is_blank(out)) {
    auto nothing = filled_lines_of(out, err, "env");
    return nothing ? malformed({"这不是环境变量", "this is no environment"}) : nothing.refusal();
  }
  const char separator = out.find('\0') != out.npos ? '\0' : '\n';
  Environment environment;
  std::string* last = nullptr;
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find(separator, begin), out.size());
    const std::string_view entry = out.substr(begin, end - begin);
    begin = end + 1;
    if (entry.empty()) continue;
    const std::size_t length = name_length(entry);
    if (length > 0) {
      last = &environment.variables[std::string(entry.substr(0, length))];
      *last = with_line_breaks(entry.substr(length + 1));
    } else if (last && separator == '\n') {
      *last += '\n' + std::string(entry);
    } else {
      if (auto message = shell_message(entry)) return *message;
      return malformed(said("{} 不是 NAME=VALUE", "{} is not NAME=VALUE", quoted(entry)));
    }
  }
  return environment;
}

}  // namespace touchstone
