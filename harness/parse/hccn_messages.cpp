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
  Text meaning;
};

// The tool's table of errors (FIELD-NOTES 1). Exit codes are its low bytes and collide, so the text
// decides.
const std::array kMessages = {
    Message{"because no ip was preset there",
            Kind::kNotSet,
            {"NPU 没有地址(退出码 13)", "the NPU has no address (exit 13)"}},
    Message{"because no gateway was preset there",
            Kind::kNotSet,
            {"NPU 没有网关(退出码 2)", "the NPU has no gateway (exit 2)"}},
    Message{"No certificate found, please set certs firstly",
            Kind::kNoCertificates,
            {"NPU 没有 TLS 证书(退出码 14)", "the NPU has no TLS certificates (exit 14)"}},
    Message{"is not supported on this product",
            Kind::kUnsupported,
            {"此产品没有这个命令", "this product lacks the command"}},
    Message{"is not supported on this media",
            Kind::kUnsupported,
            {"此介质没有这个命令", "this medium lacks the command"}},
    Message{"hccn_tool is busy",
            Kind::kErrorText,
            {"另一个 hccn_tool 正在运行;请再次查询", "another hccn_tool runs; ask again"}},
    Message{"permission denied: pls check this cmd run permission",
            Kind::kErrorText,
            {"这个命令需要 root", "the command wants root"}},
    Message{
        "Read file failed, cmd execute failed",
        Kind::kErrorText,
        {"驱动的文件无法读取;请用 root 查询", "a file of the driver cannot be read; ask as root"}},
    Message{"The hccn.conf can't access",
            Kind::kErrorText,
            {"/etc/hccn.conf 无法读写", "/etc/hccn.conf cannot be read or written"}},
    Message{"Parsing configurations from config file failed",
            Kind::kErrorText,
            {"/etc/hccn.conf 中有此工具读不懂的行",
             "/etc/hccn.conf has lines that the tool cannot read"}},
    Message{"Get invalid major cmd type",
            Kind::kErrorText,
            {"命令行有误(退出码 1)", "the command line is wrong (exit 1)"}},
    Message{"Get invalid major cmd number",
            Kind::kErrorText,
            {"命令行有误(退出码 2)", "the command line is wrong (exit 2)"}},
    Message{"Get invalid major cmd",
            Kind::kErrorText,
            {"此工具不认识这个选项(退出码 3)", "this tool does not know the option (exit 3)"}},
    Message{"Get invalid device id",
            Kind::kErrorText,
            {"主机上没有此编号的 NPU(退出码 4)", "no NPU has this id on the host (exit 4)"}},
    Message{
        "Get invalid parameters", Kind::kErrorText, {"命令行有误", "the command line is wrong"}},
    Message{"Get unknown option",
            Kind::kErrorText,
            {"此工具不认识这个选项", "this tool does not know the option"}},
    Message{"The total count of input parameters is wrong",
            Kind::kErrorText,
            {"命令行有误", "the command line is wrong"}},
    Message{"Get invalid enable value",
            Kind::kErrorText,
            {"TLS 开关只能是 0 或 1", "only 0 and 1 switch TLS"}},
    Message{"The ip address you configured is",
            Kind::kErrorText,
            {"地址被拒绝", "the address was refused"}},
    Message{"The segment of configured gateway doesn't match",
            Kind::kErrorText,
            {"网关与地址不在同一子网", "the gateway is in another subnet than the address"}},
    Message{"Command execute failed",
            Kind::kErrorText,
            {"驱动没有回答(退出码 1);请查看设备的健康状态",
             "the driver gave no answer (exit 1); look at the device's health"}},
    Message{"Cmd execute failed", Kind::kErrorText, {"驱动没有回答", "the driver gave no answer"}},
    Message{"Get device health status failed",
            Kind::kErrorText,
            {"设备没有回答", "the device does not answer"}},
    Message{"The device is not exist",
            Kind::kErrorText,
            {"主机上没有此编号的 NPU", "no NPU has this id on the host"}},
    Message{"Control link unreachable",
            Kind::kErrorText,
            {"光模块没有回答", "the optical module does not answer"}},
    Message{"The system is in optical module initializing",
            Kind::kErrorText,
            {"光模块正在启动;请再次查询", "the optical module starts; ask again"}},
    Message{"Optical module is not present",
            Kind::kErrorText,
            {"没有光模块", "there is no optical module"}},
    Message{
        "Execute failed: Link status is down", Kind::kErrorText, {"链路断开", "the link is down"}},
    Message{"The cmd line execute timeout",
            Kind::kErrorText,
            {"设备没有及时回答", "the device did not answer in time"}},
    Message{"User aborts command", Kind::kErrorText, {"命令被中断", "the command was interrupted"}},
    Message{"Route not exist", Kind::kErrorText, {"没有这条路由", "there is no such route"}},
    Message{
        "Cmd executed successfully",
        Kind::kErrorText,
        {"这是设置命令的回答;请给出查询命令(-g)的输出",
         "this is the answer of a command that sets; give the output of the one that gets (-g)"}},
};

}  // namespace

std::optional<Refusal> hccn_message(std::string_view line) {
  for (const Message& message : kMessages)
    if (line.find(message.text) != std::string_view::npos)
      return Refusal{.kind = message.kind,
                     .reason = message_of("hccn_tool", line, message.meaning)};
  return std::nullopt;
}

}  // namespace touchstone
