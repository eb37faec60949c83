#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"
#include "harness/parse/lines.h"
#include "harness/parse/llm_answer.h"
#include "suites/chapters.h"
#include "suites/endpoint_measure.h"
#include "suites/endpoint_questions.h"
#include "suites/endpoint_rules.h"
#include "suites/probes_endpoint.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

constexpr const char* kTgiWhat = "POST /";
constexpr const char* kChatWhat = "POST /v1/chat/completions";

// The exchange, where its body can be read; what is wrong otherwise is told.
const HttpExchange* good(const Evidence& master, const Probe<HttpExchange>& probe,
                         std::string_view what, Body body) {
  const HttpExchange& exchange = master[probe];
  const auto wrong = wrong_response(exchange, what, body);
  if (!wrong) return &exchange;
  ADD_FAILURE() << *wrong;
  return nullptr;
}

// The value in its body, likewise.
template <class T>
std::optional<T> read(const HttpExchange* exchange, std::string_view what,
                      Parsed<T> (*parse)(std::string_view, std::string_view)) {
  if (!exchange) return std::nullopt;
  auto parsed = parse(exchange->body, "");
  if (parsed) return std::move(parsed.value());
  ADD_FAILURE() << wrong_body(*exchange, parsed.refusal(), what);
  return std::nullopt;
}

void expect_text(const std::string& text, std::string_view what) {
  EXPECT_FALSE(is_blank(text)) << Finding{
      .expected = fmt::format("{}: a text that is not empty", what),
      .actual = "an empty answer",
      .why = {"请求成功,模型却什么也没有生成", "the request succeeded, and the model said nothing"},
      .next = {"核对权重与量化类型(第 5 章),并查看服务日志",
               "check weights and quantisation (chapter 5), and the service's log"}};
}

void expect_tgi(const Evidence& group) {
  const Evidence master = group.master();
  const auto answer = read(good(master, kTgi, kTgiWhat, Body::kJson), kTgiWhat, parse_tgi_answer);
  if (answer) expect_text(answer->text, kTgiWhat);
}

void expect_model(const std::string& model, const std::string& wanted) {
  EXPECT_EQ(model, wanted) << Finding{
      .expected = "model " + wanted,
      .actual = model.empty() ? "no model is named" : "model " + touchstone::quoted(model),
      .why = {"应答的模型不是 config.json 中的 modelName:改了配置而未重启,或是另一个服务",
              "the model that answers is not the configured modelName: changed without a restart, "
              "or another service"}};
}

void expect_finish(const std::string& reason) {
  EXPECT_TRUE(reason == "stop" || reason == "length")
      << Finding{.expected = "finish_reason stop or length",
                 .actual = reason.empty() ? "no finish_reason" : touchstone::quoted(reason),
                 .why = {"生成没有正常结束", "the generation did not end in order"}};
}

void expect_usage(const TokenUsage& usage) {
  const auto prompt = usage.prompt.value_or(0), made = usage.completion.value_or(0);
  const bool sane = prompt > 0 && made > 0 && made <= kChatTokens && usage.total == prompt + made;
  EXPECT_TRUE(sane) << Finding{
      .expected =
          fmt::format("usage: some prompt tokens, 1 to {} others, and their sum", kChatTokens),
      .actual =
          fmt::format("prompt {}, completion {}, total {}", prompt, made, usage.total.value_or(0)),
      .why = {"用量不可信,按用量计费与限流都会出错",
              "the counts cannot be right; whoever counts by them counts wrongly"}};
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

void expect_done(const StreamedAnswer& answer, std::string_view what, const char* end) {
  EXPECT_TRUE(answer.done) << Finding{
      .expected = fmt::format("{}: the stream ends with {}", what, end),
      .actual = fmt::format("it ends after {} pieces without it", answer.ends.size()),
      .why = {"流在生成结束之前中断,客户端会一直等待或报错",
              "the stream broke off before the answer was whole; clients wait or report an error"},
      .next = {"查看主节点的服务日志", "look at the service's log on the master"}};
}

void expect_streams(const Evidence& group) {
  const Evidence master = group.master();
  const std::string tgi_what = "POST / as a stream",
                    chat_what = std::string(kChatWhat) + " as a stream";
  const auto tgi =
      read(good(master, kTgiStream, tgi_what, Body::kEvents), tgi_what, parse_tgi_stream);
  if (tgi) {
    expect_done(*tgi, tgi_what, "an event that has generated_text");
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

// 200 with nothing in it; otherwise the body says which node is lost.
void expect_healthy(const HttpExchange& exchange, const std::string& what) {
  if (const auto wrong = no_response(exchange, what)) {
    ADD_FAILURE() << *wrong;
    return;
  }
  EXPECT_EQ(exchange.status, 200) << Finding{
      .expected = what + ": 200",
      .actual = fmt::format("status {}{}{}", exchange.status, exchange.body.empty() ? "" : ", ",
                            exchange.body.empty() ? "" : touchstone::quoted(trim(exchange.body))),
      .why = {"503:尚未就绪或正在停止;500:与从节点失去联系",
              "503: not ready yet, or being stopped; 500: a slave has been lost"},
      .next = {"查看各主机的服务进程与日志", "look at the service's process and log on all hosts"}};
}

void expect_error(const HttpExchange& exchange, const std::string& what) {
  if (const auto wrong = no_response(exchange, what)) {
    ADD_FAILURE() << *wrong;
    return;
  }
  EXPECT_TRUE(exchange.status >= 400 && exchange.status < 600) << Finding{
      .expected = what + ": a status of 400 or more",
      .actual = fmt::format("status {}", exchange.status),
      .why = {"错误的请求被当作正确的:应答的可能不是 MindIE",
              "a wrong request was taken for a right one: it may not be MindIE that answers"}};
}

void expect_health_and_errors(const Evidence& group) {
  const Evidence master = group.master();
  expect_healthy(master[kHealth], "GET /health");
  expect_healthy(master[kReady], "GET /v2/health/ready");
  expect_error(master[kUnknownModel], "a model that is not there");
  expect_error(master[kBrokenBody], "a body that is no JSON");
}

// The characters around the first difference.
std::string around(const std::string& text, std::size_t at) {
  const std::size_t from = at > 20 ? at - 20 : 0;
  return touchstone::quoted(text.substr(from, 60));
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
      .expected = "the same answer twice at temperature 0",
      .actual = fmt::format("they differ from byte {} on: {} and {}", at + 1, around(a, at),
                            around(b, at)),
      .why = {"集合通信的求和顺序不固定:HCCL_DETERMINISTIC 未生效,或当时服务并不空闲",
              "sums are made in no fixed order: HCCL_DETERMINISTIC is not in force, or the service "
              "was not idle"},
      .next = {"核对守护进程环境中的 HCCL_DETERMINISTIC(6.3.3),在空闲时重试",
               "check HCCL_DETERMINISTIC in the daemon's environment (6.3.3), and ask again when "
               "it is idle"}};
}

void expect_within(const NumberRange& limit, double value, const char* what, const char* unit) {
  EXPECT_TRUE(limit.holds(value)) << Finding{
      .expected = fmt::format("{} {} {}", what, limit.str(), unit),
      .actual = fmt::format("{:.3g} {}", value, unit),
      .why = {"服务比档案要求的慢", "the service is slower than the profile wants it"},
      .next = {"在空闲时重测;检查 NPU 健康、链路速率与日志级别",
               "measure again when it is idle; check the NPUs' health, link speed and log levels"}};
}

void expect_performance(const Evidence& group) {
  const Evidence master = group.master();
  const HttpExchanges& exchanges = master[kMeasured];
  const Measured measured = measure(exchanges);
  if (measured.failed) {
    const auto wrong = wrong_response(*measured.failed, kChatWhat, Body::kEvents);
    ADD_FAILURE() << Finding{
        .expected = fmt::format("{} of {} parallel requests are answered", measured.asked,
                                measured.parallel),
        .actual = fmt::format("{} of {}; the first that was not: {}", measured.answered(),
                              measured.asked, wrong ? wrong->actual : "its stream broke off"),
        .why = wrong ? wrong->why : Text{"并行请求下服务出错", "the service fails under load"},
        .next = wrong ? wrong->next : Text{}};
  }
  if (measured.answered() == 0) return;
  const Profile& profile = group.profile();
  expect_within(profile.first_token_seconds, percentile(measured.first_token, 0.9),
                "time to the first token, p90", "s");
  if (!measured.per_token.empty())
    expect_within(profile.seconds_per_token, percentile(measured.per_token, 0.9),
                  "time per token, p90", "s");
  expect_within(profile.tokens_per_second, measured.tokens_per_second, "throughput", "token/s");
}

std::optional<Text> no_service(const Evidence& group) {
  if (group.profile().service_expected) return std::nullopt;
  return Text{"档案不要求服务在运行(service_expected: false)",
              "no service is meant to run (service_expected: false)"};
}

// All are about the master of a group, whose configuration says where its endpoints are.
Step of_endpoint(Step step) {
  step.on = Scope::kGroup;
  step.of_master = true;
  step.probes = {kEndpointConfig};
  step.expect = [expect = std::move(step.expect)](const Evidence& group) {
    (void)group.master()[kEndpointConfig];  // else nothing could be asked, and this is why
    expect(group);
  };
  step.not_applicable = no_service;
  step.remedy = {.risk = Risk::kHands,
                 .text = {"按结论查看服务日志与配置,必要时在所有主机上一起重启服务",
                          "look at the service's log and configuration; restart the service on "
                          "all hosts together"}};
  return standing_on({"4.2.1", "6.2.1", "6.3.4"}, std::move(step));
}

}  // namespace

Chapter endpoints() {
  Chapter chapter{.id = "6.4",
                  .title = {"服务接口", "The endpoints of the service"},
                  .later = {ask_the_endpoints(), measure_the_endpoints()}};
  chapter.step(of_endpoint(
      {.id = "6.4.1",
       .name = "GenerateAnswers",
       .title = {"POST / 应答指南的请求", "POST / answers the guide's request"},
       .requirement = {"状态 200,generated_text 非空(数组或对象)",
                       "200 with a generated_text that is not empty, in an array or an object"},
       .place = "6.4, instruction 2",
       .expect = expect_tgi}));
  chapter.step(of_endpoint({.id = "6.4.2",
                            .name = "ChatAnswers",
                            .title = {"POST /v1/chat/completions 应答指南的请求",
                                      "POST /v1/chat/completions answers the guide's request"},
                            .requirement = {"状态 200,消息非空(reasoning_content 亦可),模型名为 "
                                            "modelName,usage 合理,finish_reason 为 "
                                            "stop 或 length",
                                            "200 with a message (reasoning_content counts), the "
                                            "configured model's name, a sane usage "
                                            "and finish_reason stop or length"},
                            .place = "6.4, instruction 22",
                            .expect = expect_chat}));
  chapter.step(of_endpoint(
      {.id = "6.4.3",
       .name = "StreamsEnd",
       .title = {"两种接口的流式应答完整", "Both endpoints stream an answer to its end"},
       .requirement = {"TGI 流以含 generated_text 的事件结束,OpenAI 流以 [DONE] 结束,片段拼成应答",
                       "TGI's stream ends with an event that has generated_text, OpenAI's with "
                       "[DONE]; the pieces "
                       "make an answer"},
       .place = "beyond the guide",
       .expect = expect_streams}));
  chapter.step(of_endpoint(
      {.id = "6.4.4",
       .name = "HealthAndErrors",
       .title = {"健康检查正常,错误请求得到错误",
                 "The service is healthy, and wrong requests get an error"},
       .requirement = {"主节点的健康与就绪接口应答 200;未知模型与损坏的请求体得到错误而不是挂起",
                       "The master's health and readiness answer 200; an unknown model and a "
                       "broken body get an "
                       "error and not a hang"},
       .place = "beyond the guide",
       .expect = expect_health_and_errors}));
  chapter.step(of_endpoint(
      {.id = "6.4.5",
       .name = "SameAnswerTwice",
       .title = {"温度为 0 时同一问题得到同一应答",
                 "At temperature 0 the same question gets the same answer"},
       .requirement =
           {"空闲服务上连问两次,应答逐字相同(HCCL_DETERMINISTIC)",
            "Asked twice of an idle service, the answers are the same (HCCL_DETERMINISTIC)"},
       .place = "beyond the guide",
       .stands_on = {"6.4.2"},
       .expect = expect_the_same_answer}));
  chapter.step(of_endpoint(
      {.id = "6.4.6",
       .name = "FastEnough",
       .title = {"首个 token 时延、每 token 时延与吞吐在限度内",
                 "Time to first token, time per token and throughput are within their limits"},
       .requirement =
           {"并行请求全部得到应答,百分位数在档案的限度之内",
            "All parallel requests are answered, and percentiles lie within the profile's limits"},
       .place = "beyond the guide",
       .stands_on = {"6.4.2", "6.4.3"},
       .expect = expect_performance}));
  return chapter;
}

}  // namespace touchstone
