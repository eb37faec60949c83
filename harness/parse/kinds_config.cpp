// Kinds of what the guide has one write inside the container: sections 4.3 and 6.2.
#include <array>

#include "harness/parse/bashrc.h"
#include "harness/parse/environ.h"
#include "harness/parse/ip_addr.h"
#include "harness/parse/kinds_json.h"
#include "harness/parse/mindie_config.h"

namespace touchstone {
namespace {

Json bashrc(const ShellSettings& value) {
  Json assignments = Json::array(), sources = Json::array();
  for (const auto& one : value.assignments)
    assignments.push_back({{"name", one.name},
                           {"value", one.value},
                           {"exported", one.exported},
                           {"computed", one.computed},
                           {"stray", one.stray},
                           {"line", one.line}});
  for (const auto& one : value.sources) sources.push_back({{"path", one.path}, {"line", one.line}});
  return {{"assignments", std::move(assignments)}, {"sources", std::move(sources)}};
}

Json environ_of(const Environment& value) {
  return {{"variables", value.variables}};
}

Json ip_addr(const IpAddresses& value) {
  Json all = Json::array();
  for (const auto& one : value.addresses)
    all.push_back({{"interface", one.interface},
                   {"address", one.address},
                   {"prefix", one.prefix},
                   {"up", one.up}});
  return {{"addresses", std::move(all)}};
}

// The parameters of the guide, each where the service reads it, as written.
Json mindie_config(const MindieConfig& value) {
  Json parameters = Json::array();
  for (const char* key :
       {"ipAddress", "managementIpAddress", "port", "httpsEnabled", "interCommTLSEnabled",
        "multiNodesInferEnabled", "multiNodesInferPort", "interNodeTLSEnabled", "npuDeviceIds",
        "maxSeqLen", "maxInputTokenLen", "modelName", "modelWeightPath", "worldSize",
        "maxPrefillBatchSize", "maxPrefillTokens", "maxBatchSize", "maxIterTimes"})
    for (const auto& place : value.read_at(key))
      parameters.push_back(
          {{"path", place.path},
           {"value", value.text.substr(place.value->begin, place.value->end - place.value->begin)},
           {"line", place.value->position.line},
           {"column", place.value->position.column}});
  return {{"parameters", std::move(parameters)}};
}

constexpr std::array kConfigKinds = {
    ParseKind{"bashrc",
              "cat ~/.bashrc",
              {"shell 启动文件的设置", "what a shell's start file sets"},
              one_to_json<ShellSettings, parse_bashrc, bashrc>},
    ParseKind{"environ",
              "env",
              {"进程的环境变量", "the environment of a process"},
              one_to_json<Environment, parse_environ, environ_of>},
    ParseKind{"ip-addr",
              "ip -j addr",
              {"主机的地址", "the addresses of a host"},
              one_to_json<IpAddresses, parse_ip_addr, ip_addr>},
    ParseKind{"mindie-config",
              "cat conf/config.json",
              {"服务的配置", "the configuration of the service"},
              one_to_json<MindieConfig, parse_mindie_config, mindie_config>},
};

}  // namespace

std::span<const ParseKind> config_kinds() {
  return kConfigKinds;
}

}  // namespace touchstone
