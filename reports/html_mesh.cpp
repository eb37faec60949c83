#include <fmt/format.h>

#include "reports/html_page.h"
#include "reports/mesh_svg.h"

namespace touchstone::html {

// The pictures are files of their own: pages that Jenkins shows may hold pictures, but no style.
void add_meshes(pugi::xml_node body, const Page& page) {
  if (page.record.meshes.empty()) return;
  pugi::xml_node section = add_section(body, "mesh", page.say(Word::kMesh));
  add(section, "p", "note", page.say(Word::kMeshNote));
  for (std::size_t i = 0; i < page.record.meshes.size(); ++i) {
    const Mesh& mesh = page.record.meshes[i];
    const std::string line = mesh_line(mesh, page.language), file = mesh_file(i + 1);
    pugi::xml_node figure = add(section, "figure");
    add(figure, "figcaption", "", shortened(mesh.group) + ": " + line);
    pugi::xml_node large = add(figure, "a");
    set(large, "href", file);
    pugi::xml_node picture = add(large, "img", "mesh");
    set(picture, "src", file);
    set(picture, "alt", line);
  }
}

}  // namespace touchstone::html
