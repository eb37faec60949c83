#include "reports/write.h"

#include <system_error>

#include "harness/model/said.h"
#include "harness/model/write_file.h"
#include "reports/json.h"
#include "reports/page_names.h"
#include "reports/summary.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRecord = "run.json";

}  // namespace

std::map<std::string, std::string> report_files(const RunRecord& record,
                                                const WriteOptions& options) {
  std::map<std::string, std::string> files =
      html_report(record, options.language, options.single).files;
  files[kRecord] = run_json(record);
  files["junit.xml"] = junit_xml(record, options.flavour, options.language);
  files["description.txt"] = description_of(record, options.language) + "\n";
  files["badge.txt"] = badge_of(record, options.language) + "\n";
  return files;
}

void write_reports(const fs::path& folder, const RunRecord& record, const WriteOptions& options) {
  make_folders(folder);
  const auto files = report_files(record, options);
  // The record first: from it the others can be made again.
  write_file(folder / kRecord, files.at(kRecord));
  for (const auto& [name, text] : files)
    if (name != kRecord) write_file(folder / name, text);
  // Of a record that is written again into the same folder: nothing may tell of another run.
  for (const std::string& name : pages_in(folder))
    if (std::error_code error; !files.contains(name) && !fs::remove(folder / name, error) && error)
      throw CannotWrite(said("{}:无法删除:{}", "{}: cannot be removed: {}",
                             (folder / name).string(), error.message()));
}

}  // namespace touchstone
