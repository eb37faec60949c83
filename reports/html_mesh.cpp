#include <algorithm>

#include <fmt/format.h>

#include "reports/html_page.h"
#include "reports/mesh_svg.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kPictures = 16;  // with more groups only those are shown where loss was seen

bool whole(const Mesh& mesh) {
  return mesh.count(MeshPair::Result::kWhole) == mesh.pairs.size();
}

void add_picture(pugi::xml_node section, const Page& page, std::size_t index) {
  const Mesh& mesh = page.record.meshes[index];
  const std::string line = mesh_line(mesh, page.language), file = mesh_file(index + 1);
  pugi::xml_node figure = add(section, "figure");
  add(figure, "figcaption", "", shortened(mesh.group) + ": " + line);
  pugi::xml_node picture = add(lead(figure, file, ""), "img", "mesh");
  set(picture, "src", file);
  set(picture, "alt", line);
}

}  // namespace

// The pictures are files of their own: pages that Jenkins shows may hold pictures, but no style.
void add_meshes(pugi::xml_node body, const Page& page) {
  const auto& meshes = page.record.meshes;
  if (meshes.empty()) return;
  pugi::xml_node section = add_section(body, "mesh", page.say(Word::kMesh));
  add(section, "p", "note", page.say(Word::kMeshNote));
  std::vector<std::size_t> others;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < meshes.size(); ++i)
    if (meshes.size() <= kPictures || (!whole(meshes[i]) && shown < HostRows::kShown)) {
      add_picture(section, page, i);
      ++shown;
    } else {
      others.push_back(i);
    }
  if (others.empty()) return;
  pugi::xml_node line = add(section, "p", "names", page.say(Word::kMeshOthers) + ": ");
  for (std::size_t i : others) {
    if (i != others.front()) add_text(line, " ");
    lead(line, mesh_file(i + 1), shortened(meshes[i].group, 80));
  }
}

}  // namespace touchstone::html
