#include "harness/endpoint/ask.h"

#include <algorithm>
#include <chrono>
#include <list>
#include <memory>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "harness/endpoint/secret.h"
#include "harness/endpoint/transfer.h"
#include "harness/model/shell_words.h"
#include "harness/model/unix_time.h"

namespace touchstone {
namespace {

constexpr int kPollMs = 200;  // how soon an interruption is seen
constexpr int kMostParallel = 512;

// What a person would type for the same question.
std::string typed(const HttpCall& call, const EndpointAccess& access) {
  std::string text = access.proxy.empty() ? "curl --noproxy '*'" : "curl";
  if (!access.proxy.empty() && access.proxy != "environment")
    text += " --proxy " + shell_quoted(access.proxy);
  if (!access.ca.empty()) text += " --cacert " + shell_quoted(access.ca);
  if (!access.certificate.empty()) text += " --cert " + shell_quoted(access.certificate);
  if (!access.key.empty()) text += " --key " + shell_quoted(access.key);
  if (!access.token_file.empty() || !access.token_env.empty())
    text += " -H 'Authorization: Bearer [redacted]'";
  for (const auto& [name, value] : call.headers) text += " -H " + shell_quoted(name + ": " + value);
  if (!call.body.empty()) text += " -d " + shell_quoted(call.body);
  if (call.method != (call.body.empty() ? "GET" : "POST"))
    text += " -X " + shell_quoted(call.method);
  text += " " + shell_quoted(call.url);
  if (call.count > 1) text += fmt::format("  # {} times, {} at once", call.count, call.parallel);
  return text;
}

// One question: a request, or as many as it wants, so many at once.
class Series {
 public:
  Series(const FollowUp& asked, const EndpointAccess& access, const AskOptions& options)
      : asked_(asked), access_(access), options_(options), started_(unix_time()) {
    answer_.command = typed(*asked.http, access);
    try {
      token_ = bearer_token(access);
    } catch (const std::runtime_error& error) {
      give_up(error.what());
    }
  }

  const FollowUp& asked() const { return asked_; }
  bool finished() const { return over_; }
  bool owns(const Transfer* transfer) const { return find(transfer) != running_.end(); }

  void fill(CURLM* multi) {
    const HttpCall& call = *asked_.http;
    const int most = std::min(std::max(call.parallel, 1), kMostParallel);
    while (!over_ && !silent_ && begun_ < std::max(call.count, 1) &&
           static_cast<int>(running_.size()) < most) {
      running_.push_back(
          std::make_unique<Transfer>(RequestPlan{call, access_, token_, asked_.question.seconds,
                                                 options_.connect_seconds, asked_.question.bytes}));
      curl_multi_add_handle(multi, running_.back()->handle());
      ++begun_;
    }
  }

  void ended(CURLM* multi, const Transfer* transfer, CURLcode code) {
    const auto at = find(transfer);
    curl_multi_remove_handle(multi, (*at)->handle());
    (*at)->ended(code);
    // Who did not answer once in the whole time limit is not asked again.
    silent_ = silent_ || code == CURLE_OPERATION_TIMEDOUT;
    done_.push_back((*at)->json());
    running_.erase(at);
    fill(multi);
    if (running_.empty()) finish();
  }

  void stop(CURLM* multi) {
    for (const auto& transfer : running_) curl_multi_remove_handle(multi, transfer->handle());
    running_.clear();
    if (over_) return;
    over_ = true;
    answer_.end = Answer::End::kLost;
    answer_.err = "interrupted";
    answer_.start = started_;
    answer_.seconds = unix_time() - started_;
  }

  Answer take() { return std::move(answer_); }

 private:
  using Running = std::list<std::unique_ptr<Transfer>>;
  Running::const_iterator find(const Transfer* transfer) const {
    auto at = running_.begin();
    while (at != running_.end() && at->get() != transfer) ++at;
    return at;
  }

  void give_up(const std::string& why) {
    over_ = true;
    answer_.exit_code = 1;
    answer_.err = why;
    answer_.start = started_;
  }

  void finish() {
    over_ = true;
    answer_.start = started_;
    answer_.seconds = unix_time() - started_;
    const HttpCall& call = *asked_.http;
    if (call.count <= 1) {
      answer_.out = done_.front();
      return;
    }
    for (int i = begun_; i < call.count; ++i) done_.push_back(json_of_not_asked(call.url));
    answer_.out = fmt::format("{{\"parallel\":{},\"seconds\":{},\"exchanges\":[{}]}}",
                              call.parallel, answer_.seconds, fmt::join(done_, ",\n"));
  }

  const FollowUp& asked_;
  const EndpointAccess& access_;
  const AskOptions& options_;
  double started_;
  std::optional<std::string> token_;
  Running running_;
  std::vector<std::string> done_;
  int begun_ = 0;
  bool silent_ = false;
  bool over_ = false;
  Answer answer_;
};

// libcurl as long as the program runs.
void start_library() {
  static const struct Library {
    Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~Library() { curl_global_cleanup(); }
  } kLibrary;
}

// All series on one thread, until each is finished.
class Asking {
 public:
  Asking(std::vector<std::unique_ptr<Series>>& all, const AskOptions& options)
      : all_(all), options_(options), multi_(curl_multi_init()) {
    if (!multi_) throw std::bad_alloc();
  }
  ~Asking() {
    for (auto& series : all_) series->stop(multi_);
    curl_multi_cleanup(multi_);
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  void run() {
    for (auto& series : all_) series->fill(multi_);
    while (!finished() && !interrupted()) {
      int running = 0;
      curl_multi_perform(multi_, &running);
      if (!reap()) curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
    }
  }

 private:
  bool interrupted() const { return options_.interrupted && *options_.interrupted; }

  bool finished() const {
    return std::all_of(all_.begin(), all_.end(), [](const auto& one) { return one->finished(); });
  }

  // Whether any ended; others may have been begun for them.
  bool reap() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      any = true;
      void* told = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &told);
      const CURLcode code = message->data.result;  // gone with the handle
      for (auto& series : all_) {
        if (!series->owns(static_cast<Transfer*>(told))) continue;
        series->ended(multi_, static_cast<Transfer*>(told), code);
        if (series->finished() && options_.on_answer) options_.on_answer();
        break;
      }
    }
    return any;
  }

  std::vector<std::unique_ptr<Series>>& all_;
  const AskOptions& options_;
  CURLM* multi_;
};

}  // namespace

std::vector<std::pair<const FollowUp*, Answer>> ask(const std::vector<FollowUp>& asked,
                                                    const Inventory& inventory,
                                                    const AskOptions& options) {
  start_library();
  static const EndpointAccess kPlain;
  std::vector<std::unique_ptr<Series>> all;
  for (const FollowUp& one : asked) {
    if (one.question.where != Where::kController || !one.http) continue;
    const Group* group = inventory.group_of(one.host);
    all.push_back(std::make_unique<Series>(one, group ? group->endpoint : kPlain, options));
  }
  Asking(all, options).run();
  std::vector<std::pair<const FollowUp*, Answer>> answers;
  for (auto& series : all) answers.emplace_back(&series->asked(), series->take());
  return answers;
}

}  // namespace touchstone
