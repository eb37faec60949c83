#include "suites/environment_rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "harness/model/value_rule.h"
#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/misspelling.h"
#include "suites/probes.h"
#include "suites/probes_environment.h"
#include "suites/right_of.h"

namespace touchstone {
namespace {

using Assignment = ShellSettings::Assignment;

constexpr const char* kFile = "~/.bashrc";
constexpr std::string_view kUnset = " is not set";

std::string line_of(const Assignment& one) {
  return fmt::format("{} | {}", one.line, one.text);
}

// The line that gave the variable its value, where the file can be read; a line with a mistake in
// it is told by 4.3.5.
const Assignment* last_of(const Evidence& host, const std::string& name) {
  const auto& parsed = host.parsed(kBashrc);
  if (!parsed) return nullptr;
  const auto& all = parsed.value().assignments;
  const auto at = std::find_if(all.rbegin(), all.rend(),
                               [&](const Assignment& one) { return one.name == name; });
  return at == all.rend() ? nullptr : &*at;
}

void tell(const Evidence& host, const std::vector<VariableProblem>& problems) {
  for (const VariableProblem& problem : problems) {
    const Assignment* line = last_of(host, problem.name);
    const std::string place = line ? fmt::format(" ({}:{})", kFile, line->line) : "";
    ADD_FAILURE() << Finding{.expected = problem.expected,
                             .actual = problem.actual + Phrase(place),
                             .why = problem.why,
                             .excerpt = line ? line_of(*line) : ""};
  }
}

}  // namespace

void expect_set_env(const Evidence& host) {
  std::set<std::string> there, sourced;
  for (const std::string& path : host[kSetEnvScripts].paths)
    there.insert(without_container_root(host.host(), path));
  for (const std::string& script : set_env_scripts())
    EXPECT_TRUE(there.contains(script))
        << Finding{.expected = script,
                   .actual = {"容器中没有这个文件", "no such file in the container"},
                   .why = {"缺少该组件,或镜像不是指南所用的",
                           "the package is missing, or the image is another"},
                   .next = {"使用指南的镜像", "use the guide's image"}};
  const auto& parsed = host.parsed(kBashrc);
  const bool nothing =
      refused_as(parsed, Refusal::Kind::kNotSet) || refused_as(parsed, Refusal::Kind::kEmpty);
  if (!nothing)
    for (const auto& source : host[kBashrc].sources)
      sourced.insert(without_container_root(host.host(), source.path));
  for (const std::string& script : set_env_scripts())
    EXPECT_TRUE(sourced.contains(script)) << Finding{
        .expected = "source " + script,
        .actual = nothing ? said("没有 {}", "there is no {}", kFile)
                          : said("{} 中没有一行读取它", "no line of {} reads it", kFile),
        .why = {"新 shell 中找不到库(libatb.so 等),服务以 255 退出",
                "a new shell finds no libraries (libatb.so …), and the daemon ends with 255"},
        .next = {fmt::format("在 {} 中加入 source {}", kFile, script),
                 fmt::format("add `source {}` to {}", script, kFile)}};
}

void expect_documented(const Evidence& host) {
  tell(host, check_documented(host[kShellEnvironment].variables, host.profile()));
}

void expect_own(const Evidence& host) {
  tell(host,
       check_own(host[kShellEnvironment].variables, host.group(), host.host(), host.profile()));
}

std::vector<SharedVariable> shared_variables(const Evidence& group) {
  const auto all = group.each(kShellEnvironment);
  std::set<std::string> names;
  for (const auto& [host, environment] : all)
    for (const auto& [name, value] : environment->variables)
      if (is_shared_variable(name, group.profile())) names.insert(name);
  const auto rules = rules_of_group(group.group(), group.profile());
  std::vector<SharedVariable> variables;
  for (const std::string& name : names) {
    SharedVariable one{.name = name, .values = {}, .right = ""};
    for (const auto& [host, environment] : all) {
      const std::string* value = environment->find(name);
      one.values.emplace_back(host, value ? name + "=" + *value : name + std::string(kUnset));
    }
    const auto rule = rules.find(name);
    const auto fits = [&](const std::string& text) {
      const bool set = text.starts_with(name + "=");
      return set && (rule == rules.end() || value_fits(text.substr(name.size() + 1), rule->second));
    };
    one.right = right_of(one.values, fits);
    variables.push_back(std::move(one));
  }
  return variables;
}

void expect_shared(const Evidence& group) {
  for (const SharedVariable& one : shared_variables(group))
    expect_the_same(one.values,
                    {"除 MIES_CONTAINER_IP 外,各主机的变量应当相同",
                     "apart from MIES_CONTAINER_IP the variables are the same on every host"},
                    one.right, {}, [](const std::string& text) {
                      return text.ends_with(kUnset)
                                 ? Text{"未设置 " + text.substr(0, text.size() - kUnset.size()),
                                        text}
                                 : as_it_is(text);
                    });
}

namespace {

void expect_no_stray_blank(const ShellSettings& settings) {
  for (const Assignment& one : settings.assignments)
    EXPECT_TRUE(one.stray.empty()) << Finding{
        .expected = fmt::format("export {}={}", one.name, one.stray),
        .actual = said("{}:{}:{} 为空", "{}:{}: {} is empty", kFile, one.line, one.name),
        .why = {"等号后有空格:shell 把变量设为空,把后面的词当成另一个变量",
                "there is a blank behind the =: the shell sets the variable to nothing and takes "
                "the next word for another one"},
        .next = {"删去空格", "take out the blank"},
        .excerpt = line_of(one)};
}

void expect_no_contradiction(const ShellSettings& settings) {
  std::set<std::string> exported;
  for (const Assignment& one : settings.assignments)
    if (one.exported) exported.insert(one.name);
  for (const std::string& name : exported) {
    const Assignment* first = nullptr;
    const Assignment* last = nullptr;
    bool differ = false;
    for (const Assignment& one : settings.assignments) {
      if (one.name != name || one.computed) continue;
      if (!first) first = &one;
      differ = differ || one.value != first->value;
      last = &one;
    }
    if (!differ) continue;
    ADD_FAILURE() << Finding{
        .expected = said("{} 只设置一次", "{} is set once", name),
        .actual = fmt::format("{}:{}: {}={}, {}:{}: {}={}", kFile, first->line, name, first->value,
                              kFile, last->line, name, last->value),
        .why = {fmt::format("后一行生效:{}={}。两行都粘贴了,或改值时追加而没有替换", name,
                            last->value),
                fmt::format("the last line wins: {}={}. Both variants were pasted, or a new value "
                            "was added and not put in the place of the old one",
                            name, last->value)},
        .next = {"只保留一行", "keep one of the lines"},
        .excerpt = line_of(*first) + "\n" + line_of(*last)};
  }
}

void expect_no_misspelling(const ShellSettings& settings, const Profile& profile) {
  std::set<std::string> set;
  for (const Assignment& one : settings.assignments) set.insert(one.name);
  for (const Assignment& one : settings.assignments) {
    const std::string right = meant_by(one.name, known_variables(profile));
    if (!one.exported || right.empty() || set.contains(right)) continue;
    ADD_FAILURE() << Finding{
        .expected = fmt::format("export {}={}", right, one.value),
        .actual = fmt::format("{}:{}: {}", kFile, one.line, one.name),
        .why = {fmt::format("没有程序读取 {};应为 {}。指南中的 ATB__LOG_LEVEL 也是这样的笔误",
                            one.name, right),
                fmt::format("nothing reads {}; it is spelt {}. ATB__LOG_LEVEL in the guide is such "
                            "a slip",
                            one.name, right)},
        .next = {fmt::format("把 {} 改为 {},或另加一行", one.name, right),
                 fmt::format("write {} in the place of {}, or in a line of its own", right,
                             one.name)},
        .excerpt = line_of(one)};
  }
}

}  // namespace

void expect_clean_bashrc(const Evidence& host) {
  const auto& parsed = host.parsed(kBashrc);
  // No file sets nothing wrong; that it is missing is for 4.3.1 to say.
  if (refused_as(parsed, Refusal::Kind::kNotSet) || refused_as(parsed, Refusal::Kind::kEmpty))
    return;
  const ShellSettings& settings = host[kBashrc];
  expect_no_stray_blank(settings);
  expect_no_contradiction(settings);
  expect_no_misspelling(settings, host.profile());
}

namespace {

// The server of the rank table that lists most of this host's NPU addresses; null: none of them.
const RankTable::Server* server_with(const RankTable& table, const std::set<std::string>& own) {
  const RankTable::Server* best = nullptr;
  std::ptrdiff_t most = 0;
  for (const RankTable::Server& server : table.servers) {
    const auto count = std::count_if(server.devices.begin(), server.devices.end(),
                                     [&](const auto& d) { return own.contains(d.device_ip); });
    if (count <= most) continue;
    most = count;
    best = &server;
  }
  return best;
}

}  // namespace

void expect_own_address(const Evidence& host) {
  const std::string* set = host[kShellEnvironment].find("MIES_CONTAINER_IP");
  const std::string address = set ? *set : "";
  std::string up;
  bool is_up = false;
  for (const auto& one : host[kHostAddresses].addresses) {
    if (!one.up) continue;
    is_up = is_up || one.address == address;
    if (one.address.find(':') == std::string::npos) up += (up.empty() ? "" : ", ") + one.address;
  }
  EXPECT_TRUE(is_up) << Finding{
      .expected = said("本机已启用的地址:{}", "an address that is up on this host: {}", up),
      .actual = address.empty() ? Phrase("未设置 MIES_CONTAINER_IP", "MIES_CONTAINER_IP is not set")
                                : Phrase("MIES_CONTAINER_IP=" + address),
      .why = {"服务要在该地址监听;可能是从别的主机复制来的",
              "the service listens there; it may have been copied from another host"}};
  std::set<std::string> own;
  for (const Evidence& npu : host.npus()) own.insert(npu[kIp].address);
  const RankTable::Server* server = server_with(host[kRankTable], own);
  if (!is_up) return;
  // Whose addresses the table has is for 3.2.8 to say.
  if (!server)
    return host.remark({"rank table 没有列出本机的 NPU 地址,未与之比较",
                        "the rank table lists no NPU address of this host, so the two were not "
                        "compared"});
  const std::string named = server->container_ip.value_or(server->server_id);
  EXPECT_EQ(named, address) << Finding{
      .expected = said("{}:rank table 第 {} 行的 container_ip,本机的 NPU 列在那里",
                       "{}: container_ip in line {} of the rank table, where this host's "
                       "NPUs are listed",
                       named, server->line),
      .actual = "MIES_CONTAINER_IP=" + address,
      .why = {"MindIE 会把本机当成 rank table 中的另一台",
              "MindIE takes this host for another one of the rank table"}};
}

}  // namespace touchstone
