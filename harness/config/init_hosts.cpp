#include <algorithm>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/config/init.h"
#include "harness/config/init_draft.h"
#include "harness/config/inventory.h"
#include "harness/config/profile.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// Takes "name=" or "user@" off the front of a word; "" when it is not there.
std::string take_until(std::string_view& word, char mark, bool last) {
  const std::size_t at = last ? word.rfind(mark) : word.find(mark);
  if (at == word.npos) return "";
  std::string front(word.substr(0, at));
  word.remove_prefix(at + 1);
  return front;
}

Draft::Host host_of(std::string_view word) {
  Draft::Host host{.name = take_until(word, '=', false)};
  const std::string user = take_until(word, '@', true);
  const std::string port = take_port(word);
  const std::string address(word);
  host.name = name_of_address(host.name.empty() ? address : host.name);
  if (host.name != address) host.keys.emplace_back("address", address);
  if (!user.empty()) host.keys.emplace_back("user", user);
  if (!port.empty()) host.keys.emplace_back("port", port);
  return host;
}

Draft draft_of(std::vector<Draft::Host> hosts) {
  Draft draft;
  draft.groups.push_back({.name = "group-1", .hosts = std::move(hosts)});
  return draft;
}

// What the reader says of one word, in terms of that word and not of a file that is not there yet.
std::vector<Mistake> mistakes_of(const std::string& word) {
  if (is_blank(word))
    return {{.file = "HOST",
             .key = "\"\"",
             .message = {"名称是空的;请写一个", "the name is empty; write one"}}};
  std::vector<Mistake> mistakes;
  try {
    parse_inventory(write_draft(draft_of({host_of(word)}), {}), "HOST");
  } catch (const ConfigError& error) {
    for (const Mistake& mistake : error.mistakes)
      mistakes.push_back(
          {.file = "HOST", .key = touchstone::quoted(word), .message = mistake.message});
  }
  return mistakes;
}

}  // namespace

std::string write_inventory(const std::vector<std::string>& hosts, const InitOptions& options) {
  find_profile(options.profile);
  if (hosts.empty())
    throw ConfigError(std::vector{
        Mistake{.file = "HOST",
                .message = {"没有主机;请至少写一台", "there are no hosts; name at least one"}}});
  std::vector<Mistake> mistakes;
  std::vector<Draft::Host> drafted;
  for (const std::string& word : hosts) {
    for (Mistake& mistake : mistakes_of(word)) mistakes.push_back(std::move(mistake));
    drafted.push_back(host_of(word));
  }
  if (!mistakes.empty()) throw ConfigError(std::move(mistakes));
  std::string text = write_draft(draft_of(std::move(drafted)), options);
  parse_inventory(text, "HOST → cluster.yaml");  // names and addresses given twice
  return text;
}

}  // namespace touchstone
