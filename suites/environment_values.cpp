// What is right for a variable, whoever has it: a shell or a daemon.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/model/value_rule.h"
#include "harness/model/version_range.h"
#include "suites/environment_rules.h"

namespace touchstone {
namespace {

const std::string* find(const Variables& variables, const std::string& name) {
  const auto at = variables.find(name);
  return at == variables.end() ? nullptr : &at->second;
}

Text shown(const std::string& name, const std::string* value) {
  return value ? Phrase(fmt::format("{}={}", name, *value))
               : said("未设置 {}", "{} is not set", name);
}

// What the guide names besides the variables that a profile has values for: programs read these,
// and baselines keep them. Every host has the same, but for its own address.
constexpr const char* kOwnAddress = "MIES_CONTAINER_IP";
constexpr std::array<std::string_view, 8> kOfTheGuide{
    kOwnAddress, "WORLD_SIZE",      "RANKTABLEFILE",          "RANK_TABLE_FILE",
    "MASTER_IP", "OMP_NUM_THREADS", "HCCL_OP_EXPANSION_MODE", "ASCEND_RT_VISIBLE_DEVICES"};

constexpr const char* kAtbLogLevel = "ATB_LOG_LEVEL";
constexpr const char* kAtbLogLevelOfTheGuide = "ATB__LOG_LEVEL";

Text why_documented(const std::string& name) {
  if (name == "HCCL_CONNECT_TIMEOUT")
    return {"缺省只等 120 秒,各机启动稍有先后就会建链超时(EI0006)",
            "by default only 120 s are waited, so servers that start a little apart time out "
            "(EI0006)"};
  if (name == "PYTORCH_NPU_ALLOC_CONF" || name == "NPU_MEMORY_FRACTION")
    return {"显存的分配与指南不同,加载权重时可能不足",
            "HBM is given out in another way than the guide's, and may not suffice for the "
            "weights"};
  return {"与指南 4.3 的取值不同", "guide 4.3 has another value"};
}

VariableProblem problem(const std::string& name, const std::string& wanted,
                        const std::string* value, Text why) {
  return {.name = name,
          .expected = fmt::format("{}={}", name, wanted),
          .actual = shown(name, value),
          .why = std::move(why)};
}

Text why_world_size(const std::string* value, int per_host) {
  if (value && *value == std::to_string(per_host))
    return {"环境变量 WORLD_SIZE 是全部服务器的总卡数;单机卡数是 config.json 里的 worldSize",
            "WORLD_SIZE in the environment counts the NPUs of all servers; those of one server "
            "are worldSize in config.json"};
  return {"WORLD_SIZE 必须等于组内 NPU 总数,否则建链时互相等待",
          "WORLD_SIZE must be the number of NPUs of the group, or the ranks wait for one another "
          "in vain"};
}

void check_rank_table_path(const Variables& variables, const Group& group, const Profile& profile,
                           std::vector<VariableProblem>& problems) {
  const std::string name = rank_table_variable(profile);
  const std::string other = name == "RANKTABLEFILE" ? "RANK_TABLE_FILE" : "RANKTABLEFILE";
  const std::string* value = find(variables, name);
  if (value && *value == group.rank_table) return;
  auto found = problem(name, group.rank_table, value,
                       {"MindIE 由该变量找到 rank table", "MindIE finds the rank table by it"});
  if (!value && find(variables, other)) {
    found.actual = found.actual + said(";设置了 {}", "; {} is", other);
    found.why = {
        fmt::format("MindIE {} 读取的是 {}:2.1 之前为 RANKTABLEFILE,之后为 RANK_TABLE_FILE",
                    profile.mindie, name),
        fmt::format("MindIE {} reads {}: RANKTABLEFILE before 2.1, RANK_TABLE_FILE from "
                    "2.1 on",
                    profile.mindie, name)};
  }
  problems.push_back(std::move(found));
}

}  // namespace

std::vector<VariableProblem> check_documented(const Variables& variables, const Profile& profile) {
  std::vector<VariableProblem> problems;
  for (const auto& [name, wanted] : profile.environment) {
    const std::string* value = find(variables, name);
    if (!value && name == kAtbLogLevel) value = find(variables, kAtbLogLevelOfTheGuide);
    if (!value || !value_fits(*value, wanted))
      problems.push_back(problem(name, wanted, value, why_documented(name)));
  }
  return problems;
}

std::vector<VariableProblem> check_own(const Variables& variables, const Group& group,
                                       const Host& host, const Profile& profile) {
  std::vector<VariableProblem> problems;
  const int npus = group.npus();
  const std::string* size = find(variables, "WORLD_SIZE");
  if (!size || !value_fits(*size, std::to_string(npus)))
    problems.push_back(
        problem("WORLD_SIZE", std::to_string(npus), size, why_world_size(size, host.npus)));
  const std::string* address = find(variables, kOwnAddress);
  if (!address || *address != host.service_address)
    problems.push_back(problem(kOwnAddress, host.service_address, address,
                               {"MindIE 用它在 rank table 中找到本机;各机器只有它不同",
                                "by it MindIE finds this server in the rank table; it is the one "
                                "variable that differs from host to host"}));
  check_rank_table_path(variables, group, profile, problems);
  return problems;
}

std::string rank_table_variable(const Profile& profile) {
  std::string_view version = profile.mindie;
  version = version.substr(0, version.find(','));
  version.remove_prefix(std::min(version.find_first_not_of("<>= "), version.size()));
  // The candidates of 2.1 have it already.
  return compare_versions(version, "2.1.rc1") >= 0 ? "RANK_TABLE_FILE" : "RANKTABLEFILE";
}

std::set<std::string> known_variables(const Profile& profile) {
  std::set<std::string> names(kOfTheGuide.begin(), kOfTheGuide.end());
  for (const auto& [name, value] : profile.environment) names.insert(name);
  return names;
}

bool is_shared_variable(const std::string& name, const Profile& profile) {
  if (name == kOwnAddress) return false;
  constexpr std::array<std::string_view, 5> kFamilies{"ATB_", "ASDOPS_", "HCCL_", "MINDIE_",
                                                      "MIES_"};
  return known_variables(profile).contains(name) ||
         std::any_of(kFamilies.begin(), kFamilies.end(),
                     [&](std::string_view family) { return name.starts_with(family); });
}

std::map<std::string, std::string> rules_of_group(const Group& group, const Profile& profile) {
  std::map<std::string, std::string> rules = profile.environment;
  rules["WORLD_SIZE"] = std::to_string(group.npus());
  rules[rank_table_variable(profile)] = group.rank_table;
  return rules;
}

}  // namespace touchstone
