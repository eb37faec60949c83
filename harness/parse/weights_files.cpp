#include "harness/parse/weights_files.h"

#include <algorithm>
#include <set>

#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "harness/parse/records.h"

namespace touchstone {
namespace {

Parsed<WeightsFile> file_of(std::string_view record) {
  const std::size_t line_end = record.find('\n');
  const bool marked = record.starts_with("l|") || record.starts_with("-|");
  if (!marked || line_end == std::string_view::npos || line_end + 1 == record.size())
    return malformed(said("{} 不是 l| 或 -|、stat 的输出和独占一行的名称",
                          "{} is not l| or -|, what stat prints, and a name on a line of its own",
                          quoted(record)));
  WeightsFile file{.name = std::string(record.substr(line_end + 1)), .link = record[0] == 'l'};
  const std::string_view facts = record.substr(2, line_end - 2);
  if (facts.empty()) return file;
  auto stat = parse_stat(facts, "");
  if (!stat) return stat.refusal();
  file.there = true;
  file.stat = std::move(stat.value());
  return file;
}

}  // namespace

const WeightsFile* WeightsFiles::find(std::string_view name) const {
  const auto at = std::find_if(files.begin(), files.end(),
                               [&](const WeightsFile& file) { return file.name == name; });
  return at == files.end() ? nullptr : &*at;
}

Parsed<WeightsFiles> parse_weights_files(std::string_view out, std::string_view err) {
  auto records = records_of(out, err, Text{"目录的列表", "the listing of the folder"});
  if (!records) return records.refusal();
  WeightsFiles listing;
  std::set<std::string> names;
  for (const std::string_view record : records.value()) {
    auto file = file_of(record);
    if (!file) return file.refusal();
    if (!names.insert(file.value().name).second)
      return malformed(
          said("名称 {} 出现两次", "the name {} stands twice", quoted(file.value().name)));
    listing.files.push_back(std::move(file.value()));
  }
  return listing;
}

}  // namespace touchstone
