// 6.3.3 and 6.3.4 by answers of our own: what the running daemon has in its environment, and what a
// log kept of its start.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/judge.h"
#include "suites/chapters.h"
#include "suites/probes_environment.h"
#include "suites/probes_service.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The slave of two hosts, so that nobody asks whether it is ready.
class Daemon : public testing::Test {
 protected:
  Daemon() {
    inventory_.profile.mindie = "2.0.T3";
    inventory_.profile.environment = {{"HCCL_CONNECT_TIMEOUT", "120..7200"},
                                      {"MINDIE_LOG_LEVEL", "ERROR"},
                                      {"MINDIE_LOG_TO_STDOUT", "1"},
                                      {"NPU_MEMORY_FRACTION", "0.95"}};
    inventory_.groups.push_back({.name = "g", .master = "a", .rank_table = "/data/r.json"});
    inventory_.groups[0].hosts = {
        {.name = "a", .service_address = "10.0.0.1", .container = "mindie"},
        {.name = "b", .service_address = "10.0.0.2", .container = "mindie"}};
    shell_ = daemon_ = {{"HCCL_CONNECT_TIMEOUT", "7200"},
                        {"MINDIE_LOG_LEVEL", "ERROR"},
                        {"MINDIE_LOG_TO_STDOUT", "1"},
                        {"NPU_MEMORY_FRACTION", "0.95"},
                        {"WORLD_SIZE", "16"},
                        {"MIES_CONTAINER_IP", "10.0.0.2"},
                        {"RANKTABLEFILE", "/data/r.json"}};
    log_ = "files 0\nsuccess 0\n";
  }

  static std::string lines(const std::map<std::string, std::string>& variables) {
    std::string text;
    for (const auto& [name, value] : variables) text += name + "=" + value + "\n";
    return text;
  }

  Judgement judged(const std::string& step) {
    Visit visit{.host = "b", .state = Visit::State::kAnswered};
    const auto answer = [&](const Question& question, std::string out) {
      visit.answers[{question.key, -1}].out = std::move(out);
    };
    std::string processes = "btime 1790000000\nticks 100\n";
    const auto process = [&](int pid, int parent, const char* exe, const char* comm,
                             const std::string& words) {
      processes += fmt::format(
          "process {}\nexe {}\ncomm {}\ncmdline {}\nstat {} ({}) S {} 1 1 0 -1 "
          "1 1 0 0 0 1 1 0 0 20 0 96 0 100000 7 7 7\n",
          pid, exe, comm, words, pid, comm, parent);
    };
    process(418, 1, "/opt/mindieservice_daemon", "mindieservice_d", "./bin/mindieservice_daemon");
    for (int npu = 0; npu < 8; ++npu)
      process(458 + npu, 418, "/usr/bin/python3", "mindie_llm_back",
              fmt::format("python3\tmindie_llm_backend\t--npu_device_id\t{}", npu));
    answer(kServiceProcesses, processes + "end\n");
    answer(kDaemonEnvironment, lines(daemon_));
    if (shell_known_) answer(kShellEnvironment, lines(shell_));
    answer(kServiceLog, log_);
    const EvidenceBook book(inventory_, {visit});
    for (const Step& one : chapter_.steps)
      if (one.id == step) return judge(one, {.group = "g", .host = "b"}, book);
    ADD_FAILURE() << "no step " << step;
    return {};
  }
  static std::vector<std::string> told(const Judgement& judged) {
    std::vector<std::string> texts;
    for (const Finding& one : judged.findings)
      texts.push_back(one.expected.en + " / " + one.actual.en);
    return texts;
  }

  Inventory inventory_;
  const Chapter chapter_ = service_start();
  std::map<std::string, std::string> shell_, daemon_;
  bool shell_known_ = true;
  std::string log_;
};

TEST_F(Daemon, WithTheDocumentedEnvironmentPasses) {
  EXPECT_EQ(judged("6.3.3").verdict, Verdict::kPass) << judged("6.3.3").reason.en;
}

// After debugging the guide itself unsets them in the shell that starts the service.
TEST_F(Daemon, MayLackTheVariablesOfLogging) {
  daemon_.erase("MINDIE_LOG_LEVEL");
  daemon_.erase("MINDIE_LOG_TO_STDOUT");
  EXPECT_EQ(judged("6.3.3").verdict, Verdict::kPass);
}

// One cause, one line: 6.3.5 tells that it debugs.
TEST_F(Daemon, DebuggingIsNotToldTwice) {
  daemon_["MINDIE_LOG_LEVEL"] = "debug";
  EXPECT_EQ(judged("6.3.3").verdict, Verdict::kPass);
  EXPECT_EQ(judged("6.3.5").verdict, Verdict::kFail);
  daemon_["MINDIE_LOG_LEVEL"] = "info";  // no debugging, and not as documented
  EXPECT_EQ(judged("6.3.3").verdict, Verdict::kFail);
  EXPECT_EQ(judged("6.3.5").verdict, Verdict::kPass);
}

TEST_F(Daemon, StartedInAnOldShellIsToldSo) {
  daemon_.erase("HCCL_CONNECT_TIMEOUT");
  daemon_["WORLD_SIZE"] = "8";
  const Judgement old = judged("6.3.3");
  EXPECT_EQ(old.verdict, Verdict::kFail);
  EXPECT_THAT(told(old), ElementsAre("HCCL_CONNECT_TIMEOUT=120..7200 in the running daemon / "
                                     "HCCL_CONNECT_TIMEOUT is not set (environment of process 418)",
                                     "WORLD_SIZE=16 in the running daemon / "
                                     "WORLD_SIZE=8 (environment of process 418)"));
  for (const Finding& one : old.findings) {
    EXPECT_THAT(one.why.en, HasSubstr("started in an old shell"));
    EXPECT_THAT(one.next.en, HasSubstr("~/.bashrc is right already"));
  }
}

TEST_F(Daemon, WhereTheFileIsWrongTooThatComesFirst) {
  daemon_["WORLD_SIZE"] = shell_["WORLD_SIZE"] = "8";
  daemon_["NPU_MEMORY_FRACTION"] = "0.8";
  const Judgement both = judged("6.3.3");
  ASSERT_EQ(both.findings.size(), 2u);
  EXPECT_THAT(both.findings[0].next.en, HasSubstr("~/.bashrc is right already"));
  EXPECT_THAT(both.findings[1].next.en, HasSubstr("correct ~/.bashrc in the container first"));
}

TEST_F(Daemon, WithoutAnythingOfTheFileIsOneFinding) {
  daemon_ = {{"PATH", "/usr/bin"}};
  const Judgement bare = judged("6.3.3");
  ASSERT_EQ(bare.findings.size(), 1u);
  EXPECT_THAT(bare.findings[0].actual.en, HasSubstr("5 are not so"));
  for (const char* name : {"HCCL_CONNECT_TIMEOUT=", "WORLD_SIZE=16", "MIES_CONTAINER_IP=10.0.0.2",
                           "RANKTABLEFILE=/data/r.json  (RANKTABLEFILE is not set)"})
    EXPECT_THAT(bare.findings[0].excerpt, HasSubstr(name));
}

// What a new shell has only helps to say whose fault it is.
TEST_F(Daemon, IsJudgedWithoutTheShell) {
  shell_known_ = false;
  EXPECT_EQ(judged("6.3.3").verdict, Verdict::kPass);
  daemon_.erase("RANKTABLEFILE");
  const Judgement one = judged("6.3.3");
  ASSERT_EQ(one.findings.size(), 1u);
  EXPECT_THAT(one.findings[0].next.en, HasSubstr("source ~/.bashrc"));
}

TEST_F(Daemon, WhoseEnvironmentCannotBeReadIsAnError) {
  daemon_.clear();
  EXPECT_EQ(judged("6.3.3").verdict, Verdict::kError);
}

// The daemon of these tests was started at 1790001000.
TEST_F(Daemon, ItsLogIsJudgedWhereOneKeptTheStart) {
  const struct {
    const char* log;
    Verdict verdict;
    const char* remark;
  } rows[] = {
      {"files 0\nsuccess 0\n", Verdict::kPass, "no log has kept"},
      // level ERROR: there is a log, and nothing of the start in it
      {"files 1\nsuccess 0\nlog 1790001300 nothing a.log\n", Verdict::kPass, "no log has kept"},
      {"files 1\nsuccess 1\nlog 1790001300 success a.log\n", Verdict::kPass, ""},
      {"files 1\nsuccess 0\nlog 1790001300 failure a.log\nerror bad\n", Verdict::kFail, ""},
      // of a daemon that is gone: neither its failure nor its success counts
      {"files 1\nsuccess 0\nlog 1790000900 failure a.log\n", Verdict::kPass, "no log has kept"},
      {"files 1\nsuccess 1\nlog 1790000900 success a.log\n", Verdict::kPass, "no log has kept"},
      {"files 2\nsuccess 1\nlog 1790000900 failure a.log\nlog 1790001300 success b.log\n",
       Verdict::kPass, ""},
  };
  for (const auto& row : rows) {
    log_ = row.log;
    const Judgement one = judged("6.3.4");
    EXPECT_EQ(one.verdict, row.verdict) << row.log << one.reason.en;
    if (*row.remark)
      EXPECT_THAT(one.reason.en, HasSubstr(row.remark)) << row.log;
    else
      EXPECT_THAT(one.reason.en, IsEmpty()) << row.log;
  }
}

}  // namespace
}  // namespace touchstone
