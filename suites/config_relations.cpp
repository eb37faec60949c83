// Configurations in relation: parameters to each other, and hosts to each other.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "harness/model/finding.h"
#include "harness/model/said.h"
#include "harness/model/value_rule.h"
#include "harness/parse/rank_table.h"
#include "suites/config_places.h"
#include "suites/config_rules.h"
#include "suites/known.h"
#include "suites/probes_config.h"
#include "suites/probes_weights.h"
#include "suites/rank_table_rules.h"
#include "suites/right_of.h"

namespace touchstone {
namespace {

using Place = MindieConfig::Place;

// A parameter that is a number, and where it stands; 6.2.2 tells of those that are not.
struct Number {
  double value = 0;
  Place place;
};

std::optional<Number> number_at(const MindieConfig& config, const char* key) {
  const auto places = config.read_at(key);
  if (places.empty() || places[0].value->type != JsonNode::Type::kNumber) return std::nullopt;
  return Number{std::strtod(places[0].value->text.c_str(), nullptr), places[0]};
}

std::string both_lines(const MindieConfig& config, const Place& a, const Place& b) {
  return excerpt_of(config.text, a.value->position) + "\n" +
         excerpt_of(config.text, b.value->position);
}

struct Ordered {
  const char *larger, *smaller;
  Text why;
};
const std::array kOrdered{
    Ordered{"maxSeqLen",
            "maxInputTokenLen",
            {"一个序列包含输入与输出", "a sequence holds what is put in and what comes out"}},
    Ordered{"maxSeqLen",
            "maxIterTimes",
            {"输出不可能比序列更长", "no answer can be longer than the sequence"}},
    Ordered{"maxPrefillTokens",
            "maxInputTokenLen",
            {"一次 prefill 必须容纳一个最长的输入", "one prefill must hold the longest input"}},
    Ordered{"maxBatchSize",
            "maxPrefillBatchSize",
            {"prefill 的批不能大于总批", "a batch of prefills is part of the whole batch"}},
};

// Each of these tells whether there was something to compare.
bool expect_at_least(const MindieConfig& config, const char* larger, const char* smaller,
                     const Text& why) {
  const auto a = number_at(config, larger), b = number_at(config, smaller);
  if (!a || !b) return false;
  EXPECT_GE(a->value, b->value) << Finding{
      .expected = fmt::format("{} >= {}", larger, smaller),
      .actual = fmt::format("{}; {}", shown(config, a->place), shown(config, b->place)),
      .why = why,
      .next = {fmt::format("增大 {} 或减小 {}", larger, smaller),
               fmt::format("raise {}, or lower {}", larger, smaller)},
      .excerpt = both_lines(config, a->place, b->place)};
  return true;
}

bool expect_own_port(const MindieConfig& config) {
  const auto port = number_at(config, "port"), nodes = number_at(config, "multiNodesInferPort");
  if (!port || !nodes) return false;
  EXPECT_NE(port->value, nodes->value) << Finding{
      .expected = {"port 与 multiNodesInferPort 不同", "port differs from multiNodesInferPort"},
      .actual = fmt::format("{}; {}", shown(config, port->place), shown(config, nodes->place)),
      .why = {"两者相同时服务启动失败(Endpoint port cannot be equal to multiNodesInferPort)",
              "the service does not start then (Endpoint port cannot be equal to "
              "multiNodesInferPort)"},
      .next = {"port 用指南的端口", "give port the guide's number"},
      .excerpt = both_lines(config, port->place, nodes->place)};
  return true;
}

// npuDeviceIds has one list for each instance of a model.
bool expect_world_size(const MindieConfig& config) {
  const auto listed = config.read_at("npuDeviceIds");
  if (listed.empty() || listed[0].value->items.empty()) return false;
  const auto sizes = config.read_at("worldSize");
  const std::size_t count = listed[0].value->items[0].items.size();
  for (const Place& place : sizes)
    EXPECT_TRUE(value_fits(place.value->text, std::to_string(count))) << Finding{
        .expected = said("\"worldSize\": {},与 npuDeviceIds 的个数相同",
                         "\"worldSize\": {}, as many as npuDeviceIds lists", count),
        .actual = shown(config, place),
        .why = {"worldSize 是单机卡数,与 npuDeviceIds 一致;总卡数只写在环境变量 WORLD_SIZE",
                "worldSize counts the NPUs of one server, those in npuDeviceIds; the number of all "
                "NPUs stands in the environment's WORLD_SIZE only"},
        .next = {"改为列出的 NPU 数", "write the number of NPUs that are listed"},
        .excerpt = both_lines(config, listed[0], place)};
  return !sizes.empty();
}

}  // namespace

void expect_fitting_parameters(const Evidence& host) {
  const MindieConfig& config = host[kServiceConfig];
  std::vector<std::string> left;
  for (const auto& [larger, smaller, why] : kOrdered)
    if (!expect_at_least(config, larger, smaller, why))
      left.push_back(fmt::format("{} >= {}", larger, smaller));
  if (!expect_own_port(config)) left.emplace_back("port, multiNodesInferPort");
  if (!expect_world_size(config)) left.emplace_back("worldSize, npuDeviceIds");
  if (left.size() == kOrdered.size() + 2)
    throw NoEvidence({"config.json 中没有可以互相比较的参数(见 6.2.2)",
                      "config.json has no parameters that could be compared (see 6.2.2)"});
  if (!left.empty())
    host.remark({fmt::format("缺少参数(见 6.2.2),未比较:{}", fmt::join(left, ";")),
                 fmt::format("not compared, since a parameter is not there (see 6.2.2): {}",
                             fmt::join(left, "; "))});
}

void expect_container_ip_inside(const Evidence& host) {
  const bool equal = host.profile().container_ip_equals_server_id;
  for (const RankTableProblem& problem :
       container_ip_problems(host[kServiceRankTable], host.profile()))
    ADD_FAILURE() << Finding{
        .expected =
            equal ? Phrase("container_ip,与 server_id 相同", "container_ip, equal to server_id")
                  : Phrase("container_ip"),
        .actual = said("第 {} 行:{}", "line {}: {}", problem.line, problem.message),
        .why = {"服务按 MIES_CONTAINER_IP 在 container_ip 中找到本机;hccl_tools.py 不写该字段",
                "the service looks for MIES_CONTAINER_IP among the container_ips; hccl_tools.py "
                "writes none"}};
}

namespace {

// Every value of a configuration by its path. ipAddress is each host's own or the master's; so may
// the management address be.
void flatten(const MindieConfig& config, const JsonNode& node, const std::string& path,
             const std::string& own, std::map<std::string, Place>& into) {
  for (const auto& [key, value] : node.members) {
    const std::string here = path.empty() ? key : fmt::format("{}.{}", path, key);
    if (here == config_path_of("ipAddress")) continue;
    if (here == config_path_of("managementIpAddress") && value.text == own) continue;
    if (value.type == JsonNode::Type::kObject)
      flatten(config, value, here, own, into);
    else if (value.type == JsonNode::Type::kArray && !value.items.empty() &&
             value.items[0].type == JsonNode::Type::kObject)
      for (std::size_t i = 0; i < value.items.size(); ++i)
        flatten(config, value.items[i], fmt::format("{}[{}]", here, i), own, into);
    else
      into[here] = {here, &node, &value};
  }
}

struct OfHost {
  Evidence host;
  const MindieConfig* config;
  std::map<std::string, Place> places;
};

std::string value_of(const OfHost& one, const std::string& path) {
  const auto at = one.places.find(path);
  return at == one.places.end() ? "is not there" : compact(*one.config, *at->second.value);
}

std::string bare(const std::string& value) {
  const bool text = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return text ? value.substr(1, value.size() - 2) : value;
}

// Whose values may be right: of those that find their weights, or of all where none does.
std::vector<bool> examples_among(const std::vector<OfHost>& all) {
  std::vector<bool> examples;
  for (const OfHost& one : all) examples.push_back(!weights_are_missing(one.host));
  if (std::find(examples.begin(), examples.end(), true) == examples.end())
    examples.assign(all.size(), true);
  return examples;
}

struct Compared {
  std::vector<OfHost> hosts;
  struct Difference {
    std::size_t host;
    std::string path, right;
  };
  std::vector<Difference> differences;
};

Compared compared(const Evidence& group) {
  Compared result;
  std::vector<OfHost>& all = result.hosts;
  std::set<std::string> paths;
  for (const auto& [host, config] : group.each(kServiceConfig)) {
    all.push_back({host, config, {}});
    flatten(*config, config->root, "", host.host().service_address, all.back().places);
    for (const auto& [path, place] : all.back().places) paths.insert(path);
  }
  const std::vector<bool> examples = examples_among(all);
  for (const std::string& path : paths) {
    // What one host has for its own address is no difference.
    if (path == config_path_of("managementIpAddress") &&
        std::any_of(all.begin(), all.end(),
                    [&](const auto& o) { return !o.places.contains(path); }))
      continue;
    NamedValues values;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (examples[i]) values.emplace_back(all[i].host, value_of(all[i], path));
    std::string wanted;
    for (const auto& [key, rule] : group.profile().service_config)
      if (key == path || key == last_key(path)) wanted = rule;
    const std::string right = right_of(values, [&](const std::string& v) {
      return v != "is not there" && (wanted.empty() || value_fits(bare(v), wanted));
    });
    for (std::size_t i = 0; i < all.size(); ++i)
      if (value_of(all[i], path) != right) result.differences.push_back({i, path, right});
  }
  return result;
}

void tell_difference(const OfHost& one, const std::string& path, const std::string& right) {
  const auto at = one.places.find(path);
  const bool there = at != one.places.end();
  const std::string value = value_of(one, path);
  ADD_FAILURE() << Finding{
      .target = one.host.target().str(),
      .expected = said("\"{}\": {},与其他主机相同", "\"{}\": {}, as on the other hosts", path,
                       right == "is not there" ? Phrase("没有", right) : Phrase(right)),
      .actual = there ? Phrase(shown(*one.config, at->second))
                      : Phrase("config.json:没有这个键", "config.json: the key is not there"),
      .why = {"除本机地址外,各主机的配置应当相同(指南 6.1)",
              "apart from its own address the configuration is the same on every host (guide 6.1)"},
      .next = {"改成与其他主机相同", "write what the other hosts have"},
      .excerpt = there ? excerpt_of(one.config->text, at->second.value->position) : ""};
}

}  // namespace

bool weights_are_missing(const Evidence& host) {
  const std::string& name = host.target().host;
  if (!host.book().find_answer(name, -1, kWeightsFiles.key)) return false;
  try {
    const auto& files = host.book().parsed(name, -1, kWeightsFiles, false);
    // Docker makes an empty folder for a mount whose source is not there.
    return files ? shards_of(files.value()).empty() : refused_as(files, Refusal::Kind::kNotSet);
  } catch (const NoEvidence&) {
    return false;
  }
}

const std::vector<ConfigDifference>& config_differences(const Evidence& any) {
  return any.book().once(any.group(), "differences of configurations", [&] {
    ReadLog log;
    const Compared result = compared(Evidence(any.book(), {.group = any.group().name}, log));
    std::vector<ConfigDifference> differences;
    for (const auto& one : result.differences)
      differences.push_back({result.hosts[one.host].host.target().host, one.path, one.right});
    return differences;
  });
}

void expect_same_config(const Evidence& group) {
  const Compared result = compared(group);
  for (const auto& one : result.differences)
    tell_difference(result.hosts[one.host], one.path, one.right);
}

}  // namespace touchstone
