#include "harness/config/inventory.h"

#include <array>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "harness/config/endpoint_entry.h"
#include "harness/config/forms.h"
#include "harness/config/group_entry.h"
#include "harness/config/keys.h"
#include "harness/config/npu_network.h"
#include "harness/config/profile_reader.h"
#include "harness/config/secrets_entry.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// The whole file, as far as it can be read without knowing the rest of it.
struct InventoryFile {
  Inventory inventory;
  HostSettings defaults;
  const YamlNode* profile = nullptr;
  const YamlNode* groups = nullptr;
  const YamlNode* site = nullptr;
  const YamlNode* secrets = nullptr;
};

using N = const YamlNode&;
using W = const Where&;

Text title_error(std::string_view text) {
  if (text.size() <= 200) return {};
  return {"名称太长;它会出现在每份报告上,请写短一些",
          "the name is too long; it stands on every report, write a short one"};
}

constexpr std::array kFileFields{
    Field<InventoryFile>{"touchstone", [](InventoryFile&, N n, W w) { expect_version_1(n, w); },
                         true},
    Field<InventoryFile>{"cluster",
                         [](InventoryFile& file, N n, W w) {
                           file.inventory.cluster = checked_text_of(n, w, title_error).value_or("");
                         },
                         true},
    Field<InventoryFile>{"simulated",
                         [](InventoryFile& file, N n, W w) {
                           file.inventory.simulated = boolean_of(n, w).value_or(false);
                         }},
    Field<InventoryFile>{"profile", [](InventoryFile& file, N n, W) { file.profile = &n; }, true},
    Field<InventoryFile>{
        "defaults", [](InventoryFile& file, N n, W w) { file.defaults = read_defaults(n, w); }},
    Field<InventoryFile>{"groups", [](InventoryFile& file, N n, W) { file.groups = &n; }, true},
    Field<InventoryFile>{"secrets", [](InventoryFile& file, N n, W) { file.secrets = &n; }},
    Field<InventoryFile>{"site", [](InventoryFile& file, N n, W) { file.site = &n; }},
};

// As with names that look secret everywhere: evidence never has the value.
void expect_no_secret_values(const Inventory& inventory, const YamlNode& place,
                             const Where& where) {
  for (const auto* values : {&inventory.profile.environment, &inventory.profile.service_config})
    for (const auto& [name, value] : *values)
      if (value != "any" && inventory.secrets.names(name))
        where.wrong(
            place,
            said(
                "此处列出了 {},而 profile 或 site 要比较它的值;请在那里写 any",
                "{} is named here, and the profile or the site compares its value; write any there",
                name));
}

void read_file(InventoryFile& file, const YamlNode& root, const Where& where) {
  read_map<InventoryFile>(file, root, where, kFileFields);
  Inventory& inventory = file.inventory;
  if (file.profile) inventory.profile = referenced_profile(*file.profile, where.in("profile"));
  if (file.site)
    read_profile(inventory.profile, *file.site, where.in("site"), ProfilePart::kSite, true);
  if (file.secrets) {
    inventory.secrets = read_secrets(*file.secrets, where.in("secrets"));
    expect_no_secret_values(inventory, *file.secrets, where.in("secrets"));
  }
  if (file.groups)
    inventory.groups =
        read_groups(*file.groups, file.defaults, inventory.profile.npus, where.in("groups"));
}

}  // namespace

std::map<std::string, std::vector<std::string_view>> known_keys() {
  const auto copy = [](auto span) {
    return std::vector<std::string_view>(span.begin(), span.end());
  };
  return {{"inventory", keys_of<InventoryFile>(kFileFields)},
          {"group", keys_of<GroupEntry>(group_fields())},
          {"host", keys_of<HostEntry>(host_fields())},
          {"defaults", keys_of<HostEntry>(defaults_fields())},
          {"npu_network", copy(npu_network_keys())},
          {"rule", copy(npu_rule_keys())},
          {"endpoint", copy(endpoint_keys())},
          {"secrets", copy(secrets_keys())},
          {"site", profile_keys(ProfilePart::kSite)},
          {"profile", profile_keys(ProfilePart::kFile)}};
}

Inventory parse_inventory(std::string_view text, const std::string& file_name,
                          LocalFiles local_files) {
  const SourceText source(text, file_name);
  const YamlNode root = read_yaml(source);
  if (root.kind == YamlNode::Kind::kNothing)
    throw ConfigError({{.file = file_name,
                        .line = 1,
                        .column = 1,
                        .message = {"文件是空的;`touchstone init HOST...` 可生成初始清单",
                                    "there is nothing in the file; `touchstone init HOST...` "
                                    "writes a first inventory"}}});
  Mistakes mistakes(file_name);
  const Where where(mistakes, std::filesystem::path(file_name).parent_path(), "", local_files);
  InventoryFile file;
  read_file(file, root, where);
  mistakes.throw_if_any();
  return std::move(file.inventory);
}

Inventory load_inventory(const std::string& path, LocalFiles local_files) {
  if (std::error_code error; !std::filesystem::exists(path, error) && !error)
    throw ConfigError({{.file = path,
                        .message = {"没有这份清单;请用 -i 指明,或用 `touchstone init HOST...` 生成",
                                    "there is no such inventory; name it with -i, or let "
                                    "`touchstone init HOST...` write a first one"}}});
  return parse_inventory(read_config_file(path, Text{"清单", "the inventory"}), path, local_files);
}

}  // namespace touchstone
