#include "harness/collect/collector.h"

#include <chrono>
#include <cmath>
#include <csignal>
#include <deque>
#include <map>

#include <sys/wait.h>

#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

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
constexpr auto kGrace = std::chrono::seconds(1);              // between the polite signal and the other

double now() { return std::chrono::duration<double>(Clock::now().time_since_epoch()).count(); }

// The last lines say why; the first ones are banners.
std::string last_words(const std::string& text) {
  std::size_t end = text.find_last_not_of(" \r\n\t");
  if (end == std::string::npos) return "";
  std::string words = text.substr(0, end + 1);
  if (const std::size_t line = words.rfind('\n'); line != std::string::npos) words.erase(0, line + 1);
  if (words.size() > 300) words.resize(300);
  return words;
}

// One host: starts the shell, feeds it the script, and makes a Visit of what comes.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(asio::io_context& loop, const Transport& transport, const Inventory& inventory, const Group& group, const Host& host,
          const Batch& batch, std::function<void(Visit)> done)
      : transport_(transport), host_(host), nonce_(new_nonce()), script_(collection_script(inventory, group, host, batch, nonce_)),
        reader_(nonce_, inventory, group, host, batch), limit_(loop), done_(std::move(done)) {
    visit_.host = host.name;
  }

  void start(asio::io_context& loop) {
    visit_.started = now();
    child_ = std::make_shared<Child>(loop, Child::Events{
                                               .out = [self = shared_from_this()](std::string_view bytes) { self->on_out(bytes); },
                                               .err = [self = shared_from_this()](std::string_view bytes) { self->on_err(bytes); },
                                               .exited = [self = shared_from_this()](int status) { self->on_exit(status); },
                                           });
    if (std::string error = child_->start(transport_.shell(host_)); !error.empty()) {
      const std::string advice = transport_.explain(host_, 127, "");
      visit_.detail = error + (advice.empty() ? "" : "; " + advice);
      return finish(Visit::State::kUnreachable);
    }
    child_->write(script_);
    limit_.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(host_.access.time_limit)));
    limit_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) self->on_limit();
    });
  }

  // The user wants to stop: what is there is kept.
  void stop() {
    if (visit_.detail.empty() && !reader_.finished()) visit_.detail = "interrupted";
    end_group();
  }

 private:
  void on_out(std::string_view bytes) {
    spoke_ = true;
    const bool began = reader_.began();
    reader_.feed(bytes);
    if (!began && reader_.began()) {
      // The host read its clock somewhere between the start and this moment.
      const double arrived = now();
      const bool whole_seconds = reader_.host_time() == std::floor(reader_.host_time());
      visit_.host_time = reader_.host_time() + (whole_seconds ? 0.5 : 0);
      visit_.host_time_error = (arrived - visit_.started) / 2;
      visit_.host_time_seen = arrived - visit_.host_time_error;
      if (whole_seconds) visit_.host_time_error += 0.5;
    }
    if (reader_.finished()) child_->close_input();  // the shell reads to its end and leaves
  }

  void on_err(std::string_view bytes) {
    // Banners come first; what went wrong comes last.
    error_ += bytes;
    if (error_.size() > kStderrBytes) error_.erase(0, error_.size() - kStderrBytes);
  }

  void on_limit() {
    if (reader_.finished()) return end_group();
    hung_ = true;
    visit_.detail = fmt::format("no {} after {} s", reader_.began() ? "end" : "answer at all", host_.access.time_limit);
    end_group();
  }

  void end_group() {
    child_->kill(SIGTERM);
    limit_.expires_after(kGrace);
    limit_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) self->child_->kill(SIGKILL);
    });
  }

  void on_exit(int status) {
    if (reader_.finished()) return finish(Visit::State::kAnswered);
    if (hung_) return finish(Visit::State::kHung);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    const std::string ended = WIFSIGNALED(status) ? fmt::format("ended by signal {}", WTERMSIG(status)) : fmt::format("ended with exit code {}", code);
    const std::string words = last_words(error_);
    const std::string advice = transport_.explain(host_, code, error_);
    if (visit_.detail.empty()) visit_.detail = ended + (words.empty() ? "" : ": " + words) + (advice.empty() ? "" : " (" + advice + ")");
    if (reader_.began()) return finish(code == 0 ? Visit::State::kNonsense : Visit::State::kDied);
    finish(spoke_ || code == 0 ? Visit::State::kNonsense : Visit::State::kUnreachable);
  }

  void finish(Visit::State state) {
    limit_.cancel();
    visit_.state = state;
    visit_.seconds = now() - visit_.started;
    visit_.answers = reader_.take_answers();
    if (state == Visit::State::kAnswered) visit_.detail = reader_.refused() ? fmt::format("{} unreadable frames", reader_.refused()) : "";
    visit_.detail = redact(std::move(visit_.detail));
    child_.reset();
    done_(std::move(visit_));
  }

  const Transport& transport_;
  const Host& host_;
  std::string nonce_, script_;
  FrameReader reader_;
  asio::steady_timer limit_;
  std::function<void(Visit)> done_;
  std::shared_ptr<Child> child_;
  std::string error_;
  bool spoke_ = false, hung_ = false;
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
    auto before = ::signal(SIGPIPE, SIG_IGN);  // a child that closed its input must not end us
    while (next_ < hosts_.size() && running_.size() < static_cast<std::size_t>(options_.forks)) start_next();
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
    auto session = std::make_shared<Session>(loop_, *transport, inventory_, group, host, batch_, [this, index](Visit visit) { ended(index, std::move(visit)); });
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
      if (error) return;
      if (!*options_.interrupted) return watch();
      stopped_ = true;
      for (std::size_t i = next_; i < hosts_.size(); ++i) visits_[i] = {.host = hosts_[i], .detail = "interrupted before it was asked"};
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

std::vector<Visit> collect(const Inventory& inventory, const std::vector<std::string>& hosts, const Batch& batch, const CollectOptions& options) {
  return Collector(inventory, batch, options).run(hosts);
}

}  // namespace touchstone
