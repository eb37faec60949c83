#include <cstdlib>
#include <filesystem>

#include "tests/e2e/cluster.h"
#include "tests/e2e/skip.h"

namespace touchstone {
namespace {

// The page as a person sees it, in a real browser. TOUCHSTONE_UPDATE_GOLDEN=1 puts the picture into
// docs/images, where the READMEs show it.
TEST(Browser, ShowsTheReport) {
  TOUCHSTONE_SKIP_UNLESS(std::filesystem::exists("/usr/bin/chromium"),
                         "there is no /usr/bin/chromium");
  Cluster cluster(2);
  for (const char* fault : {"mindie-old@node-01", "firmware-old@node-01/4", "link-down@node-02/5",
                            "netdetect-unset@node-01/6", "tls-on@node-01/3", "container-ip-missing",
                            "container-shm-small@node-01", "connect-timeout-short",
                            "config-last-key", "daemon-environ@node-01", "chat-half-body"})
    cluster.fault(fault);
  // The page shows the command: as a user would type it.
  const Ran run = shell("cd " + cluster.dir() + " && PATH=" + TOUCHSTONE_BINARY_DIR +
                        "/bin:$PATH touchstone run -i cluster.yaml --out report");
  ASSERT_EQ(run.code, 1) << run.out;
  const std::string png = cluster.root() + "/report.png";
  const Ran ran = shell(std::string(TOUCHSTONE_SOURCE_DIR) + "/tests/browser/screenshot.sh " +
                        cluster.dir() + "/report " + png);
  ASSERT_EQ(ran.code, 0) << ran.out;
  const std::string picture = slurp(png);
  EXPECT_TRUE(picture.starts_with("\x89PNG")) << ran.out;
  EXPECT_GT(picture.size(), 40000U) << "a page that shows nothing makes a small picture";
  if (std::getenv("TOUCHSTONE_UPDATE_GOLDEN"))
    std::filesystem::copy_file(png, std::string(TOUCHSTONE_SOURCE_DIR) + "/docs/images/report.png",
                               std::filesystem::copy_options::overwrite_existing);
}

}  // namespace
}  // namespace touchstone
