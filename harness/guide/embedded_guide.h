#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace touchstone {

// suites/document.yaml as constants, written by embed_document when the program is built.
struct EmbeddedText {
  std::string_view zh, en;
};
struct EmbeddedInstruction {
  EmbeddedText what;
  std::span<const std::string_view> about, steps;
  EmbeddedText reason;
  std::span<const std::pair<std::string_view, std::string_view>> only;
};
struct EmbeddedSection {
  std::string_view id;
  EmbeddedText title;
  std::span<const EmbeddedInstruction> instructions;
};
std::span<const EmbeddedSection> embedded_guide();

}  // namespace touchstone
