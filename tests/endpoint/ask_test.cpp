#include "harness/endpoint/ask.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/parse/http_exchange.h"
#include "tests/endpoint/server.h"

namespace touchstone {
namespace {

using Connection = Server::Connection;
using End = HttpExchange::End;

Inventory inventory_with(const EndpointAccess& access = {}) {
  Inventory inventory;
  inventory.groups.push_back({.name = "g", .endpoint = access, .hosts = {{.name = "a"}}});
  return inventory;
}

FollowUp follow_up(const std::string& url, double seconds = 5) {
  FollowUp one{.host = "a"};
  one.question.key = "endpoint-x";
  one.question.where = Where::kController;
  one.question.seconds = seconds;
  one.http = HttpCall{.url = url, .body = "{}", .headers = {{"Accept", "application/json"}}};
  return one;
}

Answer answer_to(const FollowUp& one, const EndpointAccess& access = {}) {
  const auto answers = ask({one}, inventory_with(access));
  EXPECT_EQ(answers.size(), 1u);
  return answers.empty() ? Answer{} : answers.front().second;
}

HttpExchange exchange_in(const Answer& answer) {
  EXPECT_EQ(answer.exit_code, 0) << answer.err;
  const auto parsed = parse_http_exchange(answer.out, answer.err);
  if (parsed) return parsed.value();
  ADD_FAILURE() << parsed.refusal().reason.en << "\n" << answer.out;
  return {};
}

HttpExchange exchange_with(const Server::Handler& handler, double seconds = 5) {
  const Server server(handler);
  return exchange_in(answer_to(follow_up(server.url(), seconds)));
}

TEST(Ask, TellsAWholeResponse) {
  std::string request;
  const HttpExchange got = exchange_with([&](const Connection& connection) {
    request = connection.read_request();
    connection.send(Server::response("{\"generated_text\": \"西湖\"}"));
  });
  EXPECT_EQ(got.end, End::kComplete);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.header("content-type"), "application/json");
  EXPECT_EQ(got.body, "{\"generated_text\": \"西湖\"}");
  EXPECT_TRUE(request.starts_with("POST / HTTP/1.1\r\n")) << request;
  EXPECT_THAT(request, testing::HasSubstr("Accept: application/json\r\n"));
  EXPECT_TRUE(request.ends_with("\r\n\r\n{}")) << request;
}

// Everything that a server may do instead.
TEST(Ask, TellsHowItEnded) {
  const struct {
    const char* what;
    End end;
    Server::Handler handler;
  } kCases[] = {
      {"accepts and never answers", End::kNoAnswer,
       [](const Connection& c) { c.read_request(), c.wait(5); }},
      {"accepts and closes", End::kClosed, [](const Connection& c) { c.read_request(); }},
      {"resets", End::kReset, [](const Connection& c) { c.read_request(), c.reset(); }},
      {"half a body", End::kHalf,
       [](const Connection& c) {
         c.read_request();
         c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"generated");
       }},
      {"half a chunk", End::kHalf,
       [](const Connection& c) {
         c.read_request();
         c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"gen");
       }},
      {"headers, then silence", End::kStalled,
       [](const Connection& c) {
         c.read_request();
         c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
         c.wait(5);
       }},
      {"streams for ever", End::kEndless,
       [](const Connection& c) {
         c.read_request();
         c.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
         while (c.send("data: {\"token\":{\"text\":\"x\"}}\n\n")) c.wait(0.05);
       }},
      {"floods", End::kEndless,
       [](const Connection& c) {
         c.read_request();
         c.send("HTTP/1.1 200 OK\r\n\r\n");
         while (c.send(std::string(65536, 'x'))) {
         }
       }},
      {"is no HTTP", End::kNotHttp,
       [](const Connection& c) { c.send("SSH-2.0-OpenSSH_9.2\r\n"), c.wait(0.3); }},
      {"redirects", End::kComplete,
       [](const Connection& c) {
         c.read_request();
         c.send("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
       }},
  };
  for (const auto& one : kCases)
    EXPECT_EQ(name_of(exchange_with(one.handler, 1).end), name_of(one.end)) << one.what;
}

TEST(Ask, TellsWhyThereIsNoConnection) {
  int port = 0;
  {
    port = Server([](const Connection&) {}).port();
  }
  EXPECT_EQ(exchange_in(answer_to(follow_up(fmt::format("http://127.0.0.1:{}/", port)))).end,
            End::kRefused);
  EXPECT_EQ(exchange_in(answer_to(follow_up("http://name.invalid:1025/"))).end, End::kUnresolved);
}

TEST(Ask, NotesWhenEachEventArrived) {
  const HttpExchange got = exchange_with([](const Connection& c) {
    c.read_request();
    c.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    c.wait(0.2);
    c.send("data: 1\n\n");
    c.wait(0.2);
    c.send("data: 2\n\n");
  });
  ASSERT_EQ(got.end, End::kComplete);
  EXPECT_GE(got.arrival_of(9), 0.19);  // not when the headers came
  EXPECT_LT(got.arrival_of(9), 0.39);
  EXPECT_GE(got.arrival_of(18), 0.38);
}

TEST(Ask, AsksSoManyAtOnceUntilAllAreAsked) {
  std::atomic<int> asked{0};
  const Server server([&](const Connection& c) {
    c.read_request();
    ++asked;
    c.wait(0.1);
    c.send(Server::response("{}"));
  });
  FollowUp one = follow_up(server.url());
  one.http->count = 7;
  one.http->parallel = 3;
  const Answer answer = answer_to(one);
  const auto parsed = parse_http_exchanges(answer.out, answer.err);
  ASSERT_TRUE(parsed) << parsed.refusal().reason.en;
  EXPECT_EQ(asked, 7);
  EXPECT_EQ(server.most_at_once(), 3);
  EXPECT_EQ(parsed.value().all.size(), 7u);
  EXPECT_EQ(parsed.value().parallel, 3);
  EXPECT_GE(parsed.value().seconds, 0.3);
  for (const HttpExchange& exchange : parsed.value().all) EXPECT_EQ(exchange.end, End::kComplete);
}

TEST(Ask, DoesNotGoOnAskingOneWhoNeverAnswers) {
  std::atomic<int> asked{0};
  const Server server([&](const Connection& c) { ++asked, c.wait(5); });
  FollowUp one = follow_up(server.url(), 1);
  one.http->count = 50;
  one.http->parallel = 2;
  const auto parsed = parse_http_exchanges(answer_to(one).out, "");
  ASSERT_TRUE(parsed);
  EXPECT_LE(asked, 3);
  EXPECT_EQ(parsed.value().all.size(), 50u);
  EXPECT_EQ(parsed.value().all.back().end, End::kNotAsked);
}

TEST(Ask, AsksDifferentQuestionsSideBySide) {
  const Server server([](const Connection& c) {
    c.read_request(), c.wait(0.3);
    c.send(Server::response("{}"));
  });
  const std::vector<FollowUp> asked(4, follow_up(server.url()));
  std::size_t told = 0;
  EXPECT_EQ(ask(asked, inventory_with(), {.on_answer = [&] { ++told; }}).size(), 4u);
  EXPECT_EQ(told, 4u);
  EXPECT_EQ(server.most_at_once(), 4);
}

TEST(Ask, EndsWhenInterrupted) {
  const Server server([](const Connection& c) { c.wait(10); });
  std::atomic<bool> interrupted{false};
  std::thread later([&] { ::usleep(200000), interrupted = true; });
  const auto answers =
      ask({follow_up(server.url(), 60)}, inventory_with(), {.interrupted = &interrupted});
  later.join();
  EXPECT_EQ(answers.at(0).second.end, Answer::End::kLost);
}

class Token : public testing::Test {
 protected:
  void SetUp() override {
    std::string name =
        (std::filesystem::temp_directory_path() / "touchstone-token-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string file(const std::string& text) {
    std::ofstream(folder_ + "/token") << text;
    return folder_ + "/token";
  }
  std::string folder_;
};

TEST_F(Token, IsSentAndNeverKept) {
  std::string request;
  const Server server([&](const Connection& c) {
    request = c.read_request();
    c.send(Server::response("{\"error\": \"not for s3cret-T0ken\"}", "401 Unauthorized"));
  });
  const Answer answer =
      answer_to(follow_up(server.url()), {.token_file = file("  s3cret-T0ken\n")});
  EXPECT_THAT(request, testing::HasSubstr("Authorization: Bearer s3cret-T0ken\r\n"));
  EXPECT_EQ(exchange_in(answer).status, 401);
  EXPECT_EQ((answer.out + answer.err + answer.command).find("s3cret"), std::string::npos);
  EXPECT_THAT(answer.command, testing::HasSubstr("Authorization: Bearer [redacted]"));
}

TEST_F(Token, ComesFromTheEnvironmentToo) {
  std::string request;
  const Server server([&](const Connection& c) {
    request = c.read_request();
    c.send(Server::response("{}"));
  });
  ::setenv("TOUCHSTONE_TEST_TOKEN", "abc", 1);
  answer_to(follow_up(server.url()), {.token_env = "TOUCHSTONE_TEST_TOKEN"});
  EXPECT_THAT(request, testing::HasSubstr("Bearer abc\r\n"));
}

// That is no fault of the cluster: nothing was asked.
TEST_F(Token, ThatIsNotThereIsToldAsOurOwnFault) {
  for (const EndpointAccess& access :
       {EndpointAccess{.token_file = folder_ + "/none"}, EndpointAccess{.token_file = file(" \n")},
        EndpointAccess{.token_file = file("two words\n")}, EndpointAccess{.token_file = folder_},
        EndpointAccess{.token_env = "TOUCHSTONE_NO_SUCH"}}) {
    const Answer answer = answer_to(follow_up("http://127.0.0.1:1/"), access);
    EXPECT_EQ(answer.exit_code, 1);
    EXPECT_NE(answer.err, "");
    EXPECT_EQ(answer.err.find("two words"), std::string::npos);
  }
}

TEST(Ask, PassesOverProxyVariablesUnlessTheSiteWantsThem) {
  const Server server([](const Connection& c) {
    c.read_request();
    c.send(Server::response("{}"));
  });
  const Server proxy([](const Connection& c) {
    c.read_request();
    c.send(Server::response("{}", "418 Proxy"));
  });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  ::unsetenv("no_proxy");
  EXPECT_EQ(exchange_in(answer_to(follow_up(server.url()))).status, 200);
  EXPECT_EQ(exchange_in(answer_to(follow_up(server.url()), {.proxy = "environment"})).status, 418);
  ::unsetenv("http_proxy");
  EXPECT_EQ(exchange_in(answer_to(follow_up(server.url()), {.proxy = proxy.url()})).status, 418);
}

}  // namespace
}  // namespace touchstone
