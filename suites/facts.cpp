#include "suites/facts.h"

#include <set>

#include <fmt/format.h>

#include "suites/endpoint_measure.h"
#include "suites/fabric_mesh.h"
#include "suites/facts_host.h"
#include "suites/known.h"
#include "suites/probes.h"

namespace touchstone {
namespace {

using Facts = std::map<std::string, std::string>;

void add_port(const EvidenceBook& book, const std::string& host, int npu, Facts& facts) {
  if (auto* link = known(book, host, npu, kLink)) facts["link"] = link->up ? "UP" : "DOWN";
  // Old flaps have no verdict: that a count moved since another run is told by comparing the runs.
  if (auto* stat = known(book, host, npu, kLinkStat))
    facts[stat->down_count ? "link_downs" : "link_ups"] =
        std::to_string(stat->down_count.value_or(stat->up_count));
  if (auto* tls = known(book, host, npu, kTls)) facts["tls"] = tls->enabled ? "1" : "0";
  if (auto* health = known(book, host, npu, kNetHealth)) facts["net_health"] = health->text;
  if (not_set(book, host, npu, kIp)) facts["address"] = "";
  if (auto* ip = known(book, host, npu, kIp)) {
    facts["address"] = ip->address;
    facts["netmask"] = ip->netmask;
  }
  if (not_set(book, host, npu, kGateway)) facts["gateway"] = "";
  if (auto* gateway = known(book, host, npu, kGateway)) facts["gateway"] = gateway->gateway;
  if (auto* netdetect = known(book, host, npu, kNetdetect))
    facts["netdetect"] = netdetect->address.value_or("");
  if (auto* mtu = known(book, host, npu, kMtu)) facts["mtu"] = std::to_string(mtu->mtu);
  if (auto* lldp = known(book, host, npu, kLldp); lldp && lldp->ifname)
    facts["switch_port"] = *lldp->ifname;
  if (auto* speed = known(book, host, npu, kSpeed))
    facts["speed"] = fmt::format("{} Mb/s", speed->mbps);
  if (auto* board = known(book, host, npu, kBoard)) facts["firmware"] = board->firmware_version;
}

void add_chip(const NpuSmiInfo* table, int npu, Facts& facts) {
  if (!table) return;
  for (const NpuSmiInfo::Npu& row : table->npus) {
    if (row.id != npu) continue;
    facts["health"] = row.health;
    facts["chip"] = row.name;
    facts["hbm"] = fmt::format("{}/{} MB", row.hbm_used_mb, row.hbm_total_mb);
  }
}

// A question that was asked has an answer, be it that it was lost; a script that is run by hand
// asks none of these.
void leave_out_unasked(const EvidenceBook& book, Mesh& mesh) {
  std::erase_if(mesh.pairs, [&](const MeshPair& pair) {
    const MeshNpu& from = mesh.npus[pair.from];
    return !book.find_answer(from.host, from.npu, ping_probe(mesh.npus[pair.to].address).key);
  });
}

void add_meshes(const EvidenceBook& book, RunRecord& record) {
  for (const StepResult& result : record.results) {
    const bool judged =
        result.verdict != Verdict::kNotSelected && result.verdict != Verdict::kNotApplicable;
    if (record.steps[result.step].id != "3.1.14" || !judged) continue;
    for (const Group& group : book.inventory().groups)
      if (group.name == result.target.group) {
        record.meshes.push_back(mesh_of(book, group));
        leave_out_unasked(book, record.meshes.back());
      }
  }
}

}  // namespace

void add_facts(const EvidenceBook& book, RunRecord& record) {
  std::map<std::string, std::set<std::string>> versions;
  for (HostInfo& host : record.hosts) {
    host.facts = host_facts(book, host.name);
    for (const char* what : {"driver", "docker", "ascend-docker-runtime", "mindie"})
      if (const auto at = host.facts.find(what); at != host.facts.end())
        versions[what].insert(at->second);
    const NpuSmiInfo* table = known(book, host.name, -1, kNpuSmi);
    for (int npu = 0; npu < host.npus; ++npu) {
      NpuFacts facts{.host = host.name, .npu = npu};
      add_chip(table, npu, facts.facts);
      add_port(book, host.name, npu, facts.facts);
      if (facts.facts.contains("firmware")) versions["firmware"].insert(facts.facts["firmware"]);
      record.npus.push_back(std::move(facts));
    }
  }
  add_measurements(book, record);
  for (const auto& [what, values] : versions) {
    std::string& text = record.versions[what];
    for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
  }
  record.meshes.clear();
  add_meshes(book, record);
}

}  // namespace touchstone
