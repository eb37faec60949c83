#include <algorithm>

#include <fmt/format.h>

#include "reports/mesh_svg.h"

namespace touchstone {

std::string mesh_file(std::size_t number) {
  return fmt::format("mesh-{}.svg", number);
}

std::string mesh_line(const Mesh& mesh, Language language) {
  const auto say = [&](Word which) { return word(which, language); };
  std::string text =
      fmt::format("{}/{} {}", mesh.pairs.size(), mesh.there_are, say(Word::kMeshAsked));
  if (mesh.form == Mesh::Form::kSample) text += fmt::format(" ({})", say(Word::kMeshSample));
  if (mesh.form == Mesh::Form::kRail) text += fmt::format(" ({})", say(Word::kMeshRailSample));
  const auto count = [&](std::size_t number, Word which) {
    if (number > 0) text += fmt::format(" · {} {}", number, say(which));
  };
  std::size_t partial = 0;
  for (const MeshPair& pair : mesh.pairs)
    partial += pair.result == MeshPair::Result::kLost && pair.received > 0;
  count(mesh.count(MeshPair::Result::kWhole), Word::kMeshWhole);
  count(partial, Word::kMeshPartial);
  count(mesh.count(MeshPair::Result::kLost) - partial, Word::kMeshLost);
  count(mesh.count(MeshPair::Result::kNoAnswer), Word::kMeshNoAnswer);
  count(static_cast<std::size_t>(
            std::count_if(mesh.npus.begin(), mesh.npus.end(),
                          [](const MeshNpu& npu) { return !npu.left_out.empty(); })),
        Word::kMeshNpusLeftOut);
  return text;
}

}  // namespace touchstone
