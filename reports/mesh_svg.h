#pragma once

#include <cstddef>
#include <string>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// The pings of one group as a picture: who asks from top to bottom, who is asked from left to
// right, hosts as blocks and NPUs as cells. Each result has a sign as well as a colour. A file of
// its own, drawn with plain attributes: no style, no script, nothing from elsewhere.
std::string mesh_svg(const Mesh& mesh, bool simulated, Language language);

// "mesh-1.svg": by number, since names of groups are anything.
std::string mesh_file(std::size_t number);

// "128 of 128 pairs asked, 126 without loss, 2 with loss"
std::string mesh_line(const Mesh& mesh, Language language);

}  // namespace touchstone
