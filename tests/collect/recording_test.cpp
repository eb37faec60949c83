#include "harness/collect/recording.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/model/write_file.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class Recordings : public testing::Test {
 protected:
  Recordings() {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Recordings() override { fs::remove_all(folder_); }

  static std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  std::string why_refused() const {
    try {
      load_recording(folder_);
    } catch (const RecordingError& error) {
      return error.what();
    }
    return "it was taken";
  }

  // Two hosts: one that answered in every way there is, and one that did not.
  static Recording sample() {
    Recording recording{.started = 1700000000.125};
    Inventory& inventory = recording.inventory;
    inventory.cluster = "试金石";
    inventory.simulated = true;
    inventory.profile.name = "deepseek-r1-w8a8";
    inventory.profile.servers = {.min = 2};
    inventory.profile.snr_db = {.min = 0.1, .max = 1.0 / 3};
    Host host{.name = "node-01",
              .address = "10.0.0.1",
              .service_address = "10.1.0.1",
              .sysroot = "/sim/1",
              .container = "mindie",
              .npus = 8};
    host.access = {.transport = "exec",
                   .user = "root",
                   .port = 2222,
                   .identity = "~/.ssh/id",
                   .command = {"kubectl"},
                   .sudo = true,
                   .time_limit = 60.5};
    inventory.groups.push_back(
        {.name = "g",
         .master = "node-01",
         .npu_network = {{"node-01", {{"1.2.3.4", "255.0.0.0", "1.2.3.1", ""}}}},
         .hosts = {host, {.name = "node-02"}}});
    Visit good{.host = "node-01",
               .state = Visit::State::kAnswered,
               .detail = "bad UTF-8: \xff",
               .started = 1700000001.1,
               .seconds = 0.1 + 0.2,
               .host_time = 1700000001.3,
               .host_time_seen = 1700000001.4,
               .host_time_error = 1e-9};
    good.answers[{"plain", -1}] = {.exit_code = 13,
                                   .command = "hccn_tool -i 0 -ip -g",
                                   .out = "line\nÜñ\t\"\\\n",
                                   .err = "\r\n",
                                   .start = 1.5,
                                   .seconds = 1.0 / 3};
    good.answers[{"binary", 7}] = {.exit_code = -1,
                                   .out = std::string("\0\xc3\x28\xff", 4),
                                   .err = "\xed\xa0\x80",
                                   .cut = true};
    for (int i = 0; i < 5; ++i) good.answers[{"padding", i}] = {.out = std::string(i, '\xfe')};
    good.answers[{"slow", 0}] = {.end = Answer::End::kTimedOut, .exit_code = 124};
    good.answers[{"none", 0}] = {.end = Answer::End::kNoTool};
    good.answers[{"lost", 0}] = {.end = Answer::End::kLost};
    recording.visits = {good,
                        {.host = "node-02",
                         .state = Visit::State::kUnreachable,
                         .detail = Text{"被拒绝", "refused"}}};
    return recording;
  }

  std::string folder_;
};

TEST_F(Recordings, ComeBackAsTheyWere) {
  const Recording recording = sample();
  save_recording(folder_, recording);
  const Recording again = load_recording(folder_);
  EXPECT_EQ(again.inventory, recording.inventory);
  ASSERT_EQ(again.visits.size(), 2U);
  for (const auto& [key, answer] : recording.visits[0].answers)
    EXPECT_EQ(again.visits[0].answers.at(key), answer) << key.question;
  EXPECT_EQ(again, recording);
}

// One answer has been enough since; before, four questions asked the same.
TEST_F(Recordings, OfEarlierVersionsHaveTheQuestionsOfToday) {
  Recording recording = sample();
  auto& answers = recording.visits[0].answers;
  answers = {{{"weights-path", -1}, {.out = "former"}}, {{"other", 3}, {.out = "x"}}};
  save_recording(folder_, recording);
  std::map<AnswerKey, Answer> today{{{"service-config", -1}, {.out = "former"}},
                                    {{"other", 3}, {.out = "x"}}};
  EXPECT_EQ(load_recording(folder_).visits[0].answers, today);
  answers[{"service-config", -1}].out = "today";
  answers[{"endpoint-config", -1}].out = "former, too";
  save_recording(folder_, recording);
  today[{"service-config", -1}].out = "today";
  EXPECT_EQ(load_recording(folder_).visits[0].answers, today);
}

// Nobody logs in by a recording, and words of a command may be passwords.
TEST_F(Recordings, HoldNoSecretOfTheSite) {
  Recording recording = sample(), kept = sample();
  recording.inventory.groups[0].hosts[0].access.command = {"kubectl", "--token", "hunter2"};
  recording.inventory.secrets.add_value("hunter3");
  save_recording(folder_, recording);
  EXPECT_EQ(load_recording(folder_), kept);
}

TEST_F(Recordings, AreFoundInTheFolderOfTheirReport) {
  save_recording(folder_ + "/recording", sample());
  EXPECT_EQ(load_recording(folder_), sample());
}

TEST_F(Recordings, HostsThatAreNoFileNamesAreNotWritten) {
  for (const char* name : {"../../etc/passwd", "a/b", "", ".", "..", "node\xff"}) {
    Recording recording = sample();
    recording.visits[1].host = name;
    EXPECT_THROW(save_recording(folder_, recording), RecordingError) << name;
  }
}

TEST_F(Recordings, NorAreTheyRead) {
  save_recording(folder_, sample());
  write(folder_ + "/outside.jsonl", read(folder_ + "/hosts/node-02.jsonl"));
  std::string manifest = read(folder_ + "/manifest.json");
  for (const std::string name : {"../outside", "/etc/hosts", "..", ""}) {
    std::string changed = manifest;
    while (changed.find("node-02") != std::string::npos)
      changed.replace(changed.find("node-02"), 7, name);
    write(folder_ + "/manifest.json", changed);
    EXPECT_THAT(why_refused(), HasSubstr("is no host name")) << name;
  }
}

TEST_F(Recordings, DamageIsToldWithFileAndLine) {
  struct Damage {
    const char* file;
    const char* from;
    const char* to;  // null: the file is cut off there
    const char* said;
  };
  const Damage table[] = {
      {"manifest.json", "{", nullptr, "manifest.json: "},
      {"manifest.json", "\"touchstone_recording\": 1", "\"touchstone_recording\": 2",
       "is of form 2"},
      {"manifest.json", "\"touchstone_recording\"", "\"another_recording\"",
       "touchstone_recording"},
      {"manifest.json", "\"started\": 1700000000.125", "\"started\": \"now\"", "manifest.json: "},
      {"manifest.json", "\"npus\": 8", "\"npus\": []", "manifest.json: "},
      {"manifest.json", "\"node-02\"\n ]", "\"node-01\"\n ]", "twice"},
      {"manifest.json", "\"node-02\"\n ]", "\"node-03\"\n ]", "has no host node-03"},
      {"hosts/node-01.jsonl", "", nullptr, "node-01.jsonl:1: "},
      {"hosts/node-01.jsonl", "node-01", "node-02", "node-01.jsonl:1: this is of host 'node-02'"},
      {"hosts/node-01.jsonl", "\"answered\"", "\"great\"",
       "node-01.jsonl:1: the state 'great' is unknown"},
      {"hosts/node-01.jsonl", "\"err_b64\"", nullptr, "node-01.jsonl:2: "},
      {"hosts/node-01.jsonl", "\"start\":0.0}\n", nullptr, "has 1 of its 10 answers"},
      {"hosts/node-01.jsonl", "\"exit\":-1", "\"exit\":\"-1\"", "node-01.jsonl:2: "},
      {"hosts/node-01.jsonl", "\"exit\":-1,", "", "node-01.jsonl:2: "},
      {"hosts/node-01.jsonl", "\"npu\":7", "\"npu\":-7", "node-01.jsonl:2: there is no NPU -7"},
      {"hosts/node-01.jsonl", "\"out_b64\":\"AM", "\"out_b64\":\"A!",
       "node-01.jsonl:2: out_b64 is no base64"},
      {"hosts/node-01.jsonl", "\"timed_out\"", "\"tired\"", "the end 'tired' is unknown"},
      {"hosts/node-01.jsonl", "\"npu\":1,\"out", "\"npu\":2,\"out",
       "question padding of NPU 2 is answered twice"},
      {"hosts/node-01.jsonl", "\n{", "\n\n{", "node-01.jsonl:2: "},
      {"hosts/node-01.jsonl", "\n{", "\nnull\n{", "node-01.jsonl:2: "},
  };
  for (const Damage& damage : table) {
    save_recording(folder_, sample());
    const std::string path = folder_ + "/" + damage.file;
    std::string text = read(path);
    const std::size_t at = text.find(damage.from);
    ASSERT_NE(at, std::string::npos) << damage.from;
    if (damage.to)
      text.replace(at, std::string(damage.from).size(), damage.to);
    else
      text.resize(at + std::string(damage.from).size());
    write(path, text);
    EXPECT_THAT(why_refused(), AllOf(HasSubstr(damage.said), HasSubstr(folder_))) << damage.from;
  }
}

TEST_F(Recordings, WhatIsMissingIsTold) {
  EXPECT_THAT(why_refused(), HasSubstr("no manifest.json"));
  save_recording(folder_, sample());
  fs::remove(folder_ + "/hosts/node-02.jsonl");
  EXPECT_THAT(why_refused(), HasSubstr("node-02.jsonl: "));
}

// Any byte changed, and any length: a recording or a reason, but no crash.
TEST_F(Recordings, NoDamageIsFatal) {
  save_recording(folder_, sample());
  for (const char* file : {"/manifest.json", "/hosts/node-01.jsonl"}) {
    const std::string path = folder_ + file, good = read(path);
    for (std::size_t at = 0; at + 1 < good.size(); at += 7) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
      write(path, bad);
      why_refused();
      write(path, good.substr(0, at));
      EXPECT_NE(why_refused(), "it was taken") << file << " cut at " << at;
      if (std::string(file) != "/manifest.json") at += 11;
    }
    write(path, std::string(200'000, '[') + "\n");
    EXPECT_NE(why_refused(), "it was taken");
    write(path, good);
  }
  EXPECT_EQ(load_recording(folder_), sample());
}

// A field that another version may have written is lost where the visit is written anew.
TEST_F(Recordings, AreCopiedWhereTheyWereLoadedFrom) {
  const std::string first = folder_ + "/first", second = folder_ + "/second",
                    file = "/recording/hosts/node-01.jsonl";
  save_recording(first + "/recording", sample());
  std::string lines = read(first + file);
  lines.insert(lines.find('{') + 1, "\"later\": 1, ");
  write(first + file, lines);
  Recording recording = load_recording(first);
  recording.steps = {"3.1.8"};
  save_recording(second, recording, first);
  EXPECT_EQ(read(second + "/hosts/node-01.jsonl"), lines);
  EXPECT_EQ(load_recording(second), recording);
  // A report that takes the place of the one it was made of.
  fs::remove_all(first);
  save_recording(first, recording, first);
  EXPECT_EQ(load_recording(first), recording);
  save_recording(second, sample());
  EXPECT_NE(read(second + "/hosts/node-01.jsonl"), lines);
  EXPECT_EQ(load_recording(second), sample());
}

TEST_F(Recordings, AFullDiskIsTold) {
  EXPECT_THROW(save_recording("/dev/null/recording", sample()), CannotWrite);
  EXPECT_THROW(save_recording("/proc/recording", sample()), CannotWrite);
}

}  // namespace
}  // namespace touchstone
