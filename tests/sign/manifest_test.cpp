#include "harness/sign/manifest.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using Kind = Difference::Kind;
using testing::ElementsAre;
using testing::HasSubstr;

// printf abc | sha256sum
constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string kOther(64, '0');

class Manifest : public testing::Test {
 protected:
  Manifest() {
    std::string pattern = (fs::temp_directory_path() / "touchstone-sign-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Manifest() override { fs::remove_all(folder_); }

  void put(const std::string& path, const std::string& text = "abc") const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }

  fs::path folder_;
};

std::string why_refused(const std::string& text) {
  try {
    read_manifest(text);
  } catch (const SignError& error) {
    return error.what();
  }
  return "";
}

TEST_F(Manifest, NamesEveryFileInTheOrderOfItsPath) {
  put("run.json");
  put("recording/hosts/node-01.jsonl", "");
  put("index.html");
  put(kManifestName, "not this one");
  put(kSignatureName, "nor this one");
  put("recording/SHA256SUMS");  // another folder's is a file like all others
  const std::string empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  EXPECT_EQ(manifest_text(sums_of(folder_)),
            std::string(kAbc) + "  index.html\n" + kAbc + "  recording/SHA256SUMS\n" + empty +
                "  recording/hosts/node-01.jsonl\n" + kAbc + "  run.json\n");
}

// What sha256sum itself reads, whatever a file is called.
TEST_F(Manifest, IsReadBySha256sum) {
  const Sums odd{{"a\nb", kAbc},    {"c\\d", kAbc}, {"e\rf\r", kAbc},      {" two  blanks ", kAbc},
                 {"*star", kAbc},   {"-x", kAbc},   {"链路 \u202e", kAbc}, {"\xff\xfe", kAbc},
                 {"\x1b[2J", kAbc}, {"\\", kAbc},   {"d/\\n", kAbc},       {"'\"$(id)`", kAbc}};
  for (const auto& [path, sum] : odd) put(path);
  const std::string text = manifest_text(sums_of(folder_));
  put(kManifestName, text);
  EXPECT_EQ(read_manifest(text), odd);
  const std::string check =
      "cd '" + folder_.string() + "' && LC_ALL=C sha256sum --strict -c SHA256SUMS >/dev/null";
  EXPECT_EQ(std::system(check.c_str()), 0) << text;
  put("c\\d", "abd");
  EXPECT_NE(std::system((check + " 2>&1").c_str()), 0);
}

TEST_F(Manifest, LargeFilesAreSummedWhole) {
  put("large", std::string(3 << 20, 'x') + "end");
  put("other", std::string(3 << 20, 'x') + "enD");
  const Sums sums = sums_of(folder_);
  EXPECT_NE(sums.at("large"), sums.at("other"));
}

TEST_F(Manifest, SaysWhatIsNoFile) {
  put("run.json");
  fs::create_symlink("/etc/passwd", folder_ / "link");
  fs::create_directory_symlink("/etc", folder_ / "folder");
  const Sums sums = sums_of(folder_);
  EXPECT_EQ(sums.at("link"), "a link");
  EXPECT_EQ(sums.at("folder"), "a link");
  EXPECT_EQ(sums.size(), 3U) << "links are not followed";
  try {
    manifest_text(sums);
    FAIL() << "a link was signed";
  } catch (const SignError& error) {
    EXPECT_THAT(error.what(), HasSubstr("folder is a link"));
  }
}

TEST_F(Manifest, AFolderThatIsNotThereIsTold) {
  EXPECT_THROW(sums_of(folder_ / "none"), SignError);
}

TEST(ReadManifest, RefusesWhatIsNotOurs) {
  const std::string sum = kAbc, two = "  ";
  const std::pair<std::string, const char*> table[] = {
      {"", "is empty"},
      {sum + two + "a", "line 1: it was cut off"},
      {sum + two + "a\n" + sum + two + "b", "line 2: it was cut off"},
      {sum + " *a\n", "line 1: this is not a SHA-256 sum"},  // binary mode: we do not write that
      {sum.substr(1) + two + "a\n", "this is not a SHA-256 sum"},
      {"BA" + sum.substr(2) + two + "a\n", "this is not a SHA-256 sum"},
      {"\n", "this is not a SHA-256 sum"},
      {"\\" + sum + two + "a\\t\n", "escapes nothing"},
      {"\\" + sum + two + "a\\\n", "escapes nothing"},
      {sum + two + "a\n" + sum + two + "a\n", "line 2: a is there twice"},
      // Paths that lead elsewhere, or are not the plain form of one.
      {sum + two + "../a\n", "the path ../a leaves the folder"},
      {sum + two + "a/../../b\n", "leaves the folder"},
      {sum + two + "/etc/passwd\n", "leaves the folder"},
      {sum + two + "\n", "leaves the folder"},
      {sum + two + "a/\n", "leaves the folder"},
      {sum + two + "a//b\n", "leaves the folder"},
      {sum + two + "./a\n", "leaves the folder"},
      {sum + two + "..\n", "leaves the folder"},
      {sum + two + std::string("a\0b", 3) + "\n", "there is a NUL in the path"},
  };
  for (const auto& [text, why] : table) EXPECT_THAT(why_refused(text), HasSubstr(why)) << text;
  EXPECT_EQ(why_refused(sum + two + "..a/b..\n"), "") << "dots that lead nowhere";
}

TEST(Differences, TellWhatIsNoLongerAsItWas) {
  EXPECT_THAT(
      differences({{"b", kAbc}, {"c", kAbc}, {"d", kAbc}, {"e", kAbc}},
                  {{"a", kAbc}, {"b", kAbc}, {"d", kOther}, {"e", "a link"}, {"f", "a link"}}),
      ElementsAre(Difference{Kind::kAdded, "a", ""}, Difference{Kind::kMissing, "c", ""},
                  Difference{Kind::kChanged, "d", ""}, Difference{Kind::kChanged, "e", "a link"},
                  Difference{Kind::kAdded, "f", "a link"}));
}

}  // namespace
}  // namespace touchstone
