#include "harness/model/text.h"

namespace touchstone {

const std::string& in(const Text& text, Language language) {
  const bool zh = language == Language::kZh ? !text.zh.empty() : text.en.empty();
  return zh ? text.zh : text.en;
}

}  // namespace touchstone
