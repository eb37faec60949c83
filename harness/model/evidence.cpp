#include "harness/model/evidence.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include "harness/model/bounded.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

std::string on(const std::string& host, int npu) {
  return Target{.host = host, .npu = npu}.str();
}

// What the program has said of it, for a sentence.
std::string said_by(const Answer& answer) {
  const bool on_err = answer.err.find_first_not_of(" \r\n\t") != std::string::npos;
  std::string_view text = on_err ? answer.err : answer.out;
  std::string line = first_line(text);
  // Noise of the driver's log in front of what npu-smi has to say.
  while (line.starts_with("DrvMngGet")) {
    const std::size_t end = text.find('\n', text.find("DrvMngGet"));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end);
    line = first_line(text);
  }
  return line.empty() ? "(nothing)" : line;
}

Text no_answer(const Answer& answer, const std::string& where) {
  switch (answer.end) {
    case Answer::End::kTimedOut:
      return {fmt::format("{}:`{}` 在 {:.1f} 秒内没有回答,已被终止", where, answer.command,
                          answer.seconds),
              fmt::format("{}: `{}` did not answer within {:.1f} s and was stopped", where,
                          answer.command, answer.seconds)};
    case Answer::End::kNoTool:
      return {fmt::format("{}:找不到命令 `{}`", where, answer.command),
              fmt::format("{}: there is no such command: `{}`", where, answer.command)};
    default:
      return {fmt::format("{}:`{}` 的回答没有送达", where, answer.command),
              fmt::format("{}: the answer to `{}` was lost on the way", where, answer.command)};
  }
}

}  // namespace

std::vector<const Visit*> pointers_to(const std::vector<Visit>& visits) {
  std::vector<const Visit*> pointers;
  for (const Visit& visit : visits) pointers.push_back(&visit);
  return pointers;
}

EvidenceBook::EvidenceBook(const Inventory& inventory, std::vector<Visit> visits,
                           std::set<std::string> pending)
    : inventory_(inventory), own_(std::move(visits)), pending_(std::move(pending)) {
  take(pointers_to(own_));
}

EvidenceBook::EvidenceBook(const Inventory& inventory, const std::vector<const Visit*>& visits,
                           std::set<std::string> pending)
    : inventory_(inventory), pending_(std::move(pending)) {
  take(visits);
}

void EvidenceBook::take(const std::vector<const Visit*>& visits) {
  for (const Group& group : inventory_.groups)
    for (const Host& host : group.hosts) homes_.try_emplace(host.name, Home{&group, &host});
  for (const Visit* visit : visits) visits_.emplace(visit->host, visit);
}

EvidenceBook::Home EvidenceBook::home_of(const std::string& host) const {
  auto at = homes_.find(host);
  return at == homes_.end() ? Home{} : at->second;
}

const Visit* EvidenceBook::visit(const std::string& host) const {
  auto at = visits_.find(host);
  if (at != visits_.end()) return at->second;
  if (pending_.contains(host)) missed_pending_ = true;
  return nullptr;
}

const Answer* EvidenceBook::find_answer(const std::string& host, int npu,
                                        const std::string& key) const {
  const Visit* seen = visit(host);
  if (!seen) return nullptr;
  auto at = seen->answers.find(AnswerKey{key, npu});
  return at == seen->answers.end() ? nullptr : &at->second;
}

namespace {

// A script that is carried to a host has one round: what needs an answer first is not in it. Nobody
// saw when it ran, which tells it from a visit of ours.
bool ran_by_hand(const Visit* visit) {
  return visit && visit->state == Visit::State::kAnswered && visit->host_time_seen == 0;
}

Text never_answered(const std::string& where, const std::string& key, bool by_hand) {
  if (!by_hand)
    return {fmt::format("{}:没有收到问题 {} 的回答", where, key),
            fmt::format("{}: question {} has no answer", where, key)};
  return {
      fmt::format("{}:手工运行的脚本没有问 {}:它要先知道其他回答,而脚本只有一轮;在能访问该主机的"
                  "机器上运行 touchstone run 才会问到",
                  where, key),
      fmt::format("{}: the script that was run by hand has not asked {}: that needs other "
                  "answers first, and the script has one round. `touchstone run` on a machine "
                  "that reaches the host asks it",
                  where, key)};
}

}  // namespace

const Answer& EvidenceBook::usable_answer(const std::string& host, int npu,
                                          const Question& question, const std::string& key) const {
  const Answer* answer = find_answer(host, npu, key);
  const std::string where = on(host, npu);
  if (!answer) throw NoEvidence(never_answered(where, key, ran_by_hand(visit(host))));
  if (answer->end != Answer::End::kExited) throw NoEvidence(no_answer(*answer, where));
  if (answer->cut)
    throw NoEvidence(
        {fmt::format("{}:`{}` 的输出超过上限 {} 字节,未被采信", where, answer->command,
                     question.bytes),
         fmt::format(
             "{}: `{}` printed more than the limit of {} bytes; half an answer is not taken", where,
             answer->command, question.bytes)});
  const auto& accepted = question.accepted;
  if (std::find(accepted.begin(), accepted.end(), answer->exit_code) == accepted.end())
    throw NoEvidence({fmt::format("{}:`{}` 退出码为 {}:{}", where, answer->command,
                                  answer->exit_code, said_by(*answer)),
                      fmt::format("{}: `{}` exited with {}: {}", where, answer->command,
                                  answer->exit_code, said_by(*answer))});
  return *answer;
}

const Host& Evidence::host() const {
  const Host* host = book_->home_of(target_.host).host;
  if (!host) throw std::logic_error("a step asked for the host of " + target_.str());
  return *host;
}

const Group& Evidence::group() const {
  if (!target_.host.empty())
    if (const Group* group = book_->home_of(target_.host).group) return *group;
  for (const Group& group : inventory().groups)
    if (group.name == target_.group) return group;
  throw std::logic_error("a step asked for the group of " + target_.str());
}

const Visit& Evidence::visit() const {
  const Visit* seen = book_->visit(target_.host);
  if (!seen) throw NoEvidence({target_.host + ":没有被访问", target_.host + ": was not visited"});
  log_->read.emplace(target_.host, -1, "");
  return *seen;
}

const Answer* Evidence::answer(const Question& question) const {
  const int npu = question.where == Where::kNpu ? target_.npu : -1;
  log_->read.emplace(target_.host, npu, question.key);
  return book_->find_answer(target_.host, npu, question.key);
}

Evidence Evidence::master() const {
  const Group& own = group();
  const Host* host = own.master_host(profile());
  if (!host) throw std::logic_error("a group without hosts: " + own.name);
  return at({.group = own.name, .host = host->name});
}

bool Evidence::is_master() const {
  return group().is_master(target_.host, profile());
}

std::vector<Evidence> Evidence::hosts() const {
  std::vector<Evidence> all;
  for (const Group& group : inventory().groups) {
    if (!target_.group.empty() && group.name != target_.group) continue;
    for (const Host& host : group.hosts) {
      if (!target_.host.empty() && host.name != target_.host) continue;
      const Target one{.group = group.name, .host = host.name};
      const Visit* seen = book_->visit(host.name);
      if (!seen || seen->state != Visit::State::kAnswered) {
        log_->hosts_missing.push_back(host.name);
      } else if (!excluded_ || !excluded_(one)) {
        all.push_back(at(one));
      }
    }
  }
  return all;
}

std::vector<Evidence> Evidence::npus() const {
  std::vector<Evidence> all;
  for (const Evidence& host : hosts())
    for (int npu = 0; npu < host.host().npus; ++npu) {
      Target one = host.target();
      one.npu = npu;
      if (!excluded_ || !excluded_(one)) all.push_back(at(one));
    }
  return all;
}

Text Evidence::refused(const Question& question, const Refusal& refusal) const {
  const int npu = question.where == Where::kNpu ? target_.npu : -1;
  const Answer* answer = book_->find_answer(target_.host, npu, question.key);
  const std::string command = answer ? answer->command : question.key;
  const std::string where = on(target_.host, npu);
  return said("{}:`{}` 的回答无法采信:{}", "{}: the answer to `{}` was not taken: {}", where,
              command, refusal.reason);
}

}  // namespace touchstone
