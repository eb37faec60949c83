// What a cluster's nights need beside a single run: waivers, reports made again, a history.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Nights : public testing::Test {
 protected:
  void file(const std::string& name, const std::string& text) {
    std::ofstream(cluster_.root() + "/" + name, std::ios::binary) << text;
  }
  std::string path(const std::string& name) const { return cluster_.root() + "/" + name; }

  static std::string waiver(const std::string& expires) {
    return "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\"]\n    targets: "
           "[node-01/npu3]\n    justification: ordered\n    approver: Li Wei\n    expires: " +
           expires + "\n";
  }

  Cluster cluster_;
};

TEST_F(Nights, AWaiverAcceptsAFailureUntilItExpires) {
  cluster_.fault("tls-on@node-01/3");
  file("good.yaml", waiver("2199-12-31 Asia/Shanghai"));
  file("old.yaml", waiver("2026-01-31 Asia/Shanghai"));
  file("bad.yaml", waiver("2026-12-31"));
  int code = 0;
  std::string out;
  const std::string run = "--step 3.1.8 --waivers ";
  const RunRecord waived = cluster_.run(run + path("good.yaml"), &code, &out);
  EXPECT_EQ(code, 0) << out;
  EXPECT_THAT(out, AllOf(HasSubstr("ACCEPTED"), HasSubstr("1 waived"), HasSubstr("ordered")));
  EXPECT_EQ(waived.counts().at(Verdict::kWaived), 1U);
  const std::string junit = slurp(cluster_.last_report() + "/junit.xml");
  EXPECT_THAT(junit, AllOf(HasSubstr("<skipped message=\"waived: ordered (approved by Li Wei"),
                           Not(HasSubstr("<failure"))));
  EXPECT_THAT(slurp(cluster_.last_report() + "/index.html"), HasSubstr("id=\"waivers\""));
  // Judged again later, it is judged as of then.
  const Ran again = shell(kTouchstone + " run --replay " + cluster_.last_report() + " --out " +
                          path("again") + " --waivers " + path("good.yaml"));
  EXPECT_EQ(again.code, 0) << again.out;
  cluster_.run(run + path("old.yaml"), &code, &out);
  EXPECT_EQ(code, 1);
  EXPECT_THAT(out, AllOf(HasSubstr("Its waiver has expired: 2026-01-31 Asia/Shanghai"),
                         HasSubstr("expired: it counts no more: 1 results")));
  const Ran wrong = shell(kTouchstone + " run -i " + cluster_.inventory() + " --waivers " +
                          path("bad.yaml") + " --out " + path("none"));
  EXPECT_EQ(wrong.code, 78);
  EXPECT_THAT(wrong.out, HasSubstr("bad.yaml:7:14: waivers[0].expires: no time zone is named"));
  EXPECT_FALSE(std::filesystem::exists(path("none")));
}

}  // namespace
}  // namespace touchstone
