#pragma once

#include <optional>
#include <string>
#include <utility>

#include "harness/remedy/plan.h"

// A plan with each form that a change can have.
namespace touchstone::sample_plan {

inline NumberedChange tls_change() {
  return {.id = 1,
          .steps = {"3.1.8", "3.1.9"},
          .change = {.host = "node-01",
                     .npu = 3,
                     .subject = "hccn 3 tls",
                     .stage = Stage::kNpuTls,
                     .risk = Risk::kSafe,
                     .what = {"将 NPU 3 的 TLS 开关设为 0", "set the TLS switch of NPU 3 to 0"},
                     .reads = {"hccn_tool", "-i", "3", "-tls", "-g"},
                     .was = "switch[1]",
                     .becomes = "switch[0]",
                     .may_stay = true,
                     .commands = {{.does = {"hccn_tool", "-i", "3", "-tls", "-s", "enable", "0"},
                                   .undoes = {"hccn_tool", "-i", "3", "-tls", "-s", "enable", "1"},
                                   .seconds = 20.5}},
                     .one_way = true,
                     .guards = {{.argv = {"sh", "-c", "! npu-smi info | grep -q 'Process id'"},
                                 .otherwise = {"NPU 3 正被使用", "NPU 3 is in use"},
                                 .seconds = 90,
                                 .both_ways = true}}}};
}

inline NumberedChange file_change(std::optional<std::string> was) {
  return {.id = 2,
          .steps = {"4.1.2"},
          .change = {.host = "node-02",
                     .in_container = true,
                     .subject = "/data/rank_table.json",
                     .stage = Stage::kRankTable,
                     .risk = Risk::kService,
                     .what = {"写入 rank table", "write the rank table"},
                     .interrupts = {"推理服务", "the service"},
                     .commands = {{.does = {"systemctl", "reload", "docker"},
                                   .undoes = {"systemctl", "reload", "docker"}}},
                     .file = FileChange{.path = "/data/rank_table.json",
                                        .content = "{\n  \"server_count\": \"2\"\n}\n",
                                        .was = std::move(was),
                                        .mode = "640",
                                        .owner = "root:root"},
                     .hosts_needed = {"node-01", "node-02"}},
          .stands_on = {1}};
}

// Without commands after it; of an empty file.
inline NumberedChange lone_file_change() {
  NumberedChange one = file_change("");
  one.id = 3;
  one.change.commands.clear();
  return one;
}

inline FixPlan plan_of_everything() {
  return {.run = {"20261126-040506-1a2b3c4d", "ops@controller"},
          .cluster = "lab.north",
          .simulated = true,
          .created = 1772000000.25,
          .allowed = Risk::kService,
          .changes = {tls_change(), file_change(std::nullopt), lone_file_change()},
          .left = {{.step = "3.1.3",
                    .target = {.group = "g", .host = "node-01", .npu = 7},
                    .why = {"", ""},
                    .next = {"检查线缆", "check the cable"}},
                   {.step = "0.3", .target = {}, .why = {"无证据", "no evidence"}, .next = {}}}};
}

}  // namespace touchstone::sample_plan
