#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

// Something that the guide's text asks for and that a program can find in it: a command, an option,
// a variable, a key. All of its words belong into one entry of suites/document.yaml.
struct GuideFact {
  std::string section;
  int line = 0;
  std::vector<std::string> words;
  bool link = false;  // a web address in the text: an entry names a part of it

  std::string str() const;  // "guide line 184 (4.2): docker run -itd"
};

struct GuideText {
  std::vector<GuideFact> facts;
  std::map<std::string, std::string> sections;  // what stands in each, without escapes
};

// The commands of code blocks (without comments, loops and values that are given by JSON bodies),
// the keys of JSON samples, the rows of tables, words set as code, and links.
GuideText read_guide(std::string_view markdown);

}  // namespace touchstone
