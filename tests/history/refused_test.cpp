// A history that cannot be used is refused with what to do, and not a byte of it is changed.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/history/history.h"
#include "tests/history/nights.h"

namespace touchstone::history_test {
namespace {

using testing::HasSubstr;

class Refused : public testing::Test {
 protected:
  std::string slurp() const {
    std::ostringstream text;
    text << std::ifstream(file_, std::ios::binary).rdbuf();
    return text.str();
  }
  void write(const std::string& text) const { std::ofstream(file_, std::ios::binary) << text; }

  // What is said, for reading and for adding alike; the file stays as it is.
  std::string refusal() const {
    const std::string before = slurp();
    std::string said;
    for (const auto use : {History::Use::kRead, History::Use::kAdd}) try {
        const History taken(file_, use);
        ADD_FAILURE() << "it was taken";
      } catch (const HistoryError& error) {
        said = error.what();
        EXPECT_THAT(said, HasSubstr(file_));
      }
    EXPECT_TRUE(before == slurp()) << "the file was changed";
    return said;
  }

  void add_nights() const {
    History history(file_, History::Use::kAdd);
    for (std::size_t n = 0; n < 30; ++n) history.add(run_of(n, {}, "lab"));
  }

  Folder folder_;
  std::string file_ = folder_ / "history.db";
};

TEST_F(Refused, WhatIsNoDatabase) {
  write("cluster: lab\n" + std::string(5000, 'x'));
  EXPECT_THAT(refusal(), HasSubstr("is no history: the file is not an SQLite database"));
  write("short");
  EXPECT_THAT(refusal(), HasSubstr("is no history"));
}

TEST_F(Refused, ADatabaseOfAnotherProgram) {
  Database(file_, Database::Mode::kCreate).run("CREATE TABLE bookmarks (url TEXT)");
  EXPECT_THAT(refusal(), HasSubstr("is a database of another program"));
}

TEST_F(Refused, AnotherFormat) {
  add_nights();
  Database(file_, Database::Mode::kWrite).run("PRAGMA user_version = 2");
  EXPECT_THAT(refusal(), HasSubstr("has format 2, and this version of Touchstone reads and writes "
                                   "format 1; use the newer Touchstone that wrote it"));
  Database(file_, Database::Mode::kWrite).run("PRAGMA user_version = 0");
  EXPECT_THAT(refusal(), HasSubstr("has format 0"));
}

// Pages in the middle are gone, as after a disk fault; the header is whole.
TEST_F(Refused, ADamagedOne) {
  add_nights();
  std::string text = slurp();
  ASSERT_GT(text.size(), 16384U);
  for (std::size_t i = 8192; i < 16384; ++i) text[i] = static_cast<char>(i * 37);
  write(text);
  EXPECT_THAT(refusal(), HasSubstr("is damaged"));
  write(slurp().substr(0, 9000));  // cut short
  EXPECT_THAT(refusal(), HasSubstr("is damaged"));
}

TEST_F(Refused, WhatCannotBeOpened) {
  const auto said = [](const std::string& path, History::Use use) -> std::string {
    try {
      History(path, use);
    } catch (const HistoryError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(said(folder_ / "none.db", History::Use::kRead), HasSubstr("there is no such file"));
  EXPECT_THAT(said(folder_ / "no/such.db", History::Use::kAdd), HasSubstr("cannot be opened"));
  EXPECT_THAT(said(folder_ / "", History::Use::kAdd), HasSubstr("cannot be opened"));
}

}  // namespace
}  // namespace touchstone::history_test
