#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"
#include "harness/parse/hccn_link.h"

namespace touchstone {
namespace {

constexpr HccnQuestion kStat = {
    "-stat -g", [](std::string_view line) { return line.starts_with("packet statistics:"); }};
constexpr HccnQuestion kStatus = {
    "-status -g", [](std::string_view line) { return line.starts_with("Netdev status:"); }};

bool is_counter_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

Parsed<HccnStat> read_stat(const HccnAnswer& answer, std::string_view) {
  HccnStat stat;
  if (answer.lines.front().trimmed() != "packet statistics:")
    return malformed(answer.lines.front(), "\"packet statistics:\"");
  for (std::size_t i = 1; i < answer.lines.size(); ++i) {
    const Line& line = answer.lines[i];
    if (is_blank(line.text)) continue;
    const auto field = split_at(line.trimmed(), ':');
    const auto count = field ? counter_of(field->second) : std::nullopt;
    if (!count || !is_counter_name(field->first)) return malformed(line, "\"counter:number\"");
    if (!stat.counters.emplace(field->first, *count).second)
      return malformed(line, {"每个计数器一次", "each counter once"});
  }
  if (stat.counters.empty())
    return malformed({"\"packet statistics:\" 之后没有计数器",
                      "\"packet statistics:\" is followed by no counter"});
  return stat;
}

// "200000Mb/s" here, unlike -speed; a remark of the author may follow.
std::optional<std::int64_t> ethtool_speed(std::string_view text) {
  const std::size_t unit = text.find("Mb/s");
  return unit == std::string_view::npos ? std::nullopt : integer_of(trim(text.substr(0, unit)));
}

Parsed<HccnStatus> read_status(const HccnAnswer& answer, std::string_view) {
  HccnStatus status;
  const auto head = after(answer.lines.front().trimmed(), "Netdev status:Settings for ");
  if (!head || !head->ends_with(":") || words_of(*head).size() != 1)
    return malformed(answer.lines.front(), "\"Netdev status:Settings for ethN:\"");
  status.iface = head->substr(0, head->size() - 1);
  std::string* last = nullptr;
  for (std::size_t i = 1; i < answer.lines.size(); ++i) {
    const Line& line = answer.lines[i];
    if (is_blank(line.text)) continue;
    if (const auto field = split_at(line.trimmed(), ':')) {
      last = &status.fields[std::string(field->first)];
      *last = field->second;
    } else if (last) {
      last->append(last->empty() ? "" : " ").append(line.trimmed());
    } else {
      return malformed(line, {"ethtool 的 \"key: value\"", "\"key: value\" of ethtool"});
    }
  }
  const auto speed = status.fields.find("Speed");
  const auto link = status.fields.find("Link detected");
  if (speed == status.fields.end())
    return malformed({"ethtool 的文本没有 \"Speed:\":是否被截断?",
                      "ethtool's text has no \"Speed:\": cut off?"});
  status.speed_mbps = ethtool_speed(speed->second);
  if (!status.speed_mbps && !speed->second.starts_with("Unknown"))
    return malformed(said("Speed 是 {},应为 \"NMb/s\" 或 \"Unknown!\"",
                          "Speed is {}, expected \"NMb/s\" or \"Unknown!\"",
                          quoted(speed->second)));
  if (link != status.fields.end()) status.link_detected = link->second == "yes";
  return status;
}

}  // namespace

Parsed<HccnStat> parse_hccn_stat(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kStat, read_stat);
}
Parsed<std::vector<OfDevice<HccnStat>>> parse_hccn_stat_each(std::string_view out,
                                                             std::string_view err) {
  return read_hccn_each(out, err, kStat, read_stat);
}

Parsed<HccnStatus> parse_hccn_status(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kStatus, read_status);
}
Parsed<std::vector<OfDevice<HccnStatus>>> parse_hccn_status_each(std::string_view out,
                                                                 std::string_view err) {
  return read_hccn_each(out, err, kStatus, read_status);
}

}  // namespace touchstone
