#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/config/reader.h"
#include "harness/config/source_text.h"

namespace touchstone {

// A value of an Ansible inventory, and where it is written.
struct AnsibleValue {
  std::string text;
  TextPosition position;
};
using AnsibleVars = std::map<std::string, AnsibleValue>;

struct AnsibleHost {
  std::string name;
  TextPosition position;
  AnsibleVars vars;
};

// A section [name], with what [name:vars] and [name:children] say.
struct AnsibleGroup {
  std::string name;
  std::vector<std::string> hosts;  // direct members, in the order of the file
  std::vector<AnsibleValue> children;
  AnsibleVars vars;
  TextPosition position;
  bool declared = false;  // by its own section or as a child; else its vars belong to nothing
};

struct AnsibleInventory {
  std::vector<AnsibleHost> hosts;  // ranges written out, each once, in the order of the file
  std::vector<AnsibleGroup> groups;
};

// The INI form as Ansible's own plugin reads it: sections, ranges [01:16], [a:c] and [01:16:2],
// words quoted as in a shell, # and ; comments.
AnsibleInventory read_ansible(const SourceText& source, Mistakes& mistakes);

}  // namespace touchstone
