#include "harness/config/secrets_entry.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/config/host_entry.h"
#include "harness/config/source_text.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

constexpr std::array<std::string_view, 3> kSecretsKeys{"names", "files", "env"};

// Of an environment, of JSON, of headers.
Text secret_name_error(std::string_view text) {
  const auto fits = [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '-' || c == '.';
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), fits)) return {};
  return {"名称只能有字母、数字、_、- 和点", "a name has letters, digits, _, - and dots only"};
}

template <class Take>
void each_text(const YamlNode* node, const Where& where, Take take) {
  if (!node) return;
  const std::vector<std::string> texts = texts_of(*node, where);
  for (std::size_t i = 0; i < texts.size(); ++i) take(node->items[i], where.at(i));
}

void add(Secrets& secrets, const std::string& value, const Text& what, const YamlNode& node,
         const Where& where) {
  if (value.size() < Secrets::kShortest)
    return where.wrong(node, said("{}太短:少于 {} 字节会在其他词中间被抹去",
                                  "{} is too short: with less than {} bytes it would be blanked in "
                                  "the middle of other words",
                                  what, Secrets::kShortest));
  secrets.add_value(value);
}

void add_file(Secrets& secrets, const YamlNode& node, const Where& where) try {
  const auto path = local_path_of(node, where);
  if (!path) return;
  const std::string text = read_config_file(*path, Text{"密钥文件", "secrets"});
  const SourceText source(text, *path);
  for (std::size_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view line = source.line(number);
    if (!line.empty())
      add(secrets, std::string(line), said("{1} 的第 {0} 行", "line {} of {}", number, *path), node,
          where);
  }
} catch (const ConfigError& error) {
  where.wrong(node, error.text);
}

void add_variable(Secrets& secrets, const YamlNode& node, const Where& where) {
  const auto name = checked_text_of(node, where, variable_error);
  if (!name) return;
  if (const char* value = std::getenv(name->c_str()))
    add(secrets, value, said("{} 的值", "the value of {}", *name), node, where);
  else
    where.wrong(node, said("环境变量中没有 {};请设置它,或在此去掉:未知的内容无法抹去",
                           "the environment has no {}; set it, or leave it out here: what is not "
                           "known cannot be blanked",
                           *name));
}

}  // namespace

std::span<const std::string_view> secrets_keys() {
  return kSecretsKeys;
}

Secrets read_secrets(const YamlNode& map, const Where& where) {
  Secrets secrets;
  const std::vector<const YamlNode*> values = values_of(map, where, kSecretsKeys);
  if (map.kind != YamlNode::Kind::kMap) return secrets;
  each_text(values[0], where.in("names"), [&](const YamlNode& node, const Where& here) {
    if (const auto name = checked_text_of(node, here, secret_name_error)) secrets.add_name(*name);
  });
  each_text(values[1], where.in("files"),
            [&](const YamlNode& node, const Where& here) { add_file(secrets, node, here); });
  each_text(values[2], where.in("env"),
            [&](const YamlNode& node, const Where& here) { add_variable(secrets, node, here); });
  return secrets;
}

}  // namespace touchstone
