#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// What a shard of safetensors says of itself: eight bytes (little-endian) tell how long its header
// is, the header tells for every tensor where its data ends, counted from the header's end.
struct SafetensorsShard {
  std::string name;
  std::vector<unsigned> length_bytes;  // eight, or what the file has
  std::int64_t tensors = 0;            // that the header describes
  std::string last;                    // the data_offsets that end last, "BEGIN,END" as written
  std::map<std::string, std::int64_t> dtypes;  // "BF16" → how many tensors

  // How long the file must be; or what is wrong with the header itself.
  Parsed<std::uint64_t> expected_size() const;
  bool operator==(const SafetensorsShard&) const = default;
};

// The format's own limit for a header: its reference implementation refuses longer ones, too.
inline constexpr std::uint64_t kMaxSafetensorsHeader = 100'000'000;

// Records of lines: "length B B B B B B B B", "dtype COUNT NAME", "tensors COUNT",
// "last BEGIN,END", "name NAME" up to the NUL. Headers have some hundred KiB in every one of 163
// shards, so the host hands over only what tells their length.
Parsed<std::vector<SafetensorsShard>> parse_safetensors(std::string_view out, std::string_view err);

}  // namespace touchstone
