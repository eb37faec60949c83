#include "suites/rank_table_diff.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace touchstone {
namespace {

const RankTable::Server* find(const RankTable& table, const std::string& id) {
  auto at = std::find_if(table.servers.begin(), table.servers.end(),
                         [&](const auto& s) { return s.server_id == id; });
  return at == table.servers.end() ? nullptr : &*at;
}

std::vector<std::string> order_of(const RankTable& table, const RankTable& other) {
  std::vector<std::string> ids;
  for (const RankTable::Server& server : table.servers)
    if (find(other, server.server_id)) ids.push_back(server.server_id);
  return ids;
}

class Differences {
 public:
  // One value that stands in both: the same sentence for counts, addresses and ranks.
  void value(const std::string& what, const std::string& a, const std::string& b) {
    if (a != b) add(fmt::format("{}:{} → {}", what, a, b), fmt::format("{}: {} → {}", what, a, b));
  }
  void add(std::string zh, std::string en) { all_.push_back({std::move(zh), std::move(en)}); }
  std::vector<Text> take() { return std::move(all_); }

 private:
  std::vector<Text> all_;
};

void diff_devices(const RankTable::Server& a, const RankTable::Server& b,
                  Differences& differences) {
  std::map<std::string, const RankTable::Device*> theirs;
  for (const RankTable::Device& device : b.devices) theirs[device.device_id] = &device;
  for (const RankTable::Device& device : a.devices) {
    const std::string where = fmt::format("{} device {}", a.server_id, device.device_id);
    auto at = theirs.find(device.device_id);
    if (at == theirs.end()) {
      differences.add(where + ":只在前者中", where + ": only in the first");
      continue;
    }
    differences.value(where + " device_ip", device.device_ip, at->second->device_ip);
    differences.value(where + " rank_id", device.rank_id, at->second->rank_id);
    theirs.erase(at);
  }
  for (const auto& [id, device] : theirs)
    differences.add(fmt::format("{} device {}:只在后者中", b.server_id, id),
                    fmt::format("{} device {}: only in the second", b.server_id, id));
}

}  // namespace

std::vector<Text> diff_rank_tables(const RankTable& a, const RankTable& b) {
  Differences differences;
  differences.value("version", a.version, b.version);
  differences.value("status", a.status, b.status);
  differences.value("server_count", a.server_count, b.server_count);
  for (const RankTable::Server& server : a.servers)
    if (!find(b, server.server_id))
      differences.add("server " + server.server_id + ":只在前者中",
                      "server " + server.server_id + ": only in the first");
  for (const RankTable::Server& server : b.servers)
    if (!find(a, server.server_id))
      differences.add("server " + server.server_id + ":只在后者中",
                      "server " + server.server_id + ": only in the second");
  if (order_of(a, b) != order_of(b, a))
    differences.add("server 的顺序不同", "the servers stand in another order");
  for (const RankTable::Server& server : a.servers) {
    const RankTable::Server* other = find(b, server.server_id);
    if (!other) continue;
    differences.value(server.server_id + " container_ip", server.container_ip.value_or("none"),
                      other->container_ip.value_or("none"));
    diff_devices(server, *other, differences);
  }
  return differences.take();
}

}  // namespace touchstone
