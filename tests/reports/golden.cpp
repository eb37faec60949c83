#include "tests/reports/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/places.h"

namespace touchstone {
namespace {

// The first line that differs: a page of a diff on a terminal helps nobody.
std::string difference(const std::string& golden, const std::string& text) {
  std::size_t line = 1, begin = 0;
  for (std::size_t i = 0; i < std::min(golden.size(), text.size()) && golden[i] == text[i]; ++i)
    if (text[i] == '\n') {
      ++line;
      begin = i + 1;
    }
  auto at = [begin](const std::string& whole) {
    return whole.substr(begin, std::min(whole.find('\n', begin), begin + 500) - begin);
  };
  return "line " + std::to_string(line) + "\n  golden: " + at(golden) + "\n  now:    " + at(text);
}

}  // namespace

void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path =
      std::filesystem::path(source_dir()) / "tests/golden/reports" / name;
  if (std::getenv("TOUCHSTONE_UPDATE_GOLDEN")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    GTEST_SKIP() << "written: " << path;
  }
  std::ifstream file(path, std::ios::binary);
  const std::string golden((std::istreambuf_iterator<char>(file)), {});
  EXPECT_TRUE(golden == text)
      << name << " differs in " << difference(golden, text)
      << "\nIf that is meant: TOUCHSTONE_UPDATE_GOLDEN=1 and look at the difference.";
}

}  // namespace touchstone
