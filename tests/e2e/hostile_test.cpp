// A cluster whose hosts, files and people say hostile things: whatever is printed or written by any
// command must be taken by a strict parser, and must not act on a terminal.
#include <filesystem>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/model/clean.h"
#include "tests/e2e/cluster.h"
#include "tests/e2e/skip.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

const std::string kEvil =
    "<script>alert(1)</script> ]]> --> \x1b[31mred\x1b]0;title\x07 \xff\xfe \xc0\xaf "
    "\xe2\x80\xaegpj "
    "\xe2\x81\xa6 \x01\x7f \xc2\x9b &amp; \"quoted\" 'too' \\";

class Hostile : public testing::Test {
 protected:
  void append(const std::string& path, const std::string& text) const {
    std::ofstream(cluster_.dir() + "/hosts/node-01" + path, std::ios::binary | std::ios::app)
        << text;
  }
  void expect_printable(const std::string& arguments) const {
    const Ran ran = shell("cd " + root_ + " && " + kTouchstone + " " + arguments);
    EXPECT_LT(ran.code, 3) << arguments << ": " << harmless(ran.out.substr(0, 500));
    const std::string clean = harmless(ran.out);
    EXPECT_TRUE(clean == ran.out) << arguments << " speaks to the terminal";
    EXPECT_NE(clean, "") << arguments;
  }
  // Each file by the parser of its kind; other kinds hold text.
  void expect_strict(const fs::path& folder) const {
    std::set<std::string> kinds;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string kind = entry.path().extension(), text = slurp(entry.path());
      kinds.insert(kind);
      if (kind == ".json") {
        EXPECT_TRUE(nlohmann::json::accept(text)) << entry.path();
      } else if (kind == ".jsonl") {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
          EXPECT_TRUE(nlohmann::json::accept(line)) << entry.path();
      } else if (kind == ".html" || kind == ".xml" || kind == ".svg") {
        const Ran xml = shell("xmllint --noout --nonet '" + entry.path().string() + "'");
        EXPECT_EQ(xml.code, 0) << xml.out.substr(0, 500);
        EXPECT_TRUE(harmless(text) == text) << entry.path();
        EXPECT_EQ(text.find("<script"), text.npos) << entry.path();
      } else {
        EXPECT_TRUE(harmless(text) == text) << entry.path();
      }
    }
    EXPECT_TRUE(kinds.contains(".html") && kinds.contains(".xml") && kinds.contains(".json") &&
                kinds.contains(".jsonl"));
  }

  Cluster cluster_{2,
                   "--no-service --fault tls-on@node-01/3 --fault rank-table-missing@node-02 "
                   "--fault variable-missing@node-01"};
  const std::string root_ = cluster_.root();
};

TEST_F(Hostile, NothingThatIsSaidActs) {
  TOUCHSTONE_SKIP_UNLESS(shell("command -v xmllint").code == 0, "there is no xmllint");
  append("/root/usr/local/Ascend/driver/version.info",
         kEvil + "\nVersion=" + kEvil + "\n" + std::string(1 << 19, 'x') + kEvil + "\n");
  append("/root/etc/hccn.conf", "tls_enable_3=" + kEvil + "\n");
  append("/container/root/.bashrc", "# " + kEvil + "\n");
  append("/login", "printf '%s\\n' '<script>\x1b[2J \xff' >&2\n");
  // Who writes these files may be another than who reads the report.
  cluster_.edit_inventory("cluster: sim-2",
                          "cluster: \"<script>x</script> ]]> \xe2\x80\xaegpj & \\\\\"");
  std::ofstream(root_ + "/waivers.yaml")
      << "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\"]\n    targets: [node-01/npu3]\n"
         "    justification: \"<script> ]]> \xe2\x80\xaegpj\"\n"
         "    approver: \"</td> &lt;\"\n    expires: 2199-12-31 UTC\n";
  const std::string keep =
      " --second-look 0 --history h.db --waivers waivers.yaml --metrics m.prom -i " +
      cluster_.inventory();
  expect_printable("run --out one --plan=disruptive" + keep);
  expect_printable("run --out two --fix --yes --baseline one --lang zh" + keep);
  expect_printable("run --out three --replay one --waivers waivers.yaml");
  for (const char* folder : {"/one", "/two", "/three"}) expect_strict(root_ + folder);
  for (const char* format : {"console", "junit", "metrics"})
    expect_printable(std::string("report two --format ") + format);
  for (const char* other : {"diff one two", "history show h.db", "history trend h.db",
                            "journal show two", "coverage --run two", "undo two --yes"})
    expect_printable(other);
}

// With --gtest_* words GoogleTest's own printer shows what a tool has said.
TEST_F(Hostile, NothingActsThroughGoogleTest) {
  expect_printable("run --step 3.1.8 --second-look 0 --out asked -i " + cluster_.inventory());
  const std::string file = root_ + "/asked/recording/hosts/node-01.jsonl";
  std::string recorded = slurp(file);
  const std::string passed = R"("exit":0,"npu":3)";
  for (std::size_t at = 0; (at = recorded.find(passed, at)) != std::string::npos;)
    recorded.replace(at, passed.size(), R"("err":"\u001b]0;title\u0007","exit":9,"npu":3)");
  std::ofstream(file, std::ios::binary) << recorded;
  const std::string again = "run --replay asked --out judged --force --gtest_print_time=0";
  EXPECT_NE(shell("cd " + root_ + " && " + kTouchstone + " " + again).out.find("title"),
            std::string::npos);
  expect_printable(again);
}

}  // namespace
}  // namespace touchstone
