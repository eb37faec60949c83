#include "suites/chapters.h"
#include "suites/config_rules.h"
#include "suites/probes.h"
#include "suites/probes_config.h"
#include "suites/probes_container.h"
#include "suites/probes_environment.h"
#include "suites/probes_weights.h"
#include "suites/remedies.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

Step of_config(Step step) {
  return standing_on({"0.2", "4.2.1"}, std::move(step));
}

const Text kEditConfig{
    "修改 conf/config.json 并保留副本;正在运行的服务仍是旧值,直到重启",
    "edit conf/config.json and keep a copy; a running service keeps the old values "
    "until it is restarted"};

}  // namespace

Chapter service_variables() {
  Chapter chapter{.id = "6.1", .title = {"服务化环境", "The environment of the service"}};
  chapter.step(of_config(
      {.id = "6.1.1",
       .name = "ServiceSeesContainerIp",
       .title = {"容器内的 rank table 带有 container_ip",
                 "The rank table inside carries container_ip"},
       .requirement = {"服务所见的 rank table 中每个 server 都有 container_ip",
                       "In the rank table that the service sees every server has a container_ip"},
       .place = "6.1, instruction 1",
       .on = Scope::kHost,
       .probes = {kServiceRankTable},
       .stands_on = {"3.2.2"},
       .expect = expect_container_ip_inside,
       .remedy = {
           .risk = Risk::kSafe,
           .text = {
               "主机上的文件不对:用 touchstone rank-table build 重新生成并分发;主机上的文件正确而"
               "容器看到的不同:docker restart 该容器,使挂载指向现在的文件",
               "the host's file is wrong: build it anew with `touchstone rank-table build` and "
               "bring "
               "it to every host; it is right and another is seen inside: `docker restart` the "
               "container, so that its mount is the file of now"}}}));
  repaired_by(chapter, "6.1.1", fix_rank_table_inside,
              {kContainer, kRankTableStat, kRankTable, kIp});
  return chapter;
}

Chapter service_config() {
  Chapter chapter{.id = "6.2", .title = {"服务化参数", "The configuration of the service"}};
  chapter.step(of_config(
      {.id = "6.2.1",
       .name = "ConfigIsStrictJson",
       .title = {"config.json 为严格 JSON 且为私有", "config.json is strict JSON, and private"},
       .requirement =
           {"没有注释、没有重复的键、没有多余或缺少的逗号;任何一位权限不超过配置档的 config_mode",
            "No comments, no key twice, no comma too many or too few; no permission "
            "digit above the profile's config_mode"},
       .place = "6.2, instruction 1",
       .on = Scope::kHost,
       .probes = {kServiceConfig, kConfigFileStat},
       .expect = expect_strict_config,
       .remedy = {.risk = Risk::kSafe, .text = kEditConfig}}));
  chapter.step(of_config(
      {.id = "6.2.2",
       .name = "ParametersAreAsDocumented",
       .title = {"6.2 节的参数取值正确", "The parameters of section 6.2 have their values"},
       .requirement = {"每个参数等于配置档的值或在其范围内,地址为本机服务地址,TLS 开关与站点一致",
                       "Each parameter has the profile's value or lies in its range, the "
                       "address is this host's, the TLS switches are the site's"},
       .place = "6.2, instructions 2–20",
       .on = Scope::kHost,
       .probes = {kServiceConfig, kShellEnvironment, kBashrc},
       .stands_on = {"6.2.1"},
       .expect = expect_parameters,
       .remedy = {.risk = Risk::kSafe, .text = kEditConfig}}));
  chapter.step(of_config(
      {.id = "6.2.3",
       .name = "ParametersFitEachOther",
       .title = {"参数之间互相匹配", "The parameters fit each other"},
       .requirement = {"长度与批大小互不矛盾,端口不冲突,worldSize 等于列出的 NPU 数",
                       "Lengths and batch sizes do not contradict one another, ports do not "
                       "collide, worldSize is the number of listed NPUs"},
       .place = "beyond the guide",
       .on = Scope::kHost,
       .probes = {kServiceConfig},
       .stands_on = {"6.2.1"},
       .expect = expect_fitting_parameters,
       .remedy = {.text = kEditConfig}}));
  chapter.step(
      of_config({.id = "6.2.4",
                 .name = "ConfigIsTheSame",
                 .title = {"除本机地址外各主机配置相同",
                           "Apart from the own address the configuration is the same"},
                 .requirement = {"组内各主机的 config.json 只有 ipAddress 可以不同",
                                 "The config.json of a group's hosts may differ in ipAddress only"},
                 .place = "6.1, last paragraph",
                 .on = Scope::kGroup,
                 .probes = {kServiceConfig},
                 .stands_on = {"6.2.1"},
                 .expect = expect_same_config,
                 .remedy = {.risk = Risk::kSafe, .text = kEditConfig}}));
  const std::vector<Question> asks{kServiceConfig, kShellEnvironment, kWeightsPath};
  repaired_by(chapter, "6.2.1", fix_config_file, asks);
  repaired_by(chapter, "6.2.2", fix_parameters, asks);
  repaired_by(chapter, "6.2.4", fix_same_config, asks);
  return chapter;
}

}  // namespace touchstone
