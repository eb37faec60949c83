// Step 3.1.14 on hand-made evidence: who is named, and what is never taken for a pass.
#include <functional>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/judge.h"
#include "suites/chapters.h"
#include "suites/fabric_mesh.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct PingEnd {
  int host, npu;
  bool operator==(const PingEnd&) const = default;
};

// How many of three packets of a ping get lost; -1: no answer at all.
using Loss = std::function<int(PingEnd from, PingEnd to)>;

int none(PingEnd, PingEnd) {
  return 0;
}

Answer ping_answer(int npu, const std::string& address, int lost) {
  Answer answer{.command = fmt::format("hccn_tool -i {} -ping -g address {}", npu, address)};
  answer.out = fmt::format("device {} PING {}\n", npu, address);
  for (int seq = 0; seq < 3; ++seq)
    answer.out += seq < 3 - lost ? fmt::format("recv seq={},time=0.067000ms\n", seq)
                                 : fmt::format("recv time out seq={}\n", seq);
  answer.out += fmt::format("3 packets transmitted, {} received, {:.2f}% packet loss\n", 3 - lost,
                            100.0 * lost / 3);
  if (lost > 0) answer.err = "Command execute failed!\n";
  answer.exit_code = lost > 0 ? 1 : 0;
  return answer;
}

class MeshJudged : public testing::Test {
 protected:
  void up(int hosts, int npus = 8) {
    inventory_.profile.fabric = "switch";
    inventory_.groups = {{.name = "g"}};
    visits_.clear();
    for (int host = 0; host < hosts; ++host) {
      Host one{.name = "h" + std::to_string(host)};
      one.npus = npus;
      inventory_.groups[0].hosts.push_back(one);
      Visit& visit = visits_[one.name] = {.host = one.name, .state = Visit::State::kAnswered};
      for (int npu = 0; npu < npus; ++npu) {
        visit.answers[{"hccn-ip", npu}].out =
            fmt::format("ipaddr:10.20.{}.{}\nnetmask:255.255.0.0\n", host, npu + 1);
        visit.answers[{"hccn-link", npu}].out = "link status: UP\n";
      }
    }
  }

  EvidenceBook book() const {
    std::vector<Visit> visits;
    for (const auto& [name, visit] : visits_) visits.push_back(visit);
    return {inventory_, visits};
  }

  // What the collector does with the turns of one later chapter; returns how many were asked.
  std::size_t ask(std::size_t which, const Loss& loss) {
    std::set<std::string> hosts;
    for (const auto& [name, visit] : visits_)
      if (visit.state == Visit::State::kAnswered) hosts.insert(name);
    std::size_t asked = 0;
    for (const Turn& turn : mesh_questions().at(which).turns(book(), hosts))
      for (const FollowUp& one : turn) {
        const std::string& address = one.question.argv.back();
        int host = 0, number = 0;
        EXPECT_EQ(std::sscanf(address.c_str(), "10.20.%d.%d", &host, &number), 2);
        const int lost = loss({one.host[1] - '0', one.npu}, {host, number - 1});
        ++asked;
        EXPECT_FALSE(visits_[one.host].answers.contains({one.question.key, one.npu}))
            << "keys are unique";
        if (lost >= 0)
          visits_[one.host].answers[{one.question.key, one.npu}] =
              ping_answer(one.npu, address, lost);
      }
    return asked;
  }

  // Both rounds and the verdict; `again`: what gets lost when suspects are asked again.
  Judgement run(const Loss& loss, const Loss& again) {
    ask(0, loss);
    asked_again_ = ask(1, again);
    return verdict();
  }
  Judgement run(const Loss& loss) { return run(loss, loss); }

  Judgement verdict(const std::function<bool(const Target&)>& excluded = nullptr) {
    const std::vector<Chapter> chapters{fabric()};
    for (const Step& step : chapters[0].steps)
      if (step.id == "3.1.14") return judge(step, {.group = "g"}, book(), excluded);
    throw std::logic_error("no step 3.1.14");
  }

  static std::vector<std::string> named(const Judgement& judged) {
    std::vector<std::string> names;
    for (const Finding& finding : judged.findings) names.push_back(finding.target);
    return names;
  }

  Inventory inventory_;
  std::map<std::string, Visit> visits_;
  std::size_t asked_again_ = 0;
};

bool touches(PingEnd npu, PingEnd from, PingEnd to) {
  return from == npu || to == npu;
}

TEST_F(MeshJudged, AWholeMeshPasses) {
  for (int hosts : {2, 3}) {
    up(hosts);
    const Judgement judged = run(none);
    EXPECT_EQ(judged.verdict, Verdict::kPass) << judged.reason.en;
    EXPECT_EQ(asked_again_, 0U);
    const Mesh mesh = mesh_of(book(), inventory_.groups[0]);
    EXPECT_EQ(mesh.pairs.size(), mesh.there_are);
    EXPECT_EQ(mesh.count(MeshPair::Result::kWhole), mesh.there_are);
  }
}

TEST_F(MeshJudged, AnNpuThatLosesAllIsTheOddOneOut) {
  for (int hosts : {2, 4}) {
    up(hosts);
    const Judgement judged = run([](PingEnd from, PingEnd to) {
      return touches({1, 5}, from, to) ? 3 : 0;
    });
    EXPECT_EQ(judged.verdict, Verdict::kFail);
    ASSERT_THAT(named(judged), ElementsAre("h1/npu5")) << "and not each of its pairs";
    EXPECT_EQ(asked_again_, 2U);
    const std::string& actual = judged.findings[0].actual.en;
    const int partners = (hosts - 1) * 8;
    EXPECT_THAT(actual, HasSubstr(fmt::format("{0} of {0} partners", partners)));
    EXPECT_THAT(actual, HasSubstr("asked again with h0/npu5, which is good: 0 of 6"));
  }
}

TEST_F(MeshJudged, PartialLossIsLoss) {
  up(2);
  const Judgement judged = run([](PingEnd from, PingEnd to) {
    return touches({0, 3}, from, to) ? 1 : 0;
  });
  ASSERT_THAT(named(judged), ElementsAre("h0/npu3"));
  EXPECT_THAT(judged.findings[0].actual.en, HasSubstr("32 of 48 came back"));
}

TEST_F(MeshJudged, LossWithSomePartnersIsEnough) {
  up(2);
  const Judgement judged = run([](PingEnd from, PingEnd to) {
    return touches({0, 3}, from, to) && (from.npu + to.npu) % 3 == 0 ? 1 : 0;
  });
  EXPECT_THAT(named(judged), ElementsAre("h0/npu3"));
}

TEST_F(MeshJudged, OnePairIsNamedAsAPair) {
  up(2);
  const auto pair = [](PingEnd from, PingEnd to) {
    return touches({0, 1}, from, to) && touches({1, 6}, from, to) ? 3 : 0;
  };
  const Judgement judged = run(pair);
  EXPECT_EQ(judged.verdict, Verdict::kFail);
  ASSERT_THAT(named(judged), ElementsAre("h0/npu1 <-> h1/npu6"));
  EXPECT_EQ(asked_again_, 0U) << "nobody is suspected";
  EXPECT_THAT(judged.findings[0].actual.en, HasSubstr("h1/npu6 → h0/npu1: 0 of 3"));
}

TEST_F(MeshJudged, OneDirectionIsNamedWithItsDirection) {
  up(2);
  const Judgement judged = run([](PingEnd from, PingEnd to) {
    return from == PingEnd{1, 6} && to == PingEnd{0, 1} ? 3 : 0;
  });
  ASSERT_THAT(named(judged), ElementsAre("h1/npu6 -> h0/npu1"));
}

TEST_F(MeshJudged, TwoBadNpusAreBothNamedWhereverTheyAre) {
  up(2);
  for (const PingEnd other : {PingEnd{0, 4}, PingEnd{1, 4}}) {
    up(2);
    const Judgement judged = run([&](PingEnd from, PingEnd to) {
      return touches({0, 2}, from, to) || touches(other, from, to) ? 3 : 0;
    });
    EXPECT_THAT(named(judged), ElementsAre("h0/npu2", fmt::format("h{}/npu4", other.host)));
    for (const Finding& finding : judged.findings)
      EXPECT_THAT(finding.actual.en, HasSubstr("0 of 6"));
  }
}

TEST_F(MeshJudged, ABadHostAmongThreeIsNamedByItsNpus) {
  up(3);
  const Judgement judged =
      run([](PingEnd from, PingEnd to) { return from.host == 1 || to.host == 1 ? 3 : 0; });
  ASSERT_EQ(judged.findings.size(), 8U);
  for (const Finding& finding : judged.findings)
    EXPECT_THAT(finding.target, testing::StartsWith("h1/npu"));
}

TEST_F(MeshJudged, BetweenTwoHostsNobodyGuessesWhichIsToBlame) {
  up(2);
  const Judgement judged = run([](PingEnd, PingEnd) { return 3; });
  ASSERT_THAT(named(judged), ElementsAre("h0 <-> h1"));
  EXPECT_THAT(judged.findings[0].actual.en, HasSubstr("128 of 128 pairs"));
}

TEST_F(MeshJudged, LossThatIsGoneWhenAskedAgainIsSaidToComeAndGo) {
  up(2);
  const Judgement judged = run(
      [](PingEnd from, PingEnd to) {
        return touches({1, 5}, from, to) ? 2 : 0;
      },
      none);
  ASSERT_THAT(named(judged), ElementsAre("h1/npu5"));
  EXPECT_EQ(judged.verdict, Verdict::kFail) << "packets were lost all the same";
  EXPECT_THAT(judged.findings[0].why.en, HasSubstr("comes and goes"));
}

TEST_F(MeshJudged, DirectFibreAsksTheSameIndexOnlyAndNamesPairs) {
  up(2);
  inventory_.profile.fabric = "direct";
  const Judgement judged = run([](PingEnd from, PingEnd to) {
    return touches({1, 5}, from, to) ? 3 : 0;
  });
  EXPECT_EQ(mesh_of(book(), inventory_.groups[0]).pairs.size(), 16U);
  EXPECT_THAT(named(judged), ElementsAre("h0/npu5 <-> h1/npu5"));
}

TEST_F(MeshJudged, WhatWasNotAnsweredIsAnErrorNeverAPass) {
  const std::pair<const char*, std::function<void(Answer&)>> cases[] = {
      {"in time", [](Answer& a) { a.end = Answer::End::kTimedOut; }},
      {"lost", [](Answer& a) { a.end = Answer::End::kLost; }},
      {"exited with 22", [](Answer& a) { a.exit_code = 22; }},
      {"the exit code is 1", [](Answer& a) { a.exit_code = 1; }},
      {"another ping", [](Answer& a) { a.out = ping_answer(3, "10.20.9.9", 0).out; }},
      {"another ping", [](Answer& a) { a.out.replace(0, 8, "device 7"); }},
      {"before its summary", [](Answer& a) { a.out.resize(a.out.find("3 packets")); }},
      {"the driver gave no answer",
       [](Answer& a) { a = {.exit_code = 1, .err = "Command execute failed!\n"}; }},
  };
  for (const auto& [says, change] : cases) {
    up(2);
    ask(0, none);
    change(visits_["h0"].answers.at({"hccn-ping.10.20.1.5", 3}));
    const Judgement judged = verdict();
    EXPECT_EQ(judged.verdict, Verdict::kError) << says;
    EXPECT_THAT(judged.reason.en, HasSubstr(says));
    EXPECT_THAT(judged.reason.en, HasSubstr("h0/npu3 → h1/npu4"));
  }
  up(2);
  ask(0, [](PingEnd from, PingEnd to) {
    return from == PingEnd{0, 3} && to == PingEnd{1, 4} ? -1 : 0;
  });
  EXPECT_EQ(verdict().verdict, Verdict::kError);
  up(2);
  EXPECT_EQ(verdict().verdict, Verdict::kError) << "nobody was asked at all";
}

TEST_F(MeshJudged, LossIsLossWhateverTheExitCode) {
  up(2);
  ask(0, none);
  Answer& answer = visits_["h0"].answers.at({"hccn-ping.10.20.1.5", 3});
  answer = ping_answer(3, "10.20.1.5", 1);
  answer.exit_code = 0;
  EXPECT_THAT(named(verdict()), ElementsAre("h0/npu3 -> h1/npu4"));
}

TEST_F(MeshJudged, OneLinkThatIsDownLeavesTheOthersJudged) {
  up(2);
  visits_["h1"].answers[{"hccn-link", 5}].out = "link status: DOWN\n";
  EXPECT_EQ(ask(0, none), 128U - 16U);
  const auto excluded = [](const Target& one) { return one.host == "h1" && one.npu == 5; };
  EXPECT_EQ(verdict(excluded).verdict, Verdict::kPass) << "3.1.3 blocks it from outside";
  const Judgement judged = verdict();
  EXPECT_EQ(judged.verdict, Verdict::kError) << "nobody has said why it was left out";
  EXPECT_THAT(judged.reason.en, HasSubstr("h1/npu5 took no part: its link is down"));
}

TEST_F(MeshJudged, ThoseWithoutAnAddressOrWithAnothersAreNotAsked) {
  up(2);
  Answer& unset = visits_["h0"].answers[{"hccn-ip", 2}];
  unset = {.exit_code = 13, .err = "Get ipconf failed, because no ip was preset there!\n"};
  visits_["h1"].answers[{"hccn-ip", 0}].out = "ipaddr:10.20.1.2\nnetmask:255.255.0.0\n";
  EXPECT_EQ(ask(0, none), 2U * 7 * 6);
  const Mesh mesh = mesh_of(book(), inventory_.groups[0]);
  EXPECT_EQ(mesh.there_are, 128U);
  EXPECT_THAT(mesh.npus[2].left_out.en, HasSubstr("no address"));
  EXPECT_THAT(mesh.npus[8].left_out.en, HasSubstr("same address as h1/npu1"));
}

TEST_F(MeshJudged, AHostThatDidNotAnswerIsAnError) {
  up(3);
  visits_["h2"].state = Visit::State::kUnreachable;
  visits_["h2"].answers.clear();
  EXPECT_EQ(ask(0, none), 128U);
  const Judgement judged = verdict();
  EXPECT_EQ(judged.verdict, Verdict::kError);
  EXPECT_THAT(judged.reason.en, HasSubstr("h2"));
}

TEST_F(MeshJudged, OneHostHasNoMesh) {
  up(1);
  EXPECT_EQ(ask(0, none), 0U);
  EXPECT_EQ(verdict().verdict, Verdict::kNotApplicable);
}

TEST_F(MeshJudged, TwoGroupsAreAskedSideBySide) {
  up(4);
  inventory_.groups.push_back({.name = "g2"});
  auto &first = inventory_.groups[0].hosts, &second = inventory_.groups[1].hosts;
  second = {first[2], first[3]};
  first.resize(2);
  const auto turns = mesh_questions()[0].turns(book(), {"h0", "h1", "h2", "h3"});
  ASSERT_EQ(turns.size(), 8U);
  for (const Turn& turn : turns) EXPECT_EQ(turn.size(), 32U);
}

TEST_F(MeshJudged, TheSecondAskingCollidesWithNobody) {
  up(2);
  const auto loss = [](PingEnd from, PingEnd to) {
    return from.npu < 5 && from.host == 0 ? 3 : to.host == 0 && to.npu < 5 ? 3 : 0;
  };
  ask(0, loss);
  const auto turns = mesh_questions()[1].turns(book(), {"h0", "h1"});
  std::size_t asked = 0;
  for (const Turn& turn : turns) {
    std::set<std::pair<std::string, int>> asking;
    std::set<std::string> targets;
    for (const FollowUp& one : turn) {
      EXPECT_TRUE(asking.emplace(one.host, one.npu).second);
      EXPECT_TRUE(targets.insert(one.question.argv.back()).second);
      EXPECT_THAT(one.question.key, testing::EndsWith(".again"));
    }
    asked += turn.size();
  }
  EXPECT_EQ(asked, 10U);
}

}  // namespace
}  // namespace touchstone
