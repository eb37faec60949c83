#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/probe.h"
#include "harness/model/text.h"

namespace touchstone {

class EvidenceBook;

// A question to an HTTP server, asked by the controller in the way that the inventory gives for the
// host's group. The answer is kept with the host that it belongs to, so that recordings and replays
// need nothing special. Each request has the time and size limits of its Question.
struct HttpCall {
  std::string method = "POST";
  std::string url;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  int parallel = 1;  // so many at once …
  int count = 1;     // … until so many were asked; more than one: the answer is a list
};

// One question that could not be asked before others were answered.
struct FollowUp {
  std::string host;                // who is asked
  int npu = -1;                    // the NPU whose answer it is; -1: the host's
  Question question;               // its key is unique for this host and NPU
  std::optional<HttpCall> http{};  // with Where::kController, in place of argv
};

// Follow-ups that are asked side by side. The next turn begins when all hosts have answered.
using Turn = std::vector<FollowUp>;

// Why and what is asked later (of paths that a configuration names, of addresses that hosts told).
struct Later {
  std::string name;  // "weights"
  Text why;          // why it could not be asked in the first round
  // Those of one phase are asked together; each phase sees the answers of the ones before. 1: what
  // needs the first round. 2: what needs answers of phase 1. 3: endpoints, when all else is quiet.
  int phase = 1;
  std::vector<std::string> steps;  // asked only when one of these is to be judged …
  // Pure, like an expectation. `hosts`: those that may be asked (selected, and they answered).
  std::function<std::vector<Turn>(const EvidenceBook&, const std::set<std::string>& hosts)> turns;
  std::vector<std::string> repairs = {};  // … or when the repair of one of these is to be planned
};

}  // namespace touchstone
