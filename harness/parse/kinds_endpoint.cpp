#include "harness/parse/http_exchange.h"
#include "harness/parse/kinds_json.h"
#include "harness/parse/llm_answer.h"

namespace touchstone {
namespace {

Json json_of(const HttpExchange& exchange) {
  Json headers = Json::array();
  for (const auto& [name, value] : exchange.headers) headers.push_back({name, value});
  return {{"end", name_of(exchange.end)},
          {"url", exchange.url},
          {"error", exchange.error},
          {"status", exchange.status},
          {"headers", std::move(headers)},
          {"body", exchange.body},
          {"pieces", exchange.arrivals.size()},
          {"seconds", exchange.seconds}};
}

Json json_of(const TgiAnswer& answer) {
  return {{"generated_text", answer.text}, {"finish_reason", or_null(answer.finish_reason)}};
}

Json json_of(const TokenUsage& usage) {
  return {{"prompt_tokens", or_null(usage.prompt)},
          {"completion_tokens", or_null(usage.completion)},
          {"total_tokens", or_null(usage.total)}};
}

Json json_of(const ChatAnswer& answer) {
  return {{"model", answer.model},
          {"role", answer.role},
          {"content", answer.content},
          {"reasoning_content", answer.reasoning},
          {"finish_reason", answer.finish_reason},
          {"usage", json_of(answer.usage)}};
}

Json json_of(const StreamedAnswer& answer) {
  return {{"text", answer.pieces},
          {"reasoning_content", answer.reasoning},
          {"generated_text", or_null(answer.whole)},
          {"done", answer.done},
          {"events", answer.ends.size()},
          {"model", answer.model},
          {"finish_reason", answer.finish_reason},
          {"usage", json_of(answer.usage)}};
}

constexpr ParseKind kEndpointKinds[] = {
    {"http-exchange",
     "an answer of a recording",
     {"一次 HTTP 请求及其结果", "one HTTP request and how it ended"},
     one_to_json<HttpExchange, parse_http_exchange, json_of>},
    {"tgi-answer",
     "curl … http://ADDRESS:1025/",
     {"指南第一个请求的回答", "the answer to the guide's first request"},
     one_to_json<TgiAnswer, parse_tgi_answer, json_of>},
    {"chat-answer",
     "curl … http://ADDRESS:1025/v1/chat/completions",
     {"指南第二个请求的回答", "the answer to the guide's second request"},
     one_to_json<ChatAnswer, parse_chat_answer, json_of>},
    {"tgi-stream",
     "curl … http://ADDRESS:1025/ with \"stream\": true",
     {"同上,流式", "the same as a stream"},
     one_to_json<StreamedAnswer, parse_tgi_stream, json_of>},
    {"chat-stream",
     "curl … http://ADDRESS:1025/v1/chat/completions with \"stream\": true",
     {"同上,流式", "the same as a stream"},
     one_to_json<StreamedAnswer, parse_chat_stream, json_of>},
};

}  // namespace

std::span<const ParseKind> endpoint_kinds() {
  return kEndpointKinds;
}

}  // namespace touchstone
