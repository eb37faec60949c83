#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/config/config_error.h"
#include "harness/config/local_files.h"
#include "harness/config/yaml_tree.h"

namespace touchstone {

// All that is wrong in one file, told together.
class Mistakes {
 public:
  explicit Mistakes(std::string file) : file_(std::move(file)) {}
  void add(TextPosition at, std::string key, Text message);
  void throw_if_any() const;  // a ConfigError, in the order of the file

 private:
  std::string file_;
  std::vector<Mistake> all_;
};

// Where the reading has arrived: the key as people write it, and where to complain.
class Where {
 public:
  Where(Mistakes& mistakes, std::string folder, std::string key = "",
        LocalFiles local_files = LocalFiles::kMayBeMissing)
      : mistakes_(&mistakes),
        folder_(std::move(folder)),
        key_(std::move(key)),
        local_files_(local_files) {}

  Where in(std::string_view key) const;
  Where at(std::size_t index) const;
  void wrong(TextPosition position, Text message) const;
  // Of another key than the one being read.
  void wrong_of(const std::string& key, TextPosition position, Text message) const;
  void wrong(const YamlNode& node, Text message) const { wrong(node.position, std::move(message)); }
  const std::string& folder() const { return folder_; }  // relative paths begin here
  const std::string& key() const { return key_; }
  bool needs_local_files() const { return local_files_ == LocalFiles::kAreNeeded; }

 private:
  Mistakes* mistakes_;
  std::string folder_;
  std::string key_;
  LocalFiles local_files_;
};

// One key of a map, and how its value is taken over.
template <class T>
struct Field {
  std::string_view key;
  void (*read)(T& into, const YamlNode& value, const Where& where);
  bool required = false;
};

// Finds the values of the known keys, in the order of `known`; null where one is not there.
// Complains of unknown keys (and names the nearest), duplicates, merge keys, keys without a value.
std::vector<const YamlNode*> values_of(const YamlNode& map, const Where& where,
                                       std::span<const std::string_view> known);
void require(const YamlNode& map, const Where& where, std::string_view key);

template <class T>
std::vector<std::string_view> keys_of(std::span<const Field<T>> fields) {
  std::vector<std::string_view> keys;
  for (const Field<T>& field : fields) keys.push_back(field.key);
  return keys;
}

template <class T>
void read_map(T& into, const YamlNode& map, const Where& where, std::span<const Field<T>> fields) {
  const std::vector<const YamlNode*> values = values_of(map, where, keys_of(fields));
  if (map.kind != YamlNode::Kind::kMap) return;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (values[i]) fields[i].read(into, *values[i], where.in(fields[i].key));
    if (!values[i] && fields[i].required) require(map, where, fields[i].key);
  }
}

// Under `touchstone`: the format of the file.
void expect_version_1(const YamlNode& node, const Where& where);

// Scalars, by what they are meant to be. Each complains and gives nothing when it is not that.
std::optional<std::string> text_of(const YamlNode& node, const Where& where);
std::optional<long long> integer_of(const YamlNode& node, const Where& where, long long low,
                                    long long high);
std::optional<double> number_of(const YamlNode& node, const Where& where, double above,
                                double at_most);
std::optional<bool> boolean_of(const YamlNode& node, const Where& where);
std::optional<std::string> choice_of(const YamlNode& node, const Where& where,
                                     std::span<const std::string_view> choices);
std::vector<std::string> texts_of(const YamlNode& node, const Where& where);  // empty when wrong
// A text for which `error` (of forms.h) finds nothing to say.
std::optional<std::string> checked_text_of(const YamlNode& node, const Where& where,
                                           Text (*error)(std::string_view));

}  // namespace touchstone
