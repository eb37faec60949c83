#pragma once

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeindex>
#include <utility>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/run_record.h"
#include "harness/model/text.h"
#include "harness/model/visit.h"

namespace touchstone {

// Thrown where a step asks for evidence that is not there. The evaluator makes it an `error` of
// that target.
class NoEvidence : public std::exception {
 public:
  explicit NoEvidence(Text why) : why_(std::move(why)) {}
  const Text& why() const { return why_; }
  const char* what() const noexcept override { return why_.en.c_str(); }

 private:
  Text why_;
};

// What a step read while it was judged, so that nothing passes without evidence.
struct ReadLog {
  std::set<std::tuple<std::string, int, std::string>> read;  // host, NPU, key of the question
  std::vector<std::pair<Target, Text>> missing;  // evidence that a comparison had to do without
  std::vector<std::string> hosts_missing;        // hosts that a comparison had to do without
  Text remark;  // what a step that passed did not look at; kept as the verdict's reason
};

std::vector<const Visit*> pointers_to(const std::vector<Visit>& visits);

// All answers of a run; each text is parsed once.
class EvidenceBook {
 public:
  // `pending`: hosts that are still being asked.
  EvidenceBook(const Inventory& inventory, std::vector<Visit> visits,
               std::set<std::string> pending = {});
  // Of visits that outlive the book and stay as they are meanwhile: those of a thousand hosts are
  // hundreds of megabytes.
  EvidenceBook(const Inventory& inventory, const std::vector<const Visit*>& visits,
               std::set<std::string> pending = {});
  EvidenceBook(const EvidenceBook&) = delete;
  EvidenceBook& operator=(const EvidenceBook&) = delete;

  // Where a host stands in the inventory. Steps ask this for every NPU, so it is looked up and not
  // searched for.
  struct Home {
    const Group* group = nullptr;  // null: the inventory has no such host
    const Host* host = nullptr;
  };
  Home home_of(const std::string& host) const;

  const Inventory& inventory() const { return inventory_; }
  const Visit* visit(const std::string& host) const;  // null: never visited
  const std::map<std::string, const Visit*>& visits() const { return visits_; }

  // Whether anybody looked for evidence of a pending host since this was last asked: what was
  // judged by it has to be judged again.
  bool missed_pending() const { return std::exchange(missed_pending_, false); }

  // The parsed answer, or why there is none: a refusal of the parser is returned, anything else
  // thrown as NoEvidence.
  template <class T>
  const Parsed<T>& parsed(const std::string& host, int npu, const Probe<T>& probe,
                          bool again) const {
    Key key{host, npu, again ? probe.key + ".again" : probe.key, typeid(T)};
    auto at = cache_.find(key);
    if (at == cache_.end()) {
      const Answer& answer = usable_answer(std::get<0>(key), npu, probe, std::get<2>(key));
      at = cache_.emplace(key, std::make_shared<Parsed<T>>(probe.parse(answer.out, answer.err)))
               .first;
    }
    return *static_cast<const Parsed<T>*>(at->second.get());
  }

  // What is worked out from the answers of a group, once for all who ask: a step for its verdict,
  // the reports for what they show, a repair for every host. `what` names it. Where `make` throws,
  // the next one works it out again.
  template <class Make>
  const std::invoke_result_t<Make>& once(const Group& group, const std::string& what,
                                         Make make) const {
    const Key key{group.name, kOfGroup, what, typeid(std::invoke_result_t<Make>)};
    auto at = cache_.find(key);
    if (at == cache_.end())
      at = cache_.emplace(key, std::make_shared<std::invoke_result_t<Make>>(make())).first;
    return *static_cast<const std::invoke_result_t<Make>*>(at->second.get());
  }

  const Answer* find_answer(const std::string& host, int npu, const std::string& key) const;

 private:
  static constexpr int kOfGroup = -2;  // no NPU and no host has it
  // By type as well: several probes may read one answer, each what it needs.
  using Key = std::tuple<std::string, int, std::string, std::type_index>;
  const Answer& usable_answer(const std::string& host, int npu, const Question& question,
                              const std::string& key) const;

  void take(const std::vector<const Visit*>& visits);

  const Inventory& inventory_;
  std::map<std::string, Home> homes_;
  const std::vector<Visit> own_;
  std::map<std::string, const Visit*> visits_;
  std::set<std::string> pending_;
  mutable bool missed_pending_ = false;
  mutable std::map<Key, std::shared_ptr<void>> cache_;
};

// What one target may look at: its own answers, and for a group or the cluster those of its hosts
// and NPUs.
class Evidence {
 public:
  // `excluded` tells which hosts and NPUs a comparison leaves out because a step they stand on did
  // not pass.
  Evidence(const EvidenceBook& book, Target target, ReadLog& log,
           std::function<bool(const Target&)> excluded = nullptr)
      : book_(&book), target_(std::move(target)), log_(&log), excluded_(std::move(excluded)) {}

  const Target& target() const { return target_; }
  const Inventory& inventory() const { return book_->inventory(); }
  // For what was asked because of other answers, and is to be found by thinking the same again.
  // Reading here proves nothing: it is not noted.
  const EvidenceBook& book() const { return *book_; }
  const Profile& profile() const { return book_->inventory().profile; }
  const Host& host() const;    // of a host or an NPU
  const Group& group() const;  // of anything but the whole cluster
  int npu() const { return target_.npu; }
  const Visit& visit() const;

  // The value; throws NoEvidence when it was not answered, or answered with something that is no
  // value.
  template <class T>
  const T& operator[](const Probe<T>& probe) const {
    return value(probe, parsed(probe));
  }
  template <class T>
  const T& again(const Probe<T>& probe) const {
    return value(probe, parsed(probe, true));
  }
  // For questions that may be refused in a way that the step judges (no address is set).
  template <class T>
  const Parsed<T>& parsed(const Probe<T>& probe, bool again = false) const {
    const int npu = probe.where == Where::kNpu ? target_.npu : -1;
    log_->read.emplace(target_.host, npu, again ? probe.key + ".again" : probe.key);
    return book_->parsed(target_.host, npu, probe, again);
  }
  const Answer* answer(const Question& question) const;

  Evidence master() const;  // of this group, whether it is excluded or not
  bool is_master() const;   // of a host or an NPU: that it is the master's
  std::vector<Evidence> hosts()
      const;                           // those that were visited and answered, and are not excluded
  std::vector<Evidence> npus() const;  // the expected NPUs of this host, or of those hosts

  // For comparisons: the targets that have this value. What is missing is noted, and makes the
  // verdict an error unless something else is wrong already.
  template <class T>
  std::vector<std::pair<Evidence, const T*>> each(const Probe<T>& probe) const {
    std::vector<std::pair<Evidence, const T*>> values;
    for (const Evidence& one : probe.where == Where::kNpu ? npus() : hosts()) {
      try {
        values.emplace_back(one, &one[probe]);
      } catch (const NoEvidence& missing) {
        log_->missing.emplace_back(one.target(), missing.why());
      }
    }
    return values;
  }
  // The values of the NPUs of this NPU's group, as far as there are any: for "the same as most",
  // asked by one of them.
  template <class T>
  std::vector<std::pair<Evidence, const T*>> siblings(const Probe<T>& probe) const {
    std::vector<std::pair<Evidence, const T*>> values;
    const Group& own = group();
    for (const Host& host : own.hosts)
      for (int npu = 0; npu < host.npus; ++npu) {
        if (!book_->find_answer(host.name, npu, probe.key)) continue;
        try {
          const auto& parsed = book_->parsed(host.name, npu, probe, false);
          if (parsed)
            values.emplace_back(at({.group = own.name, .host = host.name, .npu = npu}),
                                &parsed.value());
        } catch (const NoEvidence&) {
          continue;  // its own verdict tells
        }
      }
    return values;
  }
  void remark(Text text) const { log_->remark = std::move(text); }
  void note_missing(Text why) const { log_->missing.emplace_back(target_, std::move(why)); }

 private:
  template <class T>
  const T& value(const Probe<T>& probe, const Parsed<T>& parsed) const {
    if (!parsed) throw NoEvidence(refused(probe, parsed.refusal()));
    return parsed.value();
  }
  Text refused(const Question& question, const Refusal& refusal) const;
  Evidence at(Target target) const { return {*book_, std::move(target), *log_, excluded_}; }

  const EvidenceBook* book_;
  Target target_;
  ReadLog* log_;
  std::function<bool(const Target&)> excluded_;
};

}  // namespace touchstone
