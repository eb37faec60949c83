#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kTiledHosts =
    200;  // hosts with findings; then healthy ones, until the page is full

using FactsOfNpu = std::map<std::pair<std::string, int>, const NpuFacts*>;

struct Worst {
  std::map<std::string, Verdict> hosts;
  std::map<std::pair<std::string, int>, Verdict> npus;
  std::map<std::pair<std::string, int>, std::size_t> causes;
};

void note(std::map<std::pair<std::string, int>, Verdict>& npus,
          const std::pair<std::string, int>& npu, Verdict verdict) {
  auto [at, fresh] = npus.try_emplace(npu, verdict);
  if (!fresh) at->second = std::min(at->second, verdict);
}

Worst worst_of(const Page& page) {
  Worst worst;
  for (std::size_t i = 0; i < page.record.results.size(); ++i) {
    const StepResult& result = page.record.results[i];
    const Target& target = result.target;
    if (target.host.empty() || not_run(page.record, result)) continue;
    auto [at, fresh] = worst.hosts.try_emplace(target.host, result.verdict);
    if (!fresh) at->second = std::min(at->second, result.verdict);
    if (target.npu < 0) continue;
    note(worst.npus, {target.host, target.npu}, result.verdict);
    const std::size_t cause = page.digest.cause_of[i];
    if (cause == Digest::kNone) continue;
    auto known = worst.causes.try_emplace({target.host, target.npu}, cause).first;
    known->second = std::min(known->second, cause);
  }
  return worst;
}

void add_tile(pugi::xml_node tiles, const Page& page, const Worst& worst, const HostInfo& host,
              int npu, const NpuFacts* facts) {
  static constexpr std::array<std::pair<Word, const char*>, 7> kShown{
      {{Word::kLink, "link"},
       {Word::kTls, "tls"},
       {Word::kNetHealth, "net_health"},
       {Word::kSwitchPort, "switch_port"},
       {Word::kAddress, "address"},
       {Word::kHbm, "hbm"},
       {Word::kHealth, "health"}}};
  const auto verdict = worst.npus.find({host.name, npu});
  const bool judged = verdict != worst.npus.end();
  pugi::xml_node tile = add(
      tiles, "div", (std::string("tile ") + (judged ? css_of(verdict->second) : "off")).c_str());
  pugi::xml_node head = add(tile, "p", "head");
  add(head, "b", "", fmt::format("NPU {}", npu));
  const auto cause = worst.causes.find({host.name, npu});
  const std::string sign = judged ? sign_of(verdict->second) : "…";
  if (cause != worst.causes.end())
    link(head, anchor_of_cause(cause->second), sign);
  else
    add(head, "span", "", sign);
  if (!facts) return;  // nothing of it was answered: seven dashes would say no more
  pugi::xml_node list = add(tile, "dl");
  for (const auto& [name, key] : kShown) {
    const auto fact = facts->facts.find(key);
    const bool known = fact != facts->facts.end() && !fact->second.empty();
    add(list, "dt", "", page.say(name));
    pugi::xml_node value =
        add(list, "dd", known ? "" : "unknown", known ? shortened(fact->second, 80) : "—");
    if (!known) set(value, "title", page.say(Word::kUnknown));
  }
}

bool fine(const HostInfo& host, const Worst& worst) {
  const auto at = worst.hosts.find(host.name);
  return host.state == "answered" && (at == worst.hosts.end() || at->second > Verdict::kBlocked);
}

void add_card(pugi::xml_node parent, const Page& page, const Worst& worst, const FactsOfNpu& facts,
              const HostInfo& host) {
  pugi::xml_node card = add(parent, "article", "host");
  set(card, "id", anchor_of_host(page, host.name));
  pugi::xml_node heading = add(card, "h3", "", host.name);
  const auto verdict = worst.hosts.find(host.name);
  if (verdict != worst.hosts.end()) {
    add_text(heading, " ");
    add_badge(heading, page, verdict->second);
  }
  std::string about = host.address;
  if (!host.group.empty()) about += " · " + page.say(Word::kGroup) + " " + host.group;
  if (host.master) about += " · " + page.say(Word::kMaster);
  about += " · " + word_for_state(host.state, page.language);
  if (host.seconds > 0)
    about += fmt::format(" · {} {:.1f} s", page.say(Word::kVisit), host.seconds);
  add(card, "p", "about", about);
  if (host.state != "answered" && !host.detail.empty())
    add(card, "pre", "err", shortened(host.detail));
  pugi::xml_node tiles = add(card, "div", "tiles");
  for (int npu = 0; npu < std::min(host.npus, 64); ++npu) {
    const auto at = facts.find({host.name, npu});
    add_tile(tiles, page, worst, host, npu, at == facts.end() ? nullptr : at->second);
  }
}

}  // namespace

void add_hosts(pugi::xml_node body, const Page& page) {
  pugi::xml_node section = add_section(body, "hosts", page.say(Word::kPorts));
  add(section, "p", "note", page.say(Word::kPortsNote));
  const Worst worst = worst_of(page);
  FactsOfNpu facts;
  for (const NpuFacts& npu : page.record.npus) facts[{npu.host, npu.npu}] = &npu;
  std::vector<const HostInfo*> healthy;
  std::vector<std::string> names;
  std::size_t shown = 0, left = 0;
  for (const HostInfo& host : page.record.hosts) {
    if (fine(host, worst)) {
      healthy.push_back(&host);
      names.push_back(host.name);
    } else if (shown++ < kTiledHosts) {
      add_card(section, page, worst, facts, host);
    } else {
      ++left;
    }
  }
  if (left != 0) add(section, "p", "none", fmt::format("{} {}", left, page.say(Word::kFoldedRows)));
  if (healthy.empty()) return;
  pugi::xml_node details = add(section, "details", "healthy");
  if (healthy.size() == page.record.hosts.size() && healthy.size() <= 4)
    set(details, "open", "open");
  add(details, "summary", "",
      fmt::format("{}: {}", page.say(Word::kHealthyHosts), shortened(fold_names(names))));
  for (std::size_t i = 0; i < healthy.size() && shown < kTiledHosts; ++i, ++shown)
    add_card(details, page, worst, facts, *healthy[i]);
}

}  // namespace touchstone::html
