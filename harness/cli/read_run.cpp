#include "harness/cli/read_run.h"

#include <filesystem>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/model/said.h"
#include "reports/json.h"

namespace touchstone::cli {
namespace {

constexpr std::size_t kLargestRun = std::size_t{1} << 30;  // a thousand hosts have about 60 MiB

}  // namespace

RunRecord read_run(const std::string& path) {
  const std::string file = std::filesystem::is_directory(status_of(path))
                               ? (std::filesystem::path(path) / "run.json").string()
                               : path;
  try {
    return run_from_json(read_input(file, kLargestRun));
  } catch (const RunJsonError& error) {
    throw Failure(kWrongConfiguration, said("{}:{}", "{}: {}", file, error.text));
  }
}

}  // namespace touchstone::cli
