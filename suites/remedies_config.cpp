#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/model/value_rule.h"
#include "suites/change_parts.h"
#include "suites/config_edit.h"
#include "suites/config_places.h"
#include "suites/config_rules.h"
#include "suites/probes_config.h"
#include "suites/probes_environment.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

// Where the profile gives a range only: guide 6.2.
const std::map<std::string, std::string>& settings_of_the_guide() {
  static const std::map<std::string, std::string> kValues{
      {"maxSeqLen", "24576"},   {"maxInputTokenLen", "16384"}, {"maxPrefillTokens", "16384"},
      {"maxIterTimes", "8192"}, {"maxBatchSize", "200"},       {"maxPrefillBatchSize", "10"}};
  return kValues;
}

const MindieConfig* config_of(const Evidence& host) {
  try {
    const auto& parsed = host.parsed(kServiceConfig);
    return parsed ? &parsed.value() : nullptr;
  } catch (const NoEvidence&) {
    return nullptr;
  }
}

bool fits(const std::string& json, const std::string& wanted) {
  const auto node = read_json(json);
  return node && parameter_fits(node.value(), wanted) &&
         json.find("[redacted]") == std::string::npos;
}

class ConfigPlanner {
 public:
  explicit ConfigPlanner(const Evidence& host) : host_(host), config_(host[kServiceConfig]) {
    ReadLog log;
    for (const Host& one : host.group().hosts) {
      const Evidence other(host.book(), {.group = host.group().name, .host = one.name}, log);
      const MindieConfig* config = one.name == host.target().host ? nullptr : config_of(other);
      if (!config || weights_are_missing(other)) continue;
      // The master's values come first.
      others_.insert(other.is_master() ? others_.begin() : others_.end(), config);
    }
    for (const ConfigDifference& one : config_differences(host))
      if (one.host == host.target().host) shared_[one.path] = one.right;
  }

  ConfigValues plan() {
    for (const WantedParameter& one : wanted_parameters(host_.profile())) parameter(one);
    parameter({"worldSize", std::to_string(host_.host().npus), {}});
    npus();
    service_address();
    for (const auto& [path, right] : shared_) {
      if (ruled_.contains(path)) continue;
      if (right != "is not there" && right.find("[redacted]") == std::string::npos)
        values_.emplace(path, right);
      else
        leave(path);
    }
    return std::move(values_);
  }
  const std::vector<Text>& left() const { return left_; }

 private:
  void leave(const std::string& path) {
    left_.push_back({path + " 应取何值只有人知道(配置档只给了范围,或别处也没有)",
                     "which value " + path +
                         " should have a person must tell: the profile has a range only, or no "
                         "other host has one"});
  }

  void set(const std::string& path, const std::string& key, const std::string& wanted,
           const JsonNode* now) {
    if (const auto value = right_value(path, key, wanted, now))
      values_[path] = *value;
    else
      leave(path);
  }

  void parameter(const WantedParameter& one) {
    const auto places = config_.read_at(one.key);
    const std::string path = config_path_of(one.key);
    if (places.empty() && path.find('.') == std::string::npos) return leave(one.key);
    if (places.empty()) {
      ruled_.insert(path);
      return set(path, one.key, one.wanted, nullptr);
    }
    for (const auto& place : places) {
      ruled_.insert(place.path);
      const auto shared = shared_.find(place.path);
      const bool differs = shared != shared_.end() && fits(shared->second, one.wanted);
      if (differs || !parameter_fits(*place.value, one.wanted))
        set(place.path, one.key, one.wanted, place.value);
    }
  }

  std::optional<std::string> right_value(const std::string& path, const std::string& key,
                                         const std::string& wanted, const JsonNode* now) const {
    std::vector<std::string> candidates;
    if (wanted != "any" && value_fits(wanted, wanted)) {
      const bool bare = wanted == "true" || wanted == "false" || wants_number(wanted);
      candidates.push_back(bare ? wanted : json_string(wanted));
    }
    if (const auto at = shared_.find(path); at != shared_.end()) candidates.push_back(at->second);
    if (now && now->type == JsonNode::Type::kString) candidates.push_back(now->text);  // "200"
    if (!now)
      for (const auto& elsewhere : config_.all_of(key))  // where MindIE does not read it
        candidates.push_back(compact(config_, *elsewhere.value));
    for (const MindieConfig* other : others_)
      for (const auto& place : other->read_at(key))
        candidates.push_back(compact(*other, *place.value));
    if (const auto at = settings_of_the_guide().find(last_key(key));
        at != settings_of_the_guide().end())
      candidates.push_back(at->second);
    for (const std::string& json : candidates)
      if (fits(json, wanted)) return json;
    return std::nullopt;
  }

  void npus() {
    const std::string wanted = wanted_npus(host_.host().npus);
    const auto places = config_.read_at("npuDeviceIds");
    if (places.empty()) values_[config_path_of("npuDeviceIds")] = wanted;
    for (const auto& place : places) {
      ruled_.insert(place.path);
      if (compact(config_, *place.value) != wanted) values_[place.path] = wanted;
    }
  }

  // MIES_CONTAINER_IP overrides ipAddress, and is 4.3.3's.
  void service_address() {
    try {
      const std::string* set = host_[kShellEnvironment].find("MIES_CONTAINER_IP");
      if (!set || set->empty()) parameter({"ipAddress", host_.host().service_address, {}});
    } catch (const NoEvidence&) {
      return;
    }
  }

  const Evidence& host_;
  const MindieConfig& config_;
  std::vector<const MindieConfig*> others_;
  std::map<std::string, std::string> shared_;
  std::set<std::string> ruled_;  // paths that a rule judges
  ConfigValues values_;
  std::vector<Text> left_;
};

std::string named_path(const Evidence& host) {
  return host.profile().mindie_path + "/conf/config.json";
}

// The one change of this host's config.json, whichever step asks for it.
std::vector<Change> config_change_of(const Evidence& host, std::vector<Text>& left) {
  const std::optional<std::string> was = text_of_file(host, kServiceConfig);
  if (!was) throw NoEvidence({"没有 config.json", "there is no config.json"});
  ConfigPlanner planner(host);
  const ConfigValues values = planner.plan();
  left = planner.left();
  const std::string text = edit_config(*was, values);
  if (text == *was) return {};
  std::string what;
  for (const auto& [path, value] : values)
    what += fmt::format("{}{} = {}", what.empty() ? "" : ", ", last_key(path), value);
  const std::string path = in_container(host.host(), named_path(host));
  return {{.host = host.target().host,
           .in_container = true,
           .subject = path,
           .stage = Stage::kServiceConfig,
           .what = {"config.json:" + what, "config.json: " + what},
           .interrupts = {"无;服务在下次启动时才读取(6.3.7)",
                          "nothing; the service reads it when it is started again (6.3.7)"},
           .file = FileChange{.path = path, .content = text, .was = was, .mode = "", .owner = ""}}};
}

}  // namespace

std::vector<Change> fix_config_file(const Evidence& host) {
  const FileStat& file = host[kConfigFileStat];
  const int limit = mode_of_digits(host.profile().config_mode);
  if (mode_within(file.mode, limit) || !file.is_regular()) {
    (void)edit_config(text_of_file(host, kServiceConfig).value_or(""), {});
    throw NoEvidence({"config.json 请手工修改", "edit config.json by hand"});
  }
  Change change = rights_change(host, true, named_path(host), {mode_text(file.mode), file.owner},
                                {.mode = mode_text(file.mode & limit), .owner = ""});
  change.stage = Stage::kServiceConfig;
  return {change};
}

std::vector<Change> fix_parameters(const Evidence& host) {
  std::vector<Text> left;
  std::vector<Change> changes = config_change_of(host, left);
  const std::string* set = host[kShellEnvironment].find("MIES_CONTAINER_IP");
  if (set && !set->empty() && *set != host.host().service_address)
    for (Change& change : fix_environment(host)) changes.push_back(std::move(change));
  if (changes.empty() && !left.empty()) throw NoEvidence(left.front());
  if (changes.empty())
    throw NoEvidence({"只有人知道正确的值(例如权重的路径)",
                      "only a person knows the right value, as of the weights' path"});
  return changes;
}

std::vector<Change> fix_same_config(const Evidence& group) {
  return changes_of_hosts(group, config_change_of);
}

}  // namespace touchstone
