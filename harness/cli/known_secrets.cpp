#include "harness/cli/known_secrets.h"

#include <set>
#include <stdexcept>
#include <string>

#include "harness/config/inventory.h"
#include "harness/endpoint/secret.h"

namespace touchstone::cli {
namespace {

void add_token(const EndpointAccess& endpoint, std::set<std::string>& values) try {
  if (endpoint.from != "controller") return;
  if (const auto token = bearer_token(endpoint)) values.insert(*token);
} catch (const std::runtime_error&) {
  return;
}

// --password WORD, and PASSWORD=WORD.
void add_passwords(const std::vector<std::string>& command, std::set<std::string>& values) {
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string& word = command[i];
    const std::size_t sign = word.find('=');
    if (!names_secret(word.substr(0, sign))) continue;
    if (sign != std::string::npos)
      values.insert(word.substr(sign + 1));
    else if (word.starts_with('-') && i + 1 < command.size())
      values.insert(command[i + 1]);
  }
}

}  // namespace

Inventory load_inventory_to_ask(const std::string& path, LocalFiles local_files) {
  Inventory inventory = load_inventory(path, local_files);
  std::set<std::string> values;
  for (const Group& group : inventory.groups) {
    add_token(group.endpoint, values);
    for (const Host& host : group.hosts) add_passwords(host.access.command, values);
  }
  for (const std::string& value : values)
    if (value.size() >= Secrets::kShortest) inventory.secrets.add_value(value);
  return inventory;
}

}  // namespace touchstone::cli
