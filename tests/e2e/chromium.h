#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace touchstone {

// A real Chromium without a window, told what to do by its DevTools protocol over a pipe
// (https://chromedevtools.github.io/devtools-protocol/). It has a profile of its own and asks
// nothing of the network. Throws std::runtime_error when it does not do as it is told.
class Chromium {
 public:
  Chromium();
  ~Chromium();
  Chromium(const Chromium&) = delete;
  Chromium& operator=(const Chromium&) = delete;

  static bool is_there();

  // What a person would see, and what the console would say: messages, what a policy forbade, what
  // could not be loaded, dialogs.
  struct Seen {
    std::string title;
    std::string png;  // of the page from its top, `height` pixels at most; 0: all of it
    double height = 0, width = 0;  // of the whole page
    std::vector<std::string> complaints;
    std::vector<std::string> asked;  // what it fetched
  };
  Seen visit(const std::string& url, int width = 1280, int height = 0);

  // The page as it is printed on A4.
  std::string pdf(const std::string& url);

 private:
  using Json = nlohmann::json;
  void open(const std::string& url);
  void close_page();
  Json call(const std::string& method, const Json& parameters);
  void wait_for(const std::string& event);
  Json next();
  void note(const Json& message);

  std::string profile_, buffer_, session_, target_;
  int to_ = -1, from_ = -1, pid_ = -1, last_ = 0;
  std::vector<std::string> events_, complaints_, asked_;
};

}  // namespace touchstone
