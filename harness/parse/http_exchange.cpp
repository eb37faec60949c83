#include "harness/parse/http_exchange.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "harness/model/base64.h"
#include "harness/parse/http_ended.h"
#include "harness/parse/http_shell.h"
#include "harness/parse/json_path.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

double measure_at(const JsonNode& node, std::string_view key) {
  const JsonNode* found = node.find(key);
  const auto number = found && found->type == Type::kNumber ? number_of(found->text) : std::nullopt;
  return number && std::isfinite(*number) ? std::max(*number, 0.0) : 0;
}

bool true_at(const JsonNode& node, std::string_view key) {
  const JsonNode* found = node.find(key);
  return found && found->type == Type::kBoolean && found->text == "true";
}

// "0.120:18 0.240:40": seconds, and bytes that were there then. Never backward.
bool read_arrivals(std::string_view text, std::vector<HttpExchange::Arrival>& arrivals) {
  for (const std::string_view word : words_of(text)) {
    const auto parts = split_at(word, ':');
    const auto seconds = parts ? number_of(parts->first) : std::nullopt;
    const auto bytes = parts ? counter_of(parts->second) : std::nullopt;
    if (!seconds || !bytes || *seconds < 0) return false;
    if (!arrivals.empty() && (*bytes < arrivals.back().bytes || *seconds < arrivals.back().seconds))
      return false;
    arrivals.push_back({*seconds, static_cast<std::size_t>(*bytes)});
  }
  return true;
}

bool read_headers(const JsonNode& node, HttpExchange& exchange) {
  const JsonNode* headers = node.find("headers");
  if (!headers || headers->type != Type::kArray) return false;
  for (const JsonNode& pair : headers->items) {
    if (pair.items.size() != 2 || pair.items[0].type != Type::kString ||
        pair.items[1].type != Type::kString)
      return false;
    exchange.headers.emplace_back(small_letters(pair.items[0].text), pair.items[1].text);
  }
  return true;
}

Parsed<HttpExchange> exchange_of(const JsonNode& node) {
  const JsonNode* code = node.find("curl");
  const auto number = code && code->type == Type::kNumber ? integer_of(code->text) : std::nullopt;
  if (!number)
    return malformed(
        {"这不是请求的记录:没有数字 \"curl\"", "this is no exchange: it has no number \"curl\""});
  HttpExchange exchange{.url = text_at(node, {"url"}),
                        .error = text_at(node, {"error"}),
                        .status = static_cast<int>(std::min(measure_at(node, "status"), 999.0)),
                        .body = text_at(node, {"body"}),
                        .seconds = measure_at(node, "seconds")};
  if (const std::string coded = text_at(node, {"body_base64"}); !coded.empty()) {
    auto bytes = from_base64(coded);
    if (!bytes) return malformed({"body_base64 不是 base64", "body_base64 is no base64"});
    exchange.body = std::move(*bytes);
  }
  if (!read_headers(node, exchange))
    return malformed({"\"headers\" 不是成对的列表", "\"headers\" is no list of pairs"});
  if (!read_arrivals(text_at(node, {"arrivals"}), exchange.arrivals))
    return malformed(
        {"\"arrivals\" 不是时间和大小的列表", "\"arrivals\" is no list of times and sizes"});
  exchange.end =
      ended({*number, true_at(node, "cut"), true_at(node, "not_asked"), true_at(node, "connected")},
            exchange);
  return exchange;
}

// One exchange in a text of either form.
Parsed<JsonNode> json_of(std::string_view out, std::string_view err) {
  if (is_blank(out)) {
    const Text request{"请求", "the request"};
    auto nothing = filled_lines_of(out, err, request);
    return nothing ? empty_answer(request) : nothing.refusal();
  }
  return read_json(out);
}

constexpr std::array<std::string_view, 14> kNames{
    "complete", "refused",   "unreachable", "unresolved", "no-tls",   "reset",     "closed",
    "half",     "no-answer", "stalled",     "endless",    "not-http", "not-asked", "failed"};

}  // namespace

std::string_view name_of(HttpExchange::End end) {
  return kNames.at(static_cast<std::size_t>(end));
}

std::string HttpExchange::header(std::string_view small) const {
  const auto at = std::find_if(headers.begin(), headers.end(),
                               [&](const auto& header) { return header.first == small; });
  return at == headers.end() ? "" : at->second;
}

double HttpExchange::arrival_of(std::size_t offset) const {
  const auto at =
      std::lower_bound(arrivals.begin(), arrivals.end(), offset,
                       [](const Arrival& arrival, std::size_t o) { return arrival.bytes < o; });
  return at == arrivals.end() ? seconds : at->seconds;
}

Parsed<HttpExchange> parse_http_exchange(std::string_view out, std::string_view err) {
  if (is_shell_exchange(out)) return shell_exchange(out, err);
  const auto root = json_of(out, err);
  return root ? exchange_of(root.value()) : Parsed<HttpExchange>(root.refusal());
}

Parsed<HttpExchanges> parse_http_exchanges(std::string_view out, std::string_view err) {
  if (is_shell_exchange(out)) return shell_exchanges(out, err);
  const auto root = json_of(out, err);
  if (!root) return root.refusal();
  const JsonNode* list = root.value().find("exchanges");
  if (!list || list->type != Type::kArray)
    return malformed({"没有列表 \"exchanges\"", "there is no list \"exchanges\""});
  HttpExchanges exchanges{
      .parallel = static_cast<int>(std::clamp(measure_at(root.value(), "parallel"), 1.0, 1e6)),
      .seconds = measure_at(root.value(), "seconds")};
  for (const JsonNode& node : list->items) {
    auto one = exchange_of(node);
    if (!one) return one.refusal();
    exchanges.all.push_back(std::move(one.value()));
  }
  return exchanges;
}

}  // namespace touchstone
