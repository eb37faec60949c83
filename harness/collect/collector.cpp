#include "harness/collect/collector.h"

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

#include <sys/resource.h>

#include "harness/collect/control_dir.h"
#include "harness/collect/session.h"

namespace touchstone {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kDescriptorsEach =
    6;  // three pipes, a process, and what is open while it starts
constexpr std::size_t kDescriptorsOwn = 64;  // of the program besides its hosts

constexpr double kAfterLongest = 5;  // seconds that a later turn takes besides its questions

// How many hosts of so many wanted can be connected at a time. Every process needs descriptors: we
// take what the hard limit grants, and those who may open few get fewer hosts instead of an error.
std::size_t places_for(std::size_t wanted) {
  const rlim_t needed = kDescriptorsOwn + wanted * kDescriptorsEach;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return wanted;
  const rlim_t before = limit.rlim_cur;
  limit.rlim_cur = std::min(needed, limit.rlim_max);
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
  const rlim_t free = limit.rlim_cur > kDescriptorsOwn ? limit.rlim_cur - kDescriptorsOwn : 0;
  return std::min<std::size_t>(wanted, std::max<rlim_t>(1, free / kDescriptorsEach));
}

}  // namespace

// A child that closed its input must not end us.
class NoPipeSignal {
 public:
  NoPipeSignal() : before_(::signal(SIGPIPE, SIG_IGN)) {}
  ~NoPipeSignal() { ::signal(SIGPIPE, before_); }

 private:
  void (*before_)(int);
};

// Owns the loop: starts sessions as places become free, and collects what they bring.
class Collection::Loop {
 public:
  Loop(const Inventory& inventory, CollectOptions options)
      : inventory_(inventory), options_(std::move(options)), watch_(loop_) {
    context_.ssh_config = options_.ssh_config;
    context_.control_dir = control_.path();
  }
  ~Loop() {
    for (auto& [host, session] : sessions_) session->leave();
    watch_.cancel();
    run_while([] { return true; });  // to the end of everything that was started
  }

  std::vector<Visit> visit(const std::vector<std::string>& hosts, const Batch& batch) {
    // One connection a host and run. Where there are more hosts than may stay connected, later
    // turns connect anew.
    stays_ = options_.later_turns && hosts.size() <= options_.connected &&
             hosts.size() <= places_for(hosts.size());
    std::vector<Visit> visits;
    visits.reserve(hosts.size());
    for (const std::string& host : hosts)
      visits.push_back(
          {.host = host, .detail = Text{"在询问之前被中断", "interrupted before it was asked"}});
    ask_all(
        hosts, [&](const Group& group, const Host& host) { return job(group, host, batch); },
        stays_,
        [&](std::size_t index, Visit visit) {
          visits[index] = std::move(visit);
          if (options_.on_visit) options_.on_visit(visits[index], ++done_, hosts.size());
        });
    return visits;
  }

  bool stays() const { return stays_; }

  void turn(std::vector<Visit>& visits, const Turn& asked) {
    std::map<std::string, Visit*> of;
    for (Visit& visit : visits) of[visit.host] = &visit;
    std::vector<std::string> hosts;
    std::map<std::string, Turn> parts;  // each host's own part: none reads through all the others'
    for (const FollowUp& one : asked) {
      if (!of.contains(one.host)) continue;
      Turn& part = parts[one.host];
      if (part.empty()) hosts.push_back(one.host);
      part.push_back(one);
    }
    std::map<std::string, std::string> why;
    std::map<std::string, std::set<AnswerKey>> fresh;
    ask_all(
        hosts,
        [&](const Group& group, const Host& host) { return job(group, host, parts.at(host.name)); },
        false,
        [&](std::size_t index, Visit&& brought) {
          for (auto& [key, answer] : brought.answers) {
            fresh[hosts[index]].insert(key);
            of[hosts[index]]->answers.insert_or_assign(key, std::move(answer));
          }
          why[hosts[index]] = brought.detail.en;
        });
    for (const FollowUp& one : asked)
      if (of.contains(one.host) && !fresh[one.host].contains({one.question.key, one.npu}))
        fill_in(one, why[one.host], of[one.host]->answers);
  }

 private:
  std::size_t places() const {
    return places_for(static_cast<std::size_t>(std::max(1, options_.forks)));
  }

  Job job(const Group& group, const Host& host, const Batch& batch) const {
    const std::string nonce = new_nonce();
    return {.script = collection_script(inventory_, group, host, batch, nonce),
            .ready_line = ready_script(nonce),
            .reader = std::make_unique<FrameReader>(nonce, inventory_, group, host, batch),
            .limit = host.access.time_limit};
  }

  Job job(const Group& group, const Host& host, const Turn& asked) const {
    const std::string nonce = new_nonce();
    const auto at = sessions_.find(host.name);
    const bool open = at != sessions_.end() && at->second->open();
    double longest = 0;
    for (const FollowUp& one : asked) longest = std::max(longest, one.question.seconds);
    return {
        .script = (open ? "" : script_tools()) + turn_script(inventory_, group, host, asked, nonce),
        .ready_line = ready_script(nonce),
        .reader = std::make_unique<FrameReader>(nonce, inventory_, group, host, asked),
        .limit = std::max(host.access.time_limit, longest + kAfterLongest),
        .later = true};
  }

  // What did not come back is told to be lost, so that nobody takes it for "was not asked".
  void fill_in(const FollowUp& one, const std::string& why,
               std::map<AnswerKey, Answer>& answers) const {
    const AnswerKey key{one.question.key, one.npu};
    const Group& group = *inventory_.group_of(one.host);
    Answer lost{.end = Answer::End::kLost, .err = why};
    lost.command =
        typed(command_of(one.question, group, *group.find(one.host), inventory_.profile, one.npu));
    answers.insert_or_assign(key, std::move(lost));
  }

  template <class MakeJob, class Done>
  void ask_all(const std::vector<std::string>& hosts, MakeJob make_job, bool stay, Done done) {
    std::size_t next = 0, running = 0;
    const std::size_t most = places();
    watching_ = true;
    watch();
    const auto start_next = [&] {
      const std::size_t index = next++;
      ++running;
      const Group& group = *inventory_.group_of(hosts[index]);
      const Host& host = *group.find(hosts[index]);
      ask(host, make_job(group, host), stay, [&, index](Visit visit) {
        --running;
        done(index, std::move(visit));
      });
    };
    do {
      while (next < hosts.size() && running < most && !stopped_) start_next();
      run_while([&, before = running] { return running == before && running > 0; });
    } while (running > 0 || (next < hosts.size() && !stopped_));
    watching_ = false;
    watch_.cancel();
  }

  void ask(const Host& host, Job job, bool stay, std::function<void(Visit)> done) {
    auto at = sessions_.find(host.name);
    if (at != sessions_.end() && at->second->open()) {
      at->second->set_done(std::move(done));
      return at->second->ask(std::move(job));
    }
    auto& transport = transports_[host.access.transport];
    if (!transport) transport = make_transport(host.access.transport, context_);
    auto session = std::make_shared<Session>(
        loop_, *transport, host, stay, std::move(job),
        Session::Events{.done = std::move(done),
                        .progress =
                            [this](std::size_t answers) {
                              if (options_.on_answers) options_.on_answers(answers);
                            },
                        .gone = [this, name = host.name] { sessions_.erase(name); }});
    sessions_[host.name] = session;
    asio::post(loop_, [this, session] { session->start(loop_); });
  }

  template <class Condition>
  void run_while(Condition condition) {
    loop_.restart();
    while (condition() && loop_.run_one() > 0) {
    }
  }

  // Looks now and then whether the user wants to stop.
  void watch() {
    if (!options_.interrupted && !options_.on_tick) return;
    watch_.expires_after(std::chrono::milliseconds(100));
    watch_.async_wait([this](const boost::system::error_code& error) {
      // A look that was due already cannot be cancelled any more.
      if (error || !watching_) return;
      if (options_.on_tick) options_.on_tick();
      if (!options_.interrupted || !*options_.interrupted) return watch();
      stopped_ = true;
      auto running = sessions_;
      for (auto& [host, session] : running) session->stop();
    });
  }

  const Inventory& inventory_;
  CollectOptions options_;
  NoPipeSignal no_signal_;
  ControlDir control_;
  asio::io_context loop_{1};
  asio::steady_timer watch_;
  TransportContext context_;
  std::map<std::string, std::unique_ptr<Transport>> transports_;
  std::map<std::string, std::shared_ptr<Session>> sessions_;  // whose shell has not ended
  std::size_t done_ = 0;
  bool stopped_ = false, watching_ = false, stays_ = false;
};

Collection::Collection(const Inventory& inventory, CollectOptions options)
    : loop_(std::make_unique<Loop>(inventory, std::move(options))) {}
Collection::~Collection() = default;

std::vector<Visit> Collection::visit(const std::vector<std::string>& hosts, const Batch& batch) {
  return loop_->visit(hosts, batch);
}
void Collection::turn(std::vector<Visit>& visits, const Turn& asked) {
  loop_->turn(visits, asked);
}

bool Collection::stays_connected() const {
  return loop_->stays();
}

std::vector<Visit> collect(const Inventory& inventory, const std::vector<std::string>& hosts,
                           const Batch& batch, const CollectOptions& options) {
  return Collection(inventory, options).visit(hosts, batch);
}

}  // namespace touchstone
