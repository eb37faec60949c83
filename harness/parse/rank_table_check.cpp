#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/parse/ipv4.h"
#include "harness/parse/lines.h"
#include "harness/parse/rank_table.h"

namespace touchstone {
namespace {

using Code = RankTableProblem::Code;
using Server = RankTable::Server;
using Device = RankTable::Device;

constexpr std::int64_t kMaxRank = 511;  // MindIE's ranktable_config
constexpr std::int64_t kMinServers = 2, kMaxServers = 60;

// A place in the table: the whole, a server, or one of its devices.
struct TablePlace {
  int server = -1;
  int device = -1;
  int line = 0;
};

class Check {
 public:
  explicit Check(const RankTable& table) : table_(table) {}

  std::vector<RankTableProblem> run() {
    head();
    for (std::size_t i = 0; i < table_.servers.size(); ++i) server(i);
    ranks();
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return std::move(problems_);
  }

 private:
  void add(Code code, const TablePlace& place, std::string zh, std::string en) {
    problems_.push_back({.code = code,
                         .message = {.zh = std::move(zh), .en = std::move(en)},
                         .line = place.line,
                         .server = place.server,
                         .device = place.device});
  }

  TablePlace place_of(std::size_t server) const {
    return {.server = static_cast<int>(server), .line = table_.servers[server].line};
  }
  TablePlace place_of(std::size_t server, std::size_t device) const {
    return {.server = static_cast<int>(server),
            .device = static_cast<int>(device),
            .line = table_.servers[server].devices[device].line};
  }

  std::string name(std::size_t server) const {
    return fmt::format("server_list[{}] ({})", server,
                       valid_utf8(table_.servers[server].server_id));
  }
  std::string name(std::size_t server, std::size_t device) const {
    return fmt::format("{} device[{}]", name(server), device);
  }

  void head();
  void count();
  void server(std::size_t i);
  void container_ip(std::size_t i);
  void server_unique(std::size_t i);
  void device(std::size_t i, std::size_t k);
  void ranks();
  void rank_sequence(const std::vector<std::int64_t>& ranks);

  const RankTable& table_;
  std::vector<RankTableProblem> problems_;
  std::map<std::string, std::string> ids_, container_ips_, device_ips_;  // value → its first place
};

void Check::head() {
  if (table_.version != "1.0")
    add(Code::kVersion, {}, fmt::format("version 是 {}，应为 \"1.0\"", quoted(table_.version)),
        fmt::format("version is {}, expected \"1.0\" (1.2 belongs to A3, 2.0 to A5)",
                    quoted(table_.version)));
  if (table_.status != "completed")
    add(Code::kStatus, {}, fmt::format("status 是 {}，应为 \"completed\"", quoted(table_.status)),
        table_.status.empty()
            ? "status is missing, expected \"completed\""
            : fmt::format("status is {}, expected \"completed\"", quoted(table_.status)));
  count();
}

void Check::count() {
  const auto listed = static_cast<std::int64_t>(table_.servers.size());
  if (integer_of(table_.server_count) != listed)
    add(Code::kServerCount, {},
        fmt::format("server_count 是 {}，server_list 中有 {} 台", quoted(table_.server_count),
                    listed),
        fmt::format("server_count is {}, but server_list has {}", quoted(table_.server_count),
                    listed));
  if (listed < kMinServers || listed > kMaxServers)
    add(Code::kServerCountRange, {}, fmt::format("有 {} 台服务器，MindIE 要求 2 到 60 台", listed),
        fmt::format("{} servers are listed, MindIE takes 2 to 60", listed));
}

void Check::server(std::size_t i) {
  const Server& server = table_.servers[i];
  const auto id = ipv4_of(server.server_id);
  const std::uint32_t net = id ? *id >> 24 : 0;
  if (net == 0 || net == 127 || net >= 224)
    add(Code::kServerId, place_of(i),
        fmt::format("{}：server_id {} 不是{}；用 hccl_tools.py 的 --server_ip 指定", name(i),
                    quoted(server.server_id), id ? "其他主机能访问的地址" : " IPv4 地址"),
        fmt::format("{}: server_id {} is not {}; hccl_tools.py wants --server_ip", name(i),
                    quoted(server.server_id),
                    id ? "an address that other hosts reach" : "an IPv4 address"));
  container_ip(i);
  server_unique(i);
  const std::size_t first = table_.servers.front().devices.size();
  if (server.devices.empty() || server.devices.size() != first)
    add(Code::kDevicesDiffer, place_of(i),
        fmt::format("{} 有 {} 个 device，第一台有 {} 个", name(i), server.devices.size(), first),
        fmt::format("{} has {} devices, the first server has {}", name(i), server.devices.size(),
                    first));
  for (std::size_t k = 0; k < server.devices.size(); ++k) device(i, k);
}

void Check::container_ip(std::size_t i) {
  const Server& server = table_.servers[i];
  const std::string ip = server.container_ip.value_or("");
  if (ip.empty())
    add(Code::kContainerIpMissing, place_of(i),
        fmt::format("{} 没有 container_ip（hccl_tools.py 不写它）", name(i)),
        fmt::format("{} has no container_ip (hccl_tools.py writes none); add it with the value of "
                    "server_id",
                    name(i)));
  else if (!ipv4_of(ip))
    add(Code::kContainerIpInvalid, place_of(i),
        fmt::format("{}：container_ip {} 不是 IPv4 地址", name(i), quoted(ip)),
        fmt::format("{}: container_ip {} is not an IPv4 address", name(i), quoted(ip)));
  else if (ip != server.server_id)
    add(Code::kContainerIpDiffers, place_of(i),
        fmt::format("{}：container_ip {} 与 server_id 不同", name(i), quoted(ip)),
        fmt::format("{}: container_ip {} differs from server_id", name(i), quoted(ip)));
}

void Check::server_unique(std::size_t i) {
  const Server& server = table_.servers[i];
  const auto twice = [&](std::string_view key, const std::string& value, auto& seen) {
    const auto [earlier, is_new] = seen.emplace(value, name(i));
    if (is_new || value.empty()) return;
    add(Code::kServerDuplicate, place_of(i),
        fmt::format("{} 的 {} {} 与 {} 相同", name(i), key, quoted(value), earlier->second),
        fmt::format("{} has the {} {} of {}", name(i), key, quoted(value), earlier->second));
  };
  twice("server_id", server.server_id, ids_);
  twice("container_ip", server.container_ip.value_or(""), container_ips_);
}

void Check::device(std::size_t i, std::size_t k) {
  const Device& device = table_.servers[i].devices[k];
  if (device.device_id != std::to_string(k))
    add(Code::kDeviceId, place_of(i, k),
        fmt::format("{}：device_id 是 {}，应为 \"{}\"", name(i, k), quoted(device.device_id), k),
        fmt::format("{}: device_id is {}, expected \"{}\"", name(i, k), quoted(device.device_id),
                    k));
  if (!ipv4_of(device.device_ip)) {
    add(Code::kDeviceIpInvalid, place_of(i, k),
        fmt::format("{}：device_ip {} 不是 IPv4 地址", name(i, k), quoted(device.device_ip)),
        fmt::format("{}: device_ip {} is not an IPv4 address; give the NPU one (hccn_tool -ip -s) "
                    "and build the table again",
                    name(i, k), quoted(device.device_ip)));
    return;
  }
  const auto [earlier, is_new] = device_ips_.emplace(device.device_ip, name(i, k));
  if (!is_new)
    add(Code::kDeviceIpDuplicate, place_of(i, k),
        fmt::format("{} 与 {} 的 device_ip 都是 {}", name(i, k), earlier->second, device.device_ip),
        fmt::format("{} has the device_ip {} of {}", name(i, k), device.device_ip,
                    earlier->second));
}

void Check::ranks() {
  std::vector<std::int64_t> ranks;
  std::map<std::int64_t, std::string> seen;
  bool sound = true;
  for (std::size_t i = 0; i < table_.servers.size(); ++i)
    for (std::size_t k = 0; k < table_.servers[i].devices.size(); ++k) {
      const std::string& text = table_.servers[i].devices[k].rank_id;
      const auto rank = integer_of(text);
      const bool valid = rank && *rank >= 0 && *rank <= kMaxRank && std::to_string(*rank) == text;
      const auto [earlier, is_new] =
          valid ? seen.emplace(*rank, name(i, k)) : std::pair{seen.end(), true};
      if (!valid)
        add(Code::kRankId, place_of(i, k),
            fmt::format("{}：rank_id {} 不是 0 到 511 的整数", name(i, k), quoted(text)),
            fmt::format("{}: rank_id {} is no number from 0 to 511", name(i, k), quoted(text)));
      else if (!is_new)
        add(Code::kRankDuplicate, place_of(i, k),
            fmt::format("{} 与 {} 的 rank_id 都是 {}", name(i, k), earlier->second, text),
            fmt::format("{} has the rank_id {} of {}", name(i, k), text, earlier->second));
      sound = sound && valid && is_new;
      if (valid) ranks.push_back(*rank);
    }
  if (sound) rank_sequence(ranks);
}

// All ranks are numbers and differ: do they count from 0 in the order of the list?
void Check::rank_sequence(const std::vector<std::int64_t>& ranks) {
  const auto count = static_cast<std::int64_t>(ranks.size());
  const std::set<std::int64_t> present(ranks.begin(), ranks.end());
  for (std::int64_t rank = 0; rank < count; ++rank)
    if (!present.contains(rank)) {
      add(Code::kRankGap, {}, fmt::format("rank_id 从 0 到 {} 应连续，缺少 {}", count - 1, rank),
          fmt::format("rank_id must count from 0 to {} without a gap, {} is missing", count - 1,
                      rank));
      return;
    }
  std::size_t flat = 0;
  for (std::size_t i = 0; i < table_.servers.size(); ++i)
    for (std::size_t k = 0; k < table_.servers[i].devices.size(); ++k, ++flat) {
      if (ranks[flat] == static_cast<std::int64_t>(flat)) continue;
      add(Code::kRankOrder, place_of(i, k),
          fmt::format("{}：rank_id 是 {}，按列表顺序应为 {}", name(i, k), ranks[flat], flat),
          fmt::format("{}: rank_id is {}, in the order of the list it is {}", name(i, k),
                      ranks[flat], flat));
      return;  // one finding: all behind it are shifted, too
    }
}

}  // namespace

std::string_view name_of(RankTableProblem::Code code) {
  switch (code) {
    case Code::kVersion:
      return "version";
    case Code::kStatus:
      return "status";
    case Code::kServerCount:
      return "server-count";
    case Code::kServerCountRange:
      return "server-count-range";
    case Code::kServerId:
      return "server-id";
    case Code::kServerDuplicate:
      return "server-duplicate";
    case Code::kContainerIpMissing:
      return "container-ip-missing";
    case Code::kContainerIpInvalid:
      return "container-ip-invalid";
    case Code::kContainerIpDiffers:
      return "container-ip-differs";
    case Code::kDevicesDiffer:
      return "devices-differ";
    case Code::kDeviceId:
      return "device-id";
    case Code::kDeviceIpInvalid:
      return "device-ip-invalid";
    case Code::kDeviceIpDuplicate:
      return "device-ip-duplicate";
    case Code::kRankId:
      return "rank-id";
    case Code::kRankDuplicate:
      return "rank-duplicate";
    case Code::kRankGap:
      return "rank-gap";
    case Code::kRankOrder:
      return "rank-order";
  }
  return "version";
}

std::vector<RankTableProblem> check_rank_table(const RankTable& table) {
  return Check(table).run();
}

}  // namespace touchstone
