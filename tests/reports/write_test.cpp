#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <sys/resource.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/write_file.h"
#include "reports/console.h"
#include "reports/write.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

#ifdef __SANITIZE_ADDRESS__
constexpr bool kSanitized = true;  // its shadow and quarantine are not ours to count
#else
constexpr bool kSanitized = false;
#endif

class WriteReports : public testing::Test {
 protected:
  WriteReports() {
    std::string pattern = (fs::temp_directory_path() / "touchstone-reports-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~WriteReports() override { fs::remove_all(folder_); }

  std::set<std::string> names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_ / "out"))
      names.insert(entry.path().filename());
    return names;
  }

  fs::path folder_;
};

TEST_F(WriteReports, LeavesItsFilesAndNothingElse) {
  write_reports(folder_ / "out", samples::mixed());
  write_reports(folder_ / "out", samples::healthy(),
                {.language = Language::kZh, .flavour = JUnitFlavour::kXunit});
  EXPECT_EQ(names(), (std::set<std::string>{"badge.txt", "description.txt", "host-node-01.html",
                                            "host-node-02.html", "index.html", "junit.xml",
                                            "mesh-1.svg", "report.css", "run.json"}));
}

TEST_F(WriteReports, LeavesTheSingleFileBesideThePages) {
  write_reports(folder_ / "out", samples::mixed(), {.single = true});
  EXPECT_TRUE(names().contains("report.html"));
  EXPECT_TRUE(names().contains("host-node-04.html"));
  // Neither of them may tell of another run.
  write_reports(folder_ / "out", samples::healthy());
  EXPECT_FALSE(names().contains("report.html"));
  EXPECT_FALSE(names().contains("host-node-04.html"));
}

// What is not of the pages is somebody's.
TEST_F(WriteReports, RemovesNothingElse) {
  fs::create_directories(folder_ / "out");
  for (const char* name : {"hosts", "host-list.txt", "notes.html", "mesh-plan.png"})
    std::ofstream(folder_ / "out" / name) << "mine";
  write_reports(folder_ / "out", samples::healthy());
  for (const char* name : {"hosts", "host-list.txt", "notes.html", "mesh-plan.png"})
    EXPECT_TRUE(names().contains(name)) << name;
}

TEST_F(WriteReports, LeavesNoChangesOfAnotherRun) {
  write_reports(folder_ / "out", samples::repaired());
  EXPECT_TRUE(names().contains("changes.html"));
  write_reports(folder_ / "out", samples::mixed());
  EXPECT_FALSE(names().contains("changes.html"));
}

TEST_F(WriteReports, SaysWhatItCouldNotWrite) {
  std::ofstream(folder_ / "out") << "a file, no folder";
  try {
    write_reports(folder_ / "out", samples::healthy());
    FAIL() << "written";
  } catch (const CannotWrite& error) {
    EXPECT_EQ(error.text.en, (folder_ / "out").string() + ": cannot be made: Not a directory");
    EXPECT_EQ(error.text.zh, (folder_ / "out").string() + ":无法建立:Not a directory");
  }
}

TEST_F(WriteReports, LeavesNoHalfFileWhereTheRenameFails) {
  fs::create_directories(folder_ / "out/run.json/in the way");
  EXPECT_THROW(write_reports(folder_ / "out", samples::healthy()), CannotWrite);
  EXPECT_EQ(names(), std::set<std::string>{"run.json"});
}

TEST_F(WriteReports, OutputsAreWellFormedForAStrictParserToo) {
  if (std::system("command -v xmllint >/dev/null") != 0) GTEST_SKIP() << "xmllint is not installed";
  for (const RunRecord& record :
       {samples::mixed(), samples::repaired(), samples::hostile(), samples::partial()}) {
    write_reports(folder_ / "out", record);
    const std::string command =
        "cd '" + (folder_ / "out").string() +
        "' && xmllint --noout --nonet junit.xml *.html $(ls *.svg 2>/dev/null)";
    EXPECT_EQ(std::system(command.c_str()), 0) << record.cluster;
  }
}

TEST_F(WriteReports, AThousandHostsInSecondsAndLittleMemory) {
  const RunRecord record = samples::many(1000, 22);
  ASSERT_GT(record.results.size(), 125'000u);
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  const auto start = std::chrono::steady_clock::now();
  write_reports(folder_ / "out", record);
  EXPECT_LT(console_report(record, {.width = 100}).size(), 20'000u);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  getrusage(RUSAGE_SELF, &after);
  const long grown = (after.ru_maxrss - before.ru_maxrss) / 1024;
  RecordProperty("seconds", std::to_string(took.count()));
  RecordProperty("megabytes", std::to_string(grown));
  EXPECT_LT(took.count(), 30) << "seconds; an unsanitised build takes about two";
  EXPECT_TRUE(kSanitized || grown < 200) << grown << " MB more than the record itself";
  EXPECT_LT(fs::file_size(folder_ / "out/index.html"), 8'000'000u);
}

}  // namespace
}  // namespace touchstone
