#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/places.h"

// `./dev demo`: everything goes as announced, or it says what did not.
namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Demo : public testing::Test {
 protected:
  Demo() {
    std::string name = (fs::temp_directory_path() / "touchstone-demo-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~Demo() override { fs::remove_all(root_); }

  Ran run(const std::string& programs) const {
    return shell("TOUCHSTONE_BIN=" + programs + " " + source_dir() + "/tests/demo.sh " +
                 root_ + "/demo " + next_network());
  }
  // No process of any user has this test's folder in its command line.
  bool nothing_is_left() const {
    for (const auto& entry : fs::directory_iterator("/proc"))
      if (slurp(entry.path().string() + "/cmdline").find(root_ + "/demo") != std::string::npos)
        return false;
    return true;
  }

  std::string root_;
};

TEST_F(Demo, GoesAsAnnounced) {
  const Ran ran = run(build_dir() + "/bin");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("faults were found, each by its step"));
  EXPECT_TRUE(fs::exists(root_ + "/demo/before/index.html"));
  EXPECT_TRUE(fs::exists(root_ + "/demo/fixed/changes.html"));
  EXPECT_TRUE(nothing_is_left());
}

// A Touchstone that rejects every cluster, and finds nothing in it.
TEST_F(Demo, SaysWhichFaultWasNotFound) {
  const std::string bin = root_ + "/bin";
  fs::create_directories(bin);
  fs::create_symlink(kSim, bin + "/touchstone-sim");
  std::ofstream(bin + "/touchstone") << "#!/bin/sh\n"
                                        "while [ $# -gt 1 ]; do\n"
                                        "  [ \"$1\" != --out ] || out=$2\n"
                                        "  shift\n"
                                        "done\n"
                                        "mkdir -p \"$out\" && echo '<testsuites/>' "
                                        ">\"$out/junit.xml\"; exit 1\n";
  fs::permissions(bin + "/touchstone", fs::perms::owner_all);
  const Ran ran = run(bin);
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("demo: clock-skew@node-01 was not found by 0.3"));
  EXPECT_TRUE(nothing_is_left());
}

}  // namespace
}  // namespace touchstone
