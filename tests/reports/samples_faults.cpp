#include <algorithm>

#include <fmt/format.h>

#include "tests/reports/samples_parts.h"

namespace touchstone::samples {

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
              "chmod 640\nchown root:root\n",
          .undo = "cp /var/lib/touchstone/saved/20260225-061320-1a2b3c4d.* /data/rank_table.json",
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

}  // namespace touchstone::samples
