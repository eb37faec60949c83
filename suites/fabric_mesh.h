#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/model/later.h"
#include "harness/model/mesh.h"
#include "harness/parse/hccn.h"

// Step 3.1.14: who pings whom and when, and what follows from what came back.
namespace touchstone {

// -- planning: fabric_mesh.cpp ---------------------------------------------------------------

// In a round no NPU asks two others, and none is asked by two: an answer that is late or lost then
// has nothing to do with us. The rounds hold indices into mesh.pairs.
struct MeshPlan {
  Mesh mesh;
  std::vector<std::vector<std::size_t>> rounds;
};

// `npus`: those of one group, host by host. All ordered pairs of different hosts as long as they
// are no more than `limit`. Beyond it whole rotations (host + r, index + k) are taken until the
// limit is reached, those of the same index first; at least one, so that every NPU asks and is
// asked. The choice depends on nothing but its arguments.
MeshPlan plan_mesh(std::vector<MeshNpu> npus, bool same_index, std::size_t limit);

// -- judging: fabric_mesh_judge.cpp ----------------------------------------------------------

// Reads one answer of `hccn_tool -ping`: it needs the summary and the exit code. Null: not asked.
void read_ping(const Answer* answer, const Mesh& mesh, MeshPair& pair);

// NPUs that lose packets with two partners or more, most of which lose fewer than they do: the odd
// ones out. Where both ends of everything lost look alike, nobody is suspected.
std::vector<std::size_t> suspects_of(const Mesh& mesh);

// Each suspect is asked again, and asks, a partner known to be good: one that loses nothing but
// with suspects. Suspects without such a partner are missing here.
struct SecondAsking {
  std::size_t suspect = 0, good = 0;  // indices into Mesh::npus
};
std::vector<SecondAsking> second_askings(const Mesh& mesh);

// -- with evidence: fabric_mesh_ask.cpp ------------------------------------------------------

Probe<HccnPing> ping_probe(const std::string& address);  // "hccn-ping.10.20.0.11"

// The plan for one group, from the addresses and links that its NPUs told. `hosts`: those that may
// be asked.
MeshPlan plan_mesh(const EvidenceBook& book, const Group& group,
                   const std::set<std::string>& hosts);
// The same with the answers, as far as there are any.
const Mesh& mesh_of(const EvidenceBook& book, const Group& group);

std::vector<Later> mesh_questions();
void expect_whole_mesh(const Evidence& group);
std::optional<Text> no_mesh_in(const Evidence& group);

}  // namespace touchstone
