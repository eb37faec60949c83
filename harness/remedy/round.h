#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/remedy/apply.h"

namespace touchstone {

// Why there is no answer: time, or the connection and what it said last.
Text silence_text(const Answer& answer);
// `key`: of the question, no other of the host has it.
FollowUp question_for(const std::string& host, const std::string& key,
                      std::vector<std::string> argv, double seconds);
ChangeResult result_of(const NumberedChange& numbered, const Answer& answer);
bool went_well(Outcome outcome);
ChangeResult skipped(const NumberedChange& one, Text why);

// What apply and undo have in common: locks, turns, the journal, and who is out.
class Round {
 public:
  Round(const FixRun& run, const Inventory& inventory, const AskHosts& ask, Journal& journal,
        bool undo, const ApplyOptions& options)
      : run_(run),
        inventory_(inventory),
        ask_(ask),
        journal_(journal),
        undo_(undo),
        options_(options) {}

  const Host& host(const std::string& name) const { return *inventory_.find(name); }
  // Why nothing more is begun on any host; empty: go on.
  Text stopped() const;
  bool out(const std::string& host) const { return out_.contains(host); }
  const Text& why_out(const std::string& host) const { return out_.at(host); }
  void put_out(const std::string& host, Text why) { out_.emplace(host, std::move(why)); }

  // Who has no lock is out.
  void lock(const std::set<std::string>& hosts);
  void release();
  std::vector<Answer> ask(const Turn& turn) const { return ask_(turn); }

  // Begins `changes[i]` by `turn[i]`; where the journal cannot say so, none of them. When it
  // returns the journal has all ends: whoever is told of one may throw, and the hosts have done the
  // others.
  std::vector<ChangeResult> make(const std::vector<const NumberedChange*>& changes,
                                 const Turn& turn);
  // The journal's line of one that was not begun.
  void enter(const ChangeResult& result) { journal_.end(result, undo_); }
  void tell(const NumberedChange& one, const ChangeResult& result) const {
    if (options_.on_change) options_.on_change(one, result);
  }

 private:
  void lock_all(const std::set<std::string>& hosts);
  const FixRun& run_;
  const Inventory& inventory_;
  const AskHosts& ask_;
  Journal& journal_;
  const bool undo_;
  const ApplyOptions& options_;
  std::map<std::string, Text> out_;  // hosts of which nothing more is changed, and why
  std::set<std::string> locked_;
};

}  // namespace touchstone
