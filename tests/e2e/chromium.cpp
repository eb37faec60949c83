#include "tests/e2e/chromium.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "harness/model/base64.h"

namespace touchstone {
namespace {

constexpr const char* kPath = "/usr/bin/chromium";
constexpr int kPatience = 120'000;  // ms for one answer, on a machine that does much else

// Chromium reads commands at 3 and writes answers at 4. Where these are the pipe's own numbers
// dup2 would leave them to be closed at exec: they are moved out of the way first.
[[noreturn]] void become_chromium(int read_end, int write_end, const std::string& profile) {
  const int in = ::fcntl(read_end, F_DUPFD, 10), out = ::fcntl(write_end, F_DUPFD, 10);
  const int null = ::open("/dev/null", O_RDWR);
  for (int stream : {0, 1, 2}) ::dup2(null, stream);
  ::dup2(in, 3);
  ::dup2(out, 4);
  const std::string data = "--user-data-dir=" + profile;
  ::execl(kPath, kPath, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
          "--no-first-run", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe", data.c_str(),
          "about:blank", nullptr);
  ::_exit(127);
}

}  // namespace

bool Chromium::is_there() {
  return std::filesystem::exists(kPath);
}

Chromium::Chromium() {
  profile_ = (std::filesystem::temp_directory_path() / "touchstone-chromium-XXXXXX").string();
  if (!::mkdtemp(profile_.data())) throw std::runtime_error("no folder for Chromium's profile");
  std::array<int, 2> commands{}, answers{};
  if (::pipe2(commands.data(), O_CLOEXEC) != 0 || ::pipe2(answers.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe to Chromium");
  pid_ = ::fork();
  if (pid_ == 0) become_chromium(commands[0], answers[1], profile_);
  ::close(commands[0]);
  ::close(answers[1]);
  to_ = commands[1];
  from_ = answers[0];
}

Chromium::~Chromium() {
  ::close(to_);  // it ends when nobody can tell it anything
  for (int tries = 0; tries < 500; ++tries) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) break;
    if (tries == 400) ::kill(pid_, SIGKILL);
    ::usleep(20'000);
  }
  ::close(from_);
  std::error_code ignored;  // a helper process may still be writing there
  std::filesystem::remove_all(profile_, ignored);
}

Chromium::Json Chromium::next() {
  for (;;) {
    if (const std::size_t end = buffer_.find('\0'); end != std::string::npos) {
      Json message = Json::parse(buffer_.substr(0, end));
      buffer_.erase(0, end + 1);
      return message;
    }
    pollfd ready{from_, POLLIN, 0};
    if (::poll(&ready, 1, kPatience) <= 0) throw std::runtime_error("Chromium says nothing");
    std::array<char, 65536> piece{};
    const ssize_t size = ::read(from_, piece.data(), piece.size());
    if (size <= 0) throw std::runtime_error("Chromium went away");
    buffer_.append(piece.data(), static_cast<std::size_t>(size));
  }
}

void Chromium::note(const Json& message) {
  const std::string event = message.value("method", "");
  if (event.empty()) return;
  events_.push_back(event);
  const Json& what = message["params"];
  static const std::array<std::string, 6> kBad{
      "Log.entryAdded",        "Runtime.consoleAPICalled", "Runtime.exceptionThrown",
      "Network.loadingFailed", "Audits.issueAdded",        "Page.javascriptDialogOpening"};
  if (std::find(kBad.begin(), kBad.end(), event) != kBad.end())
    complaints_.push_back(event + ": " + what.dump());
  if (event == "Network.requestWillBeSent") asked_.push_back(what["request"].value("url", ""));
  if (event == "Network.responseReceived" && what["response"].value("status", 0) >= 400)
    complaints_.push_back("not found: " + what["response"].value("url", ""));
}

Chromium::Json Chromium::call(const std::string& method, const Json& parameters) {
  Json command{{"id", ++last_}, {"method", method}, {"params", parameters}};
  if (!session_.empty()) command["sessionId"] = session_;
  const std::string text = command.dump() + '\0';
  if (::write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    throw std::runtime_error("Chromium does not listen");
  for (;;) {
    Json message = next();
    if (message.value("id", 0) != last_) {
      note(message);
      continue;
    }
    if (message.contains("error")) throw std::runtime_error(method + ": " + message.dump());
    return message["result"];
  }
}

void Chromium::wait_for(const std::string& event) {
  while (std::find(events_.begin(), events_.end(), event) == events_.end()) note(next());
}

void Chromium::open(const std::string& url) {
  session_.clear();
  events_.clear();
  complaints_.clear();
  asked_.clear();
  target_ = call("Target.createTarget", {{"url", "about:blank"}})["targetId"];
  session_ = call("Target.attachToTarget", {{"targetId", target_}, {"flatten", true}})["sessionId"];
  for (const char* domain : {"Page", "Log", "Runtime", "Network", "Audits"})
    call(std::string(domain) + ".enable", Json::object());
  events_.clear();
  const Json gone = call("Page.navigate", {{"url", url}});
  if (gone.contains("errorText")) throw std::runtime_error(url + ": " + gone.dump());
  wait_for("Page.loadEventFired");
}

void Chromium::close_page() {
  session_.clear();
  call("Target.closeTarget", {{"targetId", target_}});
}

Chromium::Seen Chromium::visit(const std::string& url, int width, int height) {
  open(url);
  call("Emulation.setDeviceMetricsOverride",
       {{"width", width}, {"height", 900}, {"deviceScaleFactor", 1}, {"mobile", false}});
  const Json size = call("Page.getLayoutMetrics", Json::object())["cssContentSize"];
  Seen seen{.height = size["height"], .width = size["width"]};
  const double high = height > 0 ? std::min<double>(height, seen.height) : seen.height;
  const Json shot =
      call("Page.captureScreenshot",
           {{"format", "png"},
            {"captureBeyondViewport", true},
            {"clip", {{"x", 0}, {"y", 0}, {"width", width}, {"height", high}, {"scale", 1}}}});
  seen.png = from_base64(shot.value("data", "")).value_or("");
  session_.clear();
  seen.title =
      call("Target.getTargetInfo", {{"targetId", target_}})["targetInfo"].value("title", "");
  close_page();
  seen.complaints = complaints_;
  seen.asked = asked_;
  return seen;
}

std::string Chromium::pdf(const std::string& url) {
  open(url);
  const Json printed =
      call("Page.printToPDF", {{"preferCSSPageSize", true}, {"printBackground", true}});
  close_page();
  return from_base64(printed.value("data", "")).value_or("");
}

}  // namespace touchstone
