#pragma once

#include <optional>
#include <span>
#include <vector>

#include "harness/config/host_entry.h"
#include "harness/config/reader.h"
#include "harness/model/inventory.h"

namespace touchstone {

// An item of `groups`, before its hosts are written out.
struct GroupEntry {
  Group group;
  std::optional<Told> name, master;
  HostSettings defaults;
  const YamlNode* npu_network = nullptr;
  const YamlNode* hosts = nullptr;
};

std::span<const Field<GroupEntry>> group_fields();

// All groups, with what must be unique in the cluster checked over all of them.
std::vector<Group> read_groups(const YamlNode& list, const HostSettings& defaults, int npus,
                               const Where& where);

}  // namespace touchstone
