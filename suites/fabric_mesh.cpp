#include "suites/fabric_mesh.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace touchstone {
namespace {

// The NPUs of a group as a table: host × index.
class Grid {
 public:
  explicit Grid(const std::vector<MeshNpu>& npus) : npus_(npus) {
    std::map<std::string, std::size_t> rows;
    for (std::size_t i = 0; i < npus.size(); ++i) {
      const auto [row, fresh] = rows.try_emplace(npus[i].host, table_.size());
      if (fresh) table_.emplace_back();
      auto& of_host = table_[row->second];
      const auto column = static_cast<std::size_t>(npus[i].npu);
      if (of_host.size() <= column) of_host.resize(column + 1, kNobody);
      of_host[column] = i;
      columns_ = std::max(columns_, column + 1);
    }
  }

  std::size_t hosts() const { return table_.size(); }
  std::size_t columns() const { return columns_; }

  // Everybody asks the NPU that is `hosts` further and `columns` aside: a permutation, hence nobody
  // is asked twice.
  std::vector<MeshPair> rotation(std::size_t hosts, std::size_t columns) const {
    std::vector<MeshPair> pairs;
    for (std::size_t row = 0; row < table_.size(); ++row)
      for (std::size_t column = 0; column < table_[row].size(); ++column) {
        const std::size_t from = table_[row][column];
        const std::size_t to = at((row + hosts) % table_.size(), (column + columns) % columns_);
        if (asks(from) && asks(to)) pairs.push_back({.from = from, .to = to});
      }
    return pairs;
  }

 private:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  std::size_t at(std::size_t row, std::size_t column) const {
    return column < table_[row].size() ? table_[row][column] : kNobody;
  }
  bool asks(std::size_t npu) const { return npu != kNobody && npus_[npu].left_out.empty(); }

  const std::vector<MeshNpu>& npus_;
  std::vector<std::vector<std::size_t>> table_;
  std::size_t columns_ = 0;
};

struct Rotation {
  std::size_t hosts, columns;
};

// 1 … count in an order whose beginnings are spread over the whole: near and far hosts, which hang
// on the same switch and on others.
std::vector<std::size_t> spread(std::size_t count) {
  std::size_t stride = std::max<std::size_t>(1, static_cast<std::size_t>(0.618 * count));
  while (std::gcd(stride, count) != 1) ++stride;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < count; ++i) order.push_back(1 + i * stride % count);
  return order;
}

// Those of the same index first: rails carry the traffic of a collective.
std::vector<Rotation> rotations(const Grid& grid, bool same_index) {
  const std::vector<std::size_t> order = spread(grid.hosts() - 1);
  std::vector<Rotation> all;
  for (const std::size_t hosts : order) all.push_back({hosts, 0});
  if (same_index) return all;
  const std::size_t aside = grid.columns() - 1;
  for (std::size_t turn = 0; turn < aside; ++turn)
    for (std::size_t i = 0; i < order.size(); ++i)
      all.push_back({order[i], 1 + (i + turn) % aside});
  return all;
}

std::size_t pairs_there_are(const std::vector<MeshNpu>& npus, bool same_index) {
  std::size_t pairs = 0;
  for (const MeshNpu& from : npus)
    for (const MeshNpu& to : npus)
      pairs += from.host != to.host && (!same_index || from.npu == to.npu);
  return pairs;
}

}  // namespace

MeshPlan plan_mesh(std::vector<MeshNpu> npus, bool same_index, std::size_t limit) {
  MeshPlan plan;
  plan.mesh.same_index = same_index;
  plan.mesh.npus = std::move(npus);
  plan.mesh.there_are = pairs_there_are(plan.mesh.npus, same_index);
  const Grid grid(plan.mesh.npus);
  if (grid.hosts() < 2) return plan;
  const std::vector<Rotation> all = rotations(grid, same_index);
  std::size_t taken = 0;
  for (; taken < all.size(); ++taken) {
    const auto pairs = grid.rotation(all[taken].hosts, all[taken].columns);
    if (!plan.rounds.empty() && plan.mesh.pairs.size() + pairs.size() > limit) break;
    if (pairs.empty()) continue;
    std::vector<std::size_t>& round = plan.rounds.emplace_back();
    for (const MeshPair& pair : pairs) {
      round.push_back(plan.mesh.pairs.size());
      plan.mesh.pairs.push_back(pair);
    }
  }
  if (taken < all.size())
    plan.mesh.form = taken < grid.hosts() - 1 ? Mesh::Form::kSample : Mesh::Form::kRail;
  return plan;
}

}  // namespace touchstone
