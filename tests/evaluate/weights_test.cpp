// The steps about weights, by answers of our own: what the simulated cluster cannot show (large
// numbers, hosts that owe an answer, a network file system), and what is asked later.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/evaluate.h"
#include "suites/chapters.h"
#include "suites/probes_weights.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kFolder = "/data/R1";

std::string shard(int number) {
  return fmt::format("quant_model_weight_w8a8_dynamic-{:05}-of-00163.safetensors", number);
}

std::string record(const std::string& name, std::int64_t size, const std::string& mode = "750",
                   const std::string& owner = "0|0|root|root",
                   const std::string& type = "regular file") {
  return fmt::format("-|{}|{}|{}|1|{}\n{}", mode, owner, size, type, name) + '\0';
}

// Two hosts that mount the same, whole weights.
class Weights : public testing::Test {
 protected:
  Weights() {
    inventory_.cluster = "test";
    inventory_.profile.weights = "w8a8";
    inventory_.profile.model_type = "deepseekv2";
    inventory_.profile.tokenizer_files = "tokenizer.json, tokenizer_config.json";
    inventory_.profile.weights_mode = "750";
    inventory_.profile.rank_table_mode = "640";
    inventory_.groups.push_back({.name = "g", .master = "a"});
    for (const char* name : {"a", "b"}) {
      inventory_.groups[0].hosts.push_back({.name = name, .container = "mindie"});
      visits_[name] = {.host = name, .state = Visit::State::kAnswered};
      answer_for_all(name);
    }
  }

  std::string& out(const std::string& host, const Question& question) {
    return visits_[host].answers[{question.key, -1}].out;
  }

  void answer_for_all(const std::string& host) {
    out(host, kWeightsPath) = fmt::format("{{\"modelWeightPath\": \"{}/\"}}", kFolder);
    out(host, kWeightsFolders) = record(kFolder, 4096, "750", "0|0|root|root", "directory") +
                                 record("/data", 4096, "755", "0|0|root|root", "directory") +
                                 record("/", 4096, "755", "0|0|root|root", "directory");
    out(host, kWeightsConfig) = R"({"model_type": "deepseekv2", "quantize": "w8a8_dynamic"})";
    out(host, kWeightsMount) =
        "Filesystem 1024-blocks Used Available Capacity Mounted on\n"
        "nas:/weights 100 40 60 40% /data\n";
    out(host, kQuantDescription) = "\"model_quant_type\": \"W8A8_DYNAMIC\"\n";
    out(host, kRankTableInside) = "640|0|0|root|root|1574|1|regular file\n";
    std::string index = "bytes 9\nfirst {\nlast }\nscale-inv 0\nscale 163\n", headers, files;
    for (int number = 1; number <= 163; ++number) {
      index += fmt::format("shard 9 \"{}\"\n", shard(number));
      files += record(shard(number), 8 + 256 + 1000);
      headers += "length 0 1 0 0 0 0 0 0\ndtype 9 I8\ntensors 9\nlast 900,1000\nname " +
                 shard(number) + '\0';
    }
    for (const char* name : {"config.json", "quant_model_description_w8a8_dynamic.json",
                             "quant_model_weight_w8a8_dynamic.safetensors.index.json",
                             "tokenizer.json", "tokenizer_config.json"})
      files += record(name, 100);
    out(host, kWeightsFiles) = files;
    out(host, kShardHeaders) = headers;
    out(host, kWeightsIndex) = index + "sha256 " + std::string(64, '0') + "\n";
  }

  static void replace(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }

  RunRecord run() {
    Chapter access{.id = "0"};
    access.step({.id = "0.1",
                 .name = "HostAnswers",
                 .on = Scope::kHost,
                 .expect = [](const Evidence& host) { host.visit(); }});
    const std::vector<Chapter> chapters{access, weights(), service_start()};
    const Selection selection{
        .steps = {"5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "6.3.1", "6.3.2"}};
    const Plan plan = make_plan(chapters, inventory_, selection);
    RunRecord record = planned_record(plan, chapters, inventory_);
    const EvidenceBook book = this->book();
    evaluate(plan, chapters, book, record);
    return record;
  }
  EvidenceBook book() const {
    std::vector<Visit> visits;
    for (const auto& [name, visit] : visits_) visits.push_back(visit);
    return {inventory_, visits};
  }

  static std::vector<std::string> wrongs(const RunRecord& record) {
    std::vector<std::string> all;
    for (const StepResult& result : record.results)
      if (result.verdict == Verdict::kFail || result.verdict == Verdict::kError)
        all.push_back(fmt::format("{} {} {}", record.steps[result.step].id, result.target.str(),
                                  name_of(result.verdict)));
    return all;
  }
  static std::string actual(const RunRecord& record) {
    std::string text;
    for (const StepResult& result : record.results)
      for (const Finding& finding : result.findings)
        text += finding.target + ": " + finding.actual.en + " (" + finding.why.en + ")\n";
    return text;
  }

  Inventory inventory_;
  std::map<std::string, Visit> visits_;
};

TEST_F(Weights, WholeOnesPass) {
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), IsEmpty()) << actual(record);
  EXPECT_EQ(record.verdict(), Verdict::kPass);
}

TEST_F(Weights, ManyMissingShardsAreOneFinding) {
  out("b", kWeightsFiles) =
      record("config.json", 9) + record(shard(1), 1264) + record("model.safetensors.index.json", 9);
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), ElementsAre("5.1.1 b fail"));
  EXPECT_THAT(actual(record), HasSubstr("162 missing: " + shard(2)));
  EXPECT_THAT(actual(record), HasSubstr("and 159 more"));
}

TEST_F(Weights, WithoutAnAnswerNothingPasses) {
  for (const Question& question : std::initializer_list<Question>{kWeightsPath, kWeightsFiles,
                                                                  kWeightsConfig, kWeightsIndex}) {
    answer_for_all("b");
    visits_["b"].answers.erase({question.key, -1});
    EXPECT_THAT(wrongs(run()), ElementsAre("5.1.1 b error")) << question.key;
  }
  answer_for_all("b");
  visits_["b"].answers.erase({kShardHeaders.key, -1});
  EXPECT_THAT(wrongs(run()), ElementsAre("5.1.3 b error", "5.1.5 b error"));
  answer_for_all("b");
  visits_["b"].answers.erase({kWeightsFolders.key, -1});
  EXPECT_THAT(wrongs(run()), ElementsAre("5.1.5 b error", "6.3.1 b error"));
  answer_for_all("b");
  visits_["b"].answers.erase({kRankTableInside.key, -1});
  EXPECT_THAT(wrongs(run()), ElementsAre("6.3.2 b error"));
}

// A shard whose header was not read has an unknown length: that is no pass.
TEST_F(Weights, AShardWithoutHeaderIsAnError) {
  out("a", kShardHeaders) =
      "length 0 1 0 0 0 0 0 0\ndtype 9 I8\ntensors 9\nlast 900,1000\nname " + shard(1) + '\0';
  EXPECT_THAT(wrongs(run()), ElementsAre("5.1.5 a error"));
}

TEST_F(Weights, OfTwoHostsTheBrokenCopyIsNamedEvenOnTheMaster) {
  replace(out("a", kWeightsFiles), "|1264|1|regular file\n" + shard(7),
          "|1000|1|regular file\n" + shard(7));
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), ElementsAre("5.1.2 group g fail", "5.1.5 a fail"));
  EXPECT_THAT(actual(record), HasSubstr("a: 1 different: " + shard(7) + ": 1000 bytes, not 1264"));
  EXPECT_THAT(actual(record), HasSubstr("has 1000 bytes, its header says 1264"));
  // Both mount the same file system.
  EXPECT_THAT(actual(record), HasSubstr("a client's cache is stale"));
}

// Where the inventory names none the rank table's order does.
TEST_F(Weights, OfTwoWholeCopiesTheMastersIsRight) {
  out("b", kWeightsIndex) = out("a", kWeightsIndex) + "\n";
  replace(out("b", kWeightsIndex), std::string(64, '0'), std::string(64, '1'));
  EXPECT_THAT(actual(run()), HasSubstr("b: "));
  inventory_.groups[0].master.clear();
  inventory_.profile.rank_table_order = "descending";
  inventory_.groups[0].hosts[0].service_address = "10.0.0.1";
  inventory_.groups[0].hosts[1].service_address = "10.0.0.2";
  EXPECT_THAT(actual(run()), HasSubstr("a: "));
}

TEST_F(Weights, OriginalWeightsAreRefusedByName) {
  const auto judged = [&](const Question& question, const std::string& from,
                          const std::string& to) {
    for (const char* host : {"a", "b"}) {
      answer_for_all(host);
      replace(out(host, question), from, to);
    }
    const RunRecord record = run();
    EXPECT_THAT(wrongs(record), ElementsAre("5.1.3 a fail", "5.1.3 b fail"));
    return actual(record);
  };
  EXPECT_THAT(judged(kWeightsIndex, "scale-inv 0", "scale-inv 45000"),
              HasSubstr("the original FP8 weights: 45000 tensors weight_scale_inv"));
  EXPECT_THAT(judged(kShardHeaders, "dtype 9 I8", "dtype 9 F8_E4M3"),
              HasSubstr("the original FP8 weights: 9 tensors of 8-bit floats"));
}

// Converted weights often keep config.json of the original ones; quantised ones may.
TEST_F(Weights, TheTensorsDecideAndThenTheConfiguration) {
  for (const char* host : {"a", "b"})
    out(host, kWeightsConfig) =
        R"({"model_type": "deepseekv2", "quantize": "w8a8_dynamic",
            "quantization_config": {"quant_method": "fp8"}})";
  EXPECT_THAT(wrongs(run()), IsEmpty());
  inventory_.profile.weights = "bf16";
  for (const char* host : {"a", "b"}) {
    replace(out(host, kWeightsFiles), "quant_model_description", "other_description");
    out(host, kWeightsConfig) =
        R"({"model_type": "deepseekv2", "quantization_config": {"quant_method": "fp8"}})";
  }
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), ElementsAre("5.1.3 a fail", "5.1.3 b fail"));
  EXPECT_THAT(actual(record), HasSubstr("quantization_config of config.json says fp8"));
}

TEST_F(Weights, QuantisedOnesDoNotFitABf16Profile) {
  inventory_.profile.weights = "bf16";
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), ElementsAre("5.1.3 a fail", "5.1.3 b fail"));
  EXPECT_THAT(actual(record), HasSubstr("quantised weights: quant_model_description"));
}

TEST_F(Weights, AnotherUserMustBeLetInOnTheWholeWay) {
  inventory_.groups[0].service_user = "HwHiAiUser";
  // Its own folder and files; "/data" of root lets everybody through, at "b" only root's group.
  for (const char* host : {"a", "b"}) {
    std::string& folders = out(host, kWeightsFolders);
    replace(folders, "750|0|0|root|root", "750|1001|1001|HwHiAiUser|HwHiAiUser");
  }
  replace(out("b", kWeightsFolders), "755|0|0", "750|0|0");
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), ElementsAre("5.1.5 b fail"));
  EXPECT_THAT(actual(record), HasSubstr("b: mode 750, owner root"));
}

TEST_F(Weights, ModesAreJudgedDigitByDigit) {
  replace(out("a", kWeightsFiles), "-|750", "-|704");  // less in the middle, more at the end
  replace(out("b", kWeightsFiles), "-|750", "-|640");
  const RunRecord record = run();
  EXPECT_THAT(wrongs(record), ElementsAre("6.3.1 a fail"));
  EXPECT_THAT(actual(record), HasSubstr("1 above: " + shard(1) + " 704"));
}

TEST_F(Weights, ContentsAreComparedOnlyWhenTheyWereToBeRead) {
  const auto sum = [&](const std::string& host, std::size_t number, char digit) {
    out(host, shard_sum(number)) =
        std::string(64, digit) + "  " + kFolder + "/" + shard(static_cast<int>(number) + 1) + "\n";
  };
  for (std::size_t number = 0; number < 163; ++number)
    for (const char* host : {"a", "b"}) sum(host, number, '1');
  inventory_.deep = true;
  EXPECT_THAT(wrongs(run()), IsEmpty());
  sum("b", 6, '2');
  EXPECT_THAT(wrongs(run()), ElementsAre("5.1.2 group g fail"));
  inventory_.deep = false;
  EXPECT_THAT(wrongs(run()), IsEmpty());
  inventory_.deep = true;
  visits_["b"].answers.erase({shard_sum(6).key, -1});
  EXPECT_THAT(wrongs(run()), ElementsAre("5.1.2 group g error"));
}

// -- what is asked later

std::vector<std::string> asked(const Turn& turn) {
  std::vector<std::string> all;
  for (const FollowUp& one : turn) all.push_back(one.host + " " + one.question.key);
  return all;
}

// A person reads it while the hosts are asked.
TEST_F(Weights, WhyTheyAreAskedLaterIsASentence) {
  const std::vector<Later> rounds = weights_later();
  ASSERT_EQ(rounds.size(), 2u);
  EXPECT_EQ(rounds[0].why.en,
            "only the service's configuration inside the container tells where the weights are");
  for (const Later& round : rounds) EXPECT_EQ(round.why.en.find('_'), std::string::npos);
}

TEST_F(Weights, FoldersAreAskedOfHostsThatToldThePath) {
  visits_["b"].answers.clear();
  const auto turns = weights_later().at(0).turns(book(), {"a", "b"});
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_THAT(asked(turns[0]), ElementsAre("a weights-files", "a weights-folders",
                                           "a weights-config", "a weights-mount"));
  EXPECT_EQ(turns[0][0].question.argv.back(), kFolder);
  EXPECT_EQ(turns[0][2].question.argv.back(), "{croot}"s + kFolder + "/config.json");
}

TEST_F(Weights, ContentsAreAskedByTheNamesOfTheListing) {
  // The index of the weights that these were made of lies beside their own.
  out("a", kWeightsFiles) += record("model.safetensors.index.json", 9);
  const auto names = [&] { return asked(weights_later().at(1).turns(book(), {"a"}).at(0)); };
  EXPECT_THAT(names(),
              ElementsAre("a weights-headers", "a weights-index", "a weights-description"));
  EXPECT_EQ(weights_later().at(1).turns(book(), {"a"}).at(0)[1].question.argv.back(),
            kFolder + "/quant_model_weight_w8a8_dynamic.safetensors.index.json"s);
  inventory_.deep = true;
  EXPECT_EQ(names().size(), 3U + 163U);
  EXPECT_EQ(names().back(), "a weights-sum-00162");
}

// 163 shards that everybody may write, as --fix sees them.
class WeightsRights : public Weights {
 protected:
  WeightsRights() {
    on_disk("/dev/sda1");
    for (int number = 1; number <= 163; ++number)
      replace(files(), record(shard(number), 8 + 256 + 1000),
              record(shard(number), 8 + 256 + 1000, "666"));
  }
  std::string& files() { return out("a", kWeightsFiles); }
  void on_disk(const std::string& source) {
    out("a", kWeightsMount) = "Filesystem 1024-blocks Used Available Capacity Mounted on\n" +
                              source + " 100 40 60 40% /data\n";
  }
  std::vector<Change> changes() {
    const EvidenceBook book = this->book();
    ReadLog log;
    return fix_weights_rights(Evidence(book, {.group = "g", .host = "a"}, log));
  }
  std::string refusal() {
    try {
      return fmt::format("{} changes", changes().size());
    } catch (const NoEvidence& refused) {
      return refused.why().en;
    }
  }
};

TEST_F(WeightsRights, AreTakenAwayInPortionsAndNoneIsGiven) {
  const auto all = changes();
  ASSERT_EQ(all.size(), 5U);  // 4 · 40 + 3
  ASSERT_EQ(all[0].commands.size(), 1U);
  const HostCommand& command = all[0].commands[0];
  ASSERT_EQ(command.does.size(), 42U);
  EXPECT_EQ(command.does[1], "640");  // within 750, and not executable as nobody made it
  EXPECT_EQ(command.undoes[1], "666");
  EXPECT_EQ(command.does[2], kFolder + "/"s + shard(1));
  EXPECT_THAT(all[0].was, testing::StartsWith("666 root " + command.does[2] + "\n"));
  EXPECT_THAT(all[0].becomes, testing::StartsWith("640 root " + command.does[2] + "\n"));
  EXPECT_EQ(all[4].commands[0].does.size(), 5U);
  EXPECT_EQ(all[0].guards.size(), 1U);
}

TEST_F(WeightsRights, GoBackToAnOwnerWithoutAName) {
  files() = record(shard(1), 1264, "777", "1001|1001|UNKNOWN|UNKNOWN");
  const auto all = changes();
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].commands.size(), 2U);
  const std::string path = kFolder + "/"s + shard(1);
  EXPECT_THAT(all[0].commands[0].does, ElementsAre("chown", "root", path));
  EXPECT_THAT(all[0].commands[0].undoes, ElementsAre("chown", "1001", path));
  EXPECT_EQ(all[0].was, "777 UNKNOWN " + path + "\n");
  EXPECT_EQ(all[0].becomes, "750 root " + path + "\n");
}

// Only root can change what is root's: that is no foreign owner.
TEST_F(WeightsRights, LeaveWhatIsRoots) {
  inventory_.groups[0].service_user = "mindie";
  files() = record(shard(1), 1264, "640") + record(shard(2), 1264, "640", "1001|1001|other|other");
  const auto all = changes();
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].commands.size(), 1U);
  EXPECT_THAT(all[0].commands[0].does, ElementsAre("chown", "mindie", kFolder + "/"s + shard(2)));
}

TEST_F(WeightsRights, StayForAPersonWhereOthersWouldBeLockedOut) {
  for (const char* source : {"nas:/weights", "//smb/x", "10.0.0.1:6789:/", "JuiceFS:x"}) {
    on_disk(source);
    EXPECT_THAT(refusal(), HasSubstr("shared file system")) << source;
  }
  on_disk("/dev/sda1");
  EXPECT_EQ(refusal(), "5 changes");
  files()[0] = 'l';
  EXPECT_THAT(refusal(), HasSubstr("symbolic link"));
  files().clear();
  for (int number = 0; number < 401; ++number)
    files() += record(fmt::format("x{}.safetensors", number), 9, "777");
  EXPECT_THAT(refusal(), HasSubstr("401 files"));
}

}  // namespace
}  // namespace touchstone
