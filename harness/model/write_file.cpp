#include "harness/model/write_file.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/model/said.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Whether it is there, whole; errno says why not.
bool written_to(const std::string& beside, std::string_view text) {
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  const bool written = write_all(file, text);
  const int why = errno;
  const bool closed = ::close(file) == 0;  // a full disk of a network file system is told here
  if (!written) errno = why;
  return written && closed;
}

}  // namespace

void make_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw CannotWrite(
        said("{}:无法建立:{}", "{}: cannot be made: {}", folder.string(), error.message()));
}

void write_file(const fs::path& path, std::string_view text) {
  const std::string beside = fmt::format("{}.{}.tmp", path.string(), ::getpid());
  if (written_to(beside, text) && ::rename(beside.c_str(), path.c_str()) == 0) return;
  const std::string why = std::strerror(errno);
  ::unlink(beside.c_str());
  throw CannotWrite(said("{}:无法写入:{}", "{}: cannot be written: {}", path.string(), why));
}

}  // namespace touchstone
