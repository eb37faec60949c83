// One configuration by itself: is it JSON, and has it the values of guide 6.2?
#include "suites/config_rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/finding.h"
#include "harness/model/said.h"
#include "harness/model/value_rule.h"
#include "suites/config_places.h"
#include "suites/known.h"
#include "suites/probes_config.h"
#include "suites/probes_environment.h"

namespace touchstone {
namespace {

using Place = MindieConfig::Place;
using Type = JsonNode::Type;

std::string path_of(const Evidence& host) {
  return host.profile().mindie_path + "/conf/config.json";
}

Text why_not_json(const std::string& reason) {
  if (reason.find("comment") != std::string::npos)
    return {"指南 6.2 的示例带有 # 注释;粘贴后不再是 JSON,服务无法启动",
            "the sample of guide 6.2 carries # comments; pasted, the file is no JSON any more and "
            "the service does not start"};
  if (reason.find("comma is missing") != std::string::npos)
    return {"指南 6.2 中 modelName 一行末尾缺逗号,原样粘贴即是如此",
            "the line with modelName in guide 6.2 lacks its comma, and so does what is pasted "
            "from it"};
  if (reason.find("second time") != std::string::npos)
    return {"同一对象中键重复:只有其中一个生效,读者无法知道是哪一个",
            "the key is there twice in one object: one of them counts, and no reader knows which"};
  return {"MindIE 要求严格的 JSON,否则无法启动", "MindIE wants strict JSON, or it does not start"};
}

void tell_not_json(const Evidence& host, const Refusal& refusal) {
  const Answer* answer = host.answer(kServiceConfig);
  const TextPosition at{refusal.line, refusal.column};
  ADD_FAILURE() << Finding{
      .expected = {"严格的 JSON", "strict JSON"},
      .actual = said("config.json:{}", "config.json: {}", refusal.reason),
      .why = why_not_json(refusal.reason.en),
      .next = {"按所示位置修改,保留原文件的副本", "correct it at this place, and keep a copy"},
      .excerpt = answer && at.line > 0 ? excerpt_of(answer->out, at) : ""};
}

}  // namespace

void expect_strict_config(const Evidence& host) {
  const auto& parsed = host.parsed(kServiceConfig);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) {
    ADD_FAILURE() << Finding{.expected = path_of(host),
                             .actual = {"容器中没有这个文件", "no such file in the container"},
                             .why = {"MindIE 未安装,或安装在别处(site: mindie_path)",
                                     "MindIE is not installed, or elsewhere (`mindie_path` under "
                                     "`site`)"}};
    return;
  }
  if (!parsed && parsed.refusal().kind != Refusal::Kind::kErrorText)
    tell_not_json(host, parsed.refusal());
  else
    (void)host[kServiceConfig];  // a message of cat is no evidence
  const FileStat& file = host[kConfigFileStat];
  const std::string& digits = host.profile().config_mode;
  const std::string chmod = fmt::format("chmod {} {}", digits, path_of(host));
  EXPECT_TRUE(mode_within(file.mode, mode_of_digits(digits))) << Finding{
      .expected = said("权限的每一位都不超过 {}", "no permission digit above {}", digits),
      .actual = mode_text(file.mode),
      .why = {"MindIE 拒绝其他用户可读的配置(check other group permission failed)",
              "MindIE refuses a configuration that others may read (check other group permission "
              "failed)"},
      .next = {chmod, chmod}};
}

bool parameter_fits(const JsonNode& node, const std::string& wanted) {
  if (wanted == "any") return node.type != Type::kNull && !node.text.empty();
  if (wanted == "true" || wanted == "false")
    return node.type == Type::kBoolean && node.text == wanted;
  const bool number = wants_number(wanted);
  return node.type == (number ? Type::kNumber : Type::kString) && value_fits(node.text, wanted);
}

namespace {

using Expectation = WantedParameter;

void tell_missing(const MindieConfig& config, const Expectation& one) {
  Text elsewhere;
  std::string excerpt;
  for (const Place& place : config.all_of(one.key)) {
    elsewhere = elsewhere + said(";它在第 {1} 行写作 {0},MindIE 不从那里读取",
                                 "; it stands as {} in line {}, where MindIE does not read it",
                                 place.path, place.value->position.line);
    excerpt = excerpt_of(config.text, place.value->position);
  }
  ADD_FAILURE() << Finding{
      .expected = fmt::format("\"{}\": {}", config_path_of(one.key), one.wanted),
      .actual = Text{"config.json:没有这个键", "config.json: the key is not there"} + elsewhere,
      .why = one.why,
      .next = {fmt::format("在 {} 处写入该参数", config_path_of(one.key)),
               fmt::format("write the parameter at {}", config_path_of(one.key))},
      .excerpt = excerpt};
}

// The guide's sed lines want a comma behind the value.
Text how_to_change(const Place& place) {
  if (place.key_in->members.empty() || &place.key_in->members.back().value != place.value)
    return {"修改该值;指南 6.2 的 sed 命令执行后要看结果",
            "change the value; look at the result "
            "after the guide's sed lines (6.2)"};
  return {
      "这是其对象中的最后一个键,后面没有逗号:指南 6.2 的 sed 命令匹配不到它,什么也不改。请用编辑"
      "器修改",
      "the key is the last of its object and has no comma behind it: the guide's sed lines "
      "(6.2) do not match and change nothing. Change it in an editor"};
}

void expect_parameter(const MindieConfig& config, const Expectation& one) {
  const auto places = config.read_at(one.key);
  if (places.empty()) return tell_missing(config, one);
  for (const Place& place : places) {
    EXPECT_TRUE(parameter_fits(*place.value, one.wanted))
        << Finding{.expected = fmt::format("\"{}\": {}", last_key(place.path), one.wanted),
                   .actual = shown(config, place),
                   .why = one.why,
                   .next = how_to_change(place),
                   .excerpt = excerpt_of(config.text, place.value->position)};
  }
}

Text why_parameter(const std::string& key) {
  if (key == "multiNodesInferEnabled")
    return {"多机推理必须开启(指南 6.2)", "inference over several servers must be on (guide 6.2)"};
  if (key == "port") return {"客户端与指南 6.4 使用该端口", "clients and guide 6.4 use this port"};
  if (key.starts_with("max"))
    return {"大小参数超出配置档给出的范围;出厂值不适合该模型(指南 6.2)",
            "the size lies outside of the profile's range; the shipped value does not suit this "
            "model (guide 6.2)"};
  return {"指南 6.2 规定了该参数", "guide 6.2 has a value for this parameter"};
}

}  // namespace

std::vector<WantedParameter> wanted_parameters(const Profile& profile) {
  std::vector<WantedParameter> all;
  const auto& values = profile.service_config;
  for (const auto& [key, wanted] : values) all.push_back({key, wanted, why_parameter(key)});
  for (const char* key : {"httpsEnabled", "interCommTLSEnabled", "interNodeTLSEnabled"})
    if (!values.contains(key) && !values.contains(config_path_of(key)))
      all.push_back({key,
                     profile.service_tls == "on" ? "true" : "false",
                     {"三个 TLS 开关须与站点设置 service_tls 一致;没有证书却打开则无法启动",
                      "the three TLS switches follow the site's `service_tls`; switched on without "
                      "certificates the service does not start"}});
  return all;
}

std::string wanted_npus(int npus) {
  std::string wanted = "[[";
  for (int npu = 0; npu < npus; ++npu) wanted += (npu ? "," : "") + std::to_string(npu);
  return wanted + "]]";
}

namespace {

void expect_path_of_weights(const MindieConfig& config) {
  for (const Place& place : config.read_at("modelWeightPath"))
    EXPECT_TRUE(place.value->text.empty() || place.value->text.front() == '/')
        << Finding{.expected = {"绝对路径", "an absolute path"},
                   .actual = shown(config, place),
                   .why = {"示例中的占位文字没有替换,或写成了相对路径",
                           "the sample's placeholder was not replaced, or the path is relative"},
                   .next = how_to_change(place),
                   .excerpt = excerpt_of(config.text, place.value->position)};
}

void expect_npus(const MindieConfig& config, int npus) {
  expect_parameter(config, {"worldSize",
                            std::to_string(npus),
                            {"config.json 的 worldSize 是单机卡数;总卡数是环境变量 WORLD_SIZE",
                             "worldSize in config.json counts the NPUs of one server; those of all "
                             "servers are WORLD_SIZE in the environment"}});
  const std::string wanted = wanted_npus(npus);
  const Expectation listed{
      "npuDeviceIds", wanted, {"该机的所有 NPU 都要列出", "all NPUs of the server are listed"}};
  const auto places = config.read_at(listed.key);
  if (places.empty()) tell_missing(config, listed);
  for (const Place& place : places)
    EXPECT_EQ(compact(config, *place.value), wanted)
        << Finding{.expected = "\"npuDeviceIds\": " + wanted,
                   .actual = shown(config, place),
                   .why = listed.why,
                   .next = how_to_change(place),
                   .excerpt = excerpt_of(config.text, place.value->position)};
}

// MIES_CONTAINER_IP overrides ipAddress, so what counts is the first of them that is set.
void expect_service_address(const Evidence& host, const MindieConfig& config) {
  const std::string& own = host.host().service_address;
  const std::string* set = host[kShellEnvironment].find("MIES_CONTAINER_IP");
  if (set && !set->empty()) {
    EXPECT_EQ(*set, own) << Finding{
        .expected = "MIES_CONTAINER_IP=" + own,
        .actual = "MIES_CONTAINER_IP=" + *set,
        .why = {"MIES_CONTAINER_IP 优先于 ipAddress,服务会在错误的地址监听",
                "MIES_CONTAINER_IP overrides ipAddress: the service would listen at a wrong "
                "address"},
        .next = {"修改 ~/.bashrc(见 4.3.3)", "change ~/.bashrc (see 4.3.3)"}};
    return;
  }
  expect_parameter(config, {"ipAddress",
                            own,
                            {"没有设置 MIES_CONTAINER_IP,服务在 ipAddress 监听",
                             "MIES_CONTAINER_IP is not set, so the service listens at ipAddress"}});
}

}  // namespace

void expect_parameters(const Evidence& host) {
  const MindieConfig& config = host[kServiceConfig];
  for (const Expectation& one : wanted_parameters(host.profile())) expect_parameter(config, one);
  expect_npus(config, host.host().npus);
  expect_path_of_weights(config);
  expect_service_address(host, config);
}

}  // namespace touchstone
