#pragma once

#include <compare>
#include <map>
#include <string>
#include <string_view>

#include "harness/model/probe.h"
#include "harness/model/text.h"

namespace touchstone {

// Which question, of which NPU (-1: of the host itself).
struct AnswerKey {
  std::string question;
  int npu = -1;
  auto operator<=>(const AnswerKey&) const =
      default;  // NOLINT(modernize-use-nullptr): as in run_record.h
};

// What one visit to one host brought back. Answers may be there whatever the state: a host that
// died in the middle has given some. A question without an answer in `answers` was not answered.
struct Visit {
  enum class State {
    kAnswered,     // the closing frame arrived
    kUnreachable,  // no connection: nothing of the script ran (ssh's own exit 255, a refused
                   // connection, no such program)
    kHung,         // the visit's time limit ran out
    kDied,         // the connection ended before the closing frame
    kNonsense,     // ended in order, but without a readable closing frame
  };
  std::string host;
  State state = State::kUnreachable;
  Phrase detail;       // what the transport said, for people; empty when answered
  double started = 0;  // Unix time by the controller's clock
  double seconds = 0;
  double host_time = 0;       // Unix time by the host's clock when the script began; 0: unknown
  double host_time_seen = 0;  // the controller's clock when that frame arrived
  double host_time_error =
      0;  // by how much the two may differ through the way the answer took, in seconds
  std::map<AnswerKey, Answer> answers;
  bool operator==(const Visit&) const = default;
};

std::string_view name_of(
    Visit::State state);  // "answered", "unreachable", "hung", "died", "nonsense"

}  // namespace touchstone
