#include "harness/cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/model/said.h"

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

void write_output(const std::string& path, const std::string& text, bool force) {
  if (path == "-") return print(text);
  if (!force && std::filesystem::exists(path))
    throw Failure(kCannotWrite, said("{}:已存在;--force 可替换",
                                     "{}: is there already; --force replaces it", path));
  // Of this process alone: two runs may write the same metrics.
  const std::string beside = fmt::format("{}.{}.new", path, ::getpid());
  std::ofstream out(beside, std::ios::binary);
  out << text;
  out.close();
  if (!out || std::rename(beside.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    std::remove(beside.c_str());
    throw Failure(kCannotWrite, said("{}:无法写入:{}", "{}: cannot be written: {}", path, why));
  }
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw Failure(kCannotWrite, said("标准输出无法写入:{}", "standard output cannot be written: {}",
                                     std::strerror(errno)));
}

}  // namespace touchstone::cli
