#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/said_error.h"

namespace touchstone {

// Why a folder cannot be signed, or a manifest cannot be read, in words for people.
class SignError : public SaidError {
 public:
  using SaidError::SaidError;
};

inline constexpr const char* kManifestName = "SHA256SUMS";
inline constexpr const char* kSignatureName = "SHA256SUMS.sig";

// What stands in a folder, by path from it ("recording/hosts/node-01.jsonl"): of a file its SHA-256
// in hex; of anything else what it is ("a link"), or why it cannot be read.
using Sums = std::map<std::string, std::string>;

// Everything below the folder but the manifest and its signature; links are not followed. Throws
// SignError where a folder cannot be read.
Sums sums_of(const std::filesystem::path& folder);

// The lines that sha256sum writes and `sha256sum -c` reads, ordered by the bytes of the paths; a
// backslash, line feed or carriage return in a name is escaped as sha256sum does. Throws SignError
// where something is no regular file that can be read: no sum would speak of it.
std::string manifest_text(const Sums& sums);

// Throws SignError with the line where the text is none of ours: a path that leaves the folder, a
// path that is there twice, anything that manifest_text would not have written.
Sums read_manifest(std::string_view text);

struct Difference {
  enum class Kind { kChanged, kMissing, kAdded };
  Kind kind = Kind::kChanged;
  std::string path;
  std::string now;  // where it is no regular file: what it is
  bool operator==(const Difference&) const = default;
};

// What is no longer as it was signed, by path.
std::vector<Difference> differences(const Sums& then, const Sums& now);

}  // namespace touchstone
