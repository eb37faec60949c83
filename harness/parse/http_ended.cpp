#include "harness/parse/http_ended.h"

#include <cctype>

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using End = HttpExchange::End;

bool says(const HttpExchange& exchange, std::string_view what) {
  return exchange.error.find(what) != std::string::npos;
}

// Seconds without a byte before the time limit, from which on a server has fallen silent.
constexpr double kSilence = 2;

End timed_out(const CurlEnd& curl, const HttpExchange& exchange) {
  const bool answered = exchange.status > 0 || !exchange.arrivals.empty();
  if (!answered) {
    // curl says "Connection timed out" before it is connected, and "Operation timed out"
    // afterwards.
    const bool never =
        !curl.connected &&
        (says(exchange, "onnection timed out") || says(exchange, "Connection timeout") ||
         says(exchange, "Failed to connect") || says(exchange, "Resolving timed out"));
    return never ? End::kUnreachable : End::kNoAnswer;
  }
  const double last = exchange.arrivals.empty() ? 0 : exchange.arrivals.back().seconds;
  const double silence = exchange.seconds - last;
  // A stream that is slow at the end of a long time is still a stream.
  return silence < kSilence && exchange.arrivals.size() > 1 ? End::kEndless : End::kStalled;
}

// The response says how long it is, and is not that long. curl(1) sees that itself; what a bare
// shell read does not.
bool shorter_than_told(const HttpExchange& exchange) {
  const auto told = counter_of(trim(exchange.header("content-length")));
  return told && exchange.body.size() < *told;
}

}  // namespace

End ended(const CurlEnd& curl, const HttpExchange& exchange) {
  if (curl.not_asked) return End::kNotAsked;
  if (curl.cut) return End::kEndless;
  switch (curl.code) {
    case 0:
      if (exchange.status == 0) return exchange.body.empty() ? End::kClosed : End::kNotHttp;
      return shorter_than_told(exchange) ? End::kHalf : End::kComplete;
    case 6:
      return End::kUnresolved;
    case 7:
      return says(exchange, "No route") || says(exchange, "unreachable") ||
                     says(exchange, "timed out")
                 ? End::kUnreachable
                 : End::kRefused;
    case 1:
    case 8:
      return End::kNotHttp;
    case 18:
      return End::kHalf;
    case 28:
      return timed_out(curl, exchange);
    case 35:
    case 51:
    case 53:
    case 58:
    case 59:
    case 60:
    case 64:
    case 66:
    case 77:
    case 80:
    case 82:
    case 83:
    case 90:
    case 91:
      return End::kNoTls;
    case 52:
      return End::kClosed;
    case 55:
    case 56:
      return exchange.status > 0 || !exchange.body.empty() ? End::kHalf : End::kReset;
    default:
      return End::kFailed;
  }
}

std::string small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small;
}

}  // namespace touchstone
