#include "harness/cli/report_folder.h"

#include <ctime>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/model/said.h"
#include "harness/model/write_file.h"
#include "harness/sign/manifest.h"
#include "reports/page_names.h"

namespace touchstone::cli {
namespace {

namespace fs = std::filesystem;

std::string fresh_folder(double now) {
  const fs::path root = "touchstone-report";
  const std::string stamp =
      fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(static_cast<std::time_t>(now)));
  std::error_code error;
  fs::create_directories(root, error);
  for (int n = 1; n < 1000 && !error; ++n) {
    const fs::path folder = root / (n == 1 ? stamp : fmt::format("{}-{}", stamp, n));
    if (!fs::create_directory(folder, error) || error) continue;
    const fs::path link = root / "latest";
    std::error_code ignored;  // the link is a convenience: the report does not depend on it
    if (fs::is_symlink(link, ignored)) fs::remove(link, ignored);
    fs::create_directory_symlink(folder.filename(), link, ignored);
    return folder.string();
  }
  throw CannotWrite(said("{}:无法建立报告的目录:{}", "{}: no folder for the report can be made: {}",
                         root.string(), error.message()));
}

void remove_earlier_report(const fs::path& folder) {
  for (const char* name :
       {"run.json", "junit.xml", "description.txt", "badge.txt", "recording", "recording-before",
        "plan.json", "plan-2.json", "plan-3.json", kManifestName, kSignatureName})
    fs::remove_all(folder / name);
  for (const std::string& page : pages_in(folder)) fs::remove(folder / page);
}

void remove_earlier_recording(const fs::path& folder) {
  for (const char* name : {"manifest.json", "hosts"}) fs::remove_all(folder / name);
}

void make_folder(const std::string& out, bool force, const Text& what,
                 void (*remove_earlier)(const fs::path&)) {
  try {
    if (!fs::exists(out)) fs::create_directories(out);
    if (!fs::is_directory(out)) throw CannotWrite(said("{}:不是目录", "{}: is not a folder", out));
    if (!fs::is_empty(out)) {
      if (!force)
        throw CannotWrite(said("{}:不是空的;--force 可替换其中较早的{}",
                               "{}: is not empty; --force replaces an earlier {} in it", out,
                               what));
      remove_earlier(out);
    }
  } catch (const fs::filesystem_error& error) {
    throw CannotWrite(
        said("{}:无法建立:{}", "{}: cannot be made: {}", out, error.code().message()));
  }
}

}  // namespace

std::string make_report_folder(const std::string& out, bool force, double now) {
  if (out.empty()) return fresh_folder(now);
  make_folder(out, force, {"报告", "report"}, remove_earlier_report);
  return out;
}

void make_recording_folder(const std::string& out, bool force) {
  make_folder(out, force, {"录制数据", "recording"}, remove_earlier_recording);
}

}  // namespace touchstone::cli
