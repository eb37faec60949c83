#include "harness/parse/hccn_link.h"

#include <array>

#include <fmt/ranges.h>

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"

namespace touchstone {
namespace {

constexpr HccnQuestion kLink = {
    "-link -g", [](std::string_view line) { return line.starts_with("link status:"); }};
constexpr HccnQuestion kNetHealth = {
    "-net_health -g", [](std::string_view line) { return line.starts_with("net health status:"); }};
constexpr HccnQuestion kSpeed = {"-speed -g",
                                 [](std::string_view line) { return line.starts_with("Speed:"); }};
constexpr HccnQuestion kMtu = {"-mtu -g",
                               [](std::string_view line) { return line.starts_with("mtu:"); }};
constexpr HccnQuestion kFec = {"-fec -g",
                               [](std::string_view line) { return line.starts_with("fec mode:"); }};
constexpr HccnQuestion kProcess = {
    "-process -g", [](std::string_view line) { return line.starts_with("device hccp process:"); }};

struct HealthWord {
  std::string_view text;  // as the tool prints it
  std::string_view name;
};

// In the order of HccnNetHealth::Status. "Socket fail" of the driver's source is "Socket failed" in
// older outputs.
constexpr std::array<HealthWord, 10> kHealthWords = {{
    {"Success", "success"},
    {"Socket fail", "socket-fail"},
    {"Receive timeout", "receive-timeout"},
    {"Unreachable", "unreachable"},
    {"Time exceeded", "time-exceeded"},
    {"Fault", "fault"},
    {"Init", "init"},
    {"Thread error", "thread-error"},
    {"Detect ip set", "detect-ip-set"},
    {"Unknown", "unknown"},
}};

Parsed<HccnLink> read_link(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto state = after(line.value().trimmed(), "link status:");
  if (!state || (*state != "UP" && *state != "DOWN"))
    return malformed(line.value(), {"\"link status: UP\" 或 DOWN", "\"link status: UP\" or DOWN"});
  return HccnLink{.up = *state == "UP"};
}

Parsed<HccnNetHealth> read_net_health(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto text = after(line.value().trimmed(), "net health status:");
  for (std::size_t i = 0; text && i < kHealthWords.size(); ++i) {
    const auto status = static_cast<HccnNetHealth::Status>(i);
    const bool older_spelling =
        status == HccnNetHealth::Status::kSocketFail && *text == "Socket failed";
    if (*text == kHealthWords[i].text || older_spelling)
      return HccnNetHealth{.status = status, .text = std::string(*text)};
  }
  std::vector<std::string_view> known;
  for (const HealthWord& word : kHealthWords) known.push_back(word.text);
  return malformed(line.value(),
                   said("\"net health status: \" 及其一:\"{}\"",
                        "\"net health status: \" and one of {}", fmt::join(known, ", ")));
}

Parsed<HccnSpeed> read_speed(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto value = after(line.value().trimmed(), "Speed:");
  if (value && value->starts_with("Unknown"))
    return Refusal{
        .kind = Refusal::Kind::kNotSet,
        .reason = {
            "\"Speed: Unknown!\":端口没有速率,链路断开或尚未协商",
            "\"Speed: Unknown!\": the port has no speed, its link is down or not negotiated"}};
  const auto words = words_of(value.value_or(""));
  const auto speed = words.size() == 2 && words[1] == "Mb/s" ? integer_of(words[0]) : std::nullopt;
  if (!speed || *speed <= 0) return malformed(line.value(), "\"Speed: N Mb/s\"");
  return HccnSpeed{.mbps = *speed};
}

Parsed<HccnMtu> read_mtu(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto value = after(line.value().trimmed(), "mtu:");
  const auto mtu = value ? integer_of(*value) : std::nullopt;
  if (!mtu || *mtu < 68 || *mtu > 65535)
    return malformed(line.value(), {"\"mtu:N\",68 到 65535", "\"mtu:N\", 68 to 65535"});
  return HccnMtu{.mtu = *mtu};
}

Parsed<HccnFec> read_fec(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto value = after(line.value().trimmed(), "fec mode:");
  for (const std::string_view mode : {"rs", "no", "auto"})
    if (value && *value == std::string(mode) + " FEC mode")
      return HccnFec{.mode = std::string(mode)};
  return malformed(line.value(), {"\"fec mode: rs FEC mode\"、no 或 auto",
                                  "\"fec mode: rs FEC mode\", no or auto"});
}

Parsed<HccnProcess> read_process(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto value = after(line.value().trimmed(), "device hccp process:");
  if (!value || (*value != "exist" && *value != "not exist"))
    return malformed(line.value(), {"\"device hccp process: exist\" 或 \"not exist\"",
                                    "\"device hccp process: exist\" or \"not exist\""});
  return HccnProcess{.exists = *value == "exist"};
}

}  // namespace

std::string_view name_of(HccnNetHealth::Status status) {
  return kHealthWords[static_cast<std::size_t>(status)].name;
}

Parsed<HccnLink> parse_hccn_link(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kLink, read_link);
}
Parsed<std::vector<OfDevice<HccnLink>>> parse_hccn_link_each(std::string_view out,
                                                             std::string_view err) {
  return read_hccn_each(out, err, kLink, read_link);
}

Parsed<HccnNetHealth> parse_hccn_net_health(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kNetHealth, read_net_health);
}
Parsed<std::vector<OfDevice<HccnNetHealth>>> parse_hccn_net_health_each(std::string_view out,
                                                                        std::string_view err) {
  return read_hccn_each(out, err, kNetHealth, read_net_health);
}

Parsed<HccnSpeed> parse_hccn_speed(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kSpeed, read_speed);
}
Parsed<std::vector<OfDevice<HccnSpeed>>> parse_hccn_speed_each(std::string_view out,
                                                               std::string_view err) {
  return read_hccn_each(out, err, kSpeed, read_speed);
}

Parsed<HccnMtu> parse_hccn_mtu(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kMtu, read_mtu);
}
Parsed<std::vector<OfDevice<HccnMtu>>> parse_hccn_mtu_each(std::string_view out,
                                                           std::string_view err) {
  return read_hccn_each(out, err, kMtu, read_mtu);
}

Parsed<HccnFec> parse_hccn_fec(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kFec, read_fec);
}
Parsed<std::vector<OfDevice<HccnFec>>> parse_hccn_fec_each(std::string_view out,
                                                           std::string_view err) {
  return read_hccn_each(out, err, kFec, read_fec);
}

Parsed<HccnProcess> parse_hccn_process(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kProcess, read_process);
}
Parsed<std::vector<OfDevice<HccnProcess>>> parse_hccn_process_each(std::string_view out,
                                                                   std::string_view err) {
  return read_hccn_each(out, err, kProcess, read_process);
}

}  // namespace touchstone
