#include "harness/guide/guide.h"

#include "harness/guide/embedded_guide.h"

namespace touchstone {
namespace {

Text text(const EmbeddedText& embedded) {
  return {std::string(embedded.zh), std::string(embedded.en)};
}

Instruction instruction(const EmbeddedInstruction& embedded) {
  return {.what = text(embedded.what),
          .about = {embedded.about.begin(), embedded.about.end()},
          .steps = {embedded.steps.begin(), embedded.steps.end()},
          .reason = text(embedded.reason),
          .only = {embedded.only.begin(), embedded.only.end()}};
}

}  // namespace

Document guide() {
  Document document;
  for (const EmbeddedSection& embedded : embedded_guide()) {
    DocumentSection& section = document.emplace_back();
    section.id = embedded.id;
    section.title = text(embedded.title);
    for (const EmbeddedInstruction& one : embedded.instructions)
      section.instructions.push_back(instruction(one));
  }
  return document;
}

Document guide(const Profile& profile) {
  const std::map<std::string, std::string> values{{"model", profile.model},
                                                  {"weights", profile.weights},
                                                  {"container_start", profile.container_start}};
  Document document = guide();
  for (DocumentSection& section : document)
    for (Instruction& one : section.instructions)
      for (const auto& [key, value] : one.only)
        one.applies = one.applies && values.at(key) == value;
  return document;
}

}  // namespace touchstone
