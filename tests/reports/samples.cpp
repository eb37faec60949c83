#include "tests/reports/samples.h"

#include <algorithm>

#include <fmt/format.h>

#include "tests/reports/samples_parts.h"

namespace touchstone::samples {

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
