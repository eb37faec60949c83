#include "harness/model/said.h"
#include "harness/parse/npu_smi.h"
#include "harness/parse/npu_smi_messages.h"

namespace touchstone {
namespace {

using Fields = std::map<std::string, std::string>;

// "\tNPU ID                         : 0" begins the part of one NPU; outputs of a loop stand one
// below the other.
Parsed<std::vector<Fields>> parts_of(std::string_view out, std::string_view err,
                                     std::string_view command) {
  auto lines = npu_smi_lines(out, err, command);
  if (!lines) return lines.refusal();
  std::vector<Fields> parts;
  std::string_view first_key;
  for (const Line& line : lines.value()) {
    const std::string_view text = line.trimmed();
    if (text.find("npu-smi info") != std::string_view::npos) continue;  // a pasted command line
    if (is_elision(text)) return *elision_in(lines.value());
    const auto field = split_at(text, ':');
    if (!field || field->first.empty()) return malformed(line, "\"key : value\"");
    if (parts.empty()) first_key = field->first;
    if (field->first == first_key) parts.emplace_back();
    if (!parts.back().emplace(field->first, field->second).second)
      return malformed(line, {"每个键一次", "each key once"});
  }
  if (parts.empty()) return empty_answer(command);
  return parts;
}

std::string field_of(const Fields& fields, const std::string& key) {
  const auto found = fields.find(key);
  return found == fields.end() ? "" : found->second;
}

std::optional<int> npu_of(const Fields& fields) {
  const auto id = integer_of(field_of(fields, "NPU ID"));
  return id && *id >= 0 && *id <= 99 ? std::optional(static_cast<int>(*id)) : std::nullopt;
}

Parsed<NpuSmiBoard> board_of(Fields fields) {
  NpuSmiBoard board{.npu = npu_of(fields),
                    .software_version = field_of(fields, "Software Version"),
                    .firmware_version = field_of(fields, "Firmware Version"),
                    .compatibility = field_of(fields, "Compatibility"),
                    .chip_name = field_of(fields, "Chip Name")};
  // `-t usages` and `-t common` print the same layout, but no firmware.
  if (board.firmware_version.empty())
    return malformed(
        {"回答没有 \"Firmware Version\":是否为 npu-smi info -t board 的输出?",
         "the answer has no \"Firmware Version\": is it that of npu-smi info -t board?"});
  if (!board.npu)
    return malformed(
        {"回答没有 0 到 99 的 \"NPU ID\"", "the answer has no \"NPU ID\" from 0 to 99"});
  board.fields = std::move(fields);
  return board;
}

Parsed<NpuSmiHealth> health_of(Fields fields) {
  NpuSmiHealth health{.npu = npu_of(fields),
                      .health = field_of(fields, "Health Status"),
                      .error_code = field_of(fields, "Error Code"),
                      .error_information = field_of(fields, "Error Information")};
  // 910B prints "Health Status", some versions "Health".
  if (health.health.empty()) health.health = field_of(fields, "Health");
  if (health.health.empty())
    return malformed(
        {"回答没有 \"Health Status\":是否为 npu-smi info -t health 的输出?",
         "the answer has no \"Health Status\": is it that of npu-smi info -t health?"});
  if (!is_health_word(health.health))
    return malformed(said("回答是 {},应为{}", "the answer is {}, expected {}",
                          quoted(health.health), kHealthForm));
  health.fields = std::move(fields);
  return health;
}

template <class T>
Parsed<std::vector<T>> each(Parsed<std::vector<Fields>> parts, Parsed<T> (*read)(Fields)) {
  if (!parts) return parts.refusal();
  std::vector<T> values;
  for (Fields& fields : parts.value()) {
    auto value = read(std::move(fields));
    if (!value) return value.refusal();
    values.push_back(std::move(value.value()));
  }
  return values;
}

template <class T>
Parsed<T> only_one(Parsed<std::vector<T>> values) {
  if (!values) return values.refusal();
  if (values.value().size() > 1)
    return Refusal{
        .kind = Refusal::Kind::kSeveral,
        .reason = said("有 {} 个 NPU 的回答,而只查询了一个",
                       "the answers of {} NPUs where one was asked", values.value().size())};
  return std::move(values.value().front());
}

}  // namespace

Parsed<std::vector<NpuSmiBoard>> parse_npu_smi_board_each(std::string_view out,
                                                          std::string_view err) {
  return each(parts_of(out, err, "npu-smi info -t board"), board_of);
}
Parsed<NpuSmiBoard> parse_npu_smi_board(std::string_view out, std::string_view err) {
  return only_one(parse_npu_smi_board_each(out, err));
}

Parsed<std::vector<NpuSmiHealth>> parse_npu_smi_health_each(std::string_view out,
                                                            std::string_view err) {
  return each(parts_of(out, err, "npu-smi info -t health"), health_of);
}
Parsed<NpuSmiHealth> parse_npu_smi_health(std::string_view out, std::string_view err) {
  return only_one(parse_npu_smi_health_each(out, err));
}

}  // namespace touchstone
