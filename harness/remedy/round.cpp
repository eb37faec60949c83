#include "harness/remedy/round.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/model/utf8.h"

namespace touchstone {
namespace {

// More than a minute, so that the answer is told as soon as it is there.
constexpr double kToldAtOnce = 61;
constexpr double kLockSeconds = kToldAtOnce;
constexpr auto kGiveWay = std::chrono::seconds(2);

// One line of a state, for a person.
Text state_text(std::string line) {
  constexpr std::size_t kShown = 100;
  if (line == "absent") return {"没有文件", "no file"};
  if (line.starts_with("file "))
    return {fmt::format("SHA-256 为 {}… 的文件", line.substr(5, 12)),
            fmt::format("a file with SHA-256 {}…", line.substr(5, 12))};
  if (line.empty()) return {"空", "nothing"};
  std::size_t end = 0;
  while (end < std::min(line.size(), kShown)) next_character(line, end);
  if (end < line.size()) line = line.substr(0, end) + "…";
  return {fmt::format("\"{}\"", line), fmt::format("\"{}\"", line)};
}

// By the first line that differs.
Text moved_text(const Change& change, const std::string& is) {
  std::istringstream wanted(change.file ? file_state(change.file->was) : flat(change.was)),
      found(is);
  std::string expected, came;
  do {
    expected.clear(), came.clear();
    std::getline(wanted, expected), std::getline(found, came);
  } while (expected == came && (wanted || found));
  const Text was = state_text(expected), now = state_text(came);
  return {fmt::format("现状已不是计划所依据的样子:应为 {},实为 {};未做任何改动,请重新生成计划",
                      was.zh, now.zh),
          fmt::format("the state is no longer what the plan was made from: expected {}, and there "
                      "is {}; nothing was changed, make a new plan",
                      was.en, now.en)};
}

Text why_of(const HostAnswer& said, const Change& change) {
  if (said.guard > 0 && said.guard <= static_cast<int>(change.guards.size()))
    return change.guards[static_cast<std::size_t>(said.guard) - 1].otherwise;
  if (said.outcome == Outcome::kMoved) return moved_text(change, said.was);
  return {said.why, said.why};
}

}  // namespace

Text silence_text(const Answer& answer) {
  if (answer.end == Answer::End::kTimedOut) return {"超过时限", "its time limit passed"};
  if (answer.err.empty()) return {"连接中断", "the connection was lost"};
  return said("连接中断({})", "the connection was lost ({})", answer.err);
}

FollowUp question_for(const std::string& host, const std::string& key,
                      std::vector<std::string> argv, double seconds) {
  // Of NPU 0: the questions of one NPU are asked one after the other.
  return {.host = host,
          .npu = 0,
          .question = {.key = key,
                       .where = Where::kNpu,
                       .argv = std::move(argv),
                       .seconds = std::max(seconds, kToldAtOnce),
                       .literal = true}};
}

ChangeResult result_of(const NumberedChange& numbered, const Answer& answer) {
  const HostAnswer told = answer_of(answer.out);
  ChangeResult result{.id = numbered.id,
                      .outcome = told.outcome,
                      .was = told.was,
                      .is = told.is,
                      .said = told.said,
                      .guard = told.guard};
  if (told.outcome == Outcome::kUnderWay)
    result.why = said("{},结果不明", "{}, and nobody knows how it ended", silence_text(answer));
  else
    result.why = why_of(told, numbered.change);
  return result;
}

bool went_well(Outcome outcome) {
  return outcome == Outcome::kDone || outcome == Outcome::kAlready;
}

ChangeResult skipped(const NumberedChange& one, Text why) {
  return {.id = one.id, .outcome = Outcome::kSkipped, .why = std::move(why)};
}

Text Round::stopped() const {
  if (options_.interrupted && *options_.interrupted) return {"已中断", "the run was interrupted"};
  return journal_.trouble();
}

std::vector<ChangeResult> Round::make(const std::vector<const NumberedChange*>& changes,
                                      const Turn& turn) {
  std::vector<ChangeResult> results;
  const bool journalled = std::all_of(changes.begin(), changes.end(),
                                      [&](const auto* one) { return journal_.begin(*one, undo_); });
  if (!journalled) {
    for (const NumberedChange* one : changes) results.push_back(skipped(*one, journal_.trouble()));
    return results;
  }
  const std::vector<Answer> answers = turn.empty() ? std::vector<Answer>{} : ask(turn);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    ChangeResult result = result_of(*changes[i], answers[i]);
    if (undo_ && result.outcome == Outcome::kMoved)
      result.why = {"现状已不是修复留下的样子,不予还原",
                    "the state is no longer what the fix left, so it is not touched"};
    enter(result);
    results.push_back(std::move(result));
  }
  return results;
}

// Of two runs that come at the same time each could get a host that the other one needs, and both
// would leave the rest. So the first host is asked for alone: whoever does not get it gives way a
// moment, in which the other one takes the rest.
void Round::lock(const std::set<std::string>& hosts) {
  if (hosts.empty()) return;
  const std::string& first = *hosts.begin();
  lock_all({first});
  std::set<std::string> rest(std::next(hosts.begin()), hosts.end());
  if (rest.empty()) return;
  if (inventory_.find(first) && out(first)) std::this_thread::sleep_for(kGiveWay);
  lock_all(rest);
}

void Round::lock_all(const std::set<std::string>& hosts) {
  Turn turn;
  for (const std::string& name : hosts) {
    if (!inventory_.find(name))
      put_out(name, {"清单中没有这台主机", "the inventory has no such host"});
    else
      turn.push_back(question_for(name, "fix-lock", lock_command(run_, host(name), options_.stays),
                                  kLockSeconds));
  }
  const std::vector<Answer> answers = ask_(turn);
  for (std::size_t i = 0; i < turn.size(); ++i) {
    const HostAnswer said = answer_of(answers[i].out);
    if (!said.took_over.empty() && options_.on_takeover)
      options_.on_takeover(turn[i].host, said.took_over);
    if (said.outcome == Outcome::kDone)
      locked_.insert(turn[i].host);
    else if (said.outcome == Outcome::kRefused)
      put_out(turn[i].host, {"主机的锁不可得:" + said.why, "the host's lock: " + said.why});
    else
      put_out(turn[i].host, touchstone::said("主机没有回答:{}", "the host did not answer: {}",
                                             silence_text(answers[i])));
  }
}

void Round::release() {
  Turn turn;
  for (const std::string& name : locked_)
    turn.push_back(
        question_for(name, "fix-release", release_command(run_, host(name)), kLockSeconds));
  if (!turn.empty()) ask_(turn);
}

}  // namespace touchstone
