#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/model/bounded.h"
#include "harness/model/said.h"
#include "suites/fabric_mesh.h"

namespace touchstone {
namespace {

using Partners = std::vector<std::set<std::size_t>>;  // by NPU

// With whom each NPU loses packets, whoever of the two asks.
Partners losing(const Mesh& mesh) {
  Partners partners(mesh.npus.size());
  for (const MeshPair& pair : mesh.pairs)
    if (pair.result == MeshPair::Result::kLost) {
      partners[pair.from].insert(pair.to);
      partners[pair.to].insert(pair.from);
    }
  return partners;
}

void no_answer(MeshPair& pair, Text why) {
  pair.result = MeshPair::Result::kNoAnswer;
  pair.why = std::move(why);
}

// What stops a report of a ping from being read at all.
bool readable(const Answer& answer, MeshPair& pair) {
  switch (answer.end) {
    case Answer::End::kExited:
      break;
    case Answer::End::kTimedOut:
      no_answer(pair, {"在时限内没有回答", "it did not answer in time"});
      return false;
    case Answer::End::kNoTool:
      no_answer(pair, {"找不到 hccn_tool", "there is no hccn_tool"});
      return false;
    case Answer::End::kLost:
      no_answer(pair, {"回答没有送达", "the answer was lost on the way"});
      return false;
  }
  if (answer.exit_code == 0 || answer.exit_code == 1) return true;
  const std::string line = first_line(answer.err.empty() ? answer.out : answer.err);
  no_answer(pair, said("退出码为 {}:{}", "it exited with {}: {}", answer.exit_code,
                       line.empty() ? "-" : line));
  return false;
}

}  // namespace

void read_ping(const Answer* answer, const Mesh& mesh, MeshPair& pair) {
  pair.result = MeshPair::Result::kNoAnswer;
  if (!answer)
    return no_answer(pair,
                     {"没有问到(手工运行的脚本不问:要先知道各自的地址)",
                      "it was not asked (a script that is run by hand asks none: it would have to "
                      "know the addresses first)"});
  if (!readable(*answer, pair)) return;
  const Parsed<HccnPing> parsed = parse_hccn_ping(answer->out, answer->err);
  if (!parsed) return no_answer(pair, parsed.refusal().reason);
  const HccnPing& ping = parsed.value();
  const MeshNpu &from = mesh.npus[pair.from], &to = mesh.npus[pair.to];
  if (ping.target != to.address || ping.device.value_or(from.npu) != from.npu)
    return no_answer(pair, {"报告属于另一次 ping", "the report is that of another ping"});
  if (ping.transmitted == 0) return no_answer(pair, {"没有发送报文", "no packet was sent"});
  pair.sent = static_cast<int>(std::min<std::int64_t>(ping.transmitted, 1'000'000));
  pair.received = static_cast<int>(std::min<std::int64_t>(ping.received, 1'000'000));
  if (ping.received < ping.transmitted) {
    pair.result = MeshPair::Result::kLost;  // whatever the exit code: older tools end with 0
  } else if (answer->exit_code != 0) {
    no_answer(pair,
              {"报告没有丢包,退出码却为 1", "the report has no loss, but the exit code is 1"});
  } else {
    pair.result = MeshPair::Result::kWhole;
  }
}

std::vector<std::size_t> suspects_of(const Mesh& mesh) {
  const Partners partners = losing(mesh);
  std::vector<std::size_t> suspects;
  for (std::size_t npu = 0; npu < partners.size(); ++npu) {
    const auto& mine = partners[npu];
    const auto better =
        static_cast<std::size_t>(std::count_if(mine.begin(), mine.end(), [&](std::size_t partner) {
          return partners[partner].size() < mine.size();
        }));
    if (mine.size() >= 2 && 2 * better > mine.size()) suspects.push_back(npu);
  }
  return suspects;
}

std::vector<SecondAsking> second_askings(const Mesh& mesh) {
  const auto suspects = suspects_of(mesh);
  const std::set<std::size_t> suspected(suspects.begin(), suspects.end());
  std::set<std::size_t> heard, doubtful;
  for (const MeshPair& pair : mesh.pairs)
    for (const auto& [one, other] :
         {std::pair{pair.from, pair.to}, std::pair{pair.to, pair.from}}) {
      if (suspected.contains(other)) continue;  // what is lost with a suspect says nothing of `one`
      (pair.result == MeshPair::Result::kWhole ? heard : doubtful).insert(one);
    }
  std::map<std::size_t, int> uses;
  std::vector<SecondAsking> askings;
  for (const std::size_t suspect : suspects) {
    std::optional<std::size_t> best;
    // The least used one, the same rail before others: several suspects need not wait for one
    // partner.
    auto rank = [&](std::size_t npu) {
      return std::pair(uses[npu], mesh.npus[npu].npu != mesh.npus[suspect].npu);
    };
    for (std::size_t npu = 0; npu < mesh.npus.size(); ++npu) {
      const bool reachable = mesh.npus[npu].host != mesh.npus[suspect].host &&
                             (!mesh.same_index || mesh.npus[npu].npu == mesh.npus[suspect].npu);
      if (!reachable || !heard.contains(npu) || doubtful.contains(npu) || suspected.contains(npu))
        continue;
      if (!best || rank(npu) < rank(*best)) best = npu;
    }
    if (!best) continue;
    ++uses[*best];
    askings.push_back({suspect, *best});
  }
  return askings;
}

}  // namespace touchstone
