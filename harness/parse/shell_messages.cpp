#include "harness/parse/shell_messages.h"

#include <array>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {

std::optional<Refusal> shell_message(std::string_view line) {
  struct Message {
    std::string_view text;
    Refusal::Kind kind;
    Text meaning;
  };
  static const std::array kMessages = {
      Message{"command not found",
              Refusal::Kind::kErrorText,
              {"PATH 中没有这个工具", "the tool is not in PATH"}},
      Message{": not found",
              Refusal::Kind::kErrorText,
              {"PATH 中没有这个工具", "the tool is not in PATH"}},
      Message{"o such file or directory",
              Refusal::Kind::kNotSet,
              {"没有这个文件", "the file is not there"}},
      Message{"ermission denied",
              Refusal::Kind::kErrorText,
              {"此用户无权读取;请用 root 查询", "this user may not read it; ask as root"}},
      Message{"Is a directory",
              Refusal::Kind::kErrorText,
              {"应为文件之处是目录", "a directory stands where the file should"}},
      Message{"Not a directory", Refusal::Kind::kNotSet, {"没有这个文件", "the file is not there"}},
      Message{"Input/output error",
              Refusal::Kind::kErrorText,
              {"磁盘或其文件系统出错", "the disk or its file system fails"}},
      Message{"Connection timed out",
              Refusal::Kind::kErrorText,
              {"网络文件系统没有响应", "the network file system hangs"}},
      Message{"Stale file handle",
              Refusal::Kind::kErrorText,
              {"网络文件系统已丢失此文件", "the network file system lost it"}},
      Message{
          "error while loading shared libraries",
          Refusal::Kind::kErrorText,
          {"缺少驱动的库;在容器中则是未挂载,或 LD_LIBRARY_PATH 不对",
           "a library of the driver is missing; in a container: its mount, or LD_LIBRARY_PATH"}},
  };
  for (const Message& message : kMessages)
    if (line.find(message.text) != std::string_view::npos)
      return Refusal{.kind = message.kind,
                     .reason = said("{}:{}", "{}: {}", quoted(trim(line)), message.meaning)};
  return std::nullopt;
}

}  // namespace touchstone
