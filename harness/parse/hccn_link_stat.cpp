#include <array>
#include <chrono>

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"
#include "harness/parse/hccn_link.h"

namespace touchstone {
namespace {

// "[devid 0]link up count       : 2"; documents of older tools have "[device 0]". A5 prints no
// prefix.
struct Prefixed {
  std::int64_t device = 0;
  std::string_view rest;
};

std::optional<Prefixed> prefixed(std::string_view line) {
  line = trim(line);
  auto number = after(line, "[devid ");
  if (!number) number = after(line, "[device ");
  const auto parts = number ? split_at(*number, ']') : std::nullopt;
  const auto device = parts ? integer_of(parts->first) : std::nullopt;
  if (!device || *device < 0 || *device > 99) return std::nullopt;
  return Prefixed{*device, parts->second};
}

bool begins_link_stat(std::string_view line) {
  const auto parts = prefixed(line);
  return (parts ? parts->rest : line).starts_with("current time");
}

constexpr HccnQuestion kLinkStat = {"-link_stat -g", begins_link_stat};

std::optional<int> month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (kMonths[i] == word) return static_cast<int>(i) + 1;
  return std::nullopt;
}

// "14:43:40" → seconds of the day
std::optional<std::int64_t> second_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = counter_of(text.substr(0, 2)), minute = counter_of(text.substr(3, 2)),
             second = counter_of(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  return static_cast<std::int64_t>(*hour * 3600 + *minute * 60 + *second);
}

// "Tue Aug  1 14:43:40 2022", as asctime prints. The weekday is not compared: a device with a wrong
// clock is not our question.
std::optional<std::int64_t> time_of(const std::vector<std::string_view>& words) {
  if (words.size() < 5) return std::nullopt;
  const auto month = month_of(words[1]);
  const auto day = integer_of(words[2]), year = integer_of(words[4]);
  const auto second = second_of_day(words[3]);
  if (!month || !day || !year || !second || *year < 1970 || *year > 9999 || *day < 1 || *day > 31)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * std::int64_t{86400} + *second;
}

// "    Tue Jun  6 16:32:12 2023    LINK UP"
std::optional<HccnLinkStat::Record> record_of(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 7 || words[5] != "LINK" || (words[6] != "UP" && words[6] != "DOWN"))
    return std::nullopt;
  const auto time = time_of(words);
  if (!time) return std::nullopt;
  return HccnLinkStat::Record{.time = *time, .up = words[6] == "UP"};
}

// What was read of one answer so far.
struct Reading {
  HccnLinkStat stat;
  bool time = false, up_count = false, records = false;
  bool none = false;  // "link change records : NA"
};

std::optional<Refusal> read_field(const Line& line, std::string_view text, Reading& reading) {
  const auto field = split_at(text, ':');
  const auto key = field ? field->first : std::string_view();
  const long count = field ? integer_of(field->second).value_or(-1) : -1;
  if (key == "current time" && !reading.time) {
    reading.stat.current_time = field->second;
    reading.stat.current = time_of(words_of(field->second));
    reading.time = true;
  } else if (key == "link up count" && !reading.up_count && count >= 0) {
    reading.stat.up_count = count;
    reading.up_count = true;
  } else if (key == "link down count" && !reading.stat.down_count && count >= 0) {
    reading.stat.down_count = count;
  } else if (key == "link change records" && !reading.records &&
             (field->second.empty() || field->second == "NA")) {
    reading.records = true;
    reading.none = field->second == "NA";
  } else {
    return malformed(
        line, {"-link_stat 的时间、计数或记录", "a time, a count or a record of -link_stat"});
  }
  return std::nullopt;
}

std::optional<Refusal> read_line(const Line& line, Reading& reading) {
  const auto parts = prefixed(line.text);
  if (!parts)
    return Refusal{
        .kind = Refusal::Kind::kUnsupported,
        .reason = said(
            "第 {} 行前没有 \"[devid N]\":这是 A5 产品的形式,不是 910B 的",
            "line {} has no \"[devid N]\" before it: that is the form of A5 products, not of 910B",
            line.number)};
  if (!reading.stat.device) reading.stat.device = parts->device;
  if (*reading.stat.device != parts->device)
    return malformed(line, {"与上面相同的设备", "the same device as above"});
  const auto record = reading.records && !reading.none ? record_of(parts->rest) : std::nullopt;
  if (!record) return read_field(line, parts->rest, reading);
  reading.stat.records.push_back(*record);
  return std::nullopt;
}

Parsed<HccnLinkStat> read_link_stat(const HccnAnswer& answer, std::string_view) {
  Reading reading;
  for (const Line& line : answer.lines)
    if (!is_blank(line.text))
      if (auto refusal = read_line(line, reading)) return *refusal;
  if (!reading.time || !reading.up_count || !reading.records)
    return malformed({"回答缺少时间、link up 计数或记录:是否被截断?",
                      "the answer lacks its time, its link up count or its records: cut off?"});
  // The tool writes NA where it has none.
  if (!reading.none && reading.stat.records.empty())
    return malformed({"\"link change records :\" 之后没有记录(没有时工具写 NA):是否被截断?",
                      "no record follows \"link change records :\", where the tool writes NA if "
                      "it has none: cut off?"});
  return reading.stat;
}

}  // namespace

Parsed<HccnLinkStat> parse_hccn_link_stat(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kLinkStat, read_link_stat);
}
Parsed<std::vector<OfDevice<HccnLinkStat>>> parse_hccn_link_stat_each(std::string_view out,
                                                                      std::string_view err) {
  return read_hccn_each(out, err, kLinkStat, read_link_stat);
}

}  // namespace touchstone
