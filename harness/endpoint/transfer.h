#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include "harness/model/inventory.h"
#include "harness/model/later.h"

namespace touchstone {

// How a series of requests is made: what the question and the inventory say.
struct RequestPlan {
  const HttpCall& call;
  const EndpointAccess& access;
  std::optional<std::string> token;
  const Secrets& secrets;  // the token among them
  double seconds = 10;
  double connect_seconds = 5;
  std::size_t bytes = 1 << 20;  // of the body
};

// One request on its way, and what came of it until now.
class Transfer {
 public:
  explicit Transfer(const RequestPlan& plan);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return handle_.get(); }
  void ended(CURLcode code);
  std::string json() const;  // secrets blanked; whole after ended()

 private:
  static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* self);
  static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* self);
  void add_header(const std::string& header);
  void set_access(const RequestPlan& plan);
  double elapsed() const;

  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  const Secrets& secrets_;
  std::unique_ptr<curl_slist, Free> headers_sent_;
  std::unique_ptr<CURL, Free> handle_;  // goes before what it points to
  char error_[CURL_ERROR_SIZE] = "";
  std::size_t limit_;
  double began_;  // steady clock
  CURLcode code_ = CURLE_OK;
  bool cut_ = false;
  long status_ = 0;
  double seconds_ = 0;
  bool connected_ = false;
  std::size_t header_bytes_ = 0;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::string body_;
  std::string arrivals_;
  std::size_t arrived_ = 0;
};

// One of a series that was not begun, because none before it was answered.
std::string json_of_not_asked(const std::string& url);

}  // namespace touchstone
