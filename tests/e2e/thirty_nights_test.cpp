// Thirty nights of a simulated cluster: what the history, its picture and the pages tell of them is
// what was injected.
#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <pugixml.hpp>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

constexpr std::size_t kNights = 30;
constexpr const char* kExpires = "2026-01-20 Asia/Shanghai";  // after the 20th night, which is 19

// What is broken when, a sign a night (x: broken, w: broken and waived), and what each night has to
// say of it by docs/history.md: N new, S still failing, R recovered, F flapping, - nothing.
struct Injected {
  const char *fault, *subject;
  std::string nights, says;
};
const std::vector<Injected> kInjected{
    // Comes and goes.
    {"tls-on@node-01/3", "3.1.8 node-01/npu3", ".....xxx......................",
     "-----NSSR---------------------"},
    // Comes and goes four times; three turns within ten nights make it flap.
    {"link-down@node-02/5", "3.1.3 node-02/npu5", ".x.x.x.x......................",
     "-NRFFFFFFFFFFFF---------------"},
    // Waived from the 14th night on; it outlives its waiver.
    {"tls-on@node-02/0", "3.1.8 node-02/npu0", "..........xxxwwwwwwwxxxxx.....",
     "----------NSS-------SSSSSR----"},
};

double start_of(std::size_t night) {
  return 1767225600 + 86400.0 * static_cast<double>(night);  // 2026-01-01T00:00:00Z
}
std::string date_of(std::size_t night) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(static_cast<std::time_t>(start_of(night))));
}

// How many are in that state.
std::size_t injected(std::size_t night, char state) {
  return static_cast<std::size_t>(
      std::count_if(kInjected.begin(), kInjected.end(),
                    [&](const Injected& one) { return one.nights[night] == state; }));
}

// "1 fail · 1 waived · ": how the counts of that night begin.
std::string counts_of(std::size_t night) {
  std::string text;
  for (const auto& [state, name] : {std::pair{'x', "fail"}, {'w', "waived"}})
    if (const std::size_t count = injected(night, state))
      text += fmt::format("{} {} · ", count, name);
  return text;
}

// Hosts are asked each night, and what they said is judged as of that night: a recording keeps the
// beginning of its run, and by this a night passes.
class ThirtySimulatedNights : public testing::Test {
 protected:
  ThirtySimulatedNights() {
    std::ofstream(path("waivers.yaml"))
        << "touchstone: 1\nwaivers:\n  - {steps: [\"3.1.8\"], targets: [node-02/npu0], "
           "justification: the cable is ordered, approver: Li Wei, expires: "
        << kExpires << "}\n";
  }

  std::string path(const std::string& name) const { return cluster_.root() + "/" + name; }
  std::string report_of(std::size_t night) const { return path("night-" + std::to_string(night)); }

  void break_for(std::size_t night) {
    shell(kSim + " heal " + cluster_.dir());
    for (const Injected& one : kInjected)
      if (one.nights[night] != '.') cluster_.fault(one.fault);
  }

  void spend(std::size_t night) {
    const auto broken = [&](std::size_t n) {
      return injected(n, '.') != kInjected.size() || n == 0;
    };
    if (broken(night) || broken(night - 1)) break_for(night);
    cluster_.run("--step 3.1.3,3.1.8");
    const std::string manifest = cluster_.last_report() + "/recording/manifest.json";
    std::string text = slurp(manifest);
    const std::size_t at = text.rfind("\"started\": ") + 11;
    text.replace(at, text.find_first_of(",\n", at) - at, fmt::format("{}", start_of(night)));
    std::ofstream(manifest, std::ios::binary) << text;
    // The waiver is there from the first night on which it is wanted.
    const bool waives = kInjected[2].nights.substr(0, night + 1).find('w') != std::string::npos;
    const Ran ran = shell(kTouchstone + " run --replay " + cluster_.last_report() + " --out " +
                          report_of(night) + " --history " + path("nights.db") +
                          (waives ? " --waivers " + path("waivers.yaml") : ""));
    ASSERT_EQ(ran.code, injected(night, 'x') > 0 ? 1 : 0) << date_of(night) << "\n" << ran.out;
    std::filesystem::remove_all(cluster_.last_report());
  }

  // Of the run record, of each night.
  void expect_told(std::size_t night, const Past& past) const {
    std::map<std::string, char> told, expected;
    for (const News& change : past.changes)
      told[change.step + " " + change.target.str()] = "NSRF"[static_cast<std::size_t>(change.kind)];
    for (const Injected& one : kInjected)
      if (one.says[night] != '-') expected[one.subject] = one.says[night];
    EXPECT_EQ(told, expected) << date_of(night);
  }

  // Of its page: a line for each of these, with its sign in words.
  void expect_shown(std::size_t night) const {
    const std::map<char, std::string> words{
        {'N', "new"}, {'S', "still failing"}, {'R', "recovered"}, {'F', "flapping"}};
    pugi::xml_document page;
    ASSERT_TRUE(page.load_string(slurp(report_of(night) + "/index.html").c_str()));
    std::map<std::string, std::string> shown, expected;
    for (const auto& row : page.select_nodes("//section[@id='news']//tr"))
      shown[std::string(row.node().select_node("td[2]/a").node().text().get()) + " " +
            row.node().select_node("td[3]").node().text().get()] =
          row.node().select_node("td[1]/span").node().text().get();
    for (const Injected& one : kInjected)
      if (one.says[night] != '-') expected[one.subject] = words.at(one.says[night]);
    EXPECT_EQ(shown, expected) << date_of(night);
  }

  Cluster cluster_{2, "--no-service"};
};

TEST_F(ThirtySimulatedNights, AreToldExactlyAsTheyWere) {
  for (std::size_t night = 0; night < kNights; ++night) {
    ASSERT_NO_FATAL_FAILURE(spend(night));
    expect_told(night, run_from_json(slurp(report_of(night) + "/run.json")).past);
    expect_shown(night);
  }

  // The trend: those three and nobody else, night by night.
  const Ran trend = shell(kTouchstone + " history trend " + path("nights.db"));
  std::map<std::string, std::string> lines, expected;
  std::istringstream text(trend.out.substr(trend.out.find('\n') + 1));
  for (std::string line; std::getline(text, line);) {
    std::istringstream rest(line.substr(std::min(kNights, line.size())));
    std::string bad, step, target;
    rest >> bad >> step >> target;
    lines[step + " " + target] = line.substr(0, kNights);
  }
  for (const Injected& one : kInjected) expected[one.subject] = one.nights;
  EXPECT_EQ(lines, expected) << trend.out;

  // The runs, each with its date and its counts.
  const Ran show = shell(kTouchstone + " history show " + path("nights.db"));
  pugi::xml_document picture;
  ASSERT_TRUE(picture.load_file((report_of(kNights - 1) + "/trend.svg").c_str()));
  const auto bars = picture.select_nodes("//g/title");
  ASSERT_EQ(bars.size(), kNights);
  for (std::size_t night = 0; night < kNights; ++night) {
    const std::string counts = fmt::format("{}{} pass", counts_of(night),
                                           32 - injected(night, 'x') - injected(night, 'w'));
    EXPECT_EQ(bars[static_cast<long>(night)].node().text().get(), date_of(night) + ": " + counts);
    EXPECT_THAT(show.out, HasSubstr(date_of(night) +
                                    (injected(night, 'x') > 0 ? "  REJECTED [SIMULATED]  "
                                                              : "  ACCEPTED [SIMULATED]  ") +
                                    counts));
  }
}

// While it is in force the failure is shown with it; from the day after, it fails and says so.
TEST_F(ThirtySimulatedNights, AWaiverExpiresBetweenTwoOfThem) {
  for (const std::size_t night : {19U, 20U}) ASSERT_NO_FATAL_FAILURE(spend(night));
  const std::string before = slurp(report_of(19) + "/junit.xml"),
                    after = slurp(report_of(20) + "/junit.xml");
  EXPECT_THAT(before, HasSubstr("waived: the cable is ordered (approved by Li Wei"));
  EXPECT_THAT(after, HasSubstr("Its waiver has expired: " + std::string(kExpires)));
}

}  // namespace
}  // namespace touchstone
