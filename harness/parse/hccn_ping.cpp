#include "harness/parse/hccn_ping.h"

#include <algorithm>
#include <cmath>

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"

namespace touchstone {
namespace {

// Any lost packet makes the tool add this to a report that is complete, and exit 1.
bool is_verdict_of_tool(std::string_view line) {
  return line.find("Command execute failed!") != std::string_view::npos;
}

constexpr HccnQuestion kPing = {"-ping -g address X",
                                [](std::string_view line) {
                                  return line.starts_with("device ") &&
                                         line.find(" PING ") != std::string_view::npos;
                                },
                                is_verdict_of_tool};

Parsed<HccnPing> read_ping_head(const Line& line) {
  const auto words = words_of(line.text);
  const bool shape = words.size() == 4 && words[0] == "device" && words[2] == "PING";
  const auto device = shape ? integer_of(words[1]) : std::nullopt;
  if (!device || *device < 0 || *device > 99) return malformed(line, "\"device N PING ADDRESS\"");
  auto target = address_of(line, words[3]);
  if (!target) return target.refusal();
  return HccnPing{.device = *device, .target = target.value()};
}

// "0.067000ms"
std::optional<double> milliseconds(std::string_view text) {
  if (!text.ends_with("ms")) return std::nullopt;
  const auto value = number_of(trim(text.substr(0, text.size() - 2)));
  return value && *value >= 0 ? value : std::nullopt;
}

// "recv seq=1,time=0.067000ms", or one of the lines of a packet that was lost.
std::optional<Refusal> read_packet(const Line& line, HccnPing& ping) {
  const auto packet = after(line.trimmed(), "recv seq=");
  if (!packet) {
    for (const std::string_view failure :
         {"recv time out", "Destination Host Unreachable", "Message too long"})
      if (line.text.find(failure) != std::string_view::npos) {
        ping.failures.emplace_back(line.trimmed());
        return std::nullopt;
      }
    if (line.trimmed().starts_with("recv seq:"))
      return Refusal{.kind = Refusal::Kind::kUnsupported,
                     .reason = {"\"recv seq:\" 是 A5 产品的形式,不是 910B 的",
                                "\"recv seq:\" is the form of A5 products, not of 910B"}};
    return malformed(
        line, {"\"recv seq=N,time=Tms\" 或统计行", "\"recv seq=N,time=Tms\" or the summary"});
  }
  const auto parts = split_at(*packet, ',');
  const auto time = parts ? after(parts->second, "time=") : std::nullopt;
  const auto value = time ? milliseconds(*time) : std::nullopt;
  if (!value || !counter_of(parts->first)) return malformed(line, "\"recv seq=N,time=Tms\"");
  ping.times_ms.push_back(*value);
  return std::nullopt;
}

// "3 packets transmitted, 2 received, 33.33% packet loss"
std::optional<Refusal> read_summary(const Line& line, HccnPing& ping) {
  const auto words = words_of(line.text);
  const bool shape = words.size() == 8 && words[1] == "packets" && words[2] == "transmitted," &&
                     words[4] == "received," && words[5].ends_with("%") && words[6] == "packet" &&
                     words[7] == "loss";
  const auto sent = shape ? integer_of(words[0]) : std::nullopt;
  const auto received = shape ? integer_of(words[3]) : std::nullopt;
  const auto loss = shape ? number_of(words[5].substr(0, words[5].size() - 1)) : std::nullopt;
  if (!sent || !received || !loss || *sent < 0 || *received < 0 || *received > *sent || *loss < 0 ||
      *loss > 100)
    return malformed(line, "\"N packets transmitted, M received, L% packet loss\"");
  ping.transmitted = *sent;
  ping.received = *received;
  ping.loss_percent = *loss;
  return std::nullopt;
}

// The packets and the summary are of one report: what was pasted together from two is of none.
std::optional<Refusal> contradiction(const HccnPing& ping) {
  const std::int64_t lost = ping.transmitted - ping.received;
  const bool as_listed =
      std::ssize(ping.times_ms) == ping.received && std::ssize(ping.failures) <= lost;
  const double loss = 100.0 * static_cast<double>(lost) /
                      static_cast<double>(std::max<std::int64_t>(ping.transmitted, 1));
  if (as_listed && std::abs(loss - ping.loss_percent) <= 0.011) return std::nullopt;
  return malformed(said(
      "统计行说收到 {1} 个(共 {0} 个),丢失 {2}%;列出的却是 {3} 个应答、{4} 个失败",
      "the summary says {1} of {0} received and {2}% lost, the lines above it list {3} answers and "
      "{4} failures",
      ping.transmitted, ping.received, ping.loss_percent, ping.times_ms.size(),
      ping.failures.size()));
}

Parsed<HccnPing> read_ping(const HccnAnswer& answer, std::string_view) {
  std::optional<HccnPing> ping;
  bool summed = false;
  for (const Line& line : answer.lines) {
    if (is_blank(line.text) || is_verdict_of_tool(line.text)) continue;
    if (summed) return malformed(line, {"统计行之后无内容", "nothing below the summary"});
    if (!ping) {
      auto head = read_ping_head(line);
      if (!head) return head;
      ping = head.value();
      continue;
    }
    summed = line.text.find(" transmitted") != std::string_view::npos;
    if (auto refusal = summed ? read_summary(line, *ping) : read_packet(line, *ping))
      return *refusal;
  }
  if (!ping)
    return Refusal{.kind = Refusal::Kind::kErrorText,
                   .reason = {"hccn_tool 报告 \"Command execute failed!\",没有给出结果",
                              "hccn_tool says \"Command execute failed!\" and gives no report"}};
  if (!summed)
    return malformed(
        {"ping 的结果在统计行之前中断;是否因超时被截断?",
         "the report of the ping ends before its summary; was it cut by a time limit?"});
  if (auto refusal = contradiction(*ping)) return *refusal;
  return *ping;
}

}  // namespace

Parsed<HccnPing> parse_hccn_ping(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kPing, read_ping);
}
Parsed<std::vector<OfDevice<HccnPing>>> parse_hccn_ping_each(std::string_view out,
                                                             std::string_view err) {
  return read_hccn_each(out, err, kPing, read_ping);
}

}  // namespace touchstone
