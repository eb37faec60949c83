#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// Bodies of the service's answers. An error where an answer should be is kErrorText, with what it
// says; nothing at all is kEmpty.

// `POST /` and `POST /generate`: an object, or an array of one. details may be there or not.
struct TgiAnswer {
  std::string text;                          // generated_text
  std::optional<std::string> finish_reason;  // of the details
  bool operator==(const TgiAnswer&) const = default;
};
Parsed<TgiAnswer> parse_tgi_answer(std::string_view out, std::string_view err);

struct TokenUsage {
  std::optional<std::int64_t> prompt, completion, total;
  bool operator==(const TokenUsage&) const = default;
};

// `POST /v1/chat/completions`: the first choice.
struct ChatAnswer {
  std::string model, role, content;
  std::string reasoning;  // reasoning_content: a model that thinks says that first
  std::string finish_reason;
  TokenUsage usage;
  bool operator==(const ChatAnswer&) const = default;
};
Parsed<ChatAnswer> parse_chat_answer(std::string_view out, std::string_view err);

// An answer in pieces, as server-sent events.
struct StreamedAnswer {
  std::string pieces;                // their texts, put together
  std::string reasoning;             // the same of reasoning_content
  std::optional<std::string> whole;  // TGI: generated_text of the last event
  bool done = false;                 // the documented end came: generated_text, or [DONE]
  std::string model, finish_reason;
  TokenUsage usage;
  std::vector<std::size_t> ends;  // where in the body the events end that brought text
  bool operator==(const StreamedAnswer&) const = default;
};
Parsed<StreamedAnswer> parse_tgi_stream(std::string_view out, std::string_view err);
Parsed<StreamedAnswer> parse_chat_stream(std::string_view out, std::string_view err);

// {"error": "…", "error_type": "…"}, and the forms of other servers.
struct ServiceError {
  std::string text, type;
};
std::optional<ServiceError> service_error_in(std::string_view body);

}  // namespace touchstone
