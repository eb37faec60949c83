#include "harness/config/endpoint_entry.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/config/host_entry.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

constexpr std::array<std::string_view, 2> kFrom{"controller", "host"};
constexpr std::array<std::string_view, 2> kSchemes{"http", "https"};
constexpr std::array<std::string_view, 8> kEndpointKeys{
    "from", "scheme", "ca", "certificate", "key", "token_file", "token_env", "proxy"};

Text proxy_error(std::string_view text) {
  if (text == "environment") return {};
  const auto bad = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
  // A password would stand in every command line that a report shows.
  if (text.find('@') != std::string_view::npos)
    return {"此处不能写带密码的代理;请写 environment,并在环境变量中设置",
            "a proxy with a password cannot be given here; write environment, and set it there"};
  const bool url = text.starts_with("http://") || text.starts_with("https://") ||
                   text.starts_with("socks5://") || text.starts_with("socks5h://");
  if (url && std::none_of(text.begin(), text.end(), bad)) return {};
  return said("{} 不是代理;请写 environment 或 http://ADDRESS:PORT",
              "{} is no proxy; write environment, or http://ADDRESS:PORT",
              touchstone::quoted(text));
}

// Values by key, in the order of kEndpointKeys.
class Entry {
 public:
  Entry(const YamlNode& map, const Where& where)
      : values_(values_of(map, where, kEndpointKeys)), where_(where) {}

  const YamlNode* at(std::string_view key) const {
    const auto index = static_cast<std::size_t>(
        std::find(kEndpointKeys.begin(), kEndpointKeys.end(), key) - kEndpointKeys.begin());
    return index < values_.size() ? values_[index] : nullptr;
  }
  std::string choice(std::string_view key, std::span<const std::string_view> choices) const {
    const YamlNode* node = at(key);
    return node ? choice_of(*node, where_.in(key), choices).value_or("") : "";
  }
  std::string text(std::string_view key, Text (*error)(std::string_view)) const {
    const YamlNode* node = at(key);
    return node ? checked_text_of(*node, where_.in(key), error).value_or("") : "";
  }
  // Of the machine that asks: here relative paths have a folder to begin in, on a host they have
  // not.
  std::string path(std::string_view key, bool here) const {
    const YamlNode* node = at(key);
    if (!node) return "";
    const auto text = here ? local_path_of(*node, where_.in(key))
                           : checked_text_of(*node, where_.in(key), absolute_path_error);
    return text.value_or("");
  }
  void wrong(std::string_view key, Text message) const {
    where_.in(key).wrong(*at(key), std::move(message));
  }

 private:
  std::vector<const YamlNode*> values_;
  const Where& where_;
};

void expect_consistent(const Entry& entry, const EndpointAccess& access) {
  for (const std::string_view key : {"ca", "certificate", "key"})
    if (entry.at(key) && access.scheme == "http")
      entry.wrong(key, said("{} 用于 https,而 scheme 是 http;请去掉其一",
                            "{} is for https, and the scheme is http; leave one out", key));
  if (entry.at("key") && !entry.at("certificate"))
    entry.wrong("key", {"只有私钥不能证明身份;请同时写它的证书",
                        "a key alone proves nothing; write its certificate, too"});
  if (entry.at("token_file") && entry.at("token_env"))
    entry.wrong("token_env", {"已有 token_file;请去掉其一",
                              "there is a token_file already; leave one of the two out"});
}

}  // namespace

std::span<const std::string_view> endpoint_keys() {
  return kEndpointKeys;
}

EndpointAccess read_endpoint(const YamlNode& map, const Where& where) {
  EndpointAccess access;
  const Entry entry(map, where);
  if (map.kind != YamlNode::Kind::kMap) return access;
  if (std::string from = entry.choice("from", kFrom); !from.empty()) access.from = from;
  access.scheme = entry.choice("scheme", kSchemes);
  const bool here = access.from == "controller";
  access.ca = entry.path("ca", here);
  access.certificate = entry.path("certificate", here);
  access.key = entry.path("key", here);
  access.token_file = entry.path("token_file", here);
  access.token_env = entry.text("token_env", variable_error);
  access.proxy = entry.text("proxy", proxy_error);
  expect_consistent(entry, access);
  return access;
}

}  // namespace touchstone
