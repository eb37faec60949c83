#include "tests/reports/samples_parts.h"

#include <algorithm>

#include <fmt/format.h>

namespace touchstone::samples {

StepInfo step(std::string id, std::string name, std::string scope, std::string chapter, Text title,
              Text requirement, std::string place) {
  StepInfo info{.id = std::move(id),
                .name = std::move(name),
                .title = std::move(title),
                .requirement = std::move(requirement)};
  info.place = std::move(place);
  info.scope = std::move(scope);
  info.chapter = std::move(chapter);
  info.stands_on = {"0.1"};
  return info;
}

namespace {

std::vector<StepInfo> steps() {
  std::vector<StepInfo> all{
      step("0.1", "HostAnswers", "host", "0", {"主机可以访问", "The host answers"},
           {"控制机能够登录主机并执行命令。",
            "The controller can log in to the host and run a command."},
           "beyond the guide"),
      step("0.3", "ClocksAgree", "cluster", "0", {"各主机时钟一致", "The clocks agree"},
           {"所有主机的时钟相差不超过 2 秒。",
            "The clocks of all hosts are within 2 s of each other."},
           "beyond the guide"),
      step("2.1.1", "DriverVersion", "host", "2.1", {"驱动版本正确", "The driver is the profile's"},
           {"运行中的驱动就是配置档要求的版本。",
            "The driver that runs is the version that the profile names."},
           "2.1, instruction 1"),
      step("3.1.3", "LinkIsUp", "npu", "3.1", {"链路状态为 UP", "The link is UP"},
           {"每个 NPU 端口的链路都已连通。", "The port of each NPU has a link."},
           "3.1, instruction 2"),
      step("3.1.6", "NetdetectIsSet", "npu", "3.1",
           {"已设置检测地址", "The netdetect address is set"},
           {"检测地址在 NPU 的子网内,或为其网关。",
            "The address lies in the NPU's subnet or is its gateway."},
           "3.1, instruction 4"),
      step("3.1.8", "TlsSwitchIsZero", "npu", "3.1",
           {"NPU 底层 TLS 校验开关为 0", "The TLS switch of the NPU port is 0"},
           {"关闭 NPU 侧的 TLS 校验。", "TLS verification on the NPU side is off."},
           "3.1, instruction 6"),
      step("3.1.9", "TlsSwitchIsTheSame", "group", "3.1",
           {"各处 TLS 开关相同", "The TLS switch is the same everywhere"},
           {"所有主机所有 NPU 的取值相同。", "All NPUs of all hosts have the same value."},
           "3.1, instruction 6"),
      step("3.1.13", "OpticsAreGood", "npu", "3.1", {"光模块正常", "The optics are good"},
           {"光功率与信噪比在限值之内。",
            "Optical power and signal-to-noise ratio are within limits."},
           "beyond the guide"),
  };
  all[0].remedy = {"检查电源、网络与 SSH 配置", "Check power, network and the SSH configuration."};
  all[2].questions = {"npu-smi-info"};
  all[1].questions = {"date"};
  all[2].risk = Risk::kDisruptive;
  all[2].remedy = {"安装配置档要求的驱动后重启主机",
                   "Install the profile's driver, then reboot the host."};
  all[3].remedy = {"检查线缆、光模块和交换机端口",
                   "Check the cable, the module and the port of the switch."};
  all[4].stands_on = {"0.1", "3.1.3"};
  all[5].risk = Risk::kSafe;
  all[5].remedy = {"把开关设为 0", "Set the switch to 0."};
  all[5].command = "hccn_tool -i {npu} -tls -s enable 0";
  all[3].questions = {"hccn-link"};
  all[5].questions = {"hccn-tls"};
  all[7].stands_on = {"0.1", "3.1.3"};
  return all;
}

// One of each kind: asserted by one step, by two, by one that this run has not, by none.
Document document() {
  return {
      {.id = "2.1",
       .title = {"驱动与固件", "Driver and firmware"},
       .instructions = {{.what = {"查看驱动版本", "Look at the driver's version"},
                         .about = {"npu-smi info", "24.1.rc3"},
                         .steps = {"2.1.1"}},
                        {.what = {"更新系统", "Update the system"},
                         .about = {"yum update -y"},
                         .reason = {"可能换掉内核", "It may replace the kernel"}}}},
      {.id = "3.1",
       .title = {"NPU 网络", "NPU network"},
       .instructions = {{.what = {"链路状态", "The link of every port"},
                         .about = {"hccn_tool -i $i -link -g"},
                         .steps = {"3.1.3", "3.1.13"}},
                        {.what = {"TLS 开关相同", "The TLS switch is the same"},
                         .about = {"hccn_tool -i $i -tls -g", "grep switch"},
                         .steps = {"3.1.8", "3.1.9"}},
                        {.what = {"主机可以登录", "Log in"}, .steps = {"0.1"}},
                        {.what = {"网关正确", "The gateway is right"}, .steps = {"0.1", "3.1.7"}},
                        {.what = {"另一种权重", "Other weights"},
                         .steps = {"0.1"},
                         .only = {{"weights", "bf16"}},
                         .applies = false}}}};
}

}  // namespace

std::vector<Target> targets_of(const StepInfo& step, const RunRecord& record) {
  std::vector<Target> all;
  if (step.scope == "cluster") return {Target{}};
  for (const HostInfo& host : record.hosts) {
    if (step.scope == "group") {
      if (all.empty() || all.back().group != host.group) all.push_back({.group = host.group});
    } else if (step.scope == "host") {
      all.push_back({.group = host.group, .host = host.name});
    } else {
      for (int npu = 0; npu < host.npus; ++npu)
        all.push_back({.group = host.group, .host = host.name, .npu = npu});
    }
  }
  return all;
}

RunRecord with_hosts(std::size_t hosts, std::size_t group_size) {
  RunRecord record{.tool_version = "0.1.0", .cluster = "lab.north", .profile = "deepseek-r1-w8a8"};
  record.command = "touchstone run -i cluster.yaml";
  record.operator_ = "ops@controller";
  record.complete = true;
  record.started = kStart;
  record.finished = kStart + 83.4;
  record.chapters = {{"0", {"访问", "Access"}},
                     {"2.1", {"驱动与固件", "Driver and firmware"}},
                     {"3.1", {"NPU 网络", "NPU network"}}};
  record.steps = steps();
  record.document = document();
  record.versions = {{"driver", "24.1.rc3"}, {"firmware", "7.5.0.1.129"}};
  record.measurements = {
      {"group-1",
       "first_token",
       "s",
       {{"p50", 0.21}, {"p90", 0.3}, {"p99", 0.42}, {"min", 0.2}, {"max", 0.42}}},
      {"group-1", "throughput", "token/s", {{"total", 96.5}}}};
  for (std::size_t i = 0; i < hosts; ++i) {
    record.hosts.push_back({.name = fmt::format("node-{:02}", i + 1),
                            .address = fmt::format("10.0.0.{}", i % 250 + 1),
                            .group = fmt::format("group-{}", i / group_size + 1),
                            .master = i % group_size == 0,
                            .state = "answered",
                            .seconds = 2.5,
                            .facts = {{"architecture", "aarch64"},
                                      {"mindie", "2.0.T3"},
                                      {"container", "read"},
                                      {"container image-id", "0123456789ab"},
                                      {"config.json", "read"},
                                      {"config.json ServerConfig.port", "1025"},
                                      {"config.json ServerConfig.ipAddress", "\"10.0.0.1\""},
                                      {"variable WORLD_SIZE", "16"}}});
    for (int npu = 0; npu < 8; ++npu)
      record.npus.push_back({record.hosts.back().name,
                             npu,
                             {{"link", "UP"},
                              {"tls", "0"},
                              {"net_health", "Success"},
                              {"address", fmt::format("10.1.{}.{}", i % 250, npu + 1)},
                              {"switch_port", fmt::format("100GE1/0/{}", npu + 1)},
                              {"health", "OK"},
                              {"hbm", "3370/65536 MB"}}});
  }
  for (std::size_t i = 0; i < record.steps.size(); ++i)
    for (const Target& target : targets_of(record.steps[i], record))
      record.results.push_back(
          {.step = i, .target = target, .verdict = Verdict::kPass, .seconds = 0.051});
  record.questions = record.answers = hosts * 46;
  return record;
}

StepResult& at(RunRecord& record, const std::string& id, const std::string& target) {
  auto found =
      std::find_if(record.results.begin(), record.results.end(), [&](const StepResult& result) {
        return record.steps[result.step].id == id && result.target.str() == target;
      });
  return found == record.results.end() ? throw std::out_of_range(id + " " + target) : *found;
}

std::string& fact(RunRecord& record, const std::string& host, int npu, const std::string& key) {
  for (NpuFacts& facts : record.npus)
    if (facts.host == host && facts.npu == npu) return facts.facts[key];
  throw std::out_of_range(host);
}

}  // namespace touchstone::samples
