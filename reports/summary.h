#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// What the console and the page say with the same words.

Word verdict_word(const RunRecord& record);  // accepted, rejected, could not tell

// "3 fail · 1 error · 412 pass", worst first; what has not run yet is said apart from errors.
std::string counts_line(const std::map<Verdict, std::size_t>& counts, std::size_t not_run,
                        Language language);

// "demo · deepseek-r1-w8a8 · 2 hosts, 16 NPUs"
std::string subject_of(const RunRecord& record, Language language);

std::size_t flaky_of(const RunRecord& record);  // results that passed only when asked again

// For a build's description: the verdict, counts, and what changed; and for a badge: the verdict
// and the worst count. One line without names, so that nothing of the cluster is shown as HTML.
std::string description_of(const RunRecord& record, Language language);
std::string badge_of(const RunRecord& record, Language language);

std::size_t npus_of(const RunRecord& record);
std::string duration_of(const RunRecord& record);  // "12.3 s", "4 min 05 s"

// The command with {npu} filled in when it is about one NPU only.
std::string command_for(const std::string& command, const std::vector<std::string>& targets);

// "killed at its time limit", "exit code 13"
std::string how_it_ended(const Answer& answer, Language language);

}  // namespace touchstone
