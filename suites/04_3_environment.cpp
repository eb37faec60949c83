#include "suites/chapters.h"
#include "suites/environment_rules.h"
#include "suites/probes.h"
#include "suites/probes_environment.h"
#include "suites/remedies.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

Step of_variables(Step step) {
  return standing_on({"0.2", "4.2.1"}, std::move(step));
}

const Text kEditBashrc{
    "修改容器内的 ~/.bashrc;已在运行的服务仍是旧值,直到重启(6.3.7)",
    "edit ~/.bashrc in the container; a running service keeps the old values until "
    "it is restarted (6.3.7)"};

void add_values(Chapter& chapter) {
  chapter.step(of_variables(
      {.id = "4.3.1",
       .name = "SetEnvIsSourced",
       .title = {"四个 set_env.sh 存在并由 ~/.bashrc 加载",
                 "The four set_env.sh are there and ~/.bashrc reads them"},
       .requirement = {"CANN、ATB、atb-models 与 MindIE 的环境脚本存在且写入 ~/.bashrc",
                       "The scripts of CANN, ATB, atb-models and MindIE exist, and "
                       "~/.bashrc sources each"},
       .place = "4.3, instructions 2–5",
       .on = Scope::kHost,
       .probes = {kSetEnvScripts, kBashrc},
       .expect = expect_set_env,
       .remedy = {.risk = Risk::kSafe, .text = kEditBashrc}}));
  chapter.step(of_variables(
      {.id = "4.3.2",
       .name = "VariablesAreAsDocumented",
       .title = {"指南规定的变量取值正确", "The documented variables have their values"},
       .requirement = {"在新的交互式 shell 中,每个变量等于配置档中的值或在其范围内",
                       "In a new interactive shell each variable has the profile's value, "
                       "or lies in its range"},
       .place = "4.3, instructions 6–22",
       .on = Scope::kHost,
       .probes = {kShellEnvironment, kBashrc},
       .expect = expect_documented,
       .remedy = {.risk = Risk::kSafe, .text = kEditBashrc}}));
  chapter.step(of_variables(
      {.id = "4.3.3",
       .name = "OwnVariablesAreRight",
       .title = {"WORLD_SIZE、本机地址与 rank table 路径正确",
                 "WORLD_SIZE, the own address and the rank table's path are right"},
       .requirement =
           {"WORLD_SIZE 为组内 NPU 总数,MIES_CONTAINER_IP 为本机服务地址,RANKTABLEFILE(MindIE 2.1 "
            "起为 "
            "RANK_TABLE_FILE)指向 rank table",
            "WORLD_SIZE is the number of NPUs of the group, MIES_CONTAINER_IP this host's service "
            "address, and RANKTABLEFILE (RANK_TABLE_FILE from MindIE 2.1) names the rank table"},
       .place = "4.3, instructions 9–12",
       .on = Scope::kHost,
       .probes = {kShellEnvironment, kBashrc},
       .expect = expect_own,
       .remedy = {.risk = Risk::kSafe, .text = kEditBashrc}}));
  chapter.step(of_variables(
      {.id = "4.3.4",
       .name = "VariablesAreTheSame",
       .title = {"除本机地址外各主机变量相同",
                 "Apart from the own address the variables are the same"},
       .requirement = {"组内各主机的变量只有 MIES_CONTAINER_IP 不同",
                       "The variables of a group's hosts differ in MIES_CONTAINER_IP only"},
       .place = "6.1, last paragraph",
       .on = Scope::kGroup,
       .probes = {kShellEnvironment, kBashrc},
       .expect = expect_shared,
       .remedy = {.risk = Risk::kSafe, .text = kEditBashrc}}));
}

void add_mistakes(Chapter& chapter) {
  chapter.step(of_variables(
      {.id = "4.3.5",
       .name = "StartFileHasNoSlips",
       .title = {"~/.bashrc 中没有重复、空值与拼写错误",
                 "No variable of ~/.bashrc is set twice, emptied by a blank, or misspelt"},
       .requirement =
           {"同一变量没有两个不同的值,没有 `export X= v` 造成的空值,没有已知的拼写错误",
            "No variable has two different values, none is empty by `export X= v`, and no known "
            "misspelling stands without the right name"},
       .place = "beyond the guide",
       .on = Scope::kHost,
       .probes = {kBashrc},
       .expect = expect_clean_bashrc,
       .remedy = {.risk = Risk::kSafe, .text = kEditBashrc}}));
  chapter.step(of_variables(
      {.id = "4.3.6",
       .name = "OwnAddressIsUp",
       .title = {"MIES_CONTAINER_IP 在本机上可用,且与 rank table 一致",
                 "MIES_CONTAINER_IP is up on this host and is its own in the rank table"},
       .requirement =
           {"该地址在本机某个启用的接口上,且 rank table 中列出本机 NPU 地址的 server 就是它",
            "The address is on an interface of this host that is up, and names the server that "
            "lists "
            "this host's NPU addresses in the rank table"},
       .place = "beyond the guide",
       .on = Scope::kHost,
       .probes = {kShellEnvironment, kBashrc, kHostAddresses, kRankTable, kIp},
       .stands_on = {"1.1.2", "3.1.10", "3.2.2"},
       .expect = expect_own_address,
       .remedy = {.risk = Risk::kSafe, .text = kEditBashrc}}));
}

}  // namespace

Chapter environment() {
  Chapter chapter{.id = "4.3", .title = {"环境变量", "Environment variables"}};
  add_values(chapter);
  add_mistakes(chapter);
  // One block of the file holds all that is wrong.
  const std::vector<Question> asks{kSetEnvScripts, kBashrc, kShellEnvironment};
  repaired_by(chapter, "4.3.1", fix_set_env, asks);
  for (const char* id : {"4.3.2", "4.3.3", "4.3.5"})
    repaired_by(chapter, id, fix_environment, asks);
  repaired_by(chapter, "4.3.4", fix_shared_environment, asks);
  repaired_by(chapter, "4.3.6", fix_own_address, asks);
  return chapter;
}

}  // namespace touchstone
