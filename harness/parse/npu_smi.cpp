#include "harness/parse/npu_smi.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/npu_smi_messages.h"

namespace touchstone {
namespace {

using Npu = NpuSmiInfo::Npu;
using Cells = std::vector<std::string_view>;

constexpr std::string_view kCommand = "npu-smi info";

// The cells of "| a | b | c |". Widths differ between versions, the bars do not.
Cells cells_between_bars(std::string_view line) {
  Cells cells = cells_of(line);
  cells.pop_back();
  if (!cells.empty()) cells.erase(cells.begin());
  return cells;
}

bool is_rule(std::string_view line) {
  return line.starts_with("+") && line.find_first_not_of("+-=") == std::string_view::npos;
}

// What has been read so far, and what the next row must be.
struct Table {
  NpuSmiInfo info;
  enum class Part { kTop, kHeaders, kNpus, kProcesses } part = Part::kTop;
  bool half = false;  // the first of the two rows of an NPU was read
  bool a3 = false;    // rows are dies ("Chip  Phy-ID")
  std::size_t dies = 0;
  std::vector<bool> listed;  // per NPU: does the process table speak of it?
};

Refusal unsupported(Text reason) {
  return {.kind = Refusal::Kind::kUnsupported, .reason = std::move(reason)};
}

Npu* find_npu(NpuSmiInfo& info, std::int64_t id, std::vector<bool>& listed) {
  for (std::size_t i = 0; i < info.npus.size(); ++i)
    if (info.npus[i].id == id) {
      listed[i] = true;
      return &info.npus[i];
    }
  return nullptr;
}

std::optional<int> table_number(std::string_view text) {
  const auto value = integer_of(text);
  return value && *value >= -273 && *value <= 9999 ? std::optional(static_cast<int>(*value))
                                                   : std::nullopt;
}

bool is_unknown(std::string_view text) {
  return text == "-" || text == "NA" || text == "N/A";
}

// "npu-smi 24.1.rc3    Version: 24.1.rc3"
std::optional<Refusal> read_banner(const Line& line, const Cells& cells, Table& table) {
  const auto words = cells.empty() ? Cells() : words_of(cells[0]);
  if (words.size() < 4 || words[0] != "npu-smi" || words[2] != "Version:")
    return malformed(line,
                     {"表头 \"npu-smi V Version: V\"", "the banner \"npu-smi V Version: V\""});
  table.info.version = words[3];
  table.part = Table::Part::kHeaders;
  return std::nullopt;
}

// The second header row tells the products apart.
std::optional<Refusal> read_header(const Line& line, const Cells& cells, Table& table) {
  const std::string_view text = line.text;
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  if (has("NPU ID") || has("NPU Util"))
    return unsupported({"这是 A5 产品的表", "this is the table of A5 products"});
  if (has("Device") && has("Bus-Id"))
    return unsupported({"这是 A1 和 300 卡的表(有 Device 列),不是 910B 的",
                        "this is the table of A1 and 300 cards (a Device column), not of 910B"});
  if (has("Phy-ID")) table.a3 = true;
  if (!cells.empty() && words_of(cells[0]) == Cells{"NPU", "Name"}) return std::nullopt;
  if (!has("Bus-Id") || !has("HBM-Usage(MB)") || cells.size() != 3)
    return malformed(line, {"910B 的表的标题行", "a header row of the table of 910B"});
  table.part = Table::Part::kNpus;
  return std::nullopt;
}

// "| 0     910B3     | OK     | 94.6        49                0    / 0    |"
std::optional<Refusal> read_first_row(const Line& line, const Cells& cells, Table& table) {
  const auto name = cells.size() == 3 ? words_of(cells[0]) : Cells();
  const auto values = cells.size() == 3 ? words_of(cells[2]) : Cells();
  const auto id = name.size() == 2 ? table_number(name[0]) : std::nullopt;
  if (!id || *id < 0 || values.size() < 2 || cells[1].empty())
    return malformed(line, {"NPU 的编号、名称、健康状态、功耗和温度",
                            "an NPU's id, name, health, power and temperature"});
  if (!is_health_word(cells[1])) return malformed(line, kHealthForm);
  Npu npu{.id = *id, .name = std::string(name[1]), .health = std::string(cells[1])};
  if (!is_unknown(values[0]) && !(npu.power = number_of(values[0])))
    return malformed(line, {"以瓦计的功耗", "the power in watts"});
  if (!is_unknown(values[1]) && !(npu.temp = table_number(values[1])))
    return malformed(line, {"温度", "the temperature"});
  for (const Npu& other : table.info.npus)
    if (other.id == npu.id && !table.a3) return malformed(line, {"每个 NPU 一次", "each NPU once"});
  table.info.npus.push_back(std::move(npu));
  table.half = true;
  return std::nullopt;
}

// "0           0    / 0          59891/ 65536": AICore, memory, HBM; the last pair counts.
std::optional<Refusal> read_second_row(const Line& line, const Cells& cells, Table& table) {
  Npu& npu = table.info.npus.back();
  const std::size_t slash = cells.size() == 3 ? cells[2].rfind('/') : std::string_view::npos;
  if (slash == std::string_view::npos || cells[0].empty() || cells[1].empty())
    return malformed(line, {"上面 NPU 的芯片、总线编号、AICore、内存和 HBM",
                            "chip, bus id, AICore, memory and HBM of the NPU above"});
  const auto before = words_of(cells[2].substr(0, slash));
  const auto used = integer_of(before.size() < 4 ? std::string_view() : before.back());
  const auto total = integer_of(trim(cells[2].substr(slash + 1)));
  if (!used || !total || *used < 0 || *total < 0)
    return malformed(line, {"末尾为 HBM 的 \"USED / TOTAL\" 兆字节数",
                            "\"USED / TOTAL\" megabytes of HBM at the end"});
  npu.bus = cells[1];
  npu.hbm_used_mb = *used;
  npu.hbm_total_mb = *total;
  table.half = false;
  ++table.dies;
  return std::nullopt;
}

// "| 6       0       | 99910         |                | 27977                   |"
std::optional<Refusal> read_process(const Line& line, const Cells& cells, Table& table) {
  if (cells.size() == 1) {
    const auto npu = after(cells[0], "No running processes found in NPU");
    const auto id = npu ? integer_of(*npu) : std::nullopt;
    if (!id || !find_npu(table.info, *id, table.listed))
      return malformed(line, {"上面某个 NPU 的 \"No running processes found in NPU N\"",
                              "\"No running processes found in NPU N\" of an NPU above"});
    return std::nullopt;
  }
  // Newest tools add a fifth column, the process id in the container.
  const auto chip = cells.size() == 4 || cells.size() == 5 ? words_of(cells[0]) : Cells();
  const auto id = chip.size() == 2 ? integer_of(chip[0]) : std::nullopt;
  Npu* npu = id ? find_npu(table.info, *id, table.listed) : nullptr;
  const auto pid = npu ? integer_of(cells[1]) : std::nullopt;
  const auto memory = npu ? integer_of(cells[3]) : std::nullopt;
  if (!npu || !memory || *memory < 0 || (!pid && !is_unknown(cells[1])))
    return malformed(line, {"进程的 NPU、芯片、进程号、名称和内存",
                            "NPU, chip, process id, name and memory of a process"});
  npu->processes.push_back({.pid = pid, .name = std::string(cells[2]), .memory_mb = *memory});
  return std::nullopt;
}

std::optional<Refusal> read_row(const Line& line, Table& table) {
  const Cells cells = cells_between_bars(line.trimmed());
  if (cells.empty() || !line.trimmed().ends_with("|"))
    return malformed(line, {"完整的一行:它被截断,或因窗口太窄而换行",
                            "a whole row: it was cut, or wrapped by a narrow window"});
  const bool process_header = line.text.find("Process id") != std::string_view::npos;
  if (process_header && table.half)
    return malformed(line, {"上面 NPU 的第二行", "the second row of the NPU above"});
  if (process_header && table.part == Table::Part::kNpus) {
    table.part = Table::Part::kProcesses;
    table.listed.assign(table.info.npus.size(), false);
    return std::nullopt;
  }
  switch (table.part) {
    case Table::Part::kTop:
      return read_banner(line, cells, table);
    case Table::Part::kHeaders:
      return read_header(line, cells, table);
    case Table::Part::kNpus:
      return table.half ? read_second_row(line, cells, table) : read_first_row(line, cells, table);
    case Table::Part::kProcesses:
      return read_process(line, cells, table);
  }
  return std::nullopt;
}

std::optional<Refusal> read_line(const Line& line, Table& table) {
  const std::string_view text = line.trimmed();
  if (is_rule(text)) return std::nullopt;
  if (text.starts_with("|")) return read_row(line, table);
  if (text.starts_with("[WARNING]")) {
    table.info.warning = text;
    return std::nullopt;
  }
  const bool prompt = text.ends_with("npu-smi info");  // a pasted command line
  return prompt && table.part == Table::Part::kTop
             ? std::nullopt
             : std::optional(malformed(
                   line, {"npu-smi info 的表的一行", "a row of the table of npu-smi info"}));
}

// A table is whole when it has its NPUs, and its processes speak of each of them.
std::optional<Refusal> incomplete(const Table& table) {
  using Part = Table::Part;
  if (table.part == Part::kTop || table.part == Part::kHeaders)
    return malformed({"npu-smi info 的表在第一个 NPU 之前就结束了",
                      "the table of npu-smi info ends before its first NPU"});
  if (table.a3)
    return unsupported(said("这是 A3 的表(有 Phy-ID 列),共 {} 个设备,不是 910B 的",
                            "this is the table of A3 (Phy-ID column) with {} devices, not of 910B",
                            table.dies));
  const auto elided = [&](const Text& what) {
    return Refusal{
        .kind = Refusal::Kind::kElided,
        .reason = said("有 {} 个 NPU 的行,然后表就结束了:{};请给出 npu-smi info 的全部输出",
                       "{} NPU rows, then the table ends {}; give the whole output of npu-smi info",
                       table.dies, what)};
  };
  if (table.part == Part::kNpus) return elided({"没有进程表", "before the process table"});
  for (std::size_t i = 0; i < table.listed.size(); ++i)
    if (!table.listed[i])
      return elided(
          said("没有 NPU {} 的进程", "without the processes of NPU {}", table.info.npus[i].id));
  return std::nullopt;
}

Refusal elided_at(const Line& gap, const Table& table) {
  return {.kind = Refusal::Kind::kElided,
          .reason = said(
              "第 {} 行是 \"...\":有省略的行,现有 {} 个 NPU 的行;请给出 npu-smi info 的全部输出",
              "line {} is \"...\": rows were left out, {} NPU rows are there; give the whole "
              "output of npu-smi info",
              gap.number, table.dies)};
}

}  // namespace

Parsed<NpuSmiInfo> parse_npu_smi_info(std::string_view out, std::string_view err) {
  auto lines = npu_smi_lines(out, err, kCommand);
  if (!lines) return lines.refusal();
  Table table;
  std::optional<Line> gap;  // read on below it: the reason tells how many rows there are
  for (const Line& line : lines.value()) {
    if (is_elision(line.text)) {
      gap = gap.value_or(line);
      continue;
    }
    if (auto refusal = read_line(line, table)) return gap ? elided_at(*gap, table) : *refusal;
  }
  if (gap) return elided_at(*gap, table);
  if (auto refusal = incomplete(table)) return *refusal;
  return std::move(table.info);
}

}  // namespace touchstone
