#include "harness/config/waivers.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "harness/config/reader.h"
#include "harness/config/zone.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Kind = YamlNode::Kind;
using N = const YamlNode&;
using W = const Where&;

constexpr std::size_t kLongestProse = 2000;  // of a justification: it stands in every report

Text step_error(std::string_view text) {
  const bool like = !text.empty() && text.find_first_not_of("0123456789.") == text.npos &&
                    text.front() != '.' && text.back() != '.';
  return like ? Text()
              : said("{} 不是步骤;请写编号,如 3.1.8", "{} is no step; write an id such as 3.1.8",
                     quoted(text));
}

Text target_error(std::string_view text) {
  Text why;
  if (!expand_host_pattern(text, &why))
    return said("{};请写如 node-[01-04]", "{}; write one such as node-[01-04]", why);
  const std::size_t slash = text.find('/');
  const std::string_view npu = slash == text.npos ? "" : text.substr(slash + 1);
  const bool good = slash == text.npos || (slash > 0 && (npu.starts_with("npu") || npu == "*"));
  if (good && text.find("group ") == text.npos && text.find(' ') != text.npos)
    return said("{} 不是目标;请写主机、host/npu3、'group NAME' 或 cluster",
                "{} is no target; write a host, host/npu3, 'group NAME' or cluster", quoted(text));
  return good ? Text()
              : said("{} 不是目标;NPU 写作 node-01/npu3",
                     "{} is no target; an NPU is written node-01/npu3", quoted(text));
}

std::vector<std::string> checked_list(N node, W where, Text (*error)(std::string_view)) {
  std::vector<std::string> texts = texts_of(node, where);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Text wrong = error(texts[i]);
    if (!wrong.empty()) where.at(i).wrong(node.items[i], wrong);
    if (!seen.insert(texts[i]).second)
      where.at(i).wrong(node.items[i],
                        said("{} 出现两次;只留一个", "{} is named twice; keep one", texts[i]));
  }
  return texts;
}

// People write long sentences over several lines; here they are one.
std::string prose(N node, W where) {
  YamlNode line = node;
  std::replace(line.text.begin(), line.text.end(), '\n', ' ');
  line.text.erase(line.text.find_last_not_of(' ') + 1);
  const auto text = text_of(line, where);
  if (text && text->size() > kLongestProse)
    where.wrong(
        node, said("文本超过 {} 字节;它会出现在每份报告上,请写短一些",
                   "the text is longer than {} bytes; it stands in every report, write a short one",
                   kLongestProse));
  return text.value_or("");
}

void read_expires(Waiver& into, N node, W where) {
  const auto text = text_of(node, where);
  if (!text) return;
  Text wrong;
  const auto end = end_of_day(*text, &wrong);
  if (!end) return where.wrong(node, wrong);
  into.expires = *text;
  into.expires_at = *end;
}

constexpr std::array kWaiver{
    Field<Waiver>{
        "steps", [](Waiver& into, N n, W w) { into.steps = checked_list(n, w, step_error); }, true},
    Field<Waiver>{"targets",
                  [](Waiver& into, N n, W w) { into.targets = checked_list(n, w, target_error); },
                  true},
    Field<Waiver>{"justification", [](Waiver& into, N n, W w) { into.justification = prose(n, w); },
                  true},
    Field<Waiver>{"approver", [](Waiver& into, N n, W w) { into.approver = prose(n, w); }, true},
    Field<Waiver>{"expires", read_expires, true},
};

void read_all(std::vector<Waiver>& into, N node, W where) {
  if (node.kind != Kind::kList)
    return where.wrong(node, {"请写豁免的列表", "write a list of waivers"});
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    Waiver& waiver = into.emplace_back();
    waiver.place = std::to_string(node.items[i].position.line);
    read_map<Waiver>(waiver, node.items[i], where.at(i), kWaiver);
  }
}

using WaiversFile = std::vector<Waiver>;
constexpr std::array kFile{
    Field<WaiversFile>{"touchstone", [](WaiversFile&, N n, W w) { expect_version_1(n, w); }, true},
    Field<WaiversFile>{"waivers", read_all, true},
};

}  // namespace

std::vector<Waiver> parse_waivers(std::string_view text, const std::string& file_name) {
  const SourceText source(text, file_name);
  const YamlNode root = read_yaml(source);
  if (root.kind == Kind::kNothing)
    throw ConfigError({{.file = file_name,
                        .message = {"文件是空的;内容请见 docs/waivers.md,或去掉 --waivers",
                                    "there is nothing in the file; docs/waivers.md shows what "
                                    "belongs there, or leave --waivers out"}}});
  Mistakes mistakes(file_name);
  std::vector<Waiver> waivers;
  read_map<WaiversFile>(waivers, root, Where(mistakes, ""), kFile);
  mistakes.throw_if_any();
  for (Waiver& waiver : waivers) waiver.place = file_name + ":" + waiver.place;
  return waivers;
}

std::vector<Waiver> load_waivers(const std::string& path) {
  return parse_waivers(read_config_file(path, Text{"豁免文件", "the waivers"}), path);
}

std::vector<std::string_view> waiver_file_keys() {
  return keys_of<WaiversFile>(kFile);
}
std::vector<std::string_view> waiver_keys() {
  return keys_of<Waiver>(kWaiver);
}

}  // namespace touchstone
