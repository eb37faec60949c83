#include <gmock/gmock.h>

#include "harness/parse/endpoint_config.h"
#include "harness/parse/http_exchange.h"
#include "harness/parse/llm_answer.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

using End = HttpExchange::End;

HttpExchange exchange(std::string_view text, std::string_view err = "") {
  return taken(parse_http_exchange(text, err));
}

TEST(HttpExchange, IsReadFromTheShellsForm) {
  const HttpExchange got = exchange(
      "#http 100.0\n100.1+HTTP/1.1 100 Continue\r\n100.1+\r\n100.2+HTTP/1.1 200 OK\r\n"
      "100.2+Content-Type: text/event-stream\r\n100.2+\r\n"
      "100.5+data: 1\n100.5+\n101.0+data: 2\n101.0+\n101.1+\n101.1+#end 0\n");
  EXPECT_EQ(got.end, End::kComplete);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.header("content-type"), "text/event-stream");
  EXPECT_EQ(got.body, "data: 1\n\ndata: 2\n\n");
  EXPECT_NEAR(got.arrival_of(8), 0.5, 0.01);
  EXPECT_NEAR(got.arrival_of(17), 1.0, 0.01);
  EXPECT_EQ(exchange("#http 1\n1+HTTP/1.0 200 OK\n1+\n1+{}\n1+#end 0\n").body, "{}");
}

// curl's exit codes, with what came before.
TEST(HttpExchange, TellsHowItEnded) {
  const auto ended = [](const std::string& lines, std::string_view err = "") {
    return std::string(name_of(exchange("#http 10\n" + lines, err).end));
  };
  const std::string head = "10.1+HTTP/1.1 200 OK\n10.1+Content-Length: 50\n10.1+\n";
  EXPECT_EQ(ended("10+\n10+#end 7\n"), "refused");
  EXPECT_EQ(ended("10+\n10+#end 7\n", "curl: (7) No route to host"), "unreachable");
  EXPECT_EQ(ended("10+\n10+#end 6\n"), "unresolved");
  EXPECT_EQ(ended("15+\n15+#end 28\n", "curl: (28) Connection timed out after 5000 ms"),
            "unreachable");
  EXPECT_EQ(ended("15+\n15+#end 28\n", "curl: (28) Operation timed out"), "no-answer");
  EXPECT_EQ(ended(head + "10.2+{\n30+\n30+#end 28\n"), "stalled");
  EXPECT_EQ(ended(head + "12+a\n14+b\n15+\n15+#end 28\n"), "endless");
  EXPECT_EQ(ended(head + "10.2+{\n10.3+#end 18\n"), "half");
  EXPECT_EQ(ended(head + "10.2+{\n10.3+#end 0\n"), "half");  // a bare shell does not count
  EXPECT_EQ(ended("10+\n10+#end 52\n"), "closed");
  EXPECT_EQ(ended("10+\n10+#end 56\n"), "reset");
  EXPECT_EQ(ended("10+\n10+#end 60\n"), "no-tls");
}

TEST(HttpExchange, RefusesWhatIsNone) {
  expect_refused(parse_http_exchange("", ""), Kind::kEmpty, "");
  expect_refused(parse_http_exchange("{}", ""), Kind::kMalformed, "no number \"curl\"");
  expect_refused(parse_http_exchange("#http 1\n1+HTTP/1.1 200 OK\n", ""), Kind::kMalformed,
                 "cut off");
  expect_refused(parse_http_exchange("#http 1\njunk\n", ""), Kind::kMalformed, "no time before");
  expect_refused(parse_http_exchange(R"({"curl":0,"headers":[],"arrivals":"2:9 1:10"})", ""),
                 Kind::kMalformed, "arrivals");
}

TEST(HttpExchanges, AreReadFromTheShellToo) {
  const std::string one = "#http 100\n101+HTTP/1.1 200 OK\n101+\n102+x\n102+#end 0\n";
  const auto got = taken(parse_http_exchanges("#several 2\n" + one + one, ""));
  EXPECT_EQ(got.parallel, 2);
  EXPECT_EQ(got.all.size(), 2u);
  EXPECT_NEAR(got.seconds, 2, 0.01);
  expect_refused(parse_http_exchange(one + one, ""), Kind::kSeveral, "several");
}

TEST(TgiAnswer, IsAnArrayOrAnObject) {
  EXPECT_EQ(taken(parse_tgi_answer(R"([{"generated_text": "a"}])", "")).text, "a");
  EXPECT_EQ(taken(parse_tgi_answer(
                      R"({"details": {"finish_reason": "length"}, "generated_text": "b"})", ""))
                .finish_reason,
            "length");
  expect_refused(parse_tgi_answer(R"({"error": "x", "error_type": "Generation Error"})", ""),
                 Kind::kErrorText, "\"x\" (Generation Error)");
  expect_refused(parse_tgi_answer("[]", ""), Kind::kMalformed, "generated_text");
  expect_refused(parse_tgi_answer("<html>", ""), Kind::kMalformed, "HTML");
  expect_refused(parse_tgi_answer(" ", ""), Kind::kEmpty, "");
}

TEST(ChatStream, EndsWithDone) {
  const std::string event = R"(data: {"choices":[{"delta":{"reasoning_content":"hm"}}]})"
                            "\n\n";
  EXPECT_FALSE(taken(parse_chat_stream(event, "")).done);
  const auto got = taken(parse_chat_stream(event + event + "data: [DONE]\n\n", ""));
  EXPECT_TRUE(got.done);
  EXPECT_EQ(got.reasoning, "hmhm");
  EXPECT_THAT(got.ends, testing::ElementsAre(event.size(), 2 * event.size()));
  // An error in the middle is no answer; half an event is none at all.
  expect_refused(parse_chat_stream(event + "data: {\"error\": \"lost\"}\n\n", ""), Kind::kErrorText,
                 "lost");
  EXPECT_EQ(taken(parse_chat_stream(event + "data: {\"cho", "")).ends.size(), 1u);
}

TEST(EndpointConfig, HasTheServicesDefaults) {
  const auto got = taken(parse_endpoint_config(
      R"({"ServerConfig": {"port": 1030, "httpsEnabled": false},
          "BackendConfig": {"ModelDeployConfig": {"ModelConfig": [{"modelName": "R1"}]}}})",
      ""));
  EXPECT_EQ(got.port, 1030);
  EXPECT_FALSE(got.https);
  EXPECT_EQ(got.management_address, "127.0.0.2");
  EXPECT_EQ(got.management_port, 1026);
  EXPECT_EQ(got.model_name, "R1");
  expect_refused(parse_endpoint_config(R"({"ServerConfig": {"port": 0}})", ""), Kind::kMalformed,
                 "port");
  expect_refused(parse_endpoint_config("", "cat: x: No such file or directory"), Kind::kNotSet, "");
}

}  // namespace
}  // namespace touchstone
