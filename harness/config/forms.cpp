#include "harness/config/forms.h"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "harness/model/ascii.h"
#include "harness/model/said.h"
#include "harness/parse/ipv4.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

bool alphanumeric(char c) {
  return is_digit(c) || is_letter(c);
}

bool consists_of(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return alphanumeric(c) || also.find(c) != std::string_view::npos;
  });
}

std::optional<in6_addr> ipv6_of(std::string_view text) {
  const std::size_t scope = text.find('%');  // fe80::1%eth0
  if (scope != text.npos) {
    const std::string_view zone = text.substr(scope + 1);
    if (zone.empty() || !consists_of(zone, "._-")) return std::nullopt;
  }
  in6_addr address{};
  const bool read = inet_pton(AF_INET6, std::string(text.substr(0, scope)).c_str(), &address) == 1;
  return read ? std::optional(address) : std::nullopt;
}

// "This host", many hosts, all of them: what nobody has as an address of his own (RFC 6890).
bool is_of_nobody(std::string_view text) {
  if (const auto v4 = ipv4_of(text)) return *v4 >> 24 == 0 || *v4 >> 24 >= 224;
  const auto v6 = ipv6_of(text);
  return v6 && (IN6_IS_ADDR_UNSPECIFIED(&*v6) || IN6_IS_ADDR_MULTICAST(&*v6));
}

// RFC 1123, with the underscores that aliases in ~/.ssh/config often have.
bool is_host_name(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  for (;;) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (label.empty() || label.size() > 63 || !consists_of(label, "-_") || label.front() == '-' ||
        label.back() == '-')
      return false;
    if (dot == text.npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

Text name_error(std::string_view text) {
  if (!text.empty() && text.size() <= 253 && alphanumeric(text.front()) && consists_of(text, "._-"))
    return {};
  return said("{} 不是名称;请用字母、数字、'.'、'_' 和 '-'(至多 253 个),以字母或数字开头",
              "{} is no name; write letters, digits, '.', '_' and '-' (at most 253), a letter or "
              "digit first",
              touchstone::quoted(text));
}

bool is_ipv6(std::string_view text) {
  return ipv6_of(text).has_value();
}

std::string same_spelling(std::string_view address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (const auto v6 = ipv6_of(address)) {
    const bool mapped = IN6_IS_ADDR_V4MAPPED(&*v6);
    inet_ntop(mapped ? AF_INET : AF_INET6, mapped ? v6->s6_addr + 12 : v6->s6_addr, text,
              sizeof text);
    return text + std::string(address.substr(std::min(address.find('%'), address.size())));
  }
  std::string low(address);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return low;
}

Text leads_nowhere_error(std::string_view text) {
  if (is_masked_address(text))
    return said("{} 是遮掩过的地址;请写主机真正的地址,如 10.20.0.1",
                "{} is a masked address; write the one that the host really has, such as 10.20.0.1",
                touchstone::quoted(text));
  if (is_of_nobody(text))
    return said("{} 不属于任何一台主机;请写能连到该主机的地址,如 10.20.0.1",
                "{} is no host's own address; write one that leads to the host, such as 10.20.0.1",
                touchstone::quoted(text));
  return {};
}

Text address_error(std::string_view text) {
  if (Text error = leads_nowhere_error(text); !error.empty()) return error;
  const bool numeric = !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
  if (numeric && !ipv4_of(text))
    return said("{} 不是 IPv4 地址;请写四个 0 到 255 的数",
                "{} is no IPv4 address; write four numbers from 0 to 255",
                touchstone::quoted(text));
  if (numeric || is_host_name(text) || ipv6_of(text)) return {};
  if (text.find('@') != text.npos)
    return said("{} 不是地址;用户请写在 'user' 中", "{} is no address; write the user under 'user'",
                touchstone::quoted(text));
  return said("{} 不是地址;请写主机名、IPv4 或 IPv6 地址",
              "{} is no address; write a host name, an IPv4 or an IPv6 address",
              touchstone::quoted(text));
}

Text ipv4_error(std::string_view text) {
  if (ipv4_of(text)) return {};
  return said("{} 不是 IPv4 地址;请写如 10.20.0.1",
              "{} is no IPv4 address; write one such as 10.20.0.1", touchstone::quoted(text));
}

Text service_address_error(std::string_view text) {
  const Text error = leads_nowhere_error(text);
  return error.empty() ? ipv4_error(text) : error;
}

Text unicast_error(std::string_view text) {
  if (Text error = ipv4_error(text); !error.empty()) return error;
  const std::uint32_t first = *ipv4_of(text) >> 24;
  if (first != 0 && first != 127 && first < 224) return {};
  return said("{} 不能作为端口的地址;请写如 10.20.1.10",
              "{} cannot be the address of a port; write one such as 10.20.1.10",
              touchstone::quoted(text));
}

Text netmask_error(std::string_view text) {
  const auto length = prefix_length_of(text);
  if (length && *length <= 30) return {};
  return said("{} 不是子网掩码;请写如 255.255.0.0",
              "{} is no netmask; write one such as 255.255.0.0", touchstone::quoted(text));
}

Text user_error(std::string_view text) {
  const bool fits = !text.empty() && text.size() <= 64 &&
                    (alphanumeric(text.front()) || text.front() == '_') &&
                    consists_of(text, "._@-");  // '@': what some jump servers ask for
  if (fits) return {};
  return said("{} 不是用户名;请用字母、数字、'.'、'_' 和 '-'",
              "{} is no user name; write letters, digits, '.', '_' and '-'",
              touchstone::quoted(text));
}

Text path_error(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (text.starts_with('-'))
    return said("{} 会被当作选项;请在前面加 ./",
                "{} would be taken for an option; write ./ before it", touchstone::quoted(text));
  if (text.size() > 4000 || std::any_of(text.begin(), text.end(), control))
    return {"这不是路径;请写一行,至多 4000 字节",
            "this is no path; write one line of at most 4000 bytes"};
  return {};
}

Text absolute_path_error(std::string_view text) {
  if (!text.starts_with('/'))
    return said("{} 不是绝对路径;请从 / 写起", "{} is not absolute; write the path from / on",
                touchstone::quoted(text));
  return path_error(text);
}

Text variable_error(std::string_view text) {
  const auto fits = [](char c) { return alphanumeric(c) || c == '_'; };
  if (!text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), fits))
    return {};
  return said("{} 不是变量名;请写如 MINDIE_TOKEN",
              "{} is no name of a variable; write one such as MINDIE_TOKEN",
              touchstone::quoted(text));
}

Text placeholder_error(std::string_view text) {
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    const std::string_view word = text.substr(open, close == text.npos ? close : close - open + 1);
    if (word != "{host}" && word != "{address}")
      return said("{} 不是占位符;可用的有 {{host}} 和 {{address}}",
                  "{} is no placeholder; there are {{host}} and {{address}}",
                  touchstone::quoted(word));
  }
  return {};
}

std::string filled_in(std::string text, const std::string& host, const std::string& address) {
  const auto replace = [&](std::string_view word, const std::string& value) {
    for (std::size_t i = text.find(word); i != text.npos; i = text.find(word, i + value.size()))
      text.replace(i, word.size(), value);
  };
  replace("{host}", host);
  replace("{address}", address);
  return text;
}

}  // namespace touchstone
