#include "harness/config/config_error.h"

#include <fmt/format.h>

namespace touchstone {
namespace {

std::string lines_of_mistakes(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) text += (text.empty() ? "" : "\n") + mistake.str();
  return text;
}

}  // namespace

std::string Mistake::str() const {
  const std::string place = line > 0 ? fmt::format("{}:{}:{}", file, line, column) : file;
  return key.empty() ? fmt::format("{}: {}", place, message)
                     : fmt::format("{}: {}: {}", place, key, message);
}

ConfigError::ConfigError(std::vector<Mistake> all)
    : std::runtime_error(lines_of_mistakes(all)), mistakes(std::move(all)) {}

}  // namespace touchstone
