#include "harness/config/profile.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/embedded_profiles.h"
#include "harness/config/nearest.h"
#include "harness/config/profile_reader.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// Profiles can be based on one another; a circle must end.
constexpr int kLongestChain = 8;

const EmbeddedProfile& embedded(const std::string& name) {
  const auto all = embedded_profiles();
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const EmbeddedProfile& p) { return p.name == name; });
  if (at != all.end()) return *at;
  std::vector<std::string_view> names;
  for (const EmbeddedProfile& profile : all) names.push_back(profile.name);
  const auto near = nearest(name, names);
  throw ConfigError(
      {{.file = "profile",
        .message = said("没有名为 {} 的 profile{};现有:{}(或以 .yaml 结尾的路径)",
                        "there is no profile {}{}; there are: {} (or a path that ends in .yaml)",
                        touchstone::quoted(name),
                        near ? said(";是否为 {}?", "; did you mean {}?", *near) : Text(),
                        fmt::join(names, ", "))}});
}

class Depth {
 public:
  explicit Depth(const std::string& file) {
    if (++depth_ <= kLongestChain) return;
    --depth_;
    throw ConfigError({{.file = file,
                        .message = {"profile 互相引用,形成循环",
                                    "profiles are based on one another in a circle"}}});
  }
  ~Depth() { --depth_; }

 private:
  static thread_local int depth_;
};
thread_local int Depth::depth_ = 0;

}  // namespace

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const EmbeddedProfile& profile : embedded_profiles()) names.emplace_back(profile.name);
  std::sort(names.begin(), names.end());
  return names;
}

Profile parse_profile(std::string_view text, const std::string& file_name) {
  const Depth depth(file_name);
  const SourceText source(text, file_name);
  const YamlNode root = read_yaml(source);
  Mistakes mistakes(file_name);
  const Where where(mistakes, std::filesystem::path(file_name).parent_path());
  Profile profile;
  const auto based_on =
      std::find_if(root.members.begin(), root.members.end(),
                   [](const YamlMember& member) { return member.key.text == "based_on"; });
  const bool has_base = based_on != root.members.end();
  if (has_base && based_on->value.kind != YamlNode::Kind::kNothing)
    profile = referenced_profile(based_on->value, where.in("based_on"));
  read_profile(profile, root, where, ProfilePart::kFile, has_base);
  mistakes.throw_if_any();
  return profile;
}

Profile find_profile(const std::string& name_or_path) {
  if (is_profile_path(name_or_path))
    return parse_profile(read_config_file(name_or_path, {"profile 文件", "the profile"}),
                         name_or_path);
  return parse_profile(embedded(name_or_path).text, name_or_path + ".yaml");
}

std::string profile_text(const std::string& name_or_path) {
  if (is_profile_path(name_or_path)) return write_profile(find_profile(name_or_path));
  return std::string(embedded(name_or_path).text);
}

}  // namespace touchstone
