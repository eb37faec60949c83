#include "harness/parse/safetensors.h"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "harness/parse/lines.h"
#include "harness/parse/records.h"

namespace touchstone {
namespace {

Refusal bad_line(std::string_view line, std::string_view expected) {
  return malformed(fmt::format("{} is not {}", quoted(line), expected));
}

std::optional<Refusal> take_length(std::string_view rest, SafetensorsShard& shard) {
  for (const std::string_view word : words_of(rest)) {
    const auto byte = counter_of(word);
    if (!byte || *byte > 255 || shard.length_bytes.size() == 8)
      return bad_line(rest, "at most eight bytes, each 0 to 255");
    shard.length_bytes.push_back(static_cast<unsigned>(*byte));
  }
  return std::nullopt;
}

std::optional<Refusal> take_dtype(std::string_view rest, SafetensorsShard& shard) {
  const auto words = words_of(rest);
  const auto count = words.empty() ? std::nullopt : integer_of(words[0]);
  if (words.size() != 2 || !count || *count < 1)
    return bad_line(rest, "how many tensors have which type");
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
    if (!count || *count < 0) return bad_line(line, "how many tensors there are");
    shard.tensors = *count;
    return std::nullopt;
  }
  return bad_line(line, "length, dtype, tensors, last or name");
}

Parsed<SafetensorsShard> shard_of(std::string_view record) {
  SafetensorsShard shard;
  bool has_length = false;
  while (!record.starts_with("name ")) {
    const std::size_t end = record.find('\n');
    if (end == std::string_view::npos)
      return malformed(quoted(record) + " has no line with a name");
    const std::string_view line = trim(record.substr(0, end));
    if (auto refusal = take_line(line, shard)) return *refusal;
    has_length |= line.starts_with("length");
    record.remove_prefix(end + 1);
  }
  shard.name = record.substr(5);
  if (shard.name.empty() || !has_length)
    return malformed("a shard without " + std::string(has_length ? "a name" : "its length"));
  return shard;
}

}  // namespace

Parsed<std::uint64_t> SafetensorsShard::expected_size() const {
  if (length_bytes.size() < 8)
    return malformed(fmt::format("it has {} bytes, not even the 8 that tell how long its header is",
                                 length_bytes.size()));
  std::uint64_t header = 0;
  for (std::size_t i = 8; i-- > 0;) header = header << 8 | length_bytes[i];
  if (header == 0)
    return malformed("its header is empty: space was kept for the file, but it was never filled");
  if (header > kMaxSafetensorsHeader)
    return malformed(fmt::format(
        "its first 8 bytes call for a header of {} bytes: this is no safetensors file", header));
  // A header without tensors is allowed, and such a file ends behind it.
  if (tensors == 0 && last.empty() && dtypes.empty()) {
    if (header > 4096)
      return malformed("its header describes no tensor: it was cut or overwritten");
    return 8 + header;
  }
  const auto span = split_at(last, ',');
  const auto begin = span ? counter_of(span->first) : std::nullopt;
  const auto end = span ? counter_of(span->second) : std::nullopt;
  if (!begin || !end || *begin > *end)
    return malformed(
        fmt::format("its header says data_offsets [{}], which is no range", quoted(last)));
  if (*end > std::numeric_limits<std::uint64_t>::max() - 8 - header)
    return malformed(fmt::format("its header says that data ends at {}, beyond any file", *end));
  return 8 + header + *end;
}

Parsed<std::vector<SafetensorsShard>> parse_safetensors(std::string_view out,
                                                        std::string_view err) {
  auto records = records_of(out, err, "the headers of the shards");
  if (!records) return records.refusal();
  std::vector<SafetensorsShard> shards;
  std::set<std::string> names;
  for (const std::string_view record : records.value()) {
    auto shard = shard_of(record);
    if (!shard) return shard.refusal();
    if (!names.insert(shard.value().name).second)
      return malformed("the shard " + quoted(shard.value().name) + " stands twice");
    shards.push_back(std::move(shard.value()));
  }
  return shards;
}

}  // namespace touchstone
