#include "harness/model/write_file.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace touchstone {
namespace {

namespace fs = std::filesystem;

class WrittenFile : public testing::Test {
 protected:
  WrittenFile() {
    std::string pattern = (fs::temp_directory_path() / "touchstone-write-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~WrittenFile() override { fs::remove_all(folder_); }
  std::string text() const {
    std::ifstream in(folder_ / "file", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Text refusal(const fs::path& path) const {
    try {
      write_file(path, "new");
    } catch (const CannotWrite& error) {
      return error.text;
    }
    return {"写入了", "it was written"};
  }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

  fs::path folder_;
};

TEST_F(WrittenFile, ReplacesWhatIsThere) {
  const std::string bytes("one\0two\n", 8);
  write_file(folder_ / "file", "longer than what comes");
  write_file(folder_ / "file", bytes);
  EXPECT_EQ(text(), bytes);
  EXPECT_EQ(files(), 1);
}

TEST_F(WrittenFile, SaysWhyNotInBothLanguagesAndLeavesNothing) {
  fs::create_directories(folder_ / "file/in the way");
  const std::string path = (folder_ / "file").string();
  EXPECT_EQ(refusal(path), (Text{path + ":无法写入:Is a directory",
                                 path + ": cannot be written: Is a directory"}));
  EXPECT_EQ(files(), 1);
  EXPECT_EQ(refusal(folder_ / "no/such").en,
            (folder_ / "no/such").string() + ": cannot be written: No such file or directory");
  EXPECT_THAT(refusal(folder_ / std::string(300, 'x')).en, testing::HasSubstr("name too long"));
}

TEST_F(WrittenFile, IsNotReplacedByHalfOfOne) {
  write_file(folder_ / "file", "old");
  fs::create_directories((folder_ / "file").string() + "." + std::to_string(::getpid()) + ".tmp");
  EXPECT_NE(refusal(folder_ / "file").en, "it was written");
  EXPECT_EQ(text(), "old");
}

TEST_F(WrittenFile, FoldersAreMadeWithThoseAbove) {
  make_folders(folder_ / "a/b/c");
  make_folders(folder_ / "a/b/c");
  EXPECT_TRUE(fs::is_directory(folder_ / "a/b/c"));
  write_file(folder_ / "file", "");
  EXPECT_THROW(make_folders(folder_ / "file/a"), CannotWrite);
}

}  // namespace
}  // namespace touchstone
