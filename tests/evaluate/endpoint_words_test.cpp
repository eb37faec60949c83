// What a person reads of a request that went wrong: every end and every kind of status has words of
// its own, since each wants another remedy.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/endpoint_rules.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using End = HttpExchange::End;

HttpExchange answered(int status, const std::string& body = "", const std::string& type = "") {
  HttpExchange exchange{.end = End::kComplete, .status = status, .body = body};
  if (!type.empty()) exchange.headers.emplace_back("content-type", type);
  return exchange;
}

TEST(EndpointWords, EachStatusHasItsOwn) {
  HttpExchange redirect = answered(302);
  redirect.headers.emplace_back("location", "https://gateway.example/login");
  const struct {
    HttpExchange exchange;
    const char *actual, *why;
  } rows[] = {
      {redirect, "status 302 to https://gateway.example/login", "it is a redirect"},
      {answered(401, R"({"error": "Missing token", "error_type": ""})"), "Missing token",
       "wants a token"},
      {answered(404, "<html>404 nginx</html>"), "nginx", "another program has the port"},
      {answered(404, R"({"error": "Got model X, but not found in server", "error_type": "n"})"),
       "Got model X", "letter by letter"},
      {answered(429), "status 429", "a gateway in between limits"},
      {answered(500, R"({"error": "Engine callback timeout.", "error_type": "x"})"),
       "Engine callback timeout.", "the inference behind it failed"},
      {answered(503), "status 503", "not ready yet, is busy"},
  };
  std::set<std::string> whys;
  for (const auto& row : rows) {
    const auto wrong = wrong_response(row.exchange, "POST /", Body::kJson);
    ASSERT_TRUE(wrong) << row.actual;
    EXPECT_THAT(wrong->actual.en, HasSubstr(row.actual));
    EXPECT_THAT(wrong->why.en, HasSubstr(row.why));
    EXPECT_FALSE(wrong->next.en.empty()) << row.actual;
    EXPECT_TRUE(whys.insert(wrong->why.en).second) << "told twice alike: " << wrong->why.en;
  }
  // 422 is MindIE's own word for a request that it does not understand.
  EXPECT_THAT(wrong_response(answered(422), "POST /", Body::kJson)->why.en,
              HasSubstr("refuses the guide's request"));
  EXPECT_FALSE(wrong_response(answered(200, "{}", "application/json"), "POST /", Body::kJson));
}

TEST(EndpointWords, EachEndHasItsOwn) {
  std::set<std::string> actuals, whys;
  for (const End end :
       {End::kRefused, End::kUnreachable, End::kUnresolved, End::kNoTls, End::kReset, End::kClosed,
        End::kHalf, End::kNoAnswer, End::kStalled, End::kEndless, End::kNotHttp}) {
    HttpExchange exchange{.end = end};
    const auto wrong = wrong_response(exchange, "POST /", Body::kJson);
    ASSERT_TRUE(wrong) << name_of(end);
    EXPECT_TRUE(actuals.insert(wrong->actual.en).second) << name_of(end);
    EXPECT_TRUE(whys.insert(wrong->why.en).second) << name_of(end);
    EXPECT_FALSE(wrong->next.zh.empty()) << name_of(end);
  }
  HttpExchange refused{.end = End::kRefused, .error = "connect to 10.0.0.2 port 1025 failed"};
  EXPECT_EQ(no_response(refused, "POST /")->actual.en,
            "connection refused: connect to 10.0.0.2 port 1025 failed");
}

}  // namespace
}  // namespace touchstone
