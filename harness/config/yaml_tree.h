#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/config/source_text.h"

namespace touchstone {

struct YamlMember;

// A value of a YAML file that knows where it stands. Scalars stay the text they are in the file:
// what is a number or a switch is for the reader of that key to say (to YAML 1.1, 0640 is 416 and
// `no` is false).
struct YamlNode {
  enum class Kind { kNothing, kText, kList, kMap };
  Kind kind = Kind::kNothing;
  std::string text;
  bool quoted = false;
  std::vector<YamlNode> items;
  std::vector<YamlMember> members;  // in the order of the file, duplicates and all
  TextPosition position;
};
struct YamlMember {
  YamlNode key;  // a text
  YamlNode value;
};

// One document. Throws ConfigError for what is not YAML, and for what this format leaves out: more
// documents, tags, keys that are no text, nesting over 64, aliases that grow beyond measure.
YamlNode read_yaml(const SourceText& source);

Text name_of(YamlNode::Kind kind);  // "a text", "a list", "a map", "nothing"

}  // namespace touchstone
