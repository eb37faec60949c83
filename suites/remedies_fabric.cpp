#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/fabric.h"
#include "suites/known.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kHccnConfPath = "/etc/hccn.conf";
constexpr double kHccnSeconds = 20;  // hccn_tool waits for its lock

Words hccn(int npu, Words words) {
  Words argv{"hccn_tool", "-i", std::to_string(npu)};
  argv.insert(argv.end(), words.begin(), words.end());
  return argv;
}

// A setting of one NPU, that `hccn_tool -i N WHAT -g` reads and `… -s` sets.
Change of_npu(const Evidence& npu, const Question& probe, const char* what, Stage stage) {
  return {.host = npu.target().host,
          .npu = npu.npu(),
          .subject = fmt::format("hccn {} {}", npu.npu(), what),
          .stage = stage,
          .reads = hccn(npu.npu(), {fmt::format("-{}", what), "-g"}),
          .was = state_of(npu, probe),
          .rewrites = on_host(npu.host(), kHccnConfPath)};
}

// Another address or gateway breaks running RDMA, and so does taking it back.
Change::Guard idle(int npu, bool both_ways = true) {
  return {
      .argv = shell("npu-smi info | grep -Eq \"No running processes found in NPU $1([^0-9]|$)\"",
                    {std::to_string(npu)}),
      .otherwise = {fmt::format("NPU {} 上有进程在运行,先停止服务", npu),
                    fmt::format("NPU {} is in use; stop the service first", npu)},
      .both_ways = both_ways};
}

const Text kBreaksRdma{"该 NPU 上正在进行的 RDMA 通信", "RDMA that runs on this NPU"};

}  // namespace

std::vector<Change> fix_netdetect(const Evidence& npu) {
  const NpuAddress* plan = plan_of(npu);
  const std::string wanted = plan && !plan->netdetect.empty() ? plan->netdetect : gateway_of(npu);
  if (wanted.empty())
    throw NoEvidence(
        {"清单没有侦测地址,NPU 也没有网关",
         "neither does the inventory's plan name a netdetect address, nor has the NPU a gateway"});
  // That is how the tool tells, and takes, that none is set.
  const std::string before = npu[kNetdetect].address.value_or("0.0.0.0");
  Change change = of_npu(npu, kNetdetect, "netdetect", Stage::kNpuNetdetect);
  change.what = {fmt::format("NPU {} 的侦测地址设为 {}", npu.npu(), wanted),
                 fmt::format("set the netdetect address of NPU {} to {}", npu.npu(), wanted)};
  change.commands = {{.does = hccn(npu.npu(), {"-netdetect", "-s", "address", wanted}),
                      .undoes = hccn(npu.npu(), {"-netdetect", "-s", "address", before}),
                      .seconds = kHccnSeconds}};
  return {change};
}

std::vector<Change> fix_gateway(const Evidence& npu) {
  const NpuAddress* plan = plan_of(npu);
  if (!plan || plan->gateway.empty())
    throw NoEvidence(
        {"清单的 npu_network 没有网关", "the inventory's npu_network names no gateway"});
  const std::string before = gateway_of(npu);
  Change change = of_npu(npu, kGateway, "gateway", Stage::kNpuGateway);
  change.risk = Risk::kService;
  change.what = {fmt::format("NPU {} 的网关设为 {}", npu.npu(), plan->gateway),
                 fmt::format("set the gateway of NPU {} to {}", npu.npu(), plan->gateway)};
  change.interrupts = kBreaksRdma;
  change.guards = {idle(npu.npu())};
  change.commands = {
      {.does = hccn(npu.npu(), {"-gateway", "-s", "gateway", plan->gateway}),
       .undoes = before.empty() ? Words{} : hccn(npu.npu(), {"-gateway", "-s", "gateway", before}),
       .seconds = kHccnSeconds}};
  return {change};
}

std::vector<Change> fix_tls(const Evidence& npu) {
  const std::string& wanted = npu.profile().tls;
  if (wanted != "0" && wanted != "1") return {};  // certificates come from a person
  const std::string before = npu[kTls].enabled ? "1" : "0";
  if (before == wanted) return {};
  Change change = of_npu(npu, kTls, "tls", Stage::kNpuTls);
  change.what = {fmt::format("NPU {} 的 TLS 开关设为 {}", npu.npu(), wanted),
                 fmt::format("set the TLS switch of NPU {} to {}", npu.npu(), wanted)};
  change.commands = {{.does = hccn(npu.npu(), {"-tls", "-s", "enable", wanted}),
                      .undoes = hccn(npu.npu(), {"-tls", "-s", "enable", before}),
                      .seconds = kHccnSeconds}};
  return {change};
}

std::vector<Change> fix_same_tls(const Evidence& group) {
  std::vector<Change> changes;
  for (const Evidence& npu : group.npus()) {
    if (!npu.parsed(kTls)) continue;  // without certificates there is no switch to set
    for (Change& change : fix_tls(npu)) changes.push_back(std::move(change));
  }
  return changes;
}

// Address and gateway are one change: a new segment drops the gateway, in either direction.
std::vector<Change> fix_address(const Evidence& npu) {
  const NpuAddress* plan = plan_of(npu);
  if (!plan || plan->address.empty() || plan->netmask.empty())
    throw NoEvidence({"清单的 npu_network 没有这块 NPU 的地址与掩码",
                      "the inventory's npu_network has no address and netmask for this NPU"});
  const std::string number = std::to_string(npu.npu());
  const auto& ip = npu.parsed(kIp);
  const std::string gateway = gateway_of(npu);
  Words back;
  if (ip) {
    std::string script = "hccn_tool -i \"$1\" -ip -s address \"$2\" netmask \"$3\"";
    if (!gateway.empty()) script += " && hccn_tool -i \"$1\" -gateway -s gateway \"$4\"";
    back = shell(script, {number, ip.value().address, ip.value().netmask, gateway});
  }
  Change change = of_npu(npu, kIp, "ip", Stage::kNpuAddress);
  change.reads = shell("hccn_tool -i \"$1\" -ip -g; hccn_tool -i \"$1\" -gateway -g", {number});
  change.was = state_of_both(npu, kIp, kGateway);
  change.risk = Risk::kService;
  change.what = {
      fmt::format("NPU {} 的地址设为 {}/{}", npu.npu(), plan->address, plan->netmask),
      fmt::format("set the address of NPU {} to {}/{}", npu.npu(), plan->address, plan->netmask)};
  change.interrupts = kBreaksRdma;
  change.guards = {idle(npu.npu())};
  change.commands = {
      {.does = hccn(npu.npu(), {"-ip", "-s", "address", plan->address, "netmask", plan->netmask}),
       .undoes = back,
       .seconds = kHccnSeconds}};
  if (!plan->gateway.empty())
    change.commands.push_back(
        {.does = hccn(npu.npu(), {"-gateway", "-s", "gateway", plan->gateway}),
         .undoes = {},
         .seconds = kHccnSeconds});
  return {change};
}

// Through the tool only: it rewrites the file in place, and containers bind-mount it.
std::vector<Change> fix_hccn_conf(const Evidence& host) {
  const std::optional<std::string> text = text_of_file(host, kHccnConf);
  const std::string path = on_host(host.host(), kHccnConfPath);
  Change change{.host = host.target().host,
                .subject = "hccn.conf",
                .stage = Stage::kNpuTls,
                .risk = Risk::kService,
                .what = {"把生效的值重新写入 /etc/hccn.conf",
                         "write the values in force into /etc/hccn.conf again"},
                .reads = {"cat", path},
                .was = text ? *text : state_of(host, kHccnConf)};
  const bool nothing = !text || refused_as(host.parsed(kHccnConf), Refusal::Kind::kEmpty);
  const HccnConf conf = nothing ? HccnConf{} : host[kHccnConf];
  for (const Evidence& npu : host.npus()) {
    const auto lines = conf.by_npu.find(npu.npu());
    const auto differs = [&](const char* key, const std::string& live) {
      if (live.empty()) return false;
      if (lines == conf.by_npu.end()) return true;
      const auto at = lines->second.find(key);
      return at == lines->second.end() || at->second != live;
    };
    const auto again = [&](Words words) {
      change.commands.push_back(
          {.does = hccn(npu.npu(), std::move(words)), .undoes = {}, .seconds = kHccnSeconds});
    };
    const HccnIp& ip = npu[kIp];
    const std::string gateway = gateway_of(npu), netdetect = npu[kNetdetect].address.value_or("");
    if (differs("address", ip.address) || differs("netmask", ip.netmask)) {
      again({"-ip", "-s", "address", ip.address, "netmask", ip.netmask});
      change.guards.push_back(idle(npu.npu(), false));  // the way back writes the file only
    }
    if (differs("gateway", gateway)) again({"-gateway", "-s", "gateway", gateway});
    if (differs("netdetect", netdetect)) again({"-netdetect", "-s", "address", netdetect});
    if (const auto& tls = npu.parsed(kTls);
        tls && lines != conf.by_npu.end() && lines->second.contains("tls_enable")) {
      const std::string live = tls.value().enabled ? "1" : "0";
      if (differs("tls_enable", live)) again({"-tls", "-s", "enable", live});
    }
  }
  if (change.commands.empty()) return fix_older_mount(host, kHccnConfPath);
  // No command of the tool writes what is not in force: the copy is put back, into the same file.
  if (text) {
    change.rewrites = path;
    change.commands.front().undoes =
        shell("exec sh -c \"$TOUCHSTONE_IN_PLACE\" sh \"$TOUCHSTONE_SAVED\" \"$1\"", {path});
  }
  return {change};
}

}  // namespace touchstone
