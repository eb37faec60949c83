#include "harness/parse/llm_answer.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/json_path.h"
#include "harness/parse/json_text.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

std::string text_at(const JsonNode* node, std::string_view key) {
  const JsonNode* found = member(node, key);
  return found && found->type == Type::kString ? found->text : "";
}

std::optional<std::int64_t> count_at(const JsonNode* node, std::string_view key) {
  const JsonNode* found = member(node, key);
  return found && found->type == Type::kNumber ? integer_of(found->text) : std::nullopt;
}

TokenUsage usage_of(const JsonNode* node) {
  return {count_at(node, "prompt_tokens"), count_at(node, "completion_tokens"),
          count_at(node, "total_tokens")};
}

const JsonNode* first_of(const JsonNode* list) {
  return list && list->type == Type::kArray && !list->items.empty() ? &list->items.front()
                                                                    : nullptr;
}

std::optional<ServiceError> error_of(const JsonNode& root) {
  const JsonNode* node = root.type == Type::kArray ? first_of(&root) : &root;
  for (const std::string_view key : {"error", "Error"}) {
    const JsonNode* error = member(node, key);
    if (!error || error->type == Type::kNull) continue;
    const std::string type = text_at(node, "error_type");
    if (error->type == Type::kString) return ServiceError{error->text, type};
    return ServiceError{text_at(error, "message"), text_at(error, "type")};
  }
  if (text_at(node, "object") == "error") return ServiceError{text_at(node, "message"), "error"};
  return std::nullopt;
}

Refusal refusal_of(const ServiceError& error) {
  return {.kind = Refusal::Kind::kErrorText,
          .reason = said("服务报告 {}{}", "the service says {}{}", quoted(error.text),
                         error.type.empty() ? "" : " (" + valid_utf8(error.type) + ")")};
}

Parsed<JsonNode> body_of(std::string_view out) {
  if (is_blank(out))
    return Refusal{.kind = Refusal::Kind::kEmpty,
                   .reason = {"应答没有内容", "the response has no body"}};
  if (trim(out).starts_with('<'))
    return malformed({"应答是 HTML 或 XML,不是 JSON", "the response is HTML or XML, not JSON"});
  auto root = read_json(out);
  if (!root) return root;
  if (const auto error = error_of(root.value())) return refusal_of(*error);
  return root;
}

// The lines that belong to `data:` of each event, and where the event ends. An event that was cut
// off by the end of the text is not one.
struct Event {
  std::string data;
  std::size_t end = 0;
};

std::vector<Event> events_of(std::string_view body) {
  std::vector<Event> events;
  Event open;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t stop = body.find('\n', at);
    if (stop == std::string_view::npos) break;
    std::string_view line = body.substr(at, stop - at);
    at = stop + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) {
      open.end = at;
      if (!open.data.empty()) events.push_back(std::move(open));
      open = {};
    } else if (auto data = after(line, "data:")) {
      open.data += (open.data.empty() ? "" : "\n") + std::string(*data);
    }
  }
  return events;
}

// TGI: {"token": {"text": "…"}, "generated_text": null | "…"}
void take_tgi(const JsonNode& root, std::size_t end, StreamedAnswer& answer) {
  const std::string piece = text_at(member(&root, "token"), "text");
  if (member(&root, "token")) answer.ends.push_back(end);
  answer.pieces += piece;
  const JsonNode* whole = member(&root, "generated_text");
  if (whole && whole->type == Type::kString) {
    answer.whole = whole->text;
    answer.done = true;
  }
  if (const std::string reason = text_at(member(&root, "details"), "finish_reason");
      !reason.empty())
    answer.finish_reason = reason;
}

void take_chat(const JsonNode& root, std::size_t end, StreamedAnswer& answer) {
  if (const std::string model = text_at(&root, "model"); !model.empty()) answer.model = model;
  if (const JsonNode* usage = member(&root, "usage"); usage && usage->type == Type::kObject)
    answer.usage = usage_of(usage);
  const JsonNode* choice = first_of(member(&root, "choices"));
  const JsonNode* delta = member(choice, "delta");
  const std::string piece = text_at(delta, "content");
  const std::string thought = text_at(delta, "reasoning_content");
  if (!piece.empty() || !thought.empty()) answer.ends.push_back(end);
  answer.pieces += piece;
  answer.reasoning += thought;
  if (const std::string reason = text_at(choice, "finish_reason"); !reason.empty())
    answer.finish_reason = reason;
}

// One of the two forms: what its events have, and how they are read.
struct Form {
  std::string_view key, other;
  void (*take)(const JsonNode&, std::size_t, StreamedAnswer&);
};
constexpr Form kTgi{"token", "generated_text", take_tgi};
constexpr Form kChat{"choices", "usage", take_chat};

Parsed<StreamedAnswer> stream_of(std::string_view out, const Form& form) {
  if (is_blank(out))
    return Refusal{.kind = Refusal::Kind::kEmpty,
                   .reason = {"数据流没有事件", "the stream has no events"}};
  const std::vector<Event> events = events_of(out);
  if (events.empty()) {
    if (const auto error = service_error_in(out)) return refusal_of(*error);
    return malformed(said("没有服务器推送事件(\"data: …\" 加空行):{}",
                          "no server-sent events (\"data: …\", an empty line): {}", quoted(out)));
  }
  StreamedAnswer answer;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (trim(events[i].data) == "[DONE]") {
      answer.done = true;
      continue;
    }
    const auto root = read_json(events[i].data);
    if (!root)
      return malformed(
          said("事件 {} 不是 JSON:{}", "event {} is no JSON: {}", i + 1, root.refusal().reason));
    if (const auto error = error_of(root.value())) return refusal_of(*error);
    if (!member(&root.value(), form.key) && !member(&root.value(), form.other))
      return malformed(said("事件 {} 既没有 {} 也没有 {}:{}", "event {} has neither {} nor {}: {}",
                            i + 1, form.key, form.other, quoted(events[i].data)));
    form.take(root.value(), events[i].end, answer);
  }
  return answer;
}

}  // namespace

Parsed<TgiAnswer> parse_tgi_answer(std::string_view out, std::string_view) {
  const auto root = body_of(out);
  if (!root) return root.refusal();
  const JsonNode& top = root.value();
  const JsonNode* node = top.type == Type::kArray ? first_of(&top) : &top;
  const JsonNode* text = member(node, "generated_text");
  if (!text || text->type != Type::kString)
    return malformed(
        {"JSON 中没有字符串 generated_text", "the JSON has no generated_text that is a string"});
  TgiAnswer answer{.text = text->text};
  const std::string reason = text_at(member(node, "details"), "finish_reason");
  if (!reason.empty()) answer.finish_reason = reason;
  return answer;
}

Parsed<ChatAnswer> parse_chat_answer(std::string_view out, std::string_view) {
  const auto root = body_of(out);
  if (!root) return root.refusal();
  const JsonNode* choice = first_of(member(&root.value(), "choices"));
  const JsonNode* message = member(choice, "message");
  if (!message)
    return malformed({"JSON 中没有 choices[0].message", "the JSON has no choices[0].message"});
  return ChatAnswer{.model = text_at(&root.value(), "model"),
                    .role = text_at(message, "role"),
                    .content = text_at(message, "content"),
                    .reasoning = text_at(message, "reasoning_content"),
                    .finish_reason = text_at(choice, "finish_reason"),
                    .usage = usage_of(member(&root.value(), "usage"))};
}

Parsed<StreamedAnswer> parse_tgi_stream(std::string_view out, std::string_view) {
  return stream_of(out, kTgi);
}

// A stream without [DONE] is not done, though its last piece may look like the last.
Parsed<StreamedAnswer> parse_chat_stream(std::string_view out, std::string_view) {
  return stream_of(out, kChat);
}

std::optional<ServiceError> service_error_in(std::string_view body) {
  const auto root = read_json(body);
  return root ? error_of(root.value()) : std::nullopt;
}

}  // namespace touchstone
