#include <fmt/format.h>

#include "harness/model/fold.h"
#include "suites/ask.h"
#include "suites/fabric_mesh.h"
#include "suites/known.h"
#include "suites/probes.h"

namespace touchstone {
namespace {

// A lost packet is waited for, and the tool polls the device's health first.
constexpr double kPingSeconds = 30;

Text why_left_out(const EvidenceBook& book, const Host& host, int npu) {
  const HccnLink* link = known(book, host.name, npu, kLink);
  if (!known(book, host.name, npu, kIp)) return {"没有可用的地址", "it has no address"};
  if (!link) return {"链路状态未知", "the state of its link is not known"};
  if (!link->up) return {"链路为 DOWN", "its link is down"};
  return {};
}

std::vector<MeshNpu> npus_of(const EvidenceBook& book, const Group& group,
                             const std::set<std::string>& hosts) {
  std::vector<MeshNpu> all;
  std::map<std::string, std::vector<std::string>> owners;  // by address
  for (const Host& host : group.hosts)
    for (int npu = 0; npu < host.npus; ++npu) {
      MeshNpu& one = all.emplace_back(MeshNpu{.host = host.name, .npu = npu});
      const HccnIp* ip = known(book, host.name, npu, kIp);
      if (ip)
        owners[one.address = ip->address].push_back(Target{.host = host.name, .npu = npu}.str());
      one.left_out = hosts.contains(host.name) ? why_left_out(book, host, npu)
                                               : Text{"主机没有回答", "its host did not answer"};
    }
  for (MeshNpu& one : all) {
    std::vector<std::string> others = owners[one.address];
    std::erase(others, Target{.host = one.host, .npu = one.npu}.str());
    if (!one.left_out.empty() || others.empty()) continue;
    const std::string names = fold_names(others);
    one.left_out = {"地址与 " + names + " 相同", "it has the same address as " + names};
  }
  return all;
}

std::set<std::string> answering(const EvidenceBook& book) {
  std::set<std::string> hosts;
  for (const auto& [name, visit] : book.visits())
    if (visit.state == Visit::State::kAnswered) hosts.insert(name);
  return hosts;
}

FollowUp ask(const Mesh& mesh, std::size_t from, std::size_t to, bool again) {
  FollowUp question{.host = mesh.npus[from].host,
                    .npu = mesh.npus[from].npu,
                    .question = ping_probe(mesh.npus[to].address)};
  if (again) question.question.key += ".again";
  return question;
}

void append(std::vector<Turn>& turns, std::size_t at, FollowUp question) {
  if (turns.size() <= at) turns.resize(at + 1);
  turns[at].push_back(std::move(question));
}

// Groups share no NPU: their rounds go side by side.
std::vector<Turn> first_pings(const EvidenceBook& book, const std::set<std::string>& hosts) {
  std::vector<Turn> turns;
  for (const Group& group : book.inventory().groups) {
    const MeshPlan plan = plan_mesh(book, group, hosts);
    for (std::size_t round = 0; round < plan.rounds.size(); ++round)
      for (const std::size_t i : plan.rounds[round])
        append(turns, round, ask(plan.mesh, plan.mesh.pairs[i].from, plan.mesh.pairs[i].to, false));
  }
  return turns;
}

// A partner that serves two suspects serves one after the other.
std::vector<Turn> second_turns(const EvidenceBook& book, const std::set<std::string>&) {
  std::vector<Turn> turns;
  for (const Group& group : book.inventory().groups) {
    const Mesh& mesh = mesh_of(book, group);
    std::map<std::size_t, std::size_t> turn_of;
    for (const auto& [suspect, good] : second_askings(mesh)) {
      const std::size_t turn = turn_of[good]++;
      append(turns, turn, ask(mesh, suspect, good, true));
      append(turns, turn, ask(mesh, good, suspect, true));
    }
  }
  return turns;
}

}  // namespace

Probe<HccnPing> ping_probe(const std::string& address) {
  return ask(Where::kNpu, "hccn-ping." + address,
             {"hccn_tool", "-i", "{npu}", "-ping", "-g", "address", address}, parse_hccn_ping,
             {0, 1},  // 1: a packet was lost; the report tells how many
             kPingSeconds);
}

MeshPlan plan_mesh(const EvidenceBook& book, const Group& group,
                   const std::set<std::string>& hosts) {
  const Profile& profile = book.inventory().profile;
  return plan_mesh(npus_of(book, group, hosts), profile.fabric == "direct",
                   static_cast<std::size_t>(profile.mesh_pairs));
}

const Mesh& mesh_of(const EvidenceBook& book, const Group& group) {
  return book.once(group, "mesh", [&] {
    Mesh mesh = plan_mesh(book, group, answering(book)).mesh;
    for (MeshPair& pair : mesh.pairs) {
      const MeshNpu& from = mesh.npus[pair.from];
      read_ping(book.find_answer(from.host, from.npu, ping_probe(mesh.npus[pair.to].address).key),
                mesh, pair);
    }
    for (const std::size_t suspect : suspects_of(mesh)) mesh.npus[suspect].suspect = true;
    mesh.group = group.name;
    return mesh;
  });
}

std::vector<Later> mesh_questions() {
  return {{.name = "mesh",
           .why = {"NPU 之间互 ping 需要先知道各自的地址",
                   "whom an NPU is to ping is known once all have told their addresses"},
           .phase = 1,
           .steps = {"3.1.14"},
           .turns = first_pings},
          {.name = "mesh-again",
           .why = {"丢包的 NPU 要与一个确认正常的对端再试一次",
                   "an NPU that loses packets is asked again with a partner known to be good"},
           .phase = 2,
           .steps = {"3.1.14"},
           .turns = second_turns}};
}

}  // namespace touchstone
