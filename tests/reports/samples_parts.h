#pragma once

#include <string>
#include <vector>

#include "harness/model/run_record.h"

// What the samples are made of: a record where all is well, and what can be done to it.
namespace touchstone::samples {

inline constexpr double kStart = 1772000000;  // 2026-02-25T06:13:20Z

StepInfo step(std::string id, std::string name, std::string scope, std::string chapter, Text title,
              Text requirement, std::string place);
std::vector<Target> targets_of(const StepInfo& step, const RunRecord& record);
RunRecord with_hosts(std::size_t hosts, std::size_t group_size);
StepResult& at(RunRecord& record, const std::string& id, const std::string& target);
std::string& fact(RunRecord& record, const std::string& host, int npu, const std::string& key);

Exhibit tls_exhibit(const std::string& host, int npu, std::string out);
void tls_on(RunRecord& record, const std::string& host, int npu);
void link_down(RunRecord& record, const std::string& host, int npu);
void unreachable(RunRecord& record, std::size_t index, const std::string& said);
std::string lines_of(std::size_t lines, const std::string& tail);

// Each NPU asks those of the same index on other hosts, or all of them.
Mesh mesh_of(const std::string& group, std::size_t hosts, std::size_t first, bool rails);
void lose(Mesh& mesh, std::size_t npu, int received);

// What was wrong goes to `before`, and the same question has another answer now.
void fixed(StepResult& result);
void fixed_tls(RunRecord& record, const std::string& host, int npu);
Repair tls_repair(int id, const std::string& host, int npu);
void not_made(Repair& repair, const std::string& outcome, Text why);
void add_rank_table_step(RunRecord& record);
Repair rank_table_repair(int id, const std::string& host);
void rank_table_wrong(StepResult& result);
void fixed_rank_table(RunRecord& record, const std::string& host);

}  // namespace touchstone::samples
