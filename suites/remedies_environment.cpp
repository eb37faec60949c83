#include <set>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/model/value_rule.h"
#include "suites/bashrc_plan.h"
#include "suites/change_parts.h"
#include "suites/environment_rules.h"
#include "suites/known.h"
#include "suites/misspelling.h"
#include "suites/probes_environment.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

constexpr const char* kBashrcPath = "/root/.bashrc";
// The guard hands the new text to a shell in one word of the script.
constexpr std::size_t kLargest = 24000;

std::map<std::string, std::string> rules_of(const Evidence& host) {
  auto rules = rules_of_group(host.group(), host.profile());
  rules["MIES_CONTAINER_IP"] = host.host().service_address;
  return rules;
}

// Scripts that are there and that ~/.bashrc does not read.
std::vector<std::string> unread_scripts(const Evidence& host) {
  const SeenPaths* seen = known(host, kSetEnvScripts);
  if (!seen) return {};
  std::set<std::string> there, read;
  for (const std::string& path : seen->paths)
    there.insert(without_container_root(host.host(), path));
  if (const ShellSettings* settings = known(host, kBashrc))
    for (const auto& source : settings->sources)
      read.insert(without_container_root(host.host(), source.path));
  std::vector<std::string> unread;
  for (const std::string& script : set_env_scripts())
    if (there.contains(script) && !read.contains(script))
      unread.push_back(in_container(host.host(), script));
  return unread;
}

// Values of other hosts are text of strangers: what is no plain line is not taken over.
bool may_be_taken(const std::string& value) {
  for (const char c : value)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) return false;
  return value.find("[redacted]") == std::string::npos;
}

// Whether a host that has the right value has it from its ~/.bashrc. What an image or a script sets
// is not repaired by a line.
bool from_a_start_file(const SharedVariable& one) {
  for (const auto& [where, value] : one.values) {
    const ShellSettings* settings = value == one.right ? known(where, kBashrc) : nullptr;
    if (!settings) continue;
    for (const auto& assignment : settings->assignments)
      if (assignment.name == one.name) return true;
  }
  return false;
}

// One variable that not all hosts of a group have alike.
struct Unlike {
  std::string name, right;      // `right`: "NAME=value", "NAME is not set"
  std::set<std::string> hosts;  // those that have another one
  bool from_a_start_file = false;
};

const std::vector<Unlike>& unlike_variables(const Evidence& any) {
  return any.book().once(any.group(), "unlike variables", [&] {
    ReadLog log;
    std::vector<Unlike> all;
    const Evidence group(any.book(), {.group = any.group().name}, log);
    for (const auto& one : shared_variables(group)) {
      Unlike unlike{.name = one.name, .right = one.right};
      for (const auto& [where, value] : one.values)
        if (value != one.right) unlike.hosts.insert(where.target().host);
      if (unlike.hosts.empty()) continue;
      unlike.from_a_start_file = from_a_start_file(one);
      all.push_back(std::move(unlike));
    }
    return all;
  });
}

void add_shared(const Evidence& host, BashrcFacts& facts) {
  const std::string other =
      rank_table_variable(host.profile()) == "RANKTABLEFILE" ? "RANK_TABLE_FILE" : "RANKTABLEFILE";
  for (const Unlike& one : unlike_variables(host)) {
    if (!one.right.starts_with(one.name + "=")) continue;
    if (one.name == other || !meant_by(one.name, facts.known).empty()) {
      facts.idle.insert(one.name);
      continue;
    }
    if (!facts.rules.contains(one.name) && !one.from_a_start_file) continue;
    const std::string right = one.right.substr(one.name.size() + 1);
    if (may_be_taken(right) && one.hosts.contains(host.target().host))
      facts.shared[one.name] = right;
  }
}

BashrcFacts facts_of(const Evidence& host) {
  BashrcFacts facts{.text = text_of_file(host, kBashrc).value_or(""),
                    .rules = rules_of(host),
                    .environment = {},
                    .shared = {},
                    .known = known_variables(host.profile()),
                    .wrong = {},
                    .scripts = unread_scripts(host)};
  if (const Environment* environment = known(host, kShellEnvironment)) {
    facts.environment = environment->variables;
    for (const auto& one : check_documented(environment->variables, host.profile()))
      facts.wrong.insert(one.name);
    for (const auto& one :
         check_own(environment->variables, host.group(), host.host(), host.profile()))
      facts.wrong.insert(one.name);
    add_shared(host, facts);
  }
  return facts;
}

Text joined(const std::vector<Phrase>& texts) {
  constexpr std::size_t kShown = 6;
  Text all;
  for (std::size_t i = 0; i < std::min(texts.size(), kShown); ++i)
    all = said("{}{}{}", "{}{}{}", all, i ? ", " : "", texts[i]);
  return texts.size() > kShown ? said("{} (+{})", "{} (+{})", all, texts.size() - kShown) : all;
}

// The one change of this host's ~/.bashrc, whichever step asks for it. Nothing: there is nothing to
// repair in it, and `left` says what there is besides.
std::vector<Change> bashrc_change_of(const Evidence& host, std::vector<Text>& left) {
  const std::optional<std::string> was = text_of_file(host, kBashrc);
  BashrcPlan plan = plan_bashrc(facts_of(host));
  left = plan.left;
  const BashrcNeeds& needs = plan.needs;
  if (needs.sources.empty() && needs.exports.empty() && needs.off.empty()) return {};
  const std::string text = edit_bashrc(was.value_or(""), needs);
  if (was == text) return {};
  if (text.size() > kLargest)
    throw NoEvidence({"~/.bashrc 过大,请手工修改", "~/.bashrc is too large; edit it by hand"});
  const std::string path = in_container(host.host(), kBashrcPath);
  Change change{
      .host = host.target().host,
      .in_container = true,
      .subject = path,
      .stage = Stage::kEnvironment,
      .what = said("容器内 ~/.bashrc:{}", "~/.bashrc in the container: {}", joined(plan.what)),
      .interrupts = {"无;服务在下次启动时才读取(6.3.7)",
                     "nothing; the service reads it when it is started again (6.3.7)"}};
  change.file = FileChange{.path = path,
                           .content = text,
                           .was = was,
                           .mode = was ? "" : "644",
                           .owner = was ? "" : "root:root"};
  change.guards = {
      {.argv = {"docker", "exec", "-i", host.host().container, "bash", "-n", "-c", text},
       .otherwise = {"bash 认为改后的 ~/.bashrc 语法有误(原文件可能本来就有错),请手工修改",
                     "bash finds the changed ~/.bashrc malformed, as it may have been before; edit "
                     "it by hand"}}};
  return {change};
}

std::vector<Change> change_or_reason(const Evidence& host, const Text& reason) {
  std::vector<Text> left;
  std::vector<Change> changes = bashrc_change_of(host, left);
  if (changes.empty()) throw NoEvidence(left.empty() ? reason : left.front());
  return changes;
}

}  // namespace

std::vector<Change> fix_set_env(const Evidence& host) {
  if (unread_scripts(host).empty())
    throw NoEvidence({"缺的脚本不在容器里:使用指南的镜像",
                      "the script that is missing is not in the container: use the guide's image"});
  return change_or_reason(host, {});
}

std::vector<Change> fix_environment(const Evidence& host) {
  return change_or_reason(host, {"~/.bashrc 中没有可改的内容",
                                 "there is nothing in ~/.bashrc that would have to be changed"});
}

std::vector<Change> fix_shared_environment(const Evidence& group) {
  std::vector<Change> changes = changes_of_hosts(group, bashrc_change_of);
  if (!changes.empty()) return changes;
  throw NoEvidence({"不同的值不是由 ~/.bashrc 设置的,而是来自镜像或 set_env.sh",
                    "what differs is not set by any ~/.bashrc; it comes from the image or a "
                    "set_env.sh"});
}

std::vector<Change> fix_own_address(const Evidence& host) {
  return change_or_reason(
      host, {"MIES_CONTAINER_IP 已是清单中的服务地址:检查网络接口、清单与 rank table",
             "MIES_CONTAINER_IP is the inventory's service address already: look at the interface, "
             "the inventory and the rank table"});
}

}  // namespace touchstone
