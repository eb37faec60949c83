#include "harness/model/visit.h"

namespace touchstone {

std::string_view name_of(Visit::State state) {
  switch (state) {
    case Visit::State::kAnswered:
      return "answered";
    case Visit::State::kUnreachable:
      return "unreachable";
    case Visit::State::kHung:
      return "hung";
    case Visit::State::kDied:
      return "died";
    case Visit::State::kNonsense:
      return "nonsense";
  }
  return "nonsense";
}

}  // namespace touchstone
