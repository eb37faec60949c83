#include "harness/model/step.h"

namespace touchstone {

std::string_view name_of(Scope scope) {
  switch (scope) {
    case Scope::kHost:
      return "host";
    case Scope::kNpu:
      return "npu";
    case Scope::kGroup:
      return "group";
    case Scope::kCluster:
      return "cluster";
  }
  return "host";
}

}  // namespace touchstone
