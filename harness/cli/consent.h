#pragma once

#include <string>

#include "harness/model/text.h"

namespace touchstone::cli {

enum class Consent { kNo, kYes, kToAll };  // kToAll: to the plans of later rounds as well
// Whether others came before this plan, or may come after it.
struct PlaceInRun {
  bool first = true, last = true;
};
// Shows the plan and asks; on no terminal it wants --yes, and throws Failure(64) without. Whoever
// interrupts says no.
Consent consent_to(const std::string& plan, bool yes, Language language, PlaceInRun place = {});
// Before anything is asked of hosts: whether there is somebody to agree.
void need_consent(bool yes);

}  // namespace touchstone::cli
