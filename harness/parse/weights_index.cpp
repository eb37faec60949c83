#include "harness/parse/weights_index.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/json_text.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

struct Ends {
  std::string first, last;
};

// 'COUNT "NAME"': the name as it stands in the file, with JSON's escapes.
std::optional<Refusal> take_shard(const Line& line, std::string_view rest, WeightsIndex& index) {
  const std::size_t quote = rest.find('"');
  const auto count = integer_of(trim(rest.substr(0, quote)));
  if (quote == std::string_view::npos || !count || *count < 1)
    return malformed(line, {"分片的张量数及引号中的名称",
                            "how many tensors a shard has, and its name in quotes"});
  auto name = read_json(rest.substr(quote));
  if (!name) return name.refusal();
  if (!index.shards.emplace(name.value().text, *count).second)
    return malformed(line, {"之前没有出现过的分片", "a shard that has not been named before"});
  return std::nullopt;
}

std::optional<Refusal> take_number(const Line& line, std::string_view rest, std::int64_t& number) {
  const auto value = integer_of(rest);
  if (!value || *value < 0) return malformed(line, {"计数", "a count"});
  number = *value;
  return std::nullopt;
}

std::optional<Refusal> take_line(const Line& line, WeightsIndex& index, Ends& ends) {
  const std::string_view text = line.trimmed();
  if (const auto rest = after(text, "shard ")) return take_shard(line, *rest, index);
  if (const auto rest = after(text, "bytes ")) return take_number(line, *rest, index.bytes);
  if (const auto rest = after(text, "scale-inv "))
    return take_number(line, *rest, index.inverse_scales);
  if (const auto rest = after(text, "scale ")) return take_number(line, *rest, index.scales);
  if (const auto rest = after(text, "first")) return ends.first = *rest, std::nullopt;
  if (const auto rest = after(text, "last")) return ends.last = *rest, std::nullopt;
  if (const auto rest = after(text, "sha256 ")) return index.sha256 = *rest, std::nullopt;
  return malformed(line, {"bytes、first、last、scale-inv、scale、shard 或 sha256",
                          "bytes, first, last, scale-inv, scale, shard or sha256"});
}

}  // namespace

Parsed<WeightsIndex> parse_weights_index(std::string_view out, std::string_view err) {
  auto lines = filled_lines_of(out, err, Text{"对索引的查询", "the question for the index"});
  if (!lines) return lines.refusal();
  WeightsIndex index;
  Ends ends;
  for (const Line& line : lines.value())
    if (auto refusal = take_line(line, index, ends)) return *refusal;
  if (index.bytes == 0) return malformed({"索引是空的", "the index is empty"});
  if (ends.first != "{" || ends.last != "}")
    return malformed(said("索引以 {} 开头、以 {} 结尾,JSON 对象应为 {{ 和 }}:它被截断,或是别的文件",
                          "the index begins with {} and ends with {}, a JSON object with {{ and "
                          "}}: it was cut, or is something else",
                          quoted(ends.first), quoted(ends.last)));
  if (index.sha256.size() != 64)
    return malformed({"缺少索引的摘要", "the digest of the index is missing"});
  if (index.shards.empty())
    return malformed({"索引没有列出 safetensors 文件", "the index names no file of safetensors"});
  return index;
}

}  // namespace touchstone
