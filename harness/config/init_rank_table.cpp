#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/config/init.h"
#include "harness/config/init_draft.h"
#include "harness/config/inventory.h"
#include "harness/config/profile.h"
#include "harness/config/source_text.h"
#include "harness/model/said.h"
#include "harness/parse/ipv4.h"
#include "harness/parse/rank_table.h"

namespace touchstone {
namespace {

using Code = RankTableProblem::Code;

// Reasons of the parser name their place in words, mistakes in front.
Mistake mistake_of(const Refusal& refusal, const std::string& file) {
  Mistake mistake{file, refusal.line, refusal.column, "", refusal.reason};
  if (refusal.line > 0) {
    const Text place = place_in_text({refusal.line, refusal.column});
    mistake.message.zh.erase(0, place.zh.size());
    mistake.message.en.erase(0, place.en.size());
  }
  return mistake;
}

// Without these nobody could be named; everything else is for the steps of 3.2 to judge. (An
// address of the loopback is one of those: a cluster on one machine has them.)
bool hinders(const RankTableProblem& problem, const RankTable& table) {
  if (problem.code == Code::kServerDuplicate) return true;
  if (problem.code != Code::kServerId || problem.server < 0) return false;
  const std::string& id = table.servers[static_cast<std::size_t>(problem.server)].server_id;
  return !service_address_error(id).empty();
}
bool spoils_addresses(Code code) {
  return code == Code::kDeviceIpInvalid || code == Code::kDeviceIpDuplicate;
}

// The order of the servers, the profile's own first where several fit.
std::string order_of(const RankTable& table, const std::string& preferred) {
  std::vector<std::string> ids;
  std::vector<std::uint32_t> numbers;
  for (const RankTable::Server& server : table.servers) {
    ids.push_back(server.server_id);
    numbers.push_back(ipv4_of(server.server_id).value_or(0));
  }
  std::vector<std::string> found;
  if (std::is_sorted(numbers.rbegin(), numbers.rend())) found.push_back("descending");
  if (std::is_sorted(numbers.begin(), numbers.end())) found.push_back("ascending");
  if (std::is_sorted(ids.begin(), ids.end())) found.push_back("lexicographic");
  if (std::find(found.begin(), found.end(), preferred) != found.end()) return preferred;
  return found.empty() ? "any" : found.front();
}

Draft::Group group_of(const RankTable& table, const Profile& profile, bool with_addresses) {
  Draft::Group group{.name = "group-1", .master = table.servers.front().server_id};
  for (const RankTable::Server& server : table.servers) {
    Draft::Host host{.name = server.server_id};
    const std::size_t npus = server.devices.size();
    if (npus > 0 && npus != static_cast<std::size_t>(profile.npus))
      host.keys.emplace_back("npus", std::to_string(npus));
    for (const RankTable::Device& device : server.devices)
      if (with_addresses) host.npu_addresses.push_back(device.device_ip);
    group.hosts.push_back(std::move(host));
  }
  return group;
}

Draft draft_of(const RankTable& table, const std::vector<RankTableProblem>& problems,
               const Profile& profile) {
  Draft draft;
  bool addresses = true;
  bool same = true;
  for (const RankTableProblem& problem : problems) {
    const Text line = problem.line > 0 ? said("第 {} 行", ", line {}", problem.line) : Text{};
    draft.notes.push_back(said("rank table {}:{}", "The table{}: {}", line, problem.message));
    if (spoils_addresses(problem.code)) addresses = false;
    if (problem.code == Code::kContainerIpDiffers) same = false;
  }
  draft.notes.push_back({"主机以地址为名;请改成自己熟悉的名称,如 {name: node-01, address: …}。",
                         "Hosts are named by their addresses; give them names you know, as in "
                         "{name: node-01, address: …}."});
  draft.groups.push_back(group_of(table, profile, addresses));
  if (table.servers.size() > 1)
    draft.site.emplace_back("rank_table_order", order_of(table, profile.rank_table_order));
  if (!same) draft.site.emplace_back("container_ip_equals_server_id", "false");
  return draft;
}

}  // namespace

std::string inventory_from_rank_table(std::string_view text, const std::string& file,
                                      const InitOptions& options) {
  const Profile profile = find_profile(options.profile);
  const SourceText source(text, file);
  const Parsed<RankTable> table = parse_rank_table(text, "");
  if (!table) throw ConfigError({mistake_of(table.refusal(), file)});
  const std::vector<RankTableProblem> problems = check_rank_table(table.value());
  std::vector<Mistake> mistakes;
  for (const RankTableProblem& problem : problems)
    if (hinders(problem, table.value()))
      mistakes.push_back({file, problem.line, 1, "", problem.message});
  if (mistakes.empty() && table.value().servers.empty())
    mistakes.push_back({.file = file,
                        .message = {"表中没有 server;请给出有的表",
                                    "the table has no servers; give one that has"}});
  if (!mistakes.empty()) throw ConfigError(std::move(mistakes));
  Draft draft = draft_of(table.value(), problems, profile);
  draft.notes.insert(draft.notes.begin(),
                     said("由 rank table {} 生成。", "Written from the rank table {}.", file));
  std::string inventory = write_draft(draft, options);
  parse_inventory(inventory, file + " → cluster.yaml");
  return inventory;
}

}  // namespace touchstone
