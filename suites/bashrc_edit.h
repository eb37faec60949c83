#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// How a container's ~/.bashrc is changed: single lines of others are switched off, and what is to
// hold stands in a block of our own at the end, where it wins.
namespace touchstone {

inline constexpr std::string_view kBlockBegins = "# >>> touchstone >>>";
inline constexpr std::string_view kBlockEnds = "# <<< touchstone <<<";
// Before the text of a line that was switched off.
inline constexpr std::string_view kSwitchedOff = "# switched off by touchstone: ";

struct BashrcNeeds {
  std::vector<std::string> sources;            // scripts that the block is to read
  std::map<std::string, std::string> exports;  // values that the block is to set
  std::set<int> off;                           // lines, from 1, that set something wrong
};

// The lines of the block, both marks included, from 1; {0, 0}: there is none. Throws NoEvidence
// where a mark is there without the other, or there are two blocks.
struct LineRange {
  int first = 0, last = 0;
  bool holds(int line) const { return first <= line && line <= last; }
};
LineRange managed_block(std::string_view text);

// How many of if, case, loops, functions and braces are open before each line; index 0 is line 1.
std::vector<int> nesting_of(std::string_view text);

// Whether the line does nothing but set this one name, so that it can be switched off without
// changing what the lines around it do.
bool sets_only(std::string_view text, int line, std::string_view name);

// The first line that ends the file for every shell, so that nothing behind it is ever read
// (`return`, `exit`, `exec` outside of any condition); 0: none.
int line_that_ends(std::string_view text);

// The text with these needs met. What the block says already is kept unless the needs say
// otherwise; without anything to say there is no block. All other bytes stay as they are. Throws
// NoEvidence where the block would never be read, or a value cannot stand in a line.
std::string edit_bashrc(std::string_view text, const BashrcNeeds& needs);

}  // namespace touchstone
