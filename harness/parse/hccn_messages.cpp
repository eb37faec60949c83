#include "harness/parse/hccn_messages.h"

#include <fmt/format.h>

#include <array>

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Kind = Refusal::Kind;

struct Message {
  std::string_view text;  // as the tool words it; the rest of the line does not matter
  Kind kind;
  std::string_view meaning;
};

// The tool's table of errors (FIELD-NOTES 1). Exit codes are its low bytes and collide, so the text
// decides.
constexpr std::array kMessages = {
    Message{"because no ip was preset there", Kind::kNotSet, "the NPU has no address (exit 13)"},
    Message{"because no gateway was preset there", Kind::kNotSet,
            "the NPU has no gateway (exit 2)"},
    Message{"No certificate found, please set certs firstly", Kind::kNoCertificates,
            "the NPU has no TLS certificates (exit 14)"},
    Message{"is not supported on this product", Kind::kUnsupported,
            "this product lacks the command"},
    Message{"is not supported on this media", Kind::kUnsupported, "this medium lacks the command"},
    Message{"hccn_tool is busy", Kind::kErrorText, "another hccn_tool runs; ask again"},
    Message{"permission denied: pls check this cmd run permission", Kind::kErrorText,
            "the command wants root"},
    Message{"Read file failed, cmd execute failed", Kind::kErrorText,
            "a file of the driver cannot be read; ask as root"},
    Message{"The hccn.conf can't access", Kind::kErrorText,
            "/etc/hccn.conf cannot be read or written"},
    Message{"Parsing configurations from config file failed", Kind::kErrorText,
            "/etc/hccn.conf has lines that the tool cannot read"},
    Message{"Get invalid major cmd type", Kind::kErrorText, "the command line is wrong (exit 1)"},
    Message{"Get invalid major cmd number", Kind::kErrorText, "the command line is wrong (exit 2)"},
    Message{"Get invalid major cmd", Kind::kErrorText,
            "this tool does not know the option (exit 3)"},
    Message{"Get invalid device id", Kind::kErrorText, "no NPU has this id on the host (exit 4)"},
    Message{"Get invalid parameters", Kind::kErrorText, "the command line is wrong"},
    Message{"Get unknown option", Kind::kErrorText, "this tool does not know the option"},
    Message{"The total count of input parameters is wrong", Kind::kErrorText,
            "the command line is wrong"},
    Message{"Get invalid enable value", Kind::kErrorText, "only 0 and 1 switch TLS"},
    Message{"The ip address you configured is", Kind::kErrorText, "the address was refused"},
    Message{"The segment of configured gateway doesn't match", Kind::kErrorText,
            "the gateway is in another subnet than the address"},
    Message{"Command execute failed", Kind::kErrorText,
            "the driver gave no answer (exit 1); look at the device's health"},
    Message{"Cmd execute failed", Kind::kErrorText, "the driver gave no answer"},
    Message{"Get device health status failed", Kind::kErrorText, "the device does not answer"},
    Message{"The device is not exist", Kind::kErrorText, "no NPU has this id on the host"},
    Message{"Control link unreachable", Kind::kErrorText, "the optical module does not answer"},
    Message{"The system is in optical module initializing", Kind::kErrorText,
            "the optical module starts; ask again"},
    Message{"Optical module is not present", Kind::kErrorText, "there is no optical module"},
    Message{"Execute failed: Link status is down", Kind::kErrorText, "the link is down"},
    Message{"The cmd line execute timeout", Kind::kErrorText, "the device did not answer in time"},
    Message{"User aborts command", Kind::kErrorText, "the command was interrupted"},
    Message{"Route not exist", Kind::kErrorText, "there is no such route"},
    Message{"Cmd executed successfully", Kind::kErrorText,
            "this is the answer of a command that sets; give the output of the one that gets (-g)"},
};

}  // namespace

std::optional<Refusal> hccn_message(std::string_view line) {
  for (const Message& message : kMessages)
    if (line.find(message.text) != std::string_view::npos)
      return Refusal{
          .kind = message.kind,
          .reason = fmt::format("hccn_tool says {}: {}", quoted(trim(line)), message.meaning)};
  return std::nullopt;
}

}  // namespace touchstone
