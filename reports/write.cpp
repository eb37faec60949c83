#include "reports/write.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "reports/html.h"
#include "reports/json.h"
#include "reports/page_names.h"
#include "reports/summary.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot(const char* what, const fs::path& path, int error) {
  throw std::runtime_error(
      fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(error)));
}

void write_all(int file, std::string_view text, const fs::path& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) cannot("write", path, errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_file(const fs::path& path, std::string_view text) {
  const fs::path beside = fmt::format("{}.{}.tmp", path.string(), ::getpid());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) cannot("create", beside, errno);
  try {
    write_all(file, text, beside);
  } catch (...) {
    ::close(file);
    ::unlink(beside.c_str());
    throw;
  }
  const bool closed = ::close(file) == 0;  // a full disk of a network file system is told here
  if (closed && ::rename(beside.c_str(), path.c_str()) == 0) return;
  const int error = errno;
  ::unlink(beside.c_str());
  cannot("write", path, error);
}

constexpr const char* kRecord = "run.json";

}  // namespace

std::map<std::string, std::string> report_files(const RunRecord& record,
                                                const WriteOptions& options) {
  std::map<std::string, std::string> files = html_report(record, options.language).files;
  files[kRecord] = run_json(record);
  files["junit.xml"] = junit_xml(record, options.flavour, options.language);
  files["description.txt"] = description_of(record, options.language) + "\n";
  files["badge.txt"] = badge_of(record, options.language) + "\n";
  if (options.single) files[kSinglePage] = html_single(record, options.language);
  return files;
}

void write_reports(const fs::path& folder, const RunRecord& record, const WriteOptions& options) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) cannot("create the folder", folder, error.value());
  const auto files = report_files(record, options);
  // The record first: from it the others can be made again.
  write_file(folder / kRecord, files.at(kRecord));
  for (const auto& [name, text] : files)
    if (name != kRecord) write_file(folder / name, text);
  // Of a record that is written again into the same folder: nothing may tell of another run.
  for (const std::string& name : pages_in(folder))
    if (!files.contains(name)) fs::remove(folder / name);
}

}  // namespace touchstone
