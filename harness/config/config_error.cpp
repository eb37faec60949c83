#include "harness/config/config_error.h"

#include "harness/model/said.h"

namespace touchstone {
namespace {

Text lines_of_mistakes(const std::vector<Mistake>& mistakes) {
  Text text;
  for (const Mistake& mistake : mistakes)
    text = text.empty() ? mistake.str() : said("{}\n{}", "{}\n{}", text, mistake.str());
  return text;
}

}  // namespace

Text Mistake::str() const {
  const std::string place = line > 0 ? fmt::format("{}:{}:{}", file, line, column) : file;
  return key.empty() ? said("{}: {}", "{}: {}", place, message)
                     : said("{}: {}: {}", "{}: {}: {}", place, key, message);
}

ConfigError::ConfigError(std::vector<Mistake> all)
    : SaidError(lines_of_mistakes(all)), mistakes(std::move(all)) {}

}  // namespace touchstone
