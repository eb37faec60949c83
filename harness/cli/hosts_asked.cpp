#include "harness/cli/hosts_asked.h"

#include <algorithm>
#include <iostream>

#include <unistd.h>

#include "harness/cli/later_rounds.h"

namespace touchstone::cli {
namespace {

constexpr int kWidth = 80;  // of the line that tells how far it is

}  // namespace

HostsAsked::HostsAsked(const RunOptions& options, const Inventory& inventory, std::size_t hosts,
                       bool more, const std::atomic<bool>* interrupted, SoFar::Tell tell)
    : inventory_(inventory),
      interrupted_(interrupted),
      second_look_(options.second_look),
      progress_(std::cerr, !options.quiet && isatty(STDERR_FILENO), hosts, kWidth,
                std::chrono::steady_clock::now, options.language),
      so_far_(std::move(tell)),
      collection_(inventory, how(options, more)) {}

HostsAsked::~HostsAsked() = default;

CollectOptions HostsAsked::how(const RunOptions& options, bool more) {
  CollectOptions how{.forks = options.forks, .ssh_config = options.ssh_config};
  how.interrupted = interrupted_;
  how.on_visit = [this](const Visit& visit, std::size_t done, std::size_t total) {
    progress_.host_done(visit.host, std::string(name_of(visit.state)), visit.seconds, done, total);
    so_far_.ended(visit);
  };
  how.on_tick = [this] { so_far_.look(); };
  how.on_answers = [this](std::size_t answers) { progress_.answered(answers); };
  how.later_turns = more;
  return how;
}

void HostsAsked::visit(const Plan& plan) {
  visits_ = collection_.visit(plan.hosts,
                              {.questions = plan.questions(), .second_look_after = second_look_});
  if (!*interrupted_)
    ask_later(collection_, inventory_, plan, visits_, progress_, interrupted_,
              [this](int phase) { so_far_.all_before(phase, visits_); });
  so_far_.over();
  progress_.finish();
}

void HostsAsked::visit_again(const Plan& part, const std::set<std::string>& hosts) {
  Turn turn;
  const std::vector<Question> questions = part.questions();
  for (const Visit& visit : visits_) {
    const Host* host = inventory_.find(visit.host);
    if (!hosts.contains(visit.host) || visit.state != Visit::State::kAnswered) continue;
    for (const Question& question : questions) {
      // Counters that must stand still were watched; nothing that --fix does moves them.
      if (question.second_look || question.where == Where::kController) continue;
      if (question.where == Where::kContainer && host->container.empty()) continue;
      if (question.where != Where::kNpu)
        turn.push_back({.host = visit.host, .npu = -1, .question = question});
      else
        for (int npu = 0; npu < host->npus; ++npu)
          turn.push_back({.host = visit.host, .npu = npu, .question = question});
    }
  }
  progress_.round({"重新询问改动过的内容", "what was changed is asked again"}, turn.size());
  collection_.turn(visits_, turn);
  ask_later(collection_, inventory_, part, visits_, progress_, interrupted_);
  progress_.finish();
}

std::vector<Answer> HostsAsked::ask(const Turn& turn) {
  collection_.turn(visits_, turn);
  std::vector<Answer> answers;
  for (const FollowUp& one : turn) {
    const auto visit = std::find_if(visits_.begin(), visits_.end(),
                                    [&](const Visit& v) { return v.host == one.host; });
    auto node = visit == visits_.end() ? decltype(visit->answers)::node_type{}
                                       : visit->answers.extract({one.question.key, one.npu});
    answers.push_back(node ? std::move(node.mapped())
                           : Answer{.end = Answer::End::kLost, .err = "the host was not visited"});
  }
  return answers;
}

}  // namespace touchstone::cli
