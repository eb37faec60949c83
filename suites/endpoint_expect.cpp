#include "suites/endpoint_expect.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/finding.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "harness/parse/llm_answer.h"
#include "suites/endpoint_measure.h"
#include "suites/endpoint_questions.h"
#include "suites/endpoint_rules.h"
#include "suites/probes_endpoint.h"

namespace touchstone {
namespace {

constexpr const char* kTgiWhat = "POST /";
constexpr const char* kChatWhat = "POST /v1/chat/completions";

// The exchange, where its body can be read; what is wrong otherwise is told.
const HttpExchange* good(const Evidence& master, const Probe<HttpExchange>& probe,
                         const Phrase& what, Body body) {
  const HttpExchange& exchange = master[probe];
  const auto wrong = wrong_response(exchange, what, body);
  if (!wrong) return &exchange;
  ADD_FAILURE() << *wrong;
  return nullptr;
}

// The value in its body, likewise.
template <class T>
std::optional<T> read(const HttpExchange* exchange, const Phrase& what,
                      Parsed<T> (*parse)(std::string_view, std::string_view)) {
  if (!exchange) return std::nullopt;
  auto parsed = parse(exchange->body, "");
  if (parsed) return std::move(parsed.value());
  ADD_FAILURE() << wrong_body(*exchange, parsed.refusal(), what);
  return std::nullopt;
}

void expect_text(const std::string& text, const Phrase& what) {
  EXPECT_FALSE(is_blank(text)) << Finding{
      .expected = said("{}:非空的文本", "{}: a text that is not empty", what),
      .actual = {"空的应答", "an empty answer"},
      .why = {"请求成功,模型却什么也没有生成", "the request succeeded, and the model said nothing"},
      .next = {"核对权重与量化类型(第 5 章),并查看服务日志",
               "check weights and quantisation (chapter 5), and the service's log"}};
}

void expect_model(const std::string& model, const std::string& wanted) {
  EXPECT_EQ(model, wanted) << Finding{
      .expected = said("模型 {}", "model {}", wanted),
      .actual = model.empty() ? Text{"没有给出模型名", "no model is named"}
                              : said("模型 {}", "model {}", touchstone::quoted(model)),
      .why = {"应答的模型不是 config.json 中的 modelName:改了配置而未重启,或是另一个服务",
              "the model that answers is not the configured modelName: changed without a restart, "
              "or another service"}};
}

void expect_finish(const std::string& reason) {
  EXPECT_TRUE(reason == "stop" || reason == "length")
      << Finding{.expected = {"finish_reason 为 stop 或 length", "finish_reason stop or length"},
                 .actual = reason.empty() ? Phrase("没有 finish_reason", "no finish_reason")
                                          : Phrase(touchstone::quoted(reason)),
                 .why = {"生成没有正常结束", "the generation did not end in order"}};
}

void expect_usage(const TokenUsage& usage) {
  const auto prompt = usage.prompt.value_or(0), made = usage.completion.value_or(0);
  const bool sane = prompt > 0 && made > 0 && made <= kChatTokens && usage.total == prompt + made;
  EXPECT_TRUE(sane) << Finding{
      .expected = said("usage:提示词有 token,生成 1 到 {} 个,且合计正确",
                       "usage: some prompt tokens, 1 to {} others, and their sum", kChatTokens),
      .actual = said("提示词 {},生成 {},合计 {}", "prompt {}, completion {}, total {}", prompt,
                     made, usage.total.value_or(0)),
      .why = {"用量不可信,按用量计费与限流都会出错",
              "the counts cannot be right; whoever counts by them counts wrongly"}};
}

void expect_done(const StreamedAnswer& answer, const Phrase& what, const Phrase& end) {
  EXPECT_TRUE(answer.done) << Finding{
      .expected = said("{}:流以 {} 结束", "{}: the stream ends with {}", what, end),
      .actual =
          said("{} 段之后中断,没有它", "it ends after {} pieces without it", answer.ends.size()),
      .why = {"流在生成结束之前中断,客户端会一直等待或报错",
              "the stream broke off before the answer was whole; clients wait or report an error"},
      .next = {"查看主节点的服务日志", "look at the service's log on the master"}};
}

// 200 with nothing in it; otherwise the body says which node is lost.
void expect_healthy(const HttpExchange& exchange, const Phrase& what) {
  if (const auto wrong = no_response(exchange, what)) {
    ADD_FAILURE() << *wrong;
    return;
  }
  EXPECT_EQ(exchange.status, 200) << Finding{
      .expected = said("{}:200", "{}: 200", what),
      .actual =
          said("状态码 {}{}{}", "status {}{}{}", exchange.status, exchange.body.empty() ? "" : ", ",
               exchange.body.empty() ? "" : touchstone::quoted(trim(exchange.body))),
      .why = {"503:尚未就绪或正在停止;500:与从节点失去联系",
              "503: not ready yet, or being stopped; 500: a slave has been lost"},
      .next = {"查看各主机的服务进程与日志", "look at the service's process and log on all hosts"}};
}

void expect_error(const HttpExchange& exchange, const Phrase& what) {
  if (const auto wrong = no_response(exchange, what)) {
    ADD_FAILURE() << *wrong;
    return;
  }
  EXPECT_TRUE(exchange.status >= 400 && exchange.status < 600) << Finding{
      .expected = said("{}:状态码不小于 400", "{}: a status of 400 or more", what),
      .actual = said("状态码 {}", "status {}", exchange.status),
      .why = {"错误的请求被当作正确的:应答的可能不是 MindIE",
              "a wrong request was taken for a right one: it may not be MindIE that answers"}};
}

// The characters around the first difference.
std::string around(const std::string& text, std::size_t at) {
  const std::size_t from = at > 20 ? at - 20 : 0;
  return touchstone::quoted(text.substr(from, 60));
}

void expect_within(const NumberRange& limit, double value, const Text& what, const Text& unit) {
  EXPECT_TRUE(limit.holds(value)) << Finding{
      .expected = said("{} {} {}", "{} {} {}", what, limit.str(), unit),
      .actual = said("{:.3g} {}", "{:.3g} {}", value, unit),
      .why = {"服务比配置档要求的慢", "the service is slower than the profile wants it"},
      .next = {"在空闲时重测;检查 NPU 健康、链路速率与日志级别",
               "measure again when it is idle; check the NPUs' health, link speed and log levels"}};
}

}  // namespace

void expect_tgi(const Evidence& group) {
  const Evidence master = group.master();
  const auto answer = read(good(master, kTgi, kTgiWhat, Body::kJson), kTgiWhat, parse_tgi_answer);
  if (answer) expect_text(answer->text, kTgiWhat);
}

void expect_chat(const Evidence& group) {
  const Evidence master = group.master();
  const auto answer =
      read(good(master, kChat, kChatWhat, Body::kJson), kChatWhat, parse_chat_answer);
  if (!answer) return;
  expect_text(answer->content + answer->reasoning, kChatWhat);
  expect_model(answer->model, model_name(master[kEndpointConfig], group.profile()));
  expect_usage(answer->usage);
  expect_finish(answer->finish_reason);
}

void expect_streams(const Evidence& group) {
  const Evidence master = group.master();
  const Phrase tgi_what{"POST / 流式", "POST / as a stream"},
      chat_what(said("{} 流式", "{} as a stream", kChatWhat));
  const auto tgi =
      read(good(master, kTgiStream, tgi_what, Body::kEvents), tgi_what, parse_tgi_stream);
  if (tgi) {
    expect_done(*tgi, tgi_what, {"带有 generated_text 的事件", "an event that has generated_text"});
    expect_text(tgi->pieces, tgi_what);
  }
  const auto chat =
      read(good(master, kChatStream, chat_what, Body::kEvents), chat_what, parse_chat_stream);
  if (!chat) return;
  expect_done(*chat, chat_what, "[DONE]");
  expect_text(chat->pieces + chat->reasoning, chat_what);
  expect_model(chat->model, model_name(master[kEndpointConfig], group.profile()));
  if (chat->done) expect_finish(chat->finish_reason);
}

void expect_health_and_errors(const Evidence& group) {
  const Evidence master = group.master();
  expect_healthy(master[kHealth], "GET /health");
  expect_healthy(master[kReady], "GET /v2/health/ready");
  expect_error(master[kUnknownModel], {"不存在的模型", "a model that is not there"});
  expect_error(master[kBrokenBody], {"不是 JSON 的请求体", "a body that is no JSON"});
}

void expect_the_same_answer(const Evidence& group) {
  const Evidence master = group.master();
  const auto first =
      read(good(master, kSameFirst, kChatWhat, Body::kJson), kChatWhat, parse_chat_answer);
  const auto again =
      read(good(master, kSameAgain, kChatWhat, Body::kJson), kChatWhat, parse_chat_answer);
  if (!first || !again) return;
  const std::string a = first->reasoning + first->content, b = again->reasoning + again->content;
  const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto at = static_cast<std::size_t>(differs.first - a.begin());
  EXPECT_TRUE(a == b) << Finding{
      .expected = {"temperature 为 0 时两次应答相同", "the same answer twice at temperature 0"},
      .actual = said("从第 {} 个字节起不同:{} 与 {}", "they differ from byte {} on: {} and {}",
                     at + 1, around(a, at), around(b, at)),
      .why = {"集合通信的求和顺序不固定:HCCL_DETERMINISTIC 未生效,或当时服务并不空闲",
              "sums are made in no fixed order: HCCL_DETERMINISTIC is not in force, or the service "
              "was not idle"},
      .next = {"核对守护进程环境中的 HCCL_DETERMINISTIC(6.3.3),在空闲时重试",
               "check HCCL_DETERMINISTIC in the daemon's environment (6.3.3), and ask again when "
               "it is idle"}};
}

void expect_performance(const Evidence& group) {
  const Evidence master = group.master();
  (void)master[kMeasured];  // says why there is none
  const Measured& measured = *measured_of(group.book(), group.group());
  if (measured.asked == 0)
    throw NoEvidence({"没有发出任何请求,无从测量", "no request was made, so nothing was measured"});
  if (measured.failed) {
    const auto wrong = wrong_response(*measured.failed, kChatWhat, Body::kEvents);
    ADD_FAILURE() << Finding{
        .expected =
            said("{1} 路并行的 {0} 个请求都得到应答", "{} of {} parallel requests are answered",
                 measured.asked, measured.parallel),
        .actual = said("{1} 个中有 {0} 个;首个没有得到的:{2}",
                       "{} of {}; the first that was not: {}", measured.answered(), measured.asked,
                       wrong ? wrong->actual : Phrase("流中断", "its stream broke off")),
        .why = wrong ? wrong->why : Text{"并行请求下服务出错", "the service fails under load"},
        .next = wrong ? wrong->next : Text{}};
  }
  if (measured.answered() == 0) return;
  const Profile& profile = group.profile();
  expect_within(profile.first_token_seconds, percentile(measured.first_token, 0.9),
                {"首个 token 的时间,p90", "time to the first token, p90"}, {"秒", "s"});
  if (!measured.per_token.empty())
    expect_within(profile.seconds_per_token, percentile(measured.per_token, 0.9),
                  {"每个 token 的时间,p90", "time per token, p90"}, {"秒", "s"});
  else if (profile.seconds_per_token.bounded())
    master.note_missing({"所有应答都只有一个 token,测不出每 token 时延",
                         "no answer had a second token, so the time per token is not known"});
  expect_within(profile.tokens_per_second, measured.tokens_per_second, {"吞吐量", "throughput"},
                Phrase("token/s"));
}

}  // namespace touchstone
