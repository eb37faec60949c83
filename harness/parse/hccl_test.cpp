#include "harness/parse/hccl_test.h"

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// "data_size(Bytes): | aveg_time(us): | …"; newer ones spell it avg_time. Other units would be
// other numbers.
bool is_head(const std::vector<std::string_view>& cells) {
  return cells.size() == 4 && cells[0].starts_with("data_size(Bytes)") &&
         (cells[1].starts_with("aveg_time(us)") || cells[1].starts_with("avg_time(us)")) &&
         cells[2].starts_with("alg_bandwidth(GB/s)") && cells[3].starts_with("check_result");
}

std::optional<HcclTest::Row> row_of(const std::vector<std::string_view>& cells) {
  if (cells.size() != 4) return std::nullopt;
  const auto bytes = counter_of(cells[0]);
  const auto time = number_of(cells[1]), bandwidth = number_of(cells[2]);
  const bool check = cells[3] == "success" || cells[3] == "failed" || cells[3] == "NULL";
  if (!bytes || !time || !bandwidth || *time < 0 || *bandwidth < 0 || !check) return std::nullopt;
  return HcclTest::Row{*bytes, *time, *bandwidth, std::string(cells[3])};
}

// How the library says that it failed: "hccl interface return err …, retcode: 7".
bool is_failure(std::string_view line) {
  return line.find("retcode:") != std::string_view::npos ||
         line.find("This is an error in") != std::string_view::npos;
}

}  // namespace

// MPI and libraries print warnings around the table: lines without a bar are passed over.
Parsed<HcclTest> parse_hccl_test(std::string_view out, std::string_view err) {
  const auto lines = lines_of_command(out, err, "hccl_test");
  if (!lines) return lines.refusal();
  HcclTest test;
  bool head = false;
  for (const Line& line : lines.value()) {
    if (is_failure(line.text))
      return Refusal{.kind = Refusal::Kind::kErrorText,
                     .reason = message_of("hccl_test", line.trimmed())};
    if (line.text.find('|') == std::string_view::npos) continue;
    const auto cells = cells_of(line.text);
    if (is_head(cells)) {
      head = true;
      continue;
    }
    if (!head) continue;
    const auto row = row_of(cells);
    if (!row)
      return malformed(line, {"\"BYTES | MICROSECONDS | GB/S | success、failed 或 NULL\"",
                              "\"BYTES | MICROSECONDS | GB/S | success, failed or NULL\""});
    test.rows.push_back(*row);
  }
  if (!head)
    return malformed({"没有以 \"data_size(Bytes): | …\" 开头的表",
                      "there is no table that begins with \"data_size(Bytes): | …\""});
  if (test.rows.empty())
    return malformed({"hccl_test 的表没有数据行", "the table of hccl_test has no row"});
  return test;
}

}  // namespace touchstone
