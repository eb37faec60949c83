#include "harness/parse/docker_messages.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// Where a message begins, without regard to case; its spelling changed between versions.
std::size_t find_any_case(std::string_view text, std::string_view message) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto found = std::search(text.begin(), text.end(), message.begin(), message.end(),
                                 [&](char a, char b) { return lower(a) == lower(b); });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

// The whole line around a place.
std::string_view line_at(std::string_view text, std::size_t place) {
  const std::size_t before = text.rfind('\n', place);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return trim(text.substr(begin, text.find('\n', place) - begin));
}

std::optional<Refusal> refused_with(std::string_view text,
                                    std::initializer_list<std::string_view> messages,
                                    Refusal::Kind kind) {
  for (const std::string_view message : messages)
    if (const auto place = find_any_case(text, message); place != std::string_view::npos)
      return Refusal{.kind = kind, .reason = message_of("docker", line_at(text, place))};
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> docker_engine_message(std::string_view text, std::string_view client) {
  for (const std::string_view message :
       {"Cannot connect to the Docker daemon", "error during connect",
        "Is the docker daemon running", "permission denied while trying to connect",
        "failed to connect to the docker API"})
    if (const std::size_t begin = text.find(message); begin != std::string_view::npos) {
      const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
      const std::string who = client.empty() ? "docker" : fmt::format("docker {}", client);
      return Refusal{.kind = Refusal::Kind::kErrorText,
                     .reason = said("{} 已安装,但其引擎没有应答:{}",
                                    "{} is installed, but its engine does not answer: {}", who,
                                    quoted(trim(line)))};
    }
  return std::nullopt;
}

std::optional<Refusal> docker_nothing_found(std::string_view text) {
  return refused_with(text, {"no such container", "no such object", "no such image"},
                      Refusal::Kind::kNotSet);
}

std::optional<Refusal> docker_exec_message(std::string_view out, std::string_view err) {
  for (const std::string_view text : {err, out}) {
    if (auto refusal = docker_engine_message(text, "")) return refusal;
    if (auto refusal = refused_with(text, {"no such container"}, Refusal::Kind::kNotSet))
      return refusal;
    if (auto refusal =
            refused_with(text,
                         {"is not running", "is paused, unpause", "OCI runtime exec failed",
                          "the input device is not a TTY", "container state improper"},
                         Refusal::Kind::kErrorText))
      return refusal;
  }
  return std::nullopt;
}

}  // namespace touchstone
