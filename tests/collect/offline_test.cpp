#include "harness/collect/offline.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/collect/recording.h"
#include "tests/collect/fake_host.h"
#include "tests/e2e/sentences.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

// A site whose hosts are asked by hand: the script is run as a person would, with the site's tools
// in PATH.
class Offline : public testing::TestWithParam<const char*> {
 protected:
  Offline() {
    site_.tool("ask", "echo \"$1: $2\"; echo err >&2; exit 3");
    site_.host("node-01");
    site_.host("node-02");
    batch_.questions = {ask_host("one", {"ask", "it's", "{sysroot}"}),
                        ask_npu("two", {"ask", "{npu}"}), ask_host("gone", {"no-such-tool"})};
    batch_.questions[1].second_look = true;
    batch_.second_look_after = 0.1;
    std::ofstream(site_.root() + "/collect.sh") << offline_script(site_.inventory(), batch_);
  }

  int run(const std::string& arguments) const {
    const std::string line = "PATH=" + site_.root() + "/bin:$PATH TMPDIR=" + site_.root() +
                             "/tmp " + GetParam() + " " + site_.root() + "/collect.sh " + arguments;
    return std::system(line.c_str());
  }

  std::string printed(const std::string& host) const {
    EXPECT_EQ(run(host + " </dev/null >" + site_.root() + "/out"), 0);
    std::ifstream in(site_.root() + "/out", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::string why_refused(const std::string& text) const {
    try {
      import_answers(site_.inventory(), batch_, text);
    } catch (const RecordingError& error) {
      return error.what();
    }
    return "it was taken";
  }

  FakeSite site_;
  Batch batch_;
};
INSTANTIATE_TEST_SUITE_P(Shells, Offline, testing::Values("dash", "bash", "busybox sh"),
                         [](const auto& info) {
                           const std::string name = info.param;
                           return name.substr(0, name.find(' '));
                         });

TEST_P(Offline, BringsWhatAVisitBrings) {
  const std::vector<Visit> visits = site_.visit(batch_);
  const Visit imported = import_answers(site_.inventory(), batch_, printed("node-02"));
  EXPECT_EQ(imported.host, "node-02");
  EXPECT_EQ(imported.state, Visit::State::kAnswered) << imported.detail.en;
  EXPECT_EQ(imported.host_time_seen, 0);  // nobody knows when the host's clock was read
  ASSERT_EQ(imported.answers.size(), visits[1].answers.size());
  for (auto [key, answer] : visits[1].answers) {
    Answer by_hand = imported.answers.at(key);
    by_hand.start = answer.start;
    by_hand.seconds = answer.seconds;
    EXPECT_EQ(by_hand, answer) << key.question;
  }
  EXPECT_TRUE(site_.left_nothing());
}

TEST_P(Offline, SaysWhichHostsThereAre) {
  EXPECT_EQ(run("node-03 >/dev/null 2>" + site_.root() + "/err"), 64 << 8);
  std::ifstream in(site_.root() + "/err");
  EXPECT_THAT(std::string(std::istreambuf_iterator<char>(in), {}), HasSubstr("node-01 node-02"));
}

TEST_P(Offline, FilesThatAreNoneAreRefused) {
  const std::string good = printed("node-01");
  EXPECT_THAT(why_refused("hello"), HasSubstr("no line '#touchstone-answers"));
  EXPECT_THAT(why_refused(""), HasSubstr("no line '#touchstone-answers"));
  EXPECT_THAT(why_refused(good.substr(0, good.find('\n') + 1)),
              HasSubstr("ends before the first answer"));
  std::string other = good;
  other.replace(other.find("node-01"), 7, "node-09");
  EXPECT_THAT(why_refused(other), HasSubstr("host 'node-09', which the inventory does not have"));
  other.replace(other.find("node-09"), 7, "node-02");
  EXPECT_THAT(why_refused(other), HasSubstr("put together from two files"));
  const Visit half = import_answers(site_.inventory(), batch_, good.substr(0, good.size() / 2));
  EXPECT_EQ(half.state, Visit::State::kDied);
  EXPECT_THAT(half.detail.en, HasSubstr("ends before the script did"));
  // What a terminal or an editor has made of it is not believed.
  std::string changed = good;
  changed.replace(changed.find("it's"), 4, "its");
  EXPECT_THAT(import_answers(site_.inventory(), batch_, changed).detail.en,
              HasSubstr("unreadable"));
}

// The file of a host, where the recording is wanted that is made of it: what to do is said.
TEST_P(Offline, AFileOfAHostIsNoRecordingYet) {
  const std::string file = site_.root() + "/node-01.touchstone";
  const auto said_of = [&](const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
    try {
      load_recording(file);
    } catch (const RecordingError& error) {
      return error.text;
    }
    return Text{};
  };
  for (const std::string banner : {"", "Welcome to node-01!\n"}) {
    const Text said = said_of(banner + printed("node-01"));
    expect_both_languages(said);
    for (const std::string& text : {said.en, said.zh})
      EXPECT_THAT(text,
                  testing::AllOf(testing::StartsWith(file),
                                 HasSubstr("`touchstone recording import -i cluster.yaml --out DIR "
                                           "FILE…`")));
  }
  for (const char* other : {"", "hello\n"})
    EXPECT_THAT(said_of(other).en, HasSubstr("it has no manifest.json"));
}

}  // namespace
}  // namespace touchstone
