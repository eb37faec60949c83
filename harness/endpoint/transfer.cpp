#include "harness/endpoint/transfer.h"

#include <chrono>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/model/base64.h"
#include "harness/model/redact.h"
#include "harness/model/utf8.h"

namespace touchstone {
namespace {

constexpr std::size_t kMostHeaders = 64 << 10;  // bytes
constexpr std::size_t kMostArrivals = 20000;    // later pieces count as one

double steady() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

// A header's name tells, too, what its value is.
std::string redacted_header(const std::string& name, const std::string& value,
                            const Secrets& secrets) {
  const std::string prefix = name + ": ";
  const std::string line = redact(prefix + value, secrets);
  return line.starts_with(prefix) ? line.substr(prefix.size()) : std::string(kRedacted);
}

std::string dumped(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

Transfer::Transfer(const RequestPlan& plan)
    : secrets_(plan.secrets), handle_(curl_easy_init()), limit_(plan.bytes), began_(steady()) {
  CURL* curl = handle_.get();
  if (!curl) throw std::bad_alloc();
  const HttpCall& call = plan.call;
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);  // a redirect is something to tell
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  // Every request pays for its own connection, as a client's first one does.
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(plan.seconds * 1000));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(plan.connect_seconds * 1000));
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_);
  if (call.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, call.body.c_str());
  } else if (call.method != "GET") {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  }
  for (const auto& [name, value] : call.headers) add_header(name + ": " + value);
  add_header("Expect:");  // no pause before the body
  if (plan.token) add_header("Authorization: Bearer " + *plan.token);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers_sent_.get());
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_PRIVATE, this);
  set_access(plan);
}

void Transfer::add_header(const std::string& header) {
  curl_slist* longer = curl_slist_append(headers_sent_.get(), header.c_str());
  if (!longer) throw std::bad_alloc();
  (void)headers_sent_.release();  // it is the beginning of the longer one
  headers_sent_.reset(longer);
}

void Transfer::set_access(const RequestPlan& plan) {
  CURL* curl = handle_.get();
  const EndpointAccess& access = plan.access;
  // Variables of the environment are meant for the way to the internet, which leads elsewhere.
  if (access.proxy.empty())
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  else if (access.proxy != "environment")
    curl_easy_setopt(curl, CURLOPT_PROXY, access.proxy.c_str());
  if (!access.ca.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, access.ca.c_str());
  if (!access.certificate.empty())
    curl_easy_setopt(curl, CURLOPT_SSLCERT, access.certificate.c_str());
  if (!access.key.empty()) curl_easy_setopt(curl, CURLOPT_SSLKEY, access.key.c_str());
}

double Transfer::elapsed() const {
  return steady() - began_;
}

std::size_t Transfer::on_header(char* data, std::size_t, std::size_t size, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  transfer.header_bytes_ += size;
  if (transfer.header_bytes_ > kMostHeaders) {
    transfer.cut_ = true;
    return 0;
  }
  const std::string_view line = trimmed({data, size});
  const std::size_t colon = line.find(':');
  // A response of kind 1xx, or that of a proxy, comes before the one that counts.
  if (line.starts_with("HTTP/"))
    transfer.headers_.clear();
  else if (colon != std::string_view::npos)
    transfer.headers_.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  return size;
}

std::size_t Transfer::on_body(char* data, std::size_t, std::size_t size, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  const std::size_t room = transfer.limit_ - transfer.body_.size();
  transfer.body_.append(data, std::min(size, room));
  if (transfer.arrived_ < kMostArrivals) {
    ++transfer.arrived_;
    transfer.arrivals_ += fmt::format("{}{:.6f}:{}", transfer.arrivals_.empty() ? "" : " ",
                                      transfer.elapsed(), transfer.body_.size());
  }
  if (size <= room) return size;
  transfer.cut_ = true;
  return 0;  // ends the transfer
}

void Transfer::ended(CURLcode code) {
  code_ = code;
  seconds_ = elapsed();
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status_);
  curl_off_t connected = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONNECT_TIME_T, &connected);
  connected_ = connected > 0;
  long number = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_OS_ERRNO, &number);
  if (error_[0] == '\0' && code != CURLE_OK)
    std::snprintf(error_, sizeof error_, "%s", curl_easy_strerror(code));
  // libcurl says "Couldn't connect", but not why.
  if (code == CURLE_COULDNT_CONNECT && number != 0) {
    const std::string said = error_;
    std::snprintf(error_, sizeof error_, "%s: %s", said.c_str(),
                  std::strerror(static_cast<int>(number)));
  }
}

std::string Transfer::json() const {
  const std::string body = redact(body_, secrets_);
  const char* url = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_EFFECTIVE_URL, &url);
  nlohmann::ordered_json json{{"curl", static_cast<int>(code_)},
                              {"error", redact(error_, secrets_)},
                              {"url", url ? url : ""},
                              {"status", status_},
                              {"headers", nlohmann::ordered_json::array()}};
  for (const auto& [name, value] : headers_)
    json["headers"].push_back({name, redacted_header(name, value, secrets_)});
  if (is_utf8(body))
    json["body"] = body;
  else
    json["body_base64"] = to_base64(body);
  json["arrivals"] = arrivals_;
  json["seconds"] = seconds_;
  json["connected"] = connected_;
  if (cut_) json["cut"] = true;
  return dumped(json);
}

std::string json_of_not_asked(const std::string& url) {
  return dumped({{"curl", 0},
                 {"error", "not asked: none before it was answered"},
                 {"url", url},
                 {"status", 0},
                 {"headers", nlohmann::ordered_json::array()},
                 {"body", ""},
                 {"seconds", 0.0},
                 {"not_asked", true}});
}

}  // namespace touchstone
