#include "reports/host_rows.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "reports/host_records.h"
#include "reports/page_names.h"

namespace touchstone {
namespace {

class Collector {
 public:
  Collector(const RunRecord& record, const Digest& digest) : record_(record), digest_(digest) {
    for (std::size_t i = 0; i < record.hosts.size(); ++i) {
      const HostInfo& host = record.hosts[i];
      VerdictRow& of = row(host.name);
      of.hosts.push_back(i);
      of.state = host.state;
      of.npus.resize(static_cast<std::size_t>(std::clamp(host.npus, 0, HostRows::kNpus)));
    }
    hosts_ = rows_.size();
    for (std::size_t i = 0; i < record.results.size(); ++i) note(i);
  }

  std::vector<VerdictRow> hosts() const { return {rows_.begin(), end_of_hosts()}; }
  std::vector<VerdictRow> others() const { return {end_of_hosts(), rows_.end()}; }

 private:
  std::vector<VerdictRow>::const_iterator end_of_hosts() const {
    return rows_.begin() + static_cast<std::ptrdiff_t>(hosts_);
  }

  VerdictRow& row(const std::string& name) {
    const auto [at, fresh] = at_.try_emplace(name, rows_.size());
    if (fresh) {
      VerdictRow& made = rows_.emplace_back();
      made.names = {name};
      made.steps.resize(record_.steps.size());
    }
    return rows_[at->second];
  }

  void note(std::size_t i) {
    const StepResult& result = record_.results[i];
    const Target& target = result.target;
    const bool pending = not_run(record_, result);
    VerdictRow& of = row(target.host.empty() ? target.str() : target.host);
    of.steps.at(result.step).note(result.verdict, pending, digest_.cause_of[i]);
    of.all.note(result.verdict, pending, digest_.cause_of[i]);
    const auto npu = static_cast<std::size_t>(std::max(target.npu, 0));
    if (target.npu >= 0 && npu < of.npus.size())
      of.npus[npu].note(result.verdict, pending, digest_.cause_of[i]);
    if (!target.host.empty()) return;
    for (const std::string& host : hosts_of(result))
      if (const auto named = at_.find(host); named != at_.end() && named->second < hosts_)
        rows_[named->second].all.note(result.verdict, pending, digest_.cause_of[i]);
  }

  const RunRecord& record_;
  const Digest& digest_;
  std::vector<VerdictRow> rows_;
  std::unordered_map<std::string, std::size_t> at_;
  std::size_t hosts_ = 0;
};

using Signs = std::vector<int>;

void add_signs(Signs& signs, const std::vector<Worst>& all) {
  for (const Worst& one : all)
    signs.push_back(one.pending ? -2 : one.verdict ? static_cast<int>(*one.verdict) : -1);
}

std::vector<VerdictRow> folded(std::vector<VerdictRow> rows) {
  std::vector<VerdictRow> unequal;
  std::map<std::tuple<std::string, std::size_t, Signs>, std::size_t> known;
  for (VerdictRow& row : rows) {
    Signs signs;
    add_signs(signs, row.steps);
    add_signs(signs, row.npus);
    const auto [at, fresh] =
        known.try_emplace({row.state, row.npus.size(), std::move(signs)}, unequal.size());
    if (fresh) {
      unequal.push_back(std::move(row));
      continue;
    }
    VerdictRow& like = unequal[at->second];
    like.names.push_back(std::move(row.names.front()));
    like.hosts.insert(like.hosts.end(), row.hosts.begin(), row.hosts.end());
  }
  const auto place = [](const VerdictRow& row) {
    return row.all.verdict.value_or(Verdict::kNotSelected);
  };
  std::stable_sort(unequal.begin(), unequal.end(),
                   [&](const VerdictRow& a, const VerdictRow& b) { return place(a) < place(b); });
  return unequal;
}

}  // namespace

void Worst::note(Verdict other, bool not_run, std::size_t its_cause) {
  const bool judged_now = verdict == other && pending && !not_run;
  if (verdict && *verdict <= other && !judged_now) return;
  *this = {other, not_run, its_cause};
}

HostRows host_rows(const RunRecord& record, const Digest& digest) {
  const Collector all(record, digest);
  HostRows rows{.folded = record.hosts.size() > HostRows::kFoldAbove,
                .hosts = all.hosts(),
                .others = all.others(),
                .files = names_of_host_pages(record)};
  if (!rows.folded) return rows;
  rows.hosts = folded(std::move(rows.hosts));
  rows.others = folded(std::move(rows.others));
  return rows;
}

}  // namespace touchstone
