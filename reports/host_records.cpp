#include "reports/host_records.h"

#include <map>
#include <string_view>
#include <utility>

namespace touchstone {
namespace {

// "node-01/npu3" and "node-01" are about node-01.
std::string_view host_of(std::string_view target) {
  const std::size_t npu = target.rfind("/npu");
  return npu == std::string_view::npos ? target : target.substr(0, npu);
}

std::string_view host_of(const Finding& finding, const StepResult& result) {
  return finding.target.empty() ? std::string_view(result.target.host) : host_of(finding.target);
}

}  // namespace

std::set<std::string> hosts_of(const StepResult& result) {
  if (!result.target.host.empty()) return {result.target.host};
  std::set<std::string> hosts;
  for (const auto* findings : {&result.findings, &result.findings_before})
    for (const Finding& finding : *findings) hosts.emplace(host_of(finding, result));
  return hosts;
}

HostRecords::HostRecords(const RunRecord& whole) : whole_(whole) {
  for (std::size_t i = 0; i < whole.results.size(); ++i)
    for (const std::string& host : hosts_of(whole.results[i])) results_[host].push_back(i);
  for (std::size_t i = 0; i < whole.npus.size(); ++i) npus_[whole.npus[i].host].push_back(i);
  for (std::size_t i = 0; i < whole.repairs.size(); ++i)
    repairs_[whole.repairs[i].host].push_back(i);
  record_.tool_version = whole.tool_version;
  record_.cluster = whole.cluster;
  record_.profile = whole.profile;
  record_.simulated = whole.simulated;
  record_.operator_ = whole.operator_;
  record_.replayed = whole.replayed;
  record_.complete = whole.complete;
  record_.started = whole.started;
  record_.finished = whole.finished;
  record_.chapters = whole.chapters;
  record_.steps = whole.steps;
  record_.journal = whole.journal;
}

void HostRecords::add(const StepResult& result, const std::string& host) {
  if (result.target.host == host) {
    record_.results.push_back(result);
    return;
  }
  StepResult part = result;
  for (auto* findings : {&part.findings, &part.findings_before})
    std::erase_if(*findings, [&](const Finding& one) { return host_of(one, result) != host; });
  for (auto* exhibits : {&part.exhibits, &part.exhibits_before})
    std::erase_if(*exhibits, [&](const Exhibit& one) { return one.host != host; });
  record_.results.push_back(std::move(part));
}

// Those that are about this host, counted anew.
void HostRecords::add_waivers() {
  std::map<int, int> places;
  for (StepResult& result : record_.results) {
    if (result.waiver < 0 || result.waiver >= static_cast<int>(whole_.waivers.size())) continue;
    const auto [at, fresh] =
        places.try_emplace(result.waiver, static_cast<int>(record_.waivers.size()));
    if (fresh) {
      record_.waivers.push_back(whole_.waivers[static_cast<std::size_t>(result.waiver)]);
      record_.waivers.back().results = 0;
    }
    result.waiver = at->second;
    ++record_.waivers[static_cast<std::size_t>(result.waiver)].results;
  }
}

const RunRecord& HostRecords::of(std::size_t index) {
  const HostInfo& host = whole_.hosts.at(index);
  record_.hosts = {host};
  record_.results.clear();
  record_.npus.clear();
  record_.repairs.clear();
  record_.waivers.clear();
  for (std::size_t i : results_[host.name]) add(whole_.results[i], host.name);
  for (std::size_t i : npus_[host.name]) record_.npus.push_back(whole_.npus[i]);
  for (std::size_t i : repairs_[host.name]) record_.repairs.push_back(whole_.repairs[i]);
  add_waivers();
  return record_;
}

}  // namespace touchstone
