#include "suites/chapters.h"
#include "suites/config_rules.h"
#include "suites/probes_config.h"
#include "suites/probes_environment.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

struct ConfigStep {
  const char* id;
  const char* name;
  Text title, requirement;
  const char* place;
  Scope on;
  std::vector<Question> probes;
  std::vector<std::string> stands_on;
  void (*expect)(const Evidence&);
  Text remedy;
  Risk risk = Risk::kSafe;
};

Step of_config(ConfigStep s) {
  s.stands_on.insert(s.stands_on.begin(), {"0.2", "4.2.1"});
  return {.id = s.id,
          .name = s.name,
          .title = std::move(s.title),
          .requirement = std::move(s.requirement),
          .place = s.place,
          .on = s.on,
          .probes = std::move(s.probes),
          .stands_on = std::move(s.stands_on),
          .expect = s.expect,
          .remedy = {.risk = s.risk, .text = std::move(s.remedy)}};
}

const Text kEdit{"修改 conf/config.json 并保留副本;正在运行的服务仍是旧值,直到重启",
                 "edit conf/config.json and keep a copy; a running service keeps the old values "
                 "until it is restarted"};

}  // namespace

Chapter service_variables() {
  Chapter chapter{.id = "6.1", .title = {"服务化环境", "The environment of the service"}};
  chapter.step(of_config(
      {"6.1.1",
       "ServiceSeesContainerIp",
       {"容器内的 rank table 带有 container_ip", "The rank table inside carries container_ip"},
       {"服务所见的 rank table 中每个 server 都有 container_ip",
        "In the rank table that the service sees every server has a container_ip"},
       "6.1, instruction 1",
       Scope::kHost,
       {kServiceRankTable},
       {"3.2.2"},
       expect_container_ip_inside,
       {"用 touchstone rank-table build 重新生成并分发",
        "build it anew with `touchstone rank-table build` and bring it to every host"}}));
  return chapter;
}

Chapter service_config() {
  Chapter chapter{.id = "6.2", .title = {"服务化参数", "The configuration of the service"}};
  chapter.step(of_config(
      {"6.2.1",
       "ConfigIsStrictJson",
       {"config.json 为严格 JSON 且为私有", "config.json is strict JSON, and private"},
       {"没有注释、没有重复的键、没有多余或缺少的逗号;任何一位权限不超过档案的 config_mode",
        "No comments, no key twice, no comma too many or too few; no permission "
        "digit above the profile's config_mode"},
       "6.2, instruction 1",
       Scope::kHost,
       {kServiceConfig, kConfigFileStat},
       {},
       expect_strict_config,
       kEdit}));
  chapter.step(
      of_config({"6.2.2",
                 "ParametersAreAsDocumented",
                 {"6.2 节的参数取值正确", "The parameters of section 6.2 have their values"},
                 {"每个参数等于档案的值或在其范围内,地址为本机服务地址,TLS 开关与站点一致",
                  "Each parameter has the profile's value or lies in its range, the "
                  "address is this host's, the TLS switches are the site's"},
                 "6.2, instructions 2–20",
                 Scope::kHost,
                 {kServiceConfig, kShellEnvironment, kBashrc},
                 {"6.2.1"},
                 expect_parameters,
                 kEdit}));
  chapter.step(of_config({"6.2.3",
                          "ParametersFitEachOther",
                          {"参数之间互相匹配", "The parameters fit each other"},
                          {"长度与批大小互不矛盾,端口不冲突,worldSize 等于列出的 NPU 数",
                           "Lengths and batch sizes do not contradict one another, ports do not "
                           "collide, worldSize is the number of listed NPUs"},
                          "beyond the guide",
                          Scope::kHost,
                          {kServiceConfig},
                          {"6.2.1"},
                          expect_fitting_parameters,
                          kEdit,
                          Risk::kHands}));
  chapter.step(of_config(
      {"6.2.4",
       "ConfigIsTheSame",
       {"除本机地址外各主机配置相同", "Apart from the own address the configuration is the same"},
       {"组内各主机的 config.json 只有 ipAddress 可以不同",
        "The config.json of a group's hosts may differ in ipAddress only"},
       "6.1, last paragraph",
       Scope::kGroup,
       {kServiceConfig},
       {"6.2.1"},
       expect_same_config,
       kEdit}));
  repaired_by(chapter, "6.2.1", fix_config_file);
  repaired_by(chapter, "6.2.2", fix_parameters);
  repaired_by(chapter, "6.2.4", fix_same_config);
  return chapter;
}

}  // namespace touchstone
