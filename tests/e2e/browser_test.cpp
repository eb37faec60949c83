#include <filesystem>

#include "tests/e2e/cluster.h"
#include "tests/e2e/skip.h"

namespace touchstone {
namespace {

// The page as a person sees it, in a real browser. docs/images/report.png was made by the same
// script:
//   tests/browser/screenshot.sh REPORT docs/images/report.png
TEST(Browser, ShowsTheReport) {
  TOUCHSTONE_SKIP_UNLESS(std::filesystem::exists("/usr/bin/chromium"),
                         "there is no /usr/bin/chromium");
  Cluster cluster(
      2, "--fault tls-on@node-01/3 --fault link-down@node-02/5 --fault rank-table-mode@node-02");
  cluster.run("--quiet");
  const std::string png = cluster.root() + "/report.png";
  const Ran ran = shell(std::string(TOUCHSTONE_SOURCE_DIR) + "/tests/browser/screenshot.sh " +
                        cluster.last_report() + " " + png);
  ASSERT_EQ(ran.code, 0) << ran.out;
  const std::string picture = slurp(png);
  EXPECT_TRUE(picture.starts_with("\x89PNG")) << ran.out;
  EXPECT_GT(picture.size(), 40000U) << "a page that shows nothing makes a small picture";
}

}  // namespace
}  // namespace touchstone
