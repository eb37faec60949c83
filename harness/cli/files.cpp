#include "harness/cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/model/clean.h"
#include "harness/model/said.h"
#include "harness/model/write_file.h"

namespace touchstone::cli {
namespace {

std::string drain(std::FILE* file, const Phrase& name, std::size_t most) {
  std::string text;
  char buffer[65536];
  while (std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) {
    text.append(buffer, n);
    if (text.size() > most)
      throw Failure(kWrongConfiguration,
                    said("{}:大于 {} 字节", "{}: is larger than {} bytes", name, most));
  }
  if (std::ferror(file))
    throw Failure(kWrongConfiguration,
                  said("{}:无法读取:{}", "{}: cannot be read: {}", name, std::strerror(errno)));
  return text;
}

}  // namespace

std::string read_input(const std::string& path, std::size_t most) {
  if (path.empty() || path == "-") return drain(stdin, Text{"标准输入", "standard input"}, most);
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file)
    throw Failure(kWrongConfiguration,
                  said("{}:无法打开:{}", "{}: cannot be opened: {}", path, std::strerror(errno)));
  try {
    std::string text = drain(file, path, most);
    std::fclose(file);
    return text;
  } catch (...) {
    std::fclose(file);
    throw;
  }
}

std::filesystem::file_status status_of(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::none)
    throw Failure(kWrongConfiguration,
                  said("{}:无法读取:{}", "{}: cannot be read: {}", path.string(), error.message()));
  return status;
}

void write_output(const std::string& path, const std::string& text, bool force) {
  if (path == "-") return print(text);
  std::error_code unknown;  // then it cannot be written either
  if (!force && std::filesystem::exists(path, unknown))
    throw CannotWrite(
        said("{}:已存在;--force 可替换", "{}: is there already; --force replaces it", path));
  write_file(path, text);
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw CannotWrite(
        said("标准输出无法写入:{}", "standard output cannot be written: {}", std::strerror(errno)));
}

void complain(const Text& what, Language language) {
  std::fputs(("touchstone: " + harmless(in(what, language)) + "\n").c_str(), stderr);
}

}  // namespace touchstone::cli
