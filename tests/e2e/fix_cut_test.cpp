// The connection breaks in the midst of a write: a relay passes on so many bytes of what is sent to
// a host and no more, in either direction.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

class FixOverABreakingLine : public testing::Test {
 protected:
  FixOverABreakingLine() {
    direct_ = slurp(cluster_.inventory());
    table_ = cluster_.dir() + "/hosts/node-01/root/data/hm/rank_table_file.json";
    good_ = slurp(table_);
    cluster_.fault("rank-table-differs@node-01");
    bad_ = slurp(table_);
    std::ofstream(cluster_.root() + "/relay") << relay();
  }

  // Of node-01 only. `dd` passes on each byte as it comes. With the last byte the way back is cut,
  // too, as on a line that is dead.
  std::string relay() const {
    const std::string root = cluster_.root();
    return "host=$1; shift; enter=" + cluster_.dir() +
           "/hosts/$host/enter\n"
           "[ $host = node-01 ] || exec $enter \"$@\"\n"
           "if [ ! -e " +
           root + "/bytes ]; then tee " + root +
           "/sent | $enter \"$@\"; exit; fi\n"
           "{ dd bs=1 count=$(cat " +
           root + "/bytes) 2>/dev/null; kill -9 $(cat " + root +
           "/back); } | $enter \"$@\" | sh -c 'echo $$ >" + root + "/back; exec cat'\n";
  }
  void use_relay() {
    std::ofstream(cluster_.inventory()) << direct_;
    cluster_.edit_inventory("[\"" + cluster_.dir() + "/hosts/{host}/enter\"]",
                            "[\"sh\", \"" + cluster_.root() + "/relay\", \"{host}\"]");
  }
  void start_over() {
    ASSERT_EQ(shell(kSim + " heal " + cluster_.dir()).code, 0);
    cluster_.fault("rank-table-differs@node-01");
    use_relay();
  }
  Ran fix(const std::string& name) {
    return shell(kTouchstone + " run -i " + cluster_.inventory() +
                 " --fix --yes --quiet --second-look 0 --chapter 3.2 --out " + cluster_.root() +
                 "/" + name);
  }

  Cluster cluster_{2, "--no-service"};
  std::string direct_, table_, good_, bad_;
};

TEST_F(FixOverABreakingLine, NothingIsHalfWritten) {
  use_relay();
  ASSERT_EQ(fix("whole").code, 0);
  ASSERT_EQ(slurp(table_), good_);
  const std::string sent = slurp(cluster_.root() + "/sent");
  // The table travels as it is; it is sent once.
  const std::size_t begin = sent.find(good_), end = begin + good_.size();
  ASSERT_NE(begin, std::string::npos);
  ASSERT_EQ(sent.find(good_, end), std::string::npos);
  const std::size_t lock = sent.find("hold stays");
  ASSERT_LT(lock, begin);
  int broken = 0;
  for (const std::size_t bytes : {lock + 20, begin - 500, begin, begin + 1, (begin + end) / 2,
                                  end - 1, end, end + 10, end + 100}) {
    SCOPED_TRACE("the line broke after byte " + std::to_string(bytes) + ", the table is from " +
                 std::to_string(begin) + " to " + std::to_string(end));
    start_over();
    std::ofstream(cluster_.root() + "/bytes") << bytes;
    const std::string name = "cut-" + std::to_string(bytes);
    const Ran ran = fix(name);
    EXPECT_NE(ran.code, 0) << ran.out;
    const std::string now = slurp(table_);
    EXPECT_TRUE(now == good_ || now == bad_) << "half-written:\n" << now;
    EXPECT_THAT(whole_state(cluster_), Not(HasSubstr(".touchstone.")));
    // The journal says how far it came.
    const Ran told = shell(kTouchstone + " journal show " + cluster_.root() + "/" + name);
    EXPECT_EQ(told.code, 0) << told.out;
    EXPECT_THAT(told.out, testing::AnyOf(HasSubstr("the connection was lost"),
                                         HasSubstr("the host did not answer")));
    broken += told.out.find("under_way") != std::string::npos;
    // A new run carries on.
    std::ofstream(cluster_.inventory()) << direct_;
    const Ran again = fix(name + "-again");
    EXPECT_EQ(again.code, 0) << again.out;
    EXPECT_EQ(slurp(table_), good_);
  }
  EXPECT_GE(broken, 5) << "most of them broke in the midst of the change";
}

}  // namespace
}  // namespace touchstone
