#pragma once

#include <chrono>
#include <cmath>
#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <sys/wait.h>

#include <fmt/format.h>
#include <boost/asio/steady_timer.hpp>

#include "harness/collect/child.h"
#include "harness/collect/frames.h"
#include "harness/collect/last_words.h"
#include "harness/model/unix_time.h"
#include "harness/transport/transport.h"

namespace touchstone {

// One script and the reader of its answers. The nonce is new for each: a late echo of one turn is
// nothing in the next.
struct Job {
  std::string script, ready_line;
  std::unique_ptr<FrameReader> reader;
  double limit = 0;    // seconds until the host counts as hanging
  bool later = false;  // of a later turn: those seconds count from answer to answer
};

// One host: starts the shell, feeds it scripts one after the other, and makes a Visit of what each
// brings. The shell stays between them if it is to; only collector.cpp includes this, as child.h.
class Session : public std::enable_shared_from_this<Session> {
 public:
  // `stay`: the shell is kept for later turns, until leave(). `done` gets what a script brought;
  // `gone` tells that the shell has ended after that.
  struct Events {
    std::function<void(Visit)> done;
    std::function<void(std::size_t answers)> progress = [](std::size_t) {};
    std::function<void()> gone = [] {};
  };

  Session(boost::asio::io_context& loop, const Transport& transport, const Host& host, bool stay,
          Job job, Events events)
      : transport_(transport),
        host_(host),
        stay_(stay),
        job_(std::move(job)),
        limit_(loop),
        patience_(loop),
        events_(std::move(events)) {
    visit_.host = host.name;
  }

  void start(boost::asio::io_context& loop) {
    asking_ = true;
    visit_.started = unix_time();
    child_ = std::make_shared<Child>(
        loop,
        Child::Events{
            .out = [self = shared_from_this()](std::string_view bytes) { self->on_out(bytes); },
            .err = [self = shared_from_this()](std::string_view bytes) { self->on_err(bytes); },
            .exited = [self = shared_from_this()](int status) { self->on_exit(status); },
        });
    if (std::string error = child_->start(transport_.shell(host_)); !error.empty()) {
      const Text advice = transport_.explain(host_, kNotStarted, "");
      visit_.detail = Text(Phrase(error)) + (advice.empty() ? Text{} : Text{";", "; "} + advice);
      child_.reset();
      tell(Visit::State::kUnreachable);
      return events_.gone();
    }
    child_->write(job_.ready_line);
    patience_.expires_after(kPatience);
    patience_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) self->send_script();
    });
    watch_silence();
  }

  // Whether the shell is there for another script.
  bool open() const { return child_ && !asking_ && !left_; }
  void set_done(std::function<void(Visit)> done) { events_.done = std::move(done); }

  // Another script, without the tools that the first one brought.
  void ask(Job job) {
    job_ = std::move(job);
    visit_ = Visit{.host = host_.name, .started = unix_time()};
    asking_ = true;
    sent_ = 0;
    error_.clear();
    watch_silence();
    send_script();
  }

  // The shell reads to its end and leaves.
  void leave() {
    if (!child_ || left_) return;
    left_ = true;
    child_->close_input();
    kill_after(kLeave, SIGTERM);
  }

  // The user wants to stop: what is there is kept.
  void stop() {
    if (left_) return;
    if (visit_.detail.empty() && asking_) visit_.detail = Text{"被中断", "interrupted"};
    end_group();
  }

 private:
  using Clock = std::chrono::system_clock;

  static constexpr std::size_t kStderrBytes = std::size_t{64} << 10;  // of the transport's words
  static constexpr auto kGrace =
      std::chrono::seconds(2);  // between the polite signal and the other
  // How long the shell may take to say that it is there. Then it gets its script all the same:
  // something on the way may keep back what is little. Only the doubt about its clock grows by
  // that.
  static constexpr auto kPatience = std::chrono::seconds(2);
  static constexpr auto kLeave = std::chrono::seconds(10);  // to leave when all is said
  static constexpr int kNotStarted = -1;  // for a program that could not be started

  FrameReader& reader() { return *job_.reader; }

  void on_out(std::string_view bytes) {
    spoke_ = true;
    if (!asking_) return;  // noise between two turns
    const bool began = reader().began();
    const std::size_t answers = reader().answered();
    reader().feed(bytes);
    if (reader().ready()) send_script();
    if (!began && reader().began() && sent_ > 0) note_clock();
    if (reader().answered() > answers) {
      events_.progress(reader().answered() - answers);
      if (!hung_ && !left_) watch_silence();
    }
    if (!reader().finished() || left_) return;
    if (stay_) return tell(Visit::State::kAnswered);
    leave();
  }

  void send_script() {
    if (sent_ > 0 || !child_) return;
    patience_.cancel();
    sent_ = unix_time();
    child_->write(std::move(job_.script));
  }

  // The host read its clock somewhere between the script's departure and this moment.
  void note_clock() {
    const double arrived = unix_time();
    const bool whole_seconds = reader().host_time() == std::floor(reader().host_time());
    visit_.host_time = reader().host_time() + (whole_seconds ? 0.5 : 0);
    visit_.host_time_error = (arrived - sent_) / 2;
    visit_.host_time_seen = arrived - visit_.host_time_error;
    if (whole_seconds) visit_.host_time_error += 0.5;
  }

  void on_err(std::string_view bytes) {
    // Banners come first; what went wrong comes last.
    error_ += bytes;
    if (error_.size() > kStderrBytes) error_.erase(0, error_.size() - kStderrBytes);
  }

  // The first script has so many seconds in all; a later one, so many from answer to answer, since
  // hashing weights may take an hour.
  void watch_silence() {
    if (reader().answered() > 0 && !job_.later) return;
    limit_.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(job_.limit)));
    limit_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error && self->child_ && self->asking_) self->on_limit();
    });
  }

  void on_limit() {
    hung_ = true;
    const Text what =
        reader().began() ? Text{"问题没有全部得到回答", "the questions were not all answered"}
        : reader().ready()
            ? Text{"shell 收到了脚本而没有开始执行", "the shell took the script, but did not begin"}
            : Text{"连接或登录停滞,没有得到 shell",
                   "the connection or the login hangs: there was no shell"};
    visit_.detail = said("{1} 秒内{0}", "{0} within {1} s", what, job_.limit);
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
    limit_.cancel();
    patience_.cancel();
    child_.reset();
    if (asking_) tell(state_of(status));
    events_.gone();
  }

  Visit::State state_of(int status) {
    if (reader().finished()) return Visit::State::kAnswered;
    if (hung_) return Visit::State::kHung;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const Text advice = reader().ready() ? Text{} : transport_.explain(host_, code, error_);
    if (visit_.detail.empty()) visit_.detail = detail_of(status, code, advice);
    if (reader().ready()) return code == 0 ? Visit::State::kNonsense : Visit::State::kDied;
    const bool silent_failure = code != 0 && !spoke_;
    return silent_failure || !advice.empty() ? Visit::State::kUnreachable : Visit::State::kNonsense;
  }

  Phrase detail_of(int status, int code, const Text& advice) {
    if (!reader().failure().empty()) return reader().failure();
    Text detail = WIFSIGNALED(status)
                      ? said("被信号 {} 终止", "ended by signal {}", WTERMSIG(status))
                      : said("以退出码 {} 结束", "ended with exit code {}", code);
    if (const std::string words = last_words(error_); !words.empty())
      detail = said("{}:{}", "{}: {}", detail, words);
    if (!advice.empty()) detail = said("{}({})", "{} ({})", detail, advice);
    return detail;
  }

  void tell(Visit::State state) {
    asking_ = false;
    limit_.cancel();
    patience_.cancel();
    visit_.state = state;
    visit_.seconds = unix_time() - visit_.started;
    visit_.answers = reader().take_answers();
    if (state == Visit::State::kAnswered)
      visit_.detail = reader().refused() ? unreadable(reader().refused()) : Phrase();
    visit_.detail =
        Phrase(reader().redacted(visit_.detail.zh), reader().redacted(visit_.detail.en));
    events_.done(std::move(visit_));
  }

  const Transport& transport_;
  const Host& host_;
  const bool stay_;
  Job job_;
  boost::asio::steady_timer limit_, patience_;
  Events events_;
  std::shared_ptr<Child> child_;
  std::string error_;
  double sent_ = 0;  // when the script was sent
  bool asking_ = false, spoke_ = false, left_ = false, hung_ = false;
  Visit visit_;
};

}  // namespace touchstone
