#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "harness/model/visit.h"

namespace touchstone::cli {

// What is known while hosts are being asked is told now and then: after a host has ended, and so
// seldom that telling takes a fiftieth of the time at most. Of a run that takes two seconds in all
// there is nothing to be told before its end.
class SoFar {
 public:
  // `phase`: of the later rounds, those below it have been asked.
  using Tell = std::function<void(const std::vector<const Visit*>& ended, int phase)>;
  explicit SoFar(Tell tell) : tell_(std::move(tell)) {}  // null: nobody listens

  // Of the first round. The visit stays where it is until the round is over.
  void ended(const Visit& visit);
  // Called often: tells when there is news, and it is time.
  void look();
  // A later phase is about to begin, which may take minutes: tells, unless the run is young.
  void all_before(int phase, const std::vector<Visit>& visits);
  // All rounds are over, and the run tells the rest itself: what a repair asks is no news here.
  void over() { tell_ = nullptr; }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr auto kYoung = std::chrono::seconds(2);
  void tell(const std::vector<const Visit*>& visits, int phase);

  Tell tell_;
  std::vector<const Visit*> ended_;
  bool news_ = false;
  Clock::time_point young_until_ = Clock::now() + kYoung, due_ = young_until_;
};

}  // namespace touchstone::cli
