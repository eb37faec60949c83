#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/model/base64.h"
#include "harness/model/said.h"
#include "reports/json.h"

namespace touchstone {

// A value and the way to it, for messages: "results[12].target".
class At {
 public:
  At(const nlohmann::json& json, std::string path) : json_(json), path_(std::move(path)) {}

  [[noreturn]] void wrong(const Text& expected) const {
    throw RunJsonError(said("run.json:{}:应为{},而得到 {}", "run.json: {}: expected {}, found {}",
                            place(), expected, json_.type_name()));
  }

  std::optional<At> find(const std::string& key) const {
    if (!json_.is_object()) wrong({"对象", "an object"});
    auto at = json_.find(key);
    if (at == json_.end()) return std::nullopt;
    return At(*at, path_.empty() ? key : path_ + "." + key);
  }

  At need(const std::string& key) const {
    if (auto at = find(key)) return *at;
    throw RunJsonError(
        said("run.json:{}:缺少键 \"{}\"", "run.json: {}: the key \"{}\" is missing", place(), key));
  }

  template <class Each>
  void each(Each each) const {
    if (!json_.is_array()) wrong({"数组", "an array"});
    for (std::size_t i = 0; i < json_.size(); ++i)
      each(At(json_[i], fmt::format("{}[{}]", path_, i)));
  }

  template <class Each>
  void each_member(Each each) const {
    if (!json_.is_object()) wrong({"对象", "an object"});
    for (const auto& [key, value] : json_.items()) each(key, At(value, path_ + "." + key));
  }

  const std::string& string() const {
    return json_.is_string() ? json_.get_ref<const std::string&>()
                             : (wrong({"字符串", "a string"}), path_);
  }
  bool boolean() const {
    return json_.is_boolean() ? json_.get<bool>()
                              : (wrong({"true 或 false", "true or false"}), false);
  }
  double number() const {
    return json_.is_number() ? json_.get<double>() : (wrong({"数字", "a number"}), 0.0);
  }

  long long integer(long long least, long long most) const {
    const bool fits = json_.is_number_integer() &&
                      !(json_.is_number_unsigned() && json_.get<std::uint64_t>() > INT64_MAX);
    if (!fits || json_.get<long long>() < least || json_.get<long long>() > most)
      wrong(said("{} 到 {} 的整数", "a whole number from {} to {}", least, most));
    return json_.get<long long>();
  }
  std::size_t count() const { return static_cast<std::size_t>(integer(0, INT64_MAX)); }
  int small() const { return static_cast<int>(integer(INT32_MIN, INT32_MAX)); }

  // The text at `key`, from its exact bytes where it has some that are no UTF-8.
  std::string bytes(const std::string& key) const {
    std::string text = need(key).string();
    const auto exact = find(key + "_b64");
    if (!exact) return text;
    auto decoded = from_base64(exact->string());
    if (!decoded) exact->wrong({"带填充的 base64", "base64 with padding"});
    return *decoded;
  }
  std::string bytes_or_none(const std::string& key) const { return find(key) ? bytes(key) : ""; }

  Text text(const std::string& key) const {
    const auto both = find(key);
    if (!both) return {};
    return {.zh = both->bytes("zh"), .en = both->bytes("en")};
  }

  std::vector<std::string> strings(const std::string& key) const {
    std::vector<std::string> all;
    need(key).each([&](const At& one) { all.push_back(one.string()); });
    return all;
  }

  std::map<std::string, std::string> map(const std::string& key) const {
    const At object = need(key);
    if (!object.json_.is_object()) object.wrong({"对象", "an object"});
    std::map<std::string, std::string> all;
    for (const auto& [name, value] : object.json_.items())
      if (!exact_bytes_of_another(object.json_, name)) all[name] = object.bytes(name);
    return all;
  }

 private:
  Phrase place() const {
    return path_.empty() ? Phrase("整个文档", "the document") : Phrase(path_);
  }
  static bool exact_bytes_of_another(const nlohmann::json& object, const std::string& name) {
    return name.ends_with("_b64") && object.contains(name.substr(0, name.size() - 4));
  }

  const nlohmann::json& json_;
  std::string path_;
};

}  // namespace touchstone
