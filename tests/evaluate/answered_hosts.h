#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/evaluate/judge.h"

namespace touchstone {

// One group of hosts that have answered what a test says, and a chapter that is judged by it.
class AnsweredHosts : public testing::Test {
 protected:
  // "a" has the service address 10.0.0.1, "b" 10.0.0.2, …
  AnsweredHosts(Chapter chapter, const std::vector<std::string>& names)
      : chapter_(std::move(chapter)) {
    inventory_.groups.push_back({.name = "g"});
    for (const std::string& name : names) {
      const std::string address = "10.0.0." + std::to_string(group().hosts.size() + 1);
      group().hosts.push_back(
          {.name = name, .address = address, .service_address = address, .container = "mindie"});
      visits_[name] = {.host = name, .state = Visit::State::kAnswered};
    }
  }

  Group& group() { return inventory_.groups[0]; }
  Answer& answer(const std::string& host, const Question& question, int npu = -1) {
    return visits_[host].answers[{question.key, npu}];
  }
  EvidenceBook book() const {
    std::vector<Visit> visits;
    for (const auto& [name, visit] : visits_) visits.push_back(visit);
    return {inventory_, visits};
  }

  const Step& step(const std::string& id) const {
    for (const Step& one : chapter_.steps)
      if (one.id == id) return one;
    throw std::logic_error("no step " + id);
  }
  // Of a host, or of the group.
  Judgement judged(const std::string& id, const std::string& host = "") const {
    return judge(step(id), {.group = "g", .host = host}, book());
  }
  std::vector<Change> changes(const std::string& id, const std::string& host = "") const {
    const EvidenceBook book = this->book();
    ReadLog log;
    return step(id).remedy.changes(Evidence(book, {.group = "g", .host = host}, log));
  }

  Inventory inventory_;
  std::map<std::string, Visit> visits_;
  const Chapter chapter_;
};

// The target of each finding.
inline std::vector<std::string> targets_of(const Judgement& judgement) {
  std::vector<std::string> targets;
  for (const Finding& one : judgement.findings) targets.push_back(one.target);
  return targets;
}

}  // namespace touchstone
