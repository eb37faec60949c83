#include "harness/cli/so_far.h"

#include "harness/model/evidence.h"

namespace touchstone::cli {

void SoFar::ended(const Visit& visit) {
  ended_.push_back(&visit);
  news_ = true;
}

void SoFar::look() {
  if (!tell_ || !news_ || Clock::now() < due_) return;
  tell(ended_, 0);
}

void SoFar::all_before(int phase, const std::vector<Visit>& visits) {
  ended_.clear();
  if (tell_ && Clock::now() >= young_until_) tell(pointers_to(visits), phase);
}

void SoFar::tell(const std::vector<const Visit*>& visits, int phase) {
  const auto began = Clock::now();
  news_ = false;
  tell_(visits, phase);
  const auto over = Clock::now();
  due_ = over + 50 * (over - began);
}

}  // namespace touchstone::cli
