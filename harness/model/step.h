#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/change.h"
#include "harness/model/later.h"
#include "harness/model/probe.h"
#include "harness/model/text.h"
#include "harness/model/verdict.h"

namespace touchstone {

class Evidence;

// What one verdict of a step is about. STEPS.md's "cluster" is a group, except where addresses or
// clocks of all hosts are compared: that is the whole cluster.
enum class Scope { kHost, kNpu, kGroup, kCluster };

std::string_view name_of(Scope scope);  // "host", "npu", "group", "cluster"

// How a step that failed may be repaired.
struct Remedy {
  Risk risk = Risk::kHands;
  Text text;  // for a person: what to do
  std::vector<std::string>
      command;  // argv with placeholders as in Question; empty: no single command does it
  // What --fix would change for a target that failed; pure, like an expectation. Throws NoEvidence
  // where the evidence does not tell. Null: only a person can repair it.
  std::function<std::vector<Change>(const Evidence&)> changes = nullptr;
  // What `changes` reads besides the step's own probes and those of the steps that it stands on:
  // asked where repairs are planned, of the same hosts.
  std::vector<Question> asks = {};
};

// One requirement and how it is asserted. Named after the state that must hold, never after the
// action.
struct Step {
  std::string id;    // "3.1.8"
  std::string name;  // "TlsSwitchIsZero"
  Text title;
  Text requirement;   // in our own words
  std::string place;  // where the guide says it: "3.1, instruction 6"; "beyond the guide" for rows
                      // that it does not have
  Scope on = Scope::kHost;
  std::vector<Question> probes;  // Probe<T>s; their parsers are named again where they are read
  std::vector<std::string> stands_on;  // ids; 0.1 goes without saying
  // A group's step that is about its master alone: it stands on what holds for that host, and is
  // blocked like a step of that host.
  bool of_master = false;
  std::function<void(const Evidence&)> expect;
  // Why the step does not apply to this target, if so (copper has no optics).
  std::function<std::optional<Text>(const Evidence&)> not_applicable = nullptr;
  Remedy remedy;
};

struct Chapter {
  std::string id;  // "3.1"
  Text title;
  std::vector<Step> steps;
  std::vector<Later> later = {};

  void step(Step step) { steps.push_back(std::move(step)); }
};

}  // namespace touchstone
