// What step 3.1.14 says of a group's mesh.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "suites/fabric_mesh.h"
#include "suites/probes.h"

namespace touchstone {
namespace {

constexpr std::size_t kPairsNamed = 4;  // between two hosts; more are told in one finding

const Text kLookAtPort = {
    "查看该 NPU 的 hccn_tool -i N -optical -g 与 -stat -g,检查光模块、线缆和交换机端口",
    "look at hccn_tool -i N -optical -g and -stat -g of this NPU; check its optics, its cable and "
    "the port of the switch"};
const Text kLookBetween = {
    "检查两端之间的路由、VLAN、网关与交换机之间的链路,再看两端的 -stat -g",
    "check routes, VLAN, gateways and the links between the switches on the way, then -stat -g of "
    "both ends"};

std::string name_of(const MeshNpu& npu) {
  return Target{.host = npu.host, .npu = npu.npu}.str();
}

// The mesh with the answers as this group's verdict may see them.
class Judged {
 public:
  explicit Judged(const Evidence& group)
      : group_(group), mesh_(mesh_of(group.book(), group.group())) {
    for (const Evidence& npu : group.npus()) {
      (void)npu.parsed(kIp);
      (void)npu.parsed(kLink);
      seen_.emplace(npu.target().str(), npu);
    }
    askings_ = second_askings(mesh_);
    leave_out_excluded();
    note_what_is_missing();
    suspects_ = suspects_of(mesh_);
  }

  void tell() const {
    for (const std::size_t suspect : suspects_) tell_suspect(suspect);
    tell_pairs();
  }

 private:
  // A pair with an NPU whose prerequisites are not met proves nothing, whatever it answered.
  void leave_out_excluded() {
    std::erase_if(mesh_.pairs, [&](const MeshPair& pair) {
      return !seen_.contains(name_of(mesh_.npus[pair.from])) ||
             !seen_.contains(name_of(mesh_.npus[pair.to]));
    });
    for (const MeshPair& pair : mesh_.pairs)
      (void)seen_.at(name_of(mesh_.npus[pair.from]))
          .answer(ping_probe(mesh_.npus[pair.to].address));
  }

  void note_what_is_missing() const {
    for (const MeshNpu& npu : mesh_.npus) {
      const auto at = seen_.find(name_of(npu));
      if (at == seen_.end() || npu.left_out.empty()) continue;  // said by what keeps it out
      at->second.note_missing({name_of(npu) + " 未参与互 ping:" + npu.left_out.zh,
                               name_of(npu) + " took no part: " + npu.left_out.en});
    }
    for (const MeshPair& pair : mesh_.pairs) {
      if (pair.result != MeshPair::Result::kNoAnswer) continue;
      const std::string both =
          name_of(mesh_.npus[pair.from]) + " → " + name_of(mesh_.npus[pair.to]);
      group_.note_missing({both + ":" + pair.why.zh, both + ": " + pair.why.en});
    }
  }

  // What came back when this suspect was asked again: of how many packets; nothing: no answer.
  std::optional<std::pair<int, int>> again(const SecondAsking& asking) const {
    int sent = 0, received = 0;
    for (const auto& [from, to] :
         {std::pair{asking.suspect, asking.good}, std::pair{asking.good, asking.suspect}}) {
      const auto at = seen_.find(name_of(mesh_.npus[from]));
      if (at == seen_.end()) return std::nullopt;
      Question question = ping_probe(mesh_.npus[to].address);
      question.key += ".again";
      MeshPair pair{.from = from, .to = to};
      read_ping(at->second.answer(question), mesh_, pair);
      if (pair.result == MeshPair::Result::kNoAnswer) return std::nullopt;
      sent += pair.sent;
      received += pair.received;
    }
    return std::pair{received, sent};
  }

  void tell_suspect(std::size_t suspect) const {
    std::set<std::size_t> partners, losing;
    int sent = 0, received = 0;
    for (const MeshPair& pair : mesh_.pairs) {
      if (pair.from != suspect && pair.to != suspect) continue;
      const std::size_t partner = pair.from == suspect ? pair.to : pair.from;
      partners.insert(partner);
      if (pair.result == MeshPair::Result::kLost) losing.insert(partner);
      sent += pair.sent;
      received += pair.received;
    }
    Finding finding{.target = name_of(mesh_.npus[suspect]),
                    .expected = {"与任何对端都不丢包", "no packet lost with any partner"},
                    .actual = said("与 {1} 个对端中的 {0} 个丢包:{3} 个报文返回 {2} 个",
                                   "loses packets with {} of {} partners: {} of {} came back",
                                   losing.size(), partners.size(), received, sent),
                    .next = kLookAtPort};
    confirm(suspect, finding);
    ADD_FAILURE() << finding;
  }

  void confirm(std::size_t suspect, Finding& finding) const {
    const auto asking = std::find_if(askings_.begin(), askings_.end(),
                                     [&](const auto& one) { return one.suspect == suspect; });
    const auto result = asking == askings_.end() ? std::nullopt : again(*asking);
    finding.why = {"多个对端只与它丢包,原因在它自己这一端",
                   "several partners lose packets with this NPU and not with others: the cause is "
                   "at its own end"};
    if (!result) {
      finding.actual = finding.actual + Text{";无法与正常的对端再试",
                                             "; could not be asked again with a good partner"};
      return;
    }
    finding.actual =
        finding.actual + said(";与正常的 {0} 再试:{2} 个返回 {1} 个",
                              "; asked again with {}, which is good: {} of {}",
                              name_of(mesh_.npus[asking->good]), result->first, result->second);
    if (result->first == result->second)
      finding.why = {"多个对端与它丢包,再试时却没有丢:故障时有时无,原因多半在它这一端",
                     "several partners lost packets with this NPU, but none was lost when it was "
                     "asked again: a fault that comes and goes, most likely at its own end"};
  }

  // What no suspect explains, by the two hosts.
  void tell_pairs() const {
    std::map<std::pair<std::string, std::string>, std::vector<const MeshPair*>> lost, asked;
    const std::set<std::size_t> suspects(suspects_.begin(), suspects_.end());
    for (const MeshPair& pair : mesh_.pairs) {
      std::pair hosts{mesh_.npus[pair.from].host, mesh_.npus[pair.to].host};
      if (hosts.second < hosts.first) std::swap(hosts.first, hosts.second);
      asked[hosts].push_back(&pair);
      if (pair.result == MeshPair::Result::kLost && !suspects.contains(pair.from) &&
          !suspects.contains(pair.to))
        lost[hosts].push_back(&pair);
    }
    for (const auto& [hosts, pairs] : lost) {
      if (pairs.size() <= 2 * kPairsNamed)
        tell_each(pairs);
      else
        ADD_FAILURE() << Finding{
            .target = hosts.first + " <-> " + hosts.second,
            .expected = {"两台主机的 NPU 之间不丢包", "no packet lost between NPUs of the two"},
            .actual = said("{1} 对中有 {0} 对丢包", "{} of {} pairs lose packets", pairs.size(),
                           asked[hosts].size()),
            .why = {"两台主机之间大量丢包,看不出是哪一端的原因",
                    "many pairs of the two hosts lose packets, and which end is to blame cannot be "
                    "told from that"},
            .next = kLookBetween};
    }
  }

  // Both directions of two NPUs in one finding.
  void tell_each(const std::vector<const MeshPair*>& lost) const {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<const MeshPair*>> both;
    for (const MeshPair* pair : lost) both[std::minmax({pair->from, pair->to})].push_back(pair);
    for (const auto& [ends, pairs] : both) {
      Text actual;
      for (const MeshPair* pair : pairs)
        actual = actual + said("{0}{1} → {2}:{4} 个返回 {3} 个", "{}{} → {}: {} of {} came back",
                               actual.empty() ? "" : "; ", name_of(mesh_.npus[pair->from]),
                               name_of(mesh_.npus[pair->to]), pair->received, pair->sent);
      const MeshPair& first = *pairs.front();
      const std::string target =
          pairs.size() > 1
              ? name_of(mesh_.npus[ends.first]) + " <-> " + name_of(mesh_.npus[ends.second])
              : name_of(mesh_.npus[first.from]) + " -> " + name_of(mesh_.npus[first.to]);
      ADD_FAILURE() << Finding{
          .target = target,
          .expected = {"不丢包", "no packet lost"},
          .actual = actual,
          .why = {"两端与其他 NPU 之间看不出同样的问题:原因在两者之间",
                  "neither end stands out by losing packets with others: the cause lies between "
                  "the two"},
          .next = kLookBetween};
    }
  }

  const Evidence& group_;
  Mesh mesh_;
  std::map<std::string, Evidence> seen_;
  std::vector<SecondAsking> askings_;
  std::vector<std::size_t> suspects_;
};

}  // namespace

std::optional<Text> no_mesh_in(const Evidence& group) {
  if (group.group().hosts.size() > 1) return std::nullopt;
  return Text{"该组只有一台主机,没有跨主机的 NPU 对",
              "the group has one host: there are no pairs across hosts"};
}

void expect_whole_mesh(const Evidence& group) {
  Judged(group).tell();
}

}  // namespace touchstone
