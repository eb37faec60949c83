#include "harness/parse/records.h"

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {

Parsed<std::vector<std::string_view>> records_of(std::string_view out, std::string_view err,
                                                 const Phrase& command) {
  std::vector<std::string_view> records;
  if (out.find('\0') == std::string_view::npos) {
    // No record at all: a message of the shell or of a tool, on either stream, or nothing.
    auto lines = filled_lines_of(out, err, command);
    if (!lines) return lines.refusal();
    return malformed(lines.value().front(), {"以 NUL 结尾的记录", "records that end with NUL"});
  }
  while (!out.empty()) {
    const std::size_t end = out.find('\0');
    if (end == std::string_view::npos)
      return malformed(said("最后一条记录 {} 没有结尾:回答被截断",
                            "the last record {} has no end: the answer was cut", quoted(out)));
    records.push_back(out.substr(0, end));
    out.remove_prefix(end + 1);
  }
  return records;
}

}  // namespace touchstone
