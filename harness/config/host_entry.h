#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/config/reader.h"
#include "harness/model/inventory.h"

namespace touchstone {

// A text of the file, and where it is.
struct Told {
  std::string text;
  const YamlNode* node = nullptr;
};

// What `defaults` and a host may say; absent: not said here.
struct HostSettings {
  std::optional<std::string> transport, user, identity, sysroot, container, container_sysroot;
  std::optional<int> port, npus;
  std::optional<std::vector<std::string>> command;
  std::optional<bool> sudo;
  std::optional<double> time_limit;

  // Of the two, what `own` says wins.
  static HostSettings overlaid(const HostSettings& base, const HostSettings& own);
};

// An item of `hosts`: one host, or several by a pattern.
struct HostEntry : HostSettings {
  const YamlNode* node = nullptr;
  std::optional<Told> name, address, service_address;
};

// A host, and what to point at when something is wrong with it as a whole.
struct PlacedHost {
  Host host;
  const YamlNode* name = nullptr;
  const YamlNode* address = nullptr;          // the name where there is none
  const YamlNode* service_address = nullptr;  // likewise
};

// A path of this machine: from the home folder by ~, else from the folder of the inventory.
std::optional<std::string> local_path_of(const YamlNode& node, const Where& where);

std::span<const Field<HostEntry>> host_fields();
std::span<const Field<HostEntry>> defaults_fields();

HostSettings read_defaults(const YamlNode& map, const Where& where);
HostEntry read_host_entry(const YamlNode& node, const Where& where);

// The hosts of one entry: patterns written out, `defaults` filled in where the entry says nothing.
std::vector<PlacedHost> hosts_of(const HostEntry& entry, const HostSettings& defaults, int npus,
                                 const Where& where);

}  // namespace touchstone
