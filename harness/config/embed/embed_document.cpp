// embed_document DOCUMENT.yaml FILE.cpp: writes the table of the guide's instructions as constants
// (harness/guide/embedded_guide.h). Runs in the build only; mistakes are told with their line.
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "harness/config/document.h"
#include "harness/config/source_text.h"

namespace touchstone {
namespace {

std::string literal(std::string_view text) {
  if (text.find(")text\"") != std::string_view::npos)
    throw std::runtime_error(fmt::format("\"{}\" cannot be written as a raw string", text));
  return fmt::format("R\"text({})text\"", text);
}

std::string literal(const Text& text) {
  return fmt::format("{{{}, {}}}", literal(text.zh), literal(text.en));
}

// Adds a named array and returns its name. C++ has no arrays without elements: they are `{}`.
template <class Values, class Write>
std::string array_of(std::string& code, std::string_view type, const std::string& name,
                     const Values& values, Write write) {
  if (values.empty()) return "{}";
  std::string elements;
  for (const auto& value : values) elements += "    " + write(value) + ",\n";
  code += fmt::format("constexpr {} {}[]{{\n{}}};\n", type, name, elements);
  return name;
}

std::string section_of(std::string& code, const std::string& name, const DocumentSection& section) {
  const auto word = [](const std::string& one) { return literal(one); };
  const auto pair = [](const auto& one) {
    return fmt::format("{{{}, {}}}", literal(one.first), literal(one.second));
  };
  std::size_t number = 0;
  const auto instruction = [&](const Instruction& one) {
    const std::string id = fmt::format("{}_{}", name, ++number);
    const std::string words = "std::string_view",
                      pairs = "std::pair<std::string_view, std::string_view>";
    const std::string about = array_of(code, words, id + "_about", one.about, word);
    const std::string steps = array_of(code, words, id + "_steps", one.steps, word);
    const std::string only = array_of(code, pairs, id + "_only", one.only, pair);
    return fmt::format("{{{}, {}, {}, {}, {}}}", literal(one.what), about, steps,
                       literal(one.reason), only);
  };
  const std::string instructions =
      array_of(code, "EmbeddedInstruction", name, section.instructions, instruction);
  return fmt::format("{{{}, {}, {}}}", literal(section.id), literal(section.title), instructions);
}

std::string code_of(const Document& document) {
  std::string code =
      "#include \"harness/guide/embedded_guide.h\"\n\nnamespace touchstone {\nnamespace {\n\n";
  std::size_t number = 0;
  const std::string sections =
      array_of(code, "EmbeddedSection", "kSections", document, [&](const DocumentSection& section) {
        return section_of(code, fmt::format("kSection{}", ++number), section);
      });
  return code + fmt::format(
                    "\n}}  // namespace\n\nstd::span<const EmbeddedSection> "
                    "embedded_guide() {{\n  return {};\n}}\n\n}}  // namespace touchstone\n",
                    sections);
}

}  // namespace
}  // namespace touchstone

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: embed_document DOCUMENT.yaml FILE.cpp\n";
    return 64;
  }
  try {
    const std::string text =
        touchstone::read_config_file(argv[1], touchstone::Text{"文档", "the document"});
    std::ofstream file(argv[2], std::ios::binary);
    file << touchstone::code_of(touchstone::parse_document(text, argv[1])) << std::flush;
    if (file) return 0;
    std::cerr << argv[2] << ": cannot be written\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  return 1;
}
