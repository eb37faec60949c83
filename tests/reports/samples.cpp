#include "tests/reports/samples.h"

#include <algorithm>

#include <fmt/format.h>

namespace touchstone::samples {
namespace {

constexpr double kStart = 1772000000;  // 2026-02-25T06:13:20Z

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
                            .seconds = 2.5});
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

Exhibit tls_exhibit(const std::string& host, int npu, std::string out) {
  return {.host = host,
          .npu = npu,
          .question = "hccn-tls",
          .answer = {.command = fmt::format("hccn_tool -i {} -tls -g", npu),
                     .out = std::move(out),
                     .start = kStart + 1,
                     .seconds = 0.05}};
}

void tls_on(RunRecord& record, const std::string& host, int npu) {
  StepResult& result = at(record, "3.1.8", Target{.host = host, .npu = npu}.str());
  result.verdict = Verdict::kFail;
  result.findings = {
      {.target = result.target.str(),
       .expected = "0",
       .actual = "1",
       .why = {"两端开关不同时建链会失败",
               "Where the two ends differ, no connection between them comes about."}}};
  result.exhibits = {
      tls_exhibit(host, npu, fmt::format("dev_id:{}, tls switch[1](0:disable, 1:enable)\n", npu))};
  fact(record, host, npu, "tls") = "1";
}

void block(RunRecord& record, const std::string& id, const std::string& target,
           const std::string& by, const std::string& on) {
  StepResult& result = at(record, id, target);
  StepResult& cause = at(record, by, on);
  result.verdict = Verdict::kBlocked;
  result.blocked_by = by;
  result.blocked_on = cause.target;
  ++cause.explains;
}

void link_down(RunRecord& record, const std::string& host, int npu) {
  const std::string target = Target{.host = host, .npu = npu}.str();
  StepResult& result = at(record, "3.1.3", target);
  result.verdict = Verdict::kFail;
  result.findings = {
      {.target = target,
       .expected = "UP",
       .actual = "DOWN",
       .why = {"没有链路就没有任何通信", "Without a link nothing else of this port works."},
       .excerpt = "1 | link status: DOWN\n  |              ^"}};
  result.exhibits = {{.host = host,
                      .npu = npu,
                      .question = "hccn-link",
                      .answer = {.command = fmt::format("hccn_tool -i {} -link -g", npu),
                                 .out = "link status: DOWN\n",
                                 .start = kStart + 1,
                                 .seconds = 0.04}}};
  fact(record, host, npu, "link") = "DOWN";
  for (const char* id : {"3.1.6", "3.1.13"}) block(record, id, target, "3.1.3", target);
}

void unreachable(RunRecord& record, std::size_t index, const std::string& said) {
  HostInfo& host = record.hosts.at(index);
  host.state = "unreachable";
  host.detail = said;
  StepResult& result = at(record, "0.1", host.name);
  result.verdict = Verdict::kError;
  result.reason = {"主机没有应答:" + said, "the host did not answer: " + said};
  std::erase_if(record.npus, [&](const NpuFacts& npu) { return npu.host == host.name; });
  for (StepResult& other : record.results)
    if (other.target.host == host.name && other.step != 0)
      block(record, record.steps[other.step].id, other.target.str(), "0.1", host.name);
}

// Each NPU asks those of the same index on other hosts, or all of them.
Mesh mesh_of(const std::string& group, std::size_t hosts, std::size_t first, bool rails) {
  Mesh mesh{.group = group, .form = rails ? Mesh::Form::kSample : Mesh::Form::kAll};
  for (std::size_t host = 0; host < hosts; ++host)
    for (int npu = 0; npu < 8; ++npu)
      mesh.npus.push_back({.host = fmt::format("node-{:02}", first + host),
                           .npu = npu,
                           .address = fmt::format("10.1.{}.{}", host, npu + 1)});
  for (std::size_t from = 0; from < mesh.npus.size(); ++from)
    for (std::size_t to = 0; to < mesh.npus.size(); ++to) {
      if (from / 8 == to / 8) continue;
      ++mesh.there_are;
      if (rails && from % 8 != to % 8) continue;
      mesh.pairs.push_back(
          {.from = from, .to = to, .result = MeshPair::Result::kWhole, .sent = 3, .received = 3});
    }
  return mesh;
}

void lose(Mesh& mesh, std::size_t npu, int received) {
  for (MeshPair& pair : mesh.pairs)
    if (pair.from == npu || pair.to == npu) {
      pair.result = MeshPair::Result::kLost;
      pair.received = received;
    }
}

std::string lines_of(std::size_t lines, const std::string& tail) {
  std::string text = "--- /x\n+++ /x\n";
  for (std::size_t i = 0; i < lines; ++i) text += i % 2 == 0 ? "-old\n" : "+new\n";
  return text + tail;
}

// What was wrong goes to `before`, and the same question has another answer now.
void fixed(StepResult& result) {
  result.verdict = Verdict::kFixed;
  result.findings_before = std::move(result.findings);
  result.exhibits_before = result.exhibits;
  result.findings.clear();
}

void fixed_tls(RunRecord& record, const std::string& host, int npu) {
  tls_on(record, host, npu);
  StepResult& result = at(record, "3.1.8", Target{.host = host, .npu = npu}.str());
  fixed(result);
  result.exhibits = {
      tls_exhibit(host, npu, fmt::format("dev_id:{}, tls switch[0](0:disable, 1:enable)\n", npu))};
  fact(record, host, npu, "tls") = "0";
}

Repair tls_repair(int id, const std::string& host, int npu) {
  return {.id = id,
          .host = host,
          .npu = npu,
          .steps = {"3.1.8", "3.1.9"},
          .what = {fmt::format("将 NPU {} 的 TLS 开关设为 0", npu),
                   fmt::format("set the TLS switch of NPU {} to 0", npu)},
          .change = fmt::format("hccn_tool -i {} -tls -s enable 0\n", npu),
          .undo = fmt::format("hccn_tool -i {} -tls -s enable 1", npu),
          .outcome = "done",
          .was = fmt::format("dev_id:{}, tls switch[1](0:disable, 1:enable)", npu),
          .is = fmt::format("dev_id:{}, tls switch[0](0:disable, 1:enable)", npu)};
}

void not_made(Repair& repair, const std::string& outcome, Text why) {
  repair.outcome = outcome;
  repair.why = std::move(why);
  repair.is.clear();
}

void add_rank_table_step(RunRecord& record) {
  record.chapters.push_back({"4.1", {"集合通信配置", "Rank table"}});
  record.steps.push_back(step("4.1.2", "RankTableOfTheGroup", "host", "4.1",
                              {"rank table 与本组一致", "The rank table is the group's"},
                              {"文件列出本组全部主机。", "The file lists all hosts of the group."},
                              "4.1, instruction 2"));
  for (const Target& target : targets_of(record.steps.back(), record))
    record.results.push_back({.step = record.steps.size() - 1,
                              .target = target,
                              .verdict = Verdict::kPass,
                              .seconds = 0.02});
}

Repair rank_table_repair(int id, const std::string& host) {
  return {.id = id,
          .host = host,
          .steps = {"4.1.2"},
          .what = {"写入本组的 rank table", "write the group's rank table"},
          .change =
              "--- /data/rank_table.json\n+++ /data/rank_table.json\n@@ -1,5 +1,5 @@\n {\n"
              "-  \"server_count\": \"1\",\n+  \"server_count\": \"2\",\n"
              "   \"status\": \"completed\",\n   \"version\": \"1.0\"\n }\n"
              "mode 640, owner root:root\n",
          .undo = "the copy kept on the host, /var/lib/touchstone/saved/20260225-061320-1a2b3c4d.*",
          .outcome = "done",
          .was = "file " + std::string(64, 'a') + " 644 root root",
          .is = "file " + std::string(64, 'b') + " 640 root root"};
}

void rank_table_wrong(StepResult& result) {
  result.verdict = Verdict::kFail;
  result.findings = {{.target = result.target.str(),
                      .expected = "2 servers",
                      .actual = "1 server",
                      .why = {"缺少 node-02", "node-02 is missing in it"}}};
  result.exhibits = {{.host = result.target.host,
                      .question = "rank-table",
                      .answer = {.command = "cat /data/rank_table.json",
                                 .out = "{\n  \"server_count\": \"1\"\n}\n",
                                 .start = kStart + 1,
                                 .seconds = 0.01}}};
}

void fixed_rank_table(RunRecord& record, const std::string& host) {
  StepResult& result = at(record, "4.1.2", host);
  rank_table_wrong(result);
  fixed(result);
  result.exhibits[0].answer.out = "{\n  \"server_count\": \"2\"\n}\n";
}

}  // namespace

Mesh whole_mesh(std::size_t hosts, bool rails) {
  return mesh_of("group-1", hosts, 1, rails);
}

Mesh broken_mesh() {
  Mesh mesh = mesh_of("group-1", 2, 1, false);
  lose(mesh, 13, 0);
  lose(mesh, 2, 2);
  mesh.npus[13].suspect = mesh.npus[2].suspect = true;
  mesh.npus[15].left_out = {"链路为 DOWN", "its link is down"};
  std::erase_if(mesh.pairs, [](const MeshPair& pair) { return pair.from == 15 || pair.to == 15; });
  mesh.pairs[4] = {.from = mesh.pairs[4].from,
                   .to = mesh.pairs[4].to,
                   .why = {"没有在时限内回答", "it did not answer in time"}};
  return mesh;
}

namespace {

// One of each state.
std::vector<WaiverUse> waivers() {
  using State = WaiverUse::State;
  const auto waiver = [](std::vector<std::string> steps, std::vector<std::string> targets,
                         const char* expires, double at, const char* place) {
    return Waiver{std::move(steps),
                  std::move(targets),
                  "the host is being replaced",
                  "Li Wei, operations",
                  expires,
                  at,
                  place};
  };
  return {{waiver({"3.1.8", "3.1.9"}, {"node-03/npu[5-6]"}, "2026-12-31 Asia/Shanghai", 1798732800,
                  "waivers.yaml:3"),
           State::kInForce, 1},
          {waiver({"3.1.3"}, {"node-02"}, "2026-01-31 UTC", 1769904000, "waivers.yaml:8"),
           State::kExpired, 1},
          {waiver({"3.1.6"}, {"node-01"}, "2026-12-31 UTC", 1798761600, "waivers.yaml:13"),
           State::kNotNeeded, 0},
          {waiver({"9.9"}, {"node-99"}, "2026-12-31 UTC", 1798761600, "waivers.yaml:18"),
           State::kMatchesNothing, 0},
          {waiver({"0.3"}, {"cluster"}, "2026-12-31 UTC", 1798761600, "waivers.yaml:23"),
           State::kNotJudged, 0}};
}

// One of each kind, in three lines of the same and one by itself; a good night among five.
Past past(const RunRecord& record) {
  using Kind = News::Kind;
  constexpr double kDay = 86400;
  Past past{.previous = kStart - kDay};
  for (int npu : {0, 1, 2})
    past.changes.push_back(
        {Kind::kNew, "3.1.8", {"group-1", "node-01", npu}, Verdict::kFail, kStart, 1, 1});
  past.changes.push_back(
      {Kind::kStill, "3.1.3", {"group-1", "node-02", 7}, Verdict::kFail, kStart - 3 * kDay, 4, 1});
  past.changes.push_back({Kind::kRecovered,
                          "3.1.8",
                          {"group-1", "node-02", 5},
                          Verdict::kPass,
                          kStart - 2 * kDay,
                          2,
                          2});
  past.changes.push_back({Kind::kFlapping, "0.3", {}, Verdict::kError, kStart, 1, 5});
  for (int night = 4; night > 0; --night)
    past.nights.push_back({kStart - night * kDay,
                           night == 4 ? Verdict::kPass : Verdict::kFail,
                           {{Verdict::kPass, 150}}});
  past.nights[1].counts = {{Verdict::kFail, 1}, {Verdict::kPass, 149}};
  past.nights[2].counts = {{Verdict::kFail, 3}, {Verdict::kBlocked, 4}, {Verdict::kPass, 143}};
  past.nights[3].counts = {{Verdict::kError, 2}, {Verdict::kWaived, 1}, {Verdict::kPass, 147}};
  past.nights.push_back({kStart, record.verdict(), record.counts()});
  return past;
}

}  // namespace

RunRecord healthy() {
  RunRecord record = with_hosts(2, 2);
  for (StepResult& result : record.results) {
    if (record.steps[result.step].id != "3.1.13") continue;
    result.verdict = Verdict::kNotApplicable;
    result.reason = {"铜缆没有光模块", "copper has no optics"};
  }
  record.meshes = {whole_mesh(2, false)};
  return record;
}

RunRecord mixed() {
  RunRecord record = with_hosts(4, 2);
  record.simulated = true;
  for (const char* host : {"node-01", "node-02"})
    for (int npu : {0, 1, 2, 3}) tls_on(record, host, npu);
  link_down(record, "node-02", 7);
  unreachable(record, 3, "ssh: connect to host 10.0.0.4 port 22: Connection timed out");
  StepResult& same = at(record, "3.1.9", "group group-1");
  same.verdict = Verdict::kFail;
  same.findings = {{.target = "node-01/npu0", .expected = "0, as most others", .actual = "1"},
                   {.target = "node-02/npu0", .expected = "0, as most others", .actual = "1"}};
  StepResult& driver = at(record, "2.1.1", "node-03");
  driver.verdict = Verdict::kError;
  driver.reason = {"npu-smi info 在 20 秒内没有回答", "npu-smi info did not answer within 20 s"};
  driver.exhibits = {{.host = "node-03",
                      .question = "npu-smi-info",
                      .answer = {.end = Answer::End::kTimedOut,
                                 .command = "npu-smi info",
                                 .err = "DrvMngGetConsoleLogLevel failed\n",
                                 .start = kStart,
                                 .seconds = 20}}};
  StepResult& clocks = at(record, "0.3", "cluster");
  clocks.verdict = Verdict::kError;
  clocks.reason = {"缺少 node-04 的时钟", "the clock of node-04 is missing"};
  at(record, "3.1.8", "node-03/npu5").verdict = Verdict::kFixed;
  at(record, "3.1.8", "node-03/npu6").verdict = Verdict::kWaived;
  at(record, "3.1.8", "node-03/npu6").reason = {"更换中的主机", "the host is being replaced"};
  at(record, "3.1.8", "node-03/npu6").waiver = 0;
  at(record, "3.1.8", "node-03/npu6").findings = {
      {.target = "node-03/npu6", .expected = "0", .actual = "1"}};
  record.waivers = waivers();
  at(record, "3.1.13", "node-03/npu0").verdict = Verdict::kNotApplicable;
  at(record, "3.1.13", "node-03/npu0").reason = {"铜缆没有光模块", "copper has no optics"};
  at(record, "3.1.9", "group group-2").verdict = Verdict::kNotSelected;
  record.meshes = {broken_mesh()};
  record.past = past(record);
  record.baseline = {"lab.north",
                     kStart - 40 * 86400.0,
                     {{"driver", "24.1.rc2", "24.1.rc3", {}},
                      {"switch_port", "100GE1/0/7", "100GE1/0/8", {"node-02/npu7"}},
                      {"tls", "", "1", {"node-01/npu0", "node-01/npu1", "node-02/npu0"}}}};
  at(record, "3.1.6", "node-01/npu4").flaky = true;
  at(record, "3.1.6", "node-01/npu4").earlier = {
      {.target = "node-01/npu4", .expected = "10.1.0.1", .actual = "0.0.0.0"}};
  return record;
}

RunRecord partial() {
  RunRecord record = with_hosts(2, 2);
  record.complete = false;
  record.finished = 0;
  record.hosts[1].state = "not visited";
  std::erase_if(record.npus, [](const NpuFacts& npu) { return npu.host == "node-02"; });
  for (StepResult& result : record.results) {
    if (result.target.host == "node-01") continue;
    result.verdict = Verdict::kError;
    result.reason = {"尚未判定", "not run"};
    result.seconds = 0;
  }
  return record;
}

RunRecord hostile() {
  RunRecord record = with_hosts(1, 1);
  const std::string evil = std::string(
                               "<script>alert(1)</script> ]]> \x1b[31mred\x1b[0m \xff\xfe \xc0\xaf "
                               "\xed\xa0\x80 \xe2\x80\xaegpj \xef\xbf\xbf \x01\x7f \xc2\x9b") +
                           '\0' + " & \"quoted\" 'too'\r\nnext\tline\n";
  record.cluster = "a.b <i>&amp; \x1b[2J";
  record.hosts[0].detail = evil;
  record.hosts[0].state = "nonsense " + std::string("\x1b]0;title\x07");
  StepResult& result = at(record, "3.1.8", "node-01/npu3");
  result.verdict = Verdict::kFail;
  result.findings = {{.target = evil,
                      .expected = evil,
                      .actual = evil,
                      .why = {evil, evil},
                      .next = {evil, evil},
                      .detail = evil}};
  result.exhibits = {tls_exhibit("node-01", 3, evil + std::string(1 << 20, 'x') + "\xe6")};
  result.exhibits[0].answer.err = evil;
  result.exhibits[0].answer.command = evil;
  fact(record, "node-01", 3, "tls") = evil;
  at(record, "2.1.1", "node-01").verdict = Verdict::kError;
  at(record, "2.1.1", "node-01").reason = {evil, evil};
  record.versions["driver"] = evil;
  record.waivers = {{{{"<3.1>\x1b[2J"}, {"<script>\u202e"}, evil, evil, evil, 0, evil},
                     WaiverUse::State::kInForce,
                     1}};
  record.past = {.previous = kStart - 1,
                 .changes = {{News::Kind::kStill, evil, {evil, evil, 3}, Verdict::kFail, 1, 2, 3}},
                 .nights = {{}, {kStart, Verdict::kFail, {{Verdict::kFail, 1}}}}};
  at(record, "3.1.8", "node-01/npu4").verdict = Verdict::kWaived;
  at(record, "3.1.8", "node-01/npu4").waiver = 0;
  at(record, "3.1.8", "node-01/npu4").reason = {evil, evil};
  at(record, "3.1.8", "node-01/npu4").findings = {{.target = evil, .expected = evil}};
  record.operator_ = evil;
  record.meshes = {whole_mesh(2, false)};
  record.meshes[0].group = evil;
  for (MeshNpu& npu : record.meshes[0].npus)
    if (npu.host == "node-01") npu.host = evil;
  record.meshes[0].npus[3].left_out = {evil, evil};
  record.meshes[0].pairs[0].result = MeshPair::Result::kNoAnswer;
  record.meshes[0].pairs[0].why = {evil, evil};
  const std::string long_evil = evil + std::string(1 << 20, 'y') + "\n+" + evil;
  record.journal = evil;
  record.repairs = {{.id = 1,
                     .host = evil,
                     .steps = {"3.1.8", "<script>]]>"},
                     .what = {evil, long_evil},
                     .interrupts = {evil, evil},
                     .change = long_evil,
                     .undo = evil,
                     .outcome = "half_done",
                     .why = {evil, long_evil},
                     .was = long_evil,
                     .is = evil},
                    {.id = 2,
                     .host = "node-01",
                     .npu = 3,
                     .steps = {"3.1.8"},
                     .what = {evil, evil},
                     .change = lines_of(100'000, evil),
                     .undo = evil,
                     .outcome = "done",
                     .is = long_evil}};
  StepResult& made = at(record, "3.1.8", "node-01/npu5");
  made = {.step = made.step, .target = made.target, .verdict = Verdict::kFixed};
  made.findings_before = result.findings;
  made.exhibits_before = made.exhibits = result.exhibits;
  return record;
}

RunRecord repaired() {
  RunRecord record = with_hosts(3, 2);
  record.simulated = true;
  record.command = "touchstone run -i cluster.yaml --fix=service --yes";
  record.journal = "touchstone-report/20260225T061320Z/journal.jsonl";
  add_rank_table_step(record);
  int id = 0;
  for (int npu : {0, 1, 2, 3}) {
    record.repairs.push_back(tls_repair(++id, "node-01", npu));
    fixed_tls(record, "node-01", npu);
  }
  record.repairs.push_back(tls_repair(++id, "node-02", 0));
  fixed_tls(record, "node-02", 0);
  tls_on(record, "node-02", 5);
  record.repairs.push_back(tls_repair(++id, "node-02", 5));
  not_made(record.repairs.back(), "refused", {"NPU 5 正被使用", "NPU 5 is in use"});
  record.repairs.push_back(rank_table_repair(++id, "node-01"));
  fixed_rank_table(record, "node-01");
  record.repairs.push_back(rank_table_repair(++id, "node-02"));
  not_made(record.repairs.back(), "skipped",
           {"此前第 6 项改动没有成功", "change 6 before it did not succeed"});
  rank_table_wrong(at(record, "4.1.2", "node-02"));
  record.repairs.push_back(tls_repair(++id, "node-03", 4));
  not_made(record.repairs.back(), "already", {});
  Repair& service = record.repairs.emplace_back(rank_table_repair(++id, "node-03"));
  service.what = {"重启 Docker 服务", "restart the Docker service"};
  service.interrupts = {"本机的全部容器", "all containers of this host"};
  service.risk = Risk::kService;
  service.steps = {"2.1.1"};
  service.change = "systemctl restart docker\n";
  service.undo = "-";
  service.was = "active\nrunc 1.1.8";
  service.is = "failed";
  service.outcome = "half_done";
  service.why = {"第 1 条命令退出码为 1", "command 1 of 1 ended with exit code 1"};
  link_down(record, "node-03", 2);
  at(record, "3.1.3", "node-03/npu2").broke = true;
  return record;
}

RunRecord many(std::size_t hosts, std::size_t more_steps) {
  RunRecord record = with_hosts(hosts, 16);
  for (std::size_t i = 0; i < hosts; i += 7) {
    const std::string host = record.hosts[i].name;
    if (i % 3 == 0) unreachable(record, i, "Connection timed out");
    if (i % 3 == 1) tls_on(record, host, static_cast<int>(i % 8));
    if (i % 3 == 2) link_down(record, host, static_cast<int>(i % 8));
  }
  for (std::size_t i = 0; i < more_steps; ++i) {
    record.steps.push_back(step(fmt::format("3.1.{}", i + 20), "More", i % 2 == 0 ? "npu" : "host",
                                "3.1", {"更多", "More"}, {}, ""));
    for (const Target& target : targets_of(record.steps.back(), record))
      record.results.push_back({.step = record.steps.size() - 1,
                                .target = target,
                                .verdict = Verdict::kPass,
                                .seconds = 0.05});
  }
  return record;
}

}  // namespace touchstone::samples
