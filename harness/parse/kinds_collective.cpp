#include <array>

#include "harness/parse/hccl_test.h"
#include "harness/parse/kinds_json.h"

namespace touchstone {
namespace {

Json hccl_test(const HcclTest& value) {
  Json rows = Json::array();
  for (const auto& row : value.rows)
    rows.push_back({{"bytes", row.bytes},
                    {"time_us", row.time_us},
                    {"bandwidth_gbs", row.bandwidth_gbs},
                    {"check", row.check}});
  return {{"rows", std::move(rows)}};
}

constexpr std::array kCollectiveKinds = {
    ParseKind{"hccl-test",
              "mpirun … all_reduce_test …",
              {"集合通信的带宽", "bandwidth of a collective"},
              one_to_json<HcclTest, parse_hccl_test, hccl_test>},
};

}  // namespace

std::span<const ParseKind> collective_kinds() {
  return kCollectiveKinds;
}

}  // namespace touchstone
