#include "harness/parse/npu_smi_messages.h"

#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

// Of the codes that were met in the field.
Text meaning_of(std::string_view line) {
  const std::size_t at = line.rfind("ret is ");
  if (at == std::string_view::npos) return {"npu-smi 没有给出回答", "npu-smi gave no answer"};
  const std::string_view code = trim(line.substr(at + 7));
  if (code.starts_with("-8005"))
    return {"驱动没有加载,或缺少其设备节点(在容器中则是没有挂载)",
            "the driver is not loaded, or its device nodes are missing (in a container: not "
            "mounted)"};
  if (code.starts_with("-8020"))
    return {"设备被另一个进程或容器占用", "the device is used by another process or container"};
  return {"驱动没有给出回答", "the driver gave no answer"};
}

std::optional<Refusal> npu_smi_message(std::string_view line) {
  using Kind = Refusal::Kind;
  const auto says = [&](std::string_view text) {
    return line.find(text) != std::string_view::npos;
  };
  if (says("not support") && !says(":") && !says("|"))
    return Refusal{.kind = Kind::kUnsupported, .reason = message_of("npu-smi", line)};
  const bool no_answer = says("dcmi mod") || says("npu get board type failed") ||
                         says("There is no NPU card") || says("Command or option is not found") ||
                         says("ret is -") || says("This device does not exist");
  if (no_answer)
    return Refusal{.kind = Kind::kErrorText,
                   .reason = message_of("npu-smi", line, meaning_of(line))};
  return shell_message(line);
}

}  // namespace

bool is_health_word(std::string_view word) {
  return word == "OK" || word == "Warning" || word == "Alarm" || word == "Critical" ||
         word == "UNKNOWN";
}

Parsed<std::vector<Line>> npu_smi_lines(std::string_view out, std::string_view err,
                                        std::string_view command) {
  // Messages go to stdout in most versions; one on stderr alone is as good a reason.
  auto complaints = lines_of(is_blank(out) ? err : out);
  if (!complaints) return complaints;
  for (const Line& line : complaints.value())
    if (auto message = npu_smi_message(line.trimmed())) return *message;
  return filled_lines_of(out, err, command);
}

}  // namespace touchstone
