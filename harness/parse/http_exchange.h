#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// One request and what came back, however it ended: a server that never answers is an answer, too.
struct HttpExchange {
  enum class End {
    kComplete,     // the whole response
    kRefused,      // nobody listens there
    kUnreachable,  // no way to that address, or the packets are dropped
    kUnresolved,   // the name has no address
    kNoTls,        // the two could not agree on TLS, or a certificate was not taken
    kReset,        // the connection was broken by the other side
    kClosed,       // accepted and closed without one byte
    kHalf,         // closed in the middle of the response
    kNoAnswer,     // accepted, and not one byte until the time limit
    kStalled,      // began to answer and fell silent until the time limit
    kEndless,      // still sending at the time limit, or beyond the size limit
    kNotHttp,      // answered in another protocol
    kNotAsked,     // not asked any more: one before it got no answer
    kFailed,       // else; `error` tells
  };
  struct Arrival {
    double seconds = 0;     // since the request began
    std::size_t bytes = 0;  // of the body, that were there then
    bool operator==(const Arrival&) const = default;
  };
  End end = End::kFailed;
  std::string url;
  std::string error;                                         // the client's own words
  int status = 0;                                            // 0: no response
  std::vector<std::pair<std::string, std::string>> headers;  // names in small letters
  std::string body;
  std::vector<Arrival> arrivals;
  double seconds = 0;  // from the beginning to the end
  bool operator==(const HttpExchange&) const = default;

  std::string header(std::string_view small) const;  // the first of that name; empty: none
  // When the byte before `offset` of the body was there.
  double arrival_of(std::size_t offset) const;
};
std::string_view name_of(HttpExchange::End end);  // "complete", "refused", "no-answer", …

// The same question, asked several times.
struct HttpExchanges {
  int parallel = 1;
  double seconds = 0;  // for all of them
  std::vector<HttpExchange> all;
  bool operator==(const HttpExchanges&) const = default;
};

// What the controller's client writes down (JSON), or the shell on a host (`#http`, the lines of
// `curl -i` with the time before each, `#end` and curl's exit code). Both end alike; docs/parse.md
// tells the forms.
Parsed<HttpExchange> parse_http_exchange(std::string_view out, std::string_view err);
Parsed<HttpExchanges> parse_http_exchanges(std::string_view out, std::string_view err);

}  // namespace touchstone
