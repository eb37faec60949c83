#include "harness/parse/hccn_optical.h"

#include <charconv>

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"

namespace touchstone {
namespace {

constexpr std::size_t kMaxLanes = 16;

// Copper and empty cages: an answer for us, a message (INFO, on stdout, exit 20) for the tool.
bool says_absent(std::string_view line) {
  return line.find("Optical module is not present") != std::string_view::npos;
}

constexpr HccnQuestion kOptical = {
    "-optical -g", [](std::string_view line) { return line.starts_with("optical info:"); },
    says_absent};

bool is_absent(std::string_view text) {
  return text == "NA" || text == "not supported" || text == "not support";
}
bool is_unread(std::string_view text) {
  return text == "get failed";
}
bool is_no_value(std::string_view text) {
  return is_absent(text) || is_unread(text);
}

// "4.4035 mW" with the unit it must have; nothing for what has no value.
struct Measure {
  bool valid = false;
  std::optional<double> value;
};

Measure measure(std::string_view text, std::string_view unit) {
  if (is_no_value(text)) return {.valid = true, .value = std::nullopt};
  const auto words = words_of(text);
  const auto value = words.size() == 2 && words[1] == unit ? number_of(words[0]) : std::nullopt;
  return {.valid = value.has_value(), .value = value};
}

struct LaneField {
  std::string_view
      key;  // followed by the lane's number; by none in older tools, which know one lane
  std::string_view unit;
  std::vector<std::optional<double>> HccnOptical::*lanes;
};

constexpr LaneField kLaneFields[] = {
    {"Tx Power", "mW", &HccnOptical::tx_power_mw},
    {"Rx Power", "mW", &HccnOptical::rx_power_mw},
    {"Tx Bias", "mA", &HccnOptical::tx_bias_ma},
    {"Host SNR Lane", "dB", &HccnOptical::host_snr_db},
    {"Media SNR Lane", "dB", &HccnOptical::media_snr_db},
};

struct ScalarField {
  std::string_view key;
  std::string_view unit;
  std::optional<double> HccnOptical::*value;
};

constexpr ScalarField kScalarFields[] = {
    {"temperature", "C", &HccnOptical::temperature_c},
    {"Vcc", "mV", &HccnOptical::vcc_mv},
    {"Vcc High Thres", "mV", &HccnOptical::vcc_high_mv},
    {"Vcc Low Thres", "mV", &HccnOptical::vcc_low_mv},
    {"Temp High Thres", "C", &HccnOptical::temperature_high_c},
    {"Temp Low Thres", "C", &HccnOptical::temperature_low_c},
    {"TxPower High Thres", "mW", &HccnOptical::tx_power_high_mw},
    {"TxPower Low Thres", "mW", &HccnOptical::tx_power_low_mw},
    {"RxPower High Thres", "mW", &HccnOptical::rx_power_high_mw},
    {"RxPower Low Thres", "mW", &HccnOptical::rx_power_low_mw},
};

struct FlagField {
  std::string_view key;
  std::optional<std::uint64_t> HccnOptical::*value;
};

constexpr FlagField kFlagFields[] = {
    {"Tx Los Flag", &HccnOptical::tx_los},
    {"Rx Los Flag", &HccnOptical::rx_los},
    {"Tx LoL Flag", &HccnOptical::tx_lol},
    {"Rx LoL Flag", &HccnOptical::rx_lol},
};

// "0xff"
std::optional<std::uint64_t> hex_of(std::string_view text) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return std::nullopt;
  text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::size_t> lane_of(std::string_view key, std::string_view name) {
  if (!key.starts_with(name)) return std::nullopt;
  key.remove_prefix(name.size());
  if (key.empty()) return 0;
  const auto lane = counter_of(key);
  return lane && *lane < kMaxLanes ? std::optional<std::size_t>(*lane) : std::nullopt;
}

std::optional<Refusal> read_measure(const Line& line, std::string_view text, std::string_view unit,
                                    std::optional<double>& value) {
  const Measure read = measure(text, unit);
  if (!read.valid)
    return malformed(line, said("数字和 {}、NA、\"not supported\" 或 \"get failed\"",
                                "a number and {}, NA, \"not supported\" or \"get failed\"", unit));
  value = read.value;
  return std::nullopt;
}

std::optional<Refusal> read_value(const Line& line, std::string_view key, std::string_view text,
                                  HccnOptical& optical) {
  for (const ScalarField& field : kScalarFields)
    if (key == field.key) return read_measure(line, text, field.unit, optical.*field.value);
  for (const FlagField& field : kFlagFields) {
    if (key != field.key) continue;
    optical.*field.value = hex_of(text);
    if (!(optical.*field.value) && !is_no_value(text))
      return malformed(line, {"标志 \"0x…\"", "a flag \"0x…\""});
  }
  for (const LaneField& field : kLaneFields) {
    const auto lane = lane_of(key, field.key);
    if (!lane) continue;
    auto& lanes = optical.*field.lanes;
    if (lanes.size() <= *lane) lanes.resize(*lane + 1);
    return read_measure(line, text, field.unit, lanes[*lane]);
  }
  return std::nullopt;  // vendor, wave length …: in `fields`
}

// Every tool tells these of a module that is there; older ones know one lane and do not number it.
constexpr std::string_view kAlwaysTold[] = {"Tx Power", "Rx Power", "Tx Los Flag", "Rx Los Flag"};

std::optional<Refusal> cut_off(const HccnOptical& optical) {
  for (const std::string_view key : kAlwaysTold) {
    const auto at = optical.fields.lower_bound(std::string(key));
    if (at == optical.fields.end() || !at->first.starts_with(key))
      return malformed(said("光模块的表中没有 \"{}\":是否被截断?",
                            "the module's table has no \"{}\": cut off?", key));
  }
  return std::nullopt;
}

Parsed<HccnOptical> read_optical(const HccnAnswer& answer, std::string_view) {
  if (says_absent(answer.lines.front().text)) return HccnOptical{};
  HccnOptical optical;
  for (std::size_t i = 1; i < answer.lines.size(); ++i) {
    const Line& line = answer.lines[i];
    if (is_blank(line.text)) continue;
    const auto field = split_at(line.trimmed(), ':');
    if (!field || field->first.empty()) return malformed(line, "\"key: value\"");
    if (!optical.fields.emplace(field->first, field->second).second)
      return malformed(line, {"每个键一次", "each key once"});
    if (is_absent(field->second)) optical.absent.emplace_back(field->first);
    if (is_unread(field->second)) optical.unread.emplace_back(field->first);
    if (auto refusal = read_value(line, field->first, field->second, optical)) return *refusal;
  }
  const auto present = optical.fields.find("present");
  if (present == optical.fields.end() ||
      (present->second != "present" && present->second != "not present"))
    return malformed({"\"optical info:\" 之后没有 \"present: present\" 或 not present",
                      "\"optical info:\" is not followed by \"present: present\" or not present"});
  optical.present = present->second == "present";
  if (optical.present)
    if (auto refusal = cut_off(optical)) return *refusal;
  return optical;
}

// Some builds say it on stderr.
std::string_view stream_with_answer(std::string_view out, std::string_view err) {
  return is_blank(out) && says_absent(err) ? err : out;
}

}  // namespace

Parsed<HccnOptical> parse_hccn_optical(std::string_view out, std::string_view err) {
  return read_hccn(stream_with_answer(out, err), err, kOptical, read_optical);
}
Parsed<std::vector<OfDevice<HccnOptical>>> parse_hccn_optical_each(std::string_view out,
                                                                   std::string_view err) {
  return read_hccn_each(stream_with_answer(out, err), err, kOptical, read_optical);
}

}  // namespace touchstone
