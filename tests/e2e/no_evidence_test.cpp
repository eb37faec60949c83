#include <functional>
#include <map>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/cluster.h"

// Of a healthy cluster's recording the answers to one question are taken away at a time: what asks
// it must not pass any more.
namespace touchstone {
namespace {

using Json = nlohmann::json;
using Verdicts = std::map<std::string, std::set<Verdict>>;  // by step

// Steps that judge without this answer as well. It helps a person, or decides in other
// circumstances than a healthy cluster's only.
const std::map<std::string, std::set<std::string>> kHints{
    {"bashrc", {"4.3.2", "4.3.3", "4.3.4", "4.3.6", "6.2.2"}},  // which line it was
    {"docker-images", {"4.1.1"}},                               // images of a similar name
    {"docker-container", {"4.1.1"}},
    {"docker-ps", {"4.2.1"}},          // containers of a similar name
    {"firewalld-active", {"6.3.6"}},   // why a port was not reached
    {"service-log", {"6.3.3"}},        // why there is no daemon
    {"shell-environment", {"6.3.3"}},  // whether the start file is right by now
    {"hccn-gateway", {"3.1.6"}},       // the inventory's plan counts
    // Of the master alone: what it listens on, and whether its readiness wants a certificate. The
    // others are asked what came of knocking.
    {"listening", {"6.3.6"}},
    {"service-config", {"6.3.4", "6.3.6"}},
};

class WithoutAnswers : public testing::Test {
 protected:
  void SetUp() override {
    healthy_ = cluster_.run("--quiet");
    ASSERT_EQ(healthy_.exit_code(), 0);
    recording_ = cluster_.last_report() + "/recording";
    for (const char* host : {"node-01", "node-02"}) {
      std::istringstream lines(slurp(file_of(host)));
      for (std::string line; std::getline(lines, line);)
        answers_[host].push_back(Json::parse(line));  // the first is about the visit
      for (std::size_t i = 1; i < answers_[host].size(); ++i)
        keys_.insert(answers_[host][i].at("question").get<std::string>());
    }
  }

  std::string file_of(const std::string& host) const {
    return recording_ + "/hosts/" + host + ".jsonl";
  }

  static Verdicts verdicts_of(const RunRecord& record) {
    Verdicts verdicts;
    for (const StepResult& result : record.results)
      verdicts[record.steps[result.step].id].insert(result.verdict);
    return verdicts;
  }

  // The run, judged again, as if the answers had been otherwise.
  RunRecord judged(const std::function<void(std::vector<Json>& answers)>& change) {
    for (const auto& [host, lines] : answers_) {
      std::vector<Json> answers(lines.begin() + 1, lines.end());
      change(answers);
      Json visit = lines.front();
      visit["answers"] = answers.size();
      std::ofstream file(file_of(host));
      file << visit.dump() << "\n";
      for (const Json& answer : answers) file << answer.dump() << "\n";
    }
    return cluster_.run("--quiet --replay " + recording_);
  }

  Cluster cluster_{2};
  RunRecord healthy_;
  std::string recording_;
  std::map<std::string, std::vector<Json>> answers_;
  std::set<std::string> keys_;
};

TEST_F(WithoutAnswers, NothingThatAsksForThemPasses) {
  const Verdicts before = verdicts_of(healthy_);
  ASSERT_GT(keys_.size(), 80u);
  for (const std::string& key : keys_) {
    const Verdicts after = verdicts_of(judged([&](std::vector<Json>& answers) {
      std::erase_if(answers, [&](const Json& one) { return one.at("question") == key; });
    }));
    bool asked = false;
    for (const StepInfo& step : healthy_.steps) {
      if (std::find(step.questions.begin(), step.questions.end(), key) == step.questions.end())
        continue;
      asked = true;
      const auto hints = kHints.find(key);
      if (hints != kHints.end() && hints->second.contains(step.id)) continue;
      EXPECT_FALSE(after.at(step.id).contains(Verdict::kPass)) << step.id << " without " << key;
    }
    // What is asked because of other answers no step names.
    if (!asked) {
      EXPECT_NE(before, after) << "nobody misses " << key;
    }
  }
}

using Change = std::function<void(Json& answer)>;

Change replaced(const char* from, const char* to) {
  return [=](Json& answer) {
    answer["out"] = std::regex_replace(answer.at("out").get<std::string>(), std::regex(from), to);
  };
}

void no_such_file(Json& answer) {
  answer["exit"] = 1;
  answer["out"] = "";
  answer["err"] = "stat: cannot statx 'it': No such file or directory\n";
}

struct Hollow {
  const char* questions;  // a regular expression
  Change change;
  const char* step;
  Verdict verdict;
  const char* reason;
};

// Answers came, but what a step compares is not in them.
const Hollow kHollow[] = {
    {"hccn-optical", replaced("(.x Power\\d *: )[^\n]*", "$1NA"), "3.1.13", Verdict::kPass,
     "tells no Tx Power[0-3], Rx Power[0-3], so that was not judged"},
    {"hccn-optical", replaced("(Media SNR Lane\\d *: )[^\n]*", "$1get failed"), "3.1.13",
     Verdict::kError, "could not read Media SNR Lane[0-3]"},
    {"rank-table", replaced("(\"device_id\": *\")", "$019"), "3.2.8", Verdict::kError,
     "has none of its NPUs"},
    {"rank-table", replaced("(\"device_ip\": *\")10", "$0172"), "4.3.6", Verdict::kPass,
     "lists no NPU address of this host"},
    {"service-config",
     replaced("\"(maxSeqLen|maxPrefillTokens|maxBatchSize|port|npuDeviceIds)\"", "\"no-$1\""),
     "6.2.3", Verdict::kError, "no parameters that could be compared"},
    {"service-config", replaced("\"maxSeqLen\"", "\"no-maxSeqLen\""), "6.2.3", Verdict::kPass,
     "not compared, since a parameter is not there (see 6.2.2): maxSeqLen >= maxInputTokenLen"},
    {"service-log", replaced("files", "what?"), "6.3.4", Verdict::kError, "there is no \"files\""},
    {"rank-table-stat|service-config-times|bashrc-times", no_such_file, "6.3.7", Verdict::kError,
     "nothing could be compared"},
    {"endpoint-measured",
     [](Json& answer) { answer["out"] = R"({"parallel":4,"seconds":1,"exchanges":[]})"; }, "6.4.6",
     Verdict::kError, "nothing was measured"},
};

TEST_F(WithoutAnswers, HollowOnesAreNoEvidence) {
  for (const Hollow& row : kHollow) {
    const RunRecord record = judged([&](std::vector<Json>& answers) {
      for (Json& one : answers)
        if (std::regex_match(one.at("question").get<std::string>(), std::regex(row.questions)))
          row.change(one);
    });
    bool seen = false;
    for (const StepResult& result : record.results) {
      if (record.steps[result.step].id != row.step) continue;
      seen = true;
      EXPECT_EQ(result.verdict, row.verdict) << row.step << ": " << result.reason.en;
      EXPECT_THAT(result.reason.en, testing::HasSubstr(row.reason)) << row.step;
    }
    EXPECT_TRUE(seen) << row.step;
  }
}

}  // namespace
}  // namespace touchstone
