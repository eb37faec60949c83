#pragma once

#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/evaluate/evaluate.h"

namespace touchstone {

// A question whose answer is a number; "none" is refused as not set, anything else as malformed.
inline Parsed<int> parse_number(std::string_view out, std::string_view) {
  if (out == "none") return Refusal{Refusal::Kind::kNotSet, {"没有设置", "none is set"}};
  if (out.empty() || out.find_first_not_of("0123456789") != std::string_view::npos)
    return Refusal{Refusal::Kind::kMalformed, {"这不是数", "that is no number"}};
  return std::stoi(std::string(out));
}

inline Probe<int> number(const std::string& key, Where where) {
  Probe<int> probe;
  probe.key = key;
  probe.where = where;
  probe.argv = {key};
  probe.parse = parse_number;
  return probe;
}

inline const Probe<int> kHostNumber = number("host-number", Where::kHost);
inline const Probe<int> kNpuNumber = number("npu-number", Where::kNpu);

inline void answers(const Evidence& host) {
  if (host.visit().state != Visit::State::kAnswered)
    throw NoEvidence({"无应答", "does not answer"});
}

// A small cluster: two hosts of two NPUs whose numbers are all 7.
class Evaluate : public testing::Test {
 protected:
  Evaluate() {
    inventory_.cluster = "test";
    inventory_.groups.push_back({.name = "g"});
    for (const char* name : {"a", "b"}) {
      Host host{.name = name};
      host.npus = 2;
      inventory_.groups[0].hosts.push_back(host);
      Visit visit{.host = name, .state = Visit::State::kAnswered};
      visit.answers[{"host-number", -1}].out = "7";
      for (int npu : {0, 1}) visit.answers[{"npu-number", npu}].out = "7";
      visits_[name] = visit;
    }
    chapter_.id = "1";
    chapter_.step({.id = "0.1", .name = "HostAnswers", .on = Scope::kHost, .expect = answers});
  }

  void step(const char* id, Scope on, std::vector<Question> probes,
            std::vector<std::string> stands_on, std::function<void(const Evidence&)> expect) {
    chapter_.step({.id = id,
                   .name = "S",
                   .on = on,
                   .probes = std::move(probes),
                   .stands_on = std::move(stands_on),
                   .expect = std::move(expect)});
  }

  // `pending`: hosts that have not ended; `unasked`: steps whose questions come later.
  RunRecord run(const Selection& selection = {}, const std::set<std::string>& pending = {},
                const std::set<std::string>& unasked = {}) {
    const std::vector<Chapter> chapters{chapter_};
    const Plan plan = make_plan(chapters, inventory_, selection);
    RunRecord record = planned_record(plan, chapters, inventory_);
    std::vector<Visit> visits;
    for (const auto& [name, visit] : visits_)
      if (!pending.contains(name)) visits.push_back(visit);
    const EvidenceBook book(inventory_, visits, pending);
    evaluate(plan, chapters, book, record, Waivers(waivers_, inventory_, 0), unasked);
    return record;
  }

  static const StepResult& at(const RunRecord& record, const std::string& id,
                              const std::string& target) {
    for (const StepResult& result : record.results)
      if (record.steps[result.step].id == id && result.target.str() == target) return result;
    throw std::runtime_error("no result of " + id + " on " + target);
  }

  Inventory inventory_;
  std::map<std::string, Visit> visits_;
  Chapter chapter_;
  std::vector<Waiver> waivers_;
};

inline void npu_is_seven(const Evidence& npu) {
  EXPECT_EQ(npu[kNpuNumber], 7) << Finding{
      .expected = "7", .actual = std::to_string(npu[kNpuNumber]), .why = {"七", "seven"}};
}

}  // namespace touchstone
