#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// What a shell's start file (`~/.bashrc`, guide 4.3) sets, line by line. It is read and not run:
// what an interactive shell makes of it is asked of one; this tells where each value comes from.
struct ShellSettings {
  struct Assignment {
    std::string name;
    std::string value;      // without its quotes
    bool exported = false;  // by the word `export` in front
    bool computed = false;  // $VARIABLE or $(command) in it: `value` is as written
    // `export X= value`: X is empty, and this word was taken for another variable.
    std::string stray;
    int line = 0;
    std::string text;  // the line, as it stands
    bool operator==(const Assignment&) const = default;
  };
  struct Source {
    std::string path;
    int line = 0;
    bool operator==(const Source&) const = default;
  };
  std::vector<Assignment> assignments;  // in the order of the text; the last one of a name wins
  std::vector<Source> sources;          // `source PATH`, `. PATH`
  bool operator==(const ShellSettings&) const = default;
};

// Comments, quotes, several commands in a line and the words around them (`then`, `&&`) are
// understood; what is inside a function or a condition is taken as if it ran. Missing file:
// kNotSet. Refused: what holds NUL, and what has not one line that a shell's start file would have
// (NAME=VALUE lines alone could be anything).
Parsed<ShellSettings> parse_bashrc(std::string_view out, std::string_view err);

}  // namespace touchstone
