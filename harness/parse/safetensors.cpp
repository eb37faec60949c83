#include "harness/parse/safetensors.h"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "harness/parse/records.h"

namespace touchstone {
namespace {

Refusal bad_line(std::string_view line, const Text& expected) {
  return malformed(said("{} 不是{}", "{} is not {}", quoted(line), expected));
}

std::optional<Refusal> take_length(std::string_view rest, SafetensorsShard& shard) {
  for (const std::string_view word : words_of(rest)) {
    const auto byte = counter_of(word);
    if (!byte || *byte > 255 || shard.length_bytes.size() == 8)
      return bad_line(rest, {"至多八个字节,每个 0 到 255", "at most eight bytes, each 0 to 255"});
    shard.length_bytes.push_back(static_cast<unsigned>(*byte));
  }
  return std::nullopt;
}

std::optional<Refusal> take_dtype(std::string_view rest, SafetensorsShard& shard) {
  const auto words = words_of(rest);
  const auto count = words.empty() ? std::nullopt : integer_of(words[0]);
  if (words.size() != 2 || !count || *count < 1)
    return bad_line(rest, {"每种类型的张量数", "how many tensors have which type"});
  shard.dtypes[std::string(words[1])] += *count;
  return std::nullopt;
}

std::optional<Refusal> take_line(std::string_view line, SafetensorsShard& shard) {
  if (const auto rest = after(line, "length")) return take_length(*rest, shard);
  if (const auto rest = after(line, "dtype ")) return take_dtype(*rest, shard);
  if (const auto rest = after(line, "last")) {
    shard.last = *rest;
    return std::nullopt;
  }
  if (const auto rest = after(line, "tensors ")) {
    const auto count = integer_of(*rest);
    if (!count || *count < 0) return bad_line(line, {"张量数", "how many tensors there are"});
    shard.tensors = *count;
    return std::nullopt;
  }
  return bad_line(line,
                  {"length、dtype、tensors、last 或 name", "length, dtype, tensors, last or name"});
}

Parsed<SafetensorsShard> shard_of(std::string_view record) {
  SafetensorsShard shard;
  bool has_length = false;
  while (!record.starts_with("name ")) {
    const std::size_t end = record.find('\n');
    if (end == std::string_view::npos)
      return malformed(said("{} 没有写名称的一行", "{} has no line with a name", quoted(record)));
    const std::string_view line = trim(record.substr(0, end));
    if (auto refusal = take_line(line, shard)) return *refusal;
    has_length |= line.starts_with("length");
    record.remove_prefix(end + 1);
  }
  shard.name = record.substr(5);
  if (shard.name.empty() || !has_length)
    return malformed(has_length ? Text{"有一个分片没有名称", "a shard without a name"}
                                : Text{"有一个分片没有长度", "a shard without its length"});
  return shard;
}

}  // namespace

Parsed<std::uint64_t> SafetensorsShard::expected_size() const {
  if (length_bytes.size() < 8)
    return malformed(said("只有 {} 字节,连说明文件头长度的 8 字节都不到",
                          "it has {} bytes, not even the 8 that tell how long its header is",
                          length_bytes.size()));
  std::uint64_t header = 0;
  for (std::size_t i = 8; i-- > 0;) header = header << 8 | length_bytes[i];
  if (header == 0)
    return malformed({"文件头是空的:为文件预留了空间,但从未写入",
                      "its header is empty: space was kept for the file, but it was never filled"});
  if (header > kMaxSafetensorsHeader)
    return malformed(said(
        "开头 8 字节说明文件头有 {} 字节:这不是 safetensors 文件",
        "its first 8 bytes call for a header of {} bytes: this is no safetensors file", header));
  // A header without tensors is allowed, and such a file ends behind it.
  if (tensors == 0 && last.empty() && dtypes.empty()) {
    if (header > 4096)
      return malformed({"文件头没有任何张量:被截断或被覆盖",
                        "its header describes no tensor: it was cut or overwritten"});
    return 8 + header;
  }
  const auto span = split_at(last, ',');
  const auto begin = span ? counter_of(span->first) : std::nullopt;
  const auto end = span ? counter_of(span->second) : std::nullopt;
  if (!begin || !end || *begin > *end)
    return malformed(said("文件头的 data_offsets 是 [{}],不是范围",
                          "its header says data_offsets [{}], which is no range", quoted(last)));
  if (*end > std::numeric_limits<std::uint64_t>::max() - 8 - header)
    return malformed(said("文件头说明数据到 {} 为止,超过任何文件",
                          "its header says that data ends at {}, beyond any file", *end));
  return 8 + header + *end;
}

Parsed<std::vector<SafetensorsShard>> parse_safetensors(std::string_view out,
                                                        std::string_view err) {
  auto records = records_of(out, err, Text{"分片的文件头", "the headers of the shards"});
  if (!records) return records.refusal();
  std::vector<SafetensorsShard> shards;
  std::set<std::string> names;
  for (const std::string_view record : records.value()) {
    auto shard = shard_of(record);
    if (!shard) return shard.refusal();
    if (!names.insert(shard.value().name).second)
      return malformed(
          said("分片 {} 出现两次", "the shard {} stands twice", quoted(shard.value().name)));
    shards.push_back(std::move(shard.value()));
  }
  return shards;
}

}  // namespace touchstone
