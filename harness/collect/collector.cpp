#include "harness/collect/collector.h"

#include <chrono>
#include <cmath>
#include <csignal>
#include <map>

#include <sys/resource.h>
#include <sys/wait.h>

#include <fmt/format.h>
#include <boost/asio/steady_timer.hpp>

#include "harness/collect/child.h"
#include "harness/collect/control_dir.h"
#include "harness/collect/frames.h"
#include "harness/collect/redact.h"
#include "harness/transport/transport.h"

namespace touchstone {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::system_clock;

constexpr std::size_t kStderrBytes = std::size_t{64} << 10;  // of the transport's own words
constexpr auto kGrace = std::chrono::seconds(2);  // between the polite signal and the other
// How long the shell may take to say that it is there. Then it gets its script all the same:
// something on the way may keep back what is little. Only the doubt about its clock grows by that.
constexpr auto kPatience = std::chrono::seconds(2);
constexpr auto kLeave = std::chrono::seconds(10);  // for the shell to leave when all is said
constexpr int kNotStarted = -1;                    // for a program that could not be started
constexpr std::size_t kDescriptorsEach =
    6;  // three pipes, a process, and what is open while it starts

double now() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

// The last lines say why; the first ones are banners. A terminal's control characters have no place
// in a report.
std::string last_words(std::string text) {
  constexpr std::size_t kLines = 3, kMost = 400;
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') c = ' ';
  std::string words;
  for (std::size_t line = 0, end = text.size(); line < kLines && end > 0;
       end = text.rfind('\n', end - 1)) {
    const std::size_t before = text.rfind('\n', end - 1);
    const std::size_t from = before == std::string::npos ? 0 : before + 1;
    std::string one = text.substr(from, end - from);
    one.erase(one.find_last_not_of(' ') + 1);
    if (!one.empty()) words = one + (line++ == 0 ? "" : " / ") + words;
    if (before == std::string::npos) break;
  }
  if (words.size() > kMost) words.erase(0, words.size() - kMost);
  return words;
}

// Every process needs descriptors; those who may open few get fewer at a time instead of an error.
std::size_t places_for(int forks) {
  rlimit limit{};
  const std::size_t wanted = static_cast<std::size_t>(std::max(1, forks));
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
  const std::size_t free = limit.rlim_cur > 64 ? limit.rlim_cur - 64 : 0;
  return std::min(wanted, std::max<std::size_t>(1, free / kDescriptorsEach));
}

// One host: starts the shell, feeds it the script, and makes a Visit of what comes.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(asio::io_context& loop, const Transport& transport, const Inventory& inventory,
          const Group& group, const Host& host, const Batch& batch, std::function<void(Visit)> done)
      : transport_(transport),
        host_(host),
        nonce_(new_nonce()),
        script_(collection_script(inventory, group, host, batch, nonce_)),
        reader_(nonce_, inventory, group, host, batch),
        limit_(loop),
        patience_(loop),
        done_(std::move(done)) {
    visit_.host = host.name;
  }

  void start(asio::io_context& loop) {
    visit_.started = now();
    child_ = std::make_shared<Child>(
        loop,
        Child::Events{
            .out = [self = shared_from_this()](std::string_view bytes) { self->on_out(bytes); },
            .err = [self = shared_from_this()](std::string_view bytes) { self->on_err(bytes); },
            .exited = [self = shared_from_this()](int status) { self->on_exit(status); },
        });
    if (std::string error = child_->start(transport_.shell(host_)); !error.empty()) {
      const std::string advice = transport_.explain(host_, kNotStarted, "");
      visit_.detail = error + (advice.empty() ? "" : "; " + advice);
      return finish(Visit::State::kUnreachable);
    }
    child_->write(ready_script(nonce_));
    patience_.expires_after(kPatience);
    patience_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) self->send_script();
    });
    limit_.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(host_.access.time_limit)));
    limit_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error && self->child_) self->on_limit();
    });
  }

  // The user wants to stop: what is there is kept.
  void stop() {
    if (left_) return;
    if (visit_.detail.empty() && !reader_.finished()) visit_.detail = "interrupted";
    end_group();
  }

 private:
  void on_out(std::string_view bytes) {
    spoke_ = true;
    const bool began = reader_.began();
    reader_.feed(bytes);
    if (reader_.ready()) send_script();
    if (!began && reader_.began() && sent_ > 0) note_clock();
    if (!reader_.finished() || left_) return;
    left_ = true;
    child_->close_input();  // the shell reads to its end and leaves
    kill_after(kLeave, SIGTERM);
  }

  void send_script() {
    if (sent_ > 0 || !child_) return;
    patience_.cancel();
    sent_ = now();
    child_->write(std::move(script_));
  }

  // The host read its clock somewhere between the script's departure and this moment.
  void note_clock() {
    const double arrived = now();
    const bool whole_seconds = reader_.host_time() == std::floor(reader_.host_time());
    visit_.host_time = reader_.host_time() + (whole_seconds ? 0.5 : 0);
    visit_.host_time_error = (arrived - sent_) / 2;
    visit_.host_time_seen = arrived - visit_.host_time_error;
    if (whole_seconds) visit_.host_time_error += 0.5;
  }

  void on_err(std::string_view bytes) {
    // Banners come first; what went wrong comes last.
    error_ += bytes;
    if (error_.size() > kStderrBytes) error_.erase(0, error_.size() - kStderrBytes);
  }

  void on_limit() {
    hung_ = true;
    const char* what = reader_.began()   ? "the questions were not all answered"
                       : reader_.ready() ? "the shell took the script, but did not begin"
                                         : "the connection or the login hangs: there was no shell";
    visit_.detail = fmt::format("{} within {} s", what, host_.access.time_limit);
    end_group();
  }

  void end_group() {
    if (!child_) return;
    child_->kill(SIGTERM);
    kill_after(kGrace, SIGKILL);
  }

  void kill_after(Clock::duration time, int number) {
    limit_.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(time));
    limit_.async_wait([self = shared_from_this(), number](const boost::system::error_code& error) {
      if (error || !self->child_) return;
      if (number == SIGKILL)
        self->child_->kill(SIGKILL);
      else
        self->end_group();
    });
  }

  void on_exit(int status) {
    if (reader_.finished()) return finish(Visit::State::kAnswered);
    if (hung_) return finish(Visit::State::kHung);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const std::string advice = reader_.ready() ? "" : transport_.explain(host_, code, error_);
    if (visit_.detail.empty()) visit_.detail = detail_of(status, code, advice);
    if (reader_.ready()) return finish(code == 0 ? Visit::State::kNonsense : Visit::State::kDied);
    const bool silent_failure = code != 0 && !spoke_;
    finish(silent_failure || !advice.empty() ? Visit::State::kUnreachable
                                             : Visit::State::kNonsense);
  }

  std::string detail_of(int status, int code, const std::string& advice) const {
    if (!reader_.failure().empty()) return reader_.failure();
    const std::string ended = WIFSIGNALED(status)
                                  ? fmt::format("ended by signal {}", WTERMSIG(status))
                                  : fmt::format("ended with exit code {}", code);
    const std::string words = last_words(error_);
    return ended + (words.empty() ? "" : ": " + words) +
           (advice.empty() ? "" : " (" + advice + ")");
  }

  void finish(Visit::State state) {
    limit_.cancel();
    patience_.cancel();
    visit_.state = state;
    visit_.seconds = now() - visit_.started;
    visit_.answers = reader_.take_answers();
    if (state == Visit::State::kAnswered)
      visit_.detail =
          reader_.refused() ? fmt::format("{} unreadable frames", reader_.refused()) : "";
    visit_.detail = redact(std::move(visit_.detail));
    child_.reset();
    done_(std::move(visit_));
  }

  const Transport& transport_;
  const Host& host_;
  std::string nonce_, script_;
  FrameReader reader_;
  asio::steady_timer limit_, patience_;
  std::function<void(Visit)> done_;
  std::shared_ptr<Child> child_;
  std::string error_;
  double sent_ = 0;  // when the script was sent
  bool spoke_ = false, left_ = false, hung_ = false;
  Visit visit_;
};

// Owns the loop: starts sessions as places become free, and collects their visits.
class Collector {
 public:
  Collector(const Inventory& inventory, const Batch& batch, const CollectOptions& options)
      : inventory_(inventory), batch_(batch), options_(options), watch_(loop_) {
    context_.ssh_config = options.ssh_config;
  }

  std::vector<Visit> run(const std::vector<std::string>& hosts) {
    ControlDir control;
    context_.control_dir = control.path();
    hosts_ = hosts;
    visits_.resize(hosts.size());
    const std::size_t places = places_for(options_.forks);
    auto before = ::signal(SIGPIPE, SIG_IGN);  // a child that closed its input must not end us
    while (next_ < hosts_.size() && running_.size() < places) start_next();
    watch();
    loop_.run();
    ::signal(SIGPIPE, before);
    return std::move(visits_);
  }

 private:
  void start_next() {
    const std::size_t index = next_++;
    const Group& group = *inventory_.group_of(hosts_[index]);
    const Host& host = *group.find(hosts_[index]);
    auto& transport = transports_[host.access.transport];
    if (!transport) transport = make_transport(host.access.transport, context_);
    auto session =
        std::make_shared<Session>(loop_, *transport, inventory_, group, host, batch_,
                                  [this, index](Visit visit) { ended(index, std::move(visit)); });
    running_[index] = session;
    asio::post(loop_, [this, session] { session->start(loop_); });
  }

  void ended(std::size_t index, Visit visit) {
    running_.erase(index);
    visits_[index] = std::move(visit);
    if (options_.on_visit) options_.on_visit(visits_[index], ++done_, hosts_.size());
    if (next_ < hosts_.size() && !stopped_) start_next();
    if (running_.empty()) watch_.cancel();
  }

  // Looks now and then whether the user wants to stop.
  void watch() {
    if (!options_.interrupted) return;
    watch_.expires_after(std::chrono::milliseconds(100));
    watch_.async_wait([this](const boost::system::error_code& error) {
      // The timer may have fired already when it is cancelled.
      if (error || running_.empty()) return;
      if (!*options_.interrupted) return watch();
      stopped_ = true;
      for (std::size_t i = next_; i < hosts_.size(); ++i)
        visits_[i] = {.host = hosts_[i], .detail = "interrupted before it was asked"};
      auto running = running_;
      for (auto& [index, session] : running) session->stop();
    });
  }

  const Inventory& inventory_;
  const Batch& batch_;
  const CollectOptions& options_;
  asio::io_context loop_{1};
  asio::steady_timer watch_;
  TransportContext context_;
  std::map<std::string, std::unique_ptr<Transport>> transports_;
  std::vector<std::string> hosts_;
  std::vector<Visit> visits_;
  std::map<std::size_t, std::shared_ptr<Session>> running_;
  std::size_t next_ = 0, done_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::vector<Visit> collect(const Inventory& inventory, const std::vector<std::string>& hosts,
                           const Batch& batch, const CollectOptions& options) {
  return Collector(inventory, batch, options).run(hosts);
}

}  // namespace touchstone
