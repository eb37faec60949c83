#include "harness/parse/hccn_answers.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/hccn_messages.h"
#include "harness/parse/ipv4.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

// A command line in a paste: `[root@node-01 ~]# hccn_tool -i 3 -ip -g`, a full path, or the guide's
// loop (`-i $i`).
struct CommandLine {
  std::optional<int> device;
};

std::optional<CommandLine> command_line(std::string_view line) {
  const std::size_t tool = line.find("hccn_tool ");
  if (tool == std::string_view::npos) return std::nullopt;
  const auto words = words_of(line.substr(tool));
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i] != "-i") continue;
    const auto device = integer_of(words[i + 1]);
    if (device && *device >= 0 && *device <= 99) return CommandLine{static_cast<int>(*device)};
    const bool variable = words[i + 1].find('$') != std::string_view::npos;
    return variable ? std::optional(CommandLine{}) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Refusal> message(std::string_view line) {
  if (auto refusal = hccn_message(line)) return refusal;
  return shell_message(line);
}

bool accompanies(const HccnQuestion& question, std::string_view line) {
  return question.may_accompany && question.may_accompany(line);
}

// A5 prints tables where A2 prints `key: value`.
bool is_table(std::string_view line) {
  return line.starts_with("+--") || line.starts_with("+==") || line.starts_with("|");
}

Refusal a5_table(const Line& line) {
  return {.kind = Refusal::Kind::kUnsupported,
          .reason = said("第 {} 行是表格的一部分:这是 A5 产品的形式,不是 910B 的",
                         "line {} is part of a table: that is the form of A5 products, not of 910B",
                         line.number)};
}

std::string command_of(const HccnQuestion& question) {
  return fmt::format("hccn_tool {}", question.option);
}

// The reason why these lines, of either stream, are no answer.
Refusal why_no_answer(const std::vector<Line>& out, const std::vector<Line>& err,
                      const HccnQuestion& question) {
  for (const auto* lines : {&err, &out})
    for (const Line& line : *lines)
      if (auto refusal = message(line.trimmed())) return *refusal;
  for (const Line& line : out)
    if (is_table(line.trimmed())) return a5_table(line);
  for (const Line& line : out)
    if (!is_blank(line.text) && !command_line(line.text))
      return malformed(line, said("{} 的回答", "the answer of {}", command_of(question)));
  for (const Line& line : err)
    if (!is_blank(line.text)) return only_message(command_of(question), line);
  return empty_answer(command_of(question));
}

void drop_blank_ends(std::vector<Line>& lines) {
  while (!lines.empty() && is_blank(lines.back().text)) lines.pop_back();
  std::size_t first = 0;
  while (first < lines.size() && is_blank(lines[first].text)) ++first;
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first));
}

std::vector<HccnAnswer> cut(const std::vector<Line>& lines, const HccnQuestion& question) {
  std::vector<HccnAnswer> answers;
  bool begun = false;  // has the last answer its first line?
  const auto open = [&](std::optional<int> device) {
    answers.push_back({.device = device, .lines = {}});
    begun = false;
  };
  bool loop = false;  // below the command line of a loop, which is no answer by itself
  for (const Line& line : lines) {
    if (const auto command = command_line(line.text)) {
      loop = !command->device;
      if (!loop) open(command->device);
      continue;
    }
    const bool first = question.begins(line.trimmed());
    const bool complaint = !accompanies(question, line.trimmed()) && message(line.trimmed());
    if (is_blank(line.text) && answers.empty()) continue;
    if (answers.empty() || ((first || complaint) && begun))
      open(loop || answers.empty() ? std::nullopt : answers.back().device);
    begun = begun || first || complaint;
    answers.back().lines.push_back(line);
  }
  for (HccnAnswer& answer : answers) drop_blank_ends(answer.lines);
  return answers;
}

std::optional<Refusal> why_refused(const HccnAnswer& answer, const HccnQuestion& question) {
  if (answer.lines.empty()) return empty_answer(command_of(question));
  for (const Line& line : answer.lines) {
    if (accompanies(question, line.trimmed())) continue;
    if (auto refusal = message(line.trimmed())) return refusal;
    if (is_table(line.trimmed())) return a5_table(line);
  }
  return std::nullopt;
}

// "[root@node-01 ~]#", "root@node-01:~$"
bool is_prompt(std::string_view text) {
  return text.find('@') != std::string_view::npos && (text.ends_with("#") || text.ends_with("$")) &&
         words_of(text).size() <= 2;
}

// A shell's prompt below the answer, or the ends of a loop, are no part of it.
std::vector<Line> without_prompts(std::vector<Line> lines) {
  std::erase_if(lines, [](const Line& line) {
    const std::string_view text = line.trimmed();
    return text == "done" || text == "do" || is_prompt(text);
  });
  return lines;
}

}  // namespace

Parsed<std::vector<HccnAnswer>> hccn_answers(std::string_view out, std::string_view err,
                                             const HccnQuestion& question) {
  auto printed = lines_of(out);
  if (!printed) return printed.refusal();
  auto complained = lines_of(err);
  if (!complained) return complained.refusal();
  const auto lines = without_prompts(std::move(printed.value()));
  if (auto refusal = elision_in(lines)) return *refusal;
  bool any = false;
  for (const Line& line : lines)
    any = any || question.begins(line.trimmed()) || accompanies(question, line.trimmed());
  if (!any) return why_no_answer(lines, complained.value(), question);
  for (const Line& line : complained.value())
    if (auto refusal = message(line.trimmed()); refusal && !accompanies(question, line.trimmed()))
      return *refusal;
  auto answers = cut(lines, question);
  for (HccnAnswer& answer : answers) answer.refusal = why_refused(answer, question);
  return answers;
}

Refusal several_answers(std::size_t count, const HccnQuestion& question) {
  return {.kind = Refusal::Kind::kSeveral,
          .reason = said("{1} 有 {0} 个设备的回答,而只查询了一个",
                         "the answers of {} devices to {} where one was asked", count,
                         command_of(question))};
}

Refusal refusal_of_answer(Refusal refusal, std::size_t index, std::size_t count,
                          std::optional<int> device) {
  if (count == 1) return refusal;
  const std::string whose = device ? fmt::format(" (NPU {})", *device) : "";
  refusal.reason = said("第 {} 个回答(共 {} 个){}:{}", "answer {} of {}{}: {}", index + 1, count,
                        whose, refusal.reason);
  return refusal;
}

Refusal other_device(int asked, long long answered) {
  return malformed(said("命令查询 NPU {},回答却是 {} 的",
                        "the command asks NPU {}, the answer is of {}", asked, answered));
}

Parsed<Line> only_line(const HccnAnswer& answer) {
  for (std::size_t i = 1; i < answer.lines.size(); ++i)
    if (!is_blank(answer.lines[i].text))
      return malformed(answer.lines[i],
                       {"此后无内容:回答只有一行", "nothing more: the answer has one line"});
  return answer.lines.front();
}

Refusal masked_address(int line, std::string_view value) {
  return {.kind = Refusal::Kind::kMasked,
          .reason = said("第 {} 行的地址 {} 被文档作者遮盖;请给出真实的输出",
                         "line {} has the address {}, masked by whoever wrote the document; give "
                         "the real output",
                         line, quoted(value))};
}

Parsed<std::string> address_of(const Line& line, std::string_view value) {
  if (ipv4_of(value)) return std::string(value);
  if (is_masked_address(value)) return masked_address(line.number, value);
  return malformed(line, {"IPv4 地址", "an IPv4 address"});
}

Parsed<std::string> netmask_of(const Line& line, std::string_view value) {
  auto mask = address_of(line, value);
  if (!mask) return mask;
  if (!prefix_length_of(value))
    return malformed(line, {"连续的子网掩码", "a netmask without holes"});
  return mask;
}

}  // namespace touchstone
