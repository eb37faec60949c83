// What --fix runs on hosts, in every shell that hosts may have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "tests/remedy/scripts.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

INSTANTIATE_TEST_SUITE_P(Shells, Scripts, testing::Values("dash", "bash", "busybox"));

TEST_P(Scripts, MakeAFileAndTakeItBack) {
  const auto change = file_change(hosts_, "node-01", 1, "data/hm/table.json", std::nullopt,
                                  "{\n  \"a\": '1'\n}\n\n");
  const HostAnswer made = apply(change);
  EXPECT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_EQ(made.was, "absent");
  EXPECT_THAT(made.is, StartsWith("file "));
  EXPECT_EQ(hosts_.read(path("data/hm/table.json")), change.change.file->content);
  EXPECT_EQ(apply(change).outcome, Outcome::kAlready);
  const HostAnswer back = undo(change, made);
  EXPECT_EQ(back.outcome, Outcome::kDone) << back.why << back.said;
  EXPECT_FALSE(fs::exists(path("data/hm/table.json")));
  EXPECT_EQ(undo(change, made).outcome, Outcome::kAlready);
}

// "user:group" is what chown takes; the state has them apart.
TEST_P(Scripts, GiveANewFileModeOwnerAndGroup) {
  auto change = file_change(hosts_, "node-01", 1, "root/.bashrc", std::nullopt, "x\n");
  change.change.file->mode = "644";
  struct stat own {};
  ASSERT_EQ(::stat(path("").c_str(), &own), 0);
  const passwd* user = ::getpwuid(own.st_uid);
  const group* users = ::getgrgid(own.st_gid);
  if (!user || !users) GTEST_SKIP() << "this user or group has no name";
  change.change.file->owner = std::string(user->pw_name) + ":" + users->gr_name;
  const HostAnswer made = apply(change);
  EXPECT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_THAT(made.is, HasSubstr(std::string(" 644 ") + user->pw_name + " " + users->gr_name));
}

TEST_P(Scripts, KeepModeAndBytesOfAFile) {
  // Neither quotes, backslashes nor percent signs mean anything; the last line has no line feed.
  const std::string before =
      "a 'quoted' \"line\" \\n %s $HOME `id`\n\xe4\xb8\xad\xe6\x96\x87\r\n\n\nend";
  hosts_.write(path("etc/x"), before);
  ::chmod(path("etc/x").c_str(), 0604);
  const auto change =
      file_change(hosts_, "node-01", 1, "etc/x", before, before + "\n%d 'more'\\\n");
  const HostAnswer made = apply(change);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_EQ(hosts_.read(path("etc/x")), change.change.file->content);
  struct stat info {};
  ASSERT_EQ(::stat(path("etc/x").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0604U);
  ASSERT_EQ(undo(change, made).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(path("etc/x")), before);
  ASSERT_EQ(::stat(path("etc/x").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0604U);
}

TEST_P(Scripts, TakeFilesLongerThanAWordMayBe) {
  std::string content;
  for (int i = 0; content.size() < 400'000; ++i) content += "line " + std::to_string(i) + "\n";
  const auto change = file_change(hosts_, "node-01", 1, "etc/long", std::nullopt, content);
  ASSERT_EQ(apply(change).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(path("etc/long")), content);
}

TEST_P(Scripts, LeaveAFileThatIsNotAsPlanned) {
  hosts_.write(path("etc/x"), "somebody was here\n");
  const auto change =
      file_change(hosts_, "node-01", 1, "etc/x", "as it was\n", "as it should be\n");
  EXPECT_EQ(apply(change).outcome, Outcome::kMoved);
  EXPECT_EQ(hosts_.run(check_command(kTestRun, host(), change)).outcome, Outcome::kMoved);
  EXPECT_EQ(hosts_.read(path("etc/x")), "somebody was here\n");
  // Nor is one taken back that somebody has edited since.
  const auto other = file_change(hosts_, "node-01", 2, "etc/y", std::nullopt, "ours\n");
  const HostAnswer made = apply(other);
  hosts_.write(path("etc/y"), "theirs\n");
  EXPECT_EQ(undo(other, made).outcome, Outcome::kMoved);
  EXPECT_EQ(hosts_.read(path("etc/y")), "theirs\n");
}

TEST_P(Scripts, DoNotFollowLinks) {
  hosts_.write(path("etc/real"), "real\n");
  fs::create_symlink("real", path("etc/link"));
  EXPECT_EQ(apply(file_change(hosts_, "node-01", 1, "etc/link", "real\n", "new\n")).outcome,
            Outcome::kMoved);
  EXPECT_EQ(hosts_.read(path("etc/real")), "real\n");
}

TEST_P(Scripts, LeaveWhatWasThereWhenNothingMoreCanBeWritten) {
  hosts_.write(path("etc/x"), "small\n");
  const auto change =
      file_change(hosts_, "node-01", 1, "etc/x", "small\n", std::string(50'000, 'x'));
  // 16 blocks of 512 bytes (1024 in bash): the journal still fits, the file does not.
  const HostAnswer made = hosts_.run(apply_command(kTestRun, host(), change), 16);
  EXPECT_EQ(made.outcome, Outcome::kFailed) << made.why;
  EXPECT_EQ(hosts_.read(path("etc/x")), "small\n");
  for (const auto& entry : fs::directory_iterator(path("etc")))
    EXPECT_EQ(entry.path().filename(), "x") << "something was left behind";
}

TEST_P(Scripts, RunCommandsAndTakeThemBackInTurn) {
  const auto change = command_change(hosts_, "node-01", 1, {make("a"), make("b")}, "", "a\nb");
  const HostAnswer made = apply(change);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_EQ(made.is, "a\nb");
  EXPECT_EQ(apply(change).outcome, Outcome::kAlready);
  ASSERT_EQ(undo(change, made).outcome, Outcome::kDone);
  EXPECT_THAT(fs::is_empty(path("etc")), true);
}

TEST_P(Scripts, TakeBackWhatWasDoneBeforeACommandFailed) {
  const auto change = command_change(
      hosts_, "node-01", 1,
      {make("a"), {.does = {"sh", "-c", "echo it hurts >&2; exit 3"}, .undoes = {}}}, "");
  const HostAnswer made = apply(change);
  EXPECT_EQ(made.outcome, Outcome::kFailed);
  EXPECT_THAT(made.why, HasSubstr("command 2 of 2 ended with exit code 3"));
  EXPECT_THAT(made.said, HasSubstr("it hurts"));
  EXPECT_TRUE(fs::is_empty(path("etc")));
}

TEST_P(Scripts, SayThatSomethingIsHalfDone) {
  HostCommand forgotten = make("a");
  forgotten.undoes = {"false"};
  const auto change =
      command_change(hosts_, "node-01", 1, {forgotten, {.does = {"false"}, .undoes = {}}}, "");
  const HostAnswer made = apply(change);
  EXPECT_EQ(made.outcome, Outcome::kHalfDone);
  EXPECT_EQ(made.is, "a");
}

TEST_P(Scripts, CallNothingDoneThatChangedNothing) {
  EXPECT_EQ(
      apply(command_change(hosts_, "node-01", 1, {{.does = {"true"}, .undoes = {}}}, "")).outcome,
      Outcome::kFailed);
  EXPECT_EQ(apply(command_change(hosts_, "node-01", 2, {make("a")}, "", "b")).outcome,
            Outcome::kFailed);
  EXPECT_TRUE(fs::is_empty(path("etc"))) << "what did not lead where it should was taken back";
}

TEST_P(Scripts, AskTheirGuardsInTheSameBreath) {
  auto change = command_change(hosts_, "node-01", 1, {make("a")}, "");
  change.change.guards = {{.argv = {"true"}, .otherwise = {}},
                          {.argv = {"false"}, .otherwise = {"忙", "busy"}}};
  const HostAnswer made = apply(change);
  EXPECT_EQ(made.outcome, Outcome::kRefused);
  EXPECT_EQ(made.guard, 2);
  EXPECT_TRUE(fs::is_empty(path("etc")));
}

TEST_P(Scripts, RunCommandsAfterAFile) {
  auto change = file_change(hosts_, "node-01", 1, "etc/x", std::nullopt, "new\n");
  const std::string log = path("log").string();
  change.change.commands = {
      {.does = {"sh", "-c", "echo done >>" + log}, .undoes = {"sh", "-c", "echo undone >>" + log}}};
  const HostAnswer made = apply(change);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why;
  ASSERT_EQ(undo(change, made).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(log), "done\nundone\n");
  // A service that does not take the file gets the old one back.
  change.change.commands = {{.does = {"false"}, .undoes = {}}};
  EXPECT_EQ(apply(change).outcome, Outcome::kFailed);
  EXPECT_FALSE(fs::exists(path("etc/x")));
}

TEST_P(Scripts, WorkInTheContainer) {
  auto change = file_change(hosts_, "node-01", 1, "etc/x", std::nullopt, "inside\n");
  change.change.in_container = true;
  const HostAnswer made = apply(change);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_EQ(hosts_.read(path("etc/x")), "inside\n");
  EXPECT_EQ(undo(change, made).outcome, Outcome::kDone);
}

TEST_P(Scripts, KeepAJournalOnTheHost) {
  const auto change = file_change(hosts_, "node-01", 7, "etc/x", std::nullopt, "new \"quoted\"\n");
  const HostAnswer made = apply(change);
  undo(change, made);
  std::istringstream lines(hosts_.read(path("var/lib/touchstone/journal.jsonl")));
  std::vector<std::string> events;
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json.at("change"), 7);
    EXPECT_GT(json.at("at").get<long>(), 1'700'000'000);
    events.push_back(json.at("event"));
  }
  EXPECT_THAT(events, testing::ElementsAre("begin", "done", "undo", "undone"));
}

TEST(HostAnswers, AreReadWhateverStandsAround) {
  const HostAnswer answer =
      answer_of("Welcome!\nwas|a\nwas|b|c\nsaid|x\noutcome|failed\nwhy|because\nnonsense\n");
  EXPECT_EQ(answer.was, "a\nb|c");
  EXPECT_EQ(answer.outcome, Outcome::kFailed);
  EXPECT_EQ(answer.why, "because");
  EXPECT_EQ(answer_of("was|a\n").outcome, Outcome::kUnderWay) << "cut off";
  EXPECT_EQ(answer_of("outcome|bliss\n").outcome, Outcome::kUnderWay);
  EXPECT_EQ(answer_of("guard|12\noutcome|refused\n").guard, 12);
  EXPECT_EQ(answer_of("guard|none\n").guard, 0);
}

TEST(States, AreComparedWithoutWhiteSpaceAtTheEnds) {
  EXPECT_EQ(flat("  a b \r\n\n\t c\n"), "a b\nc");
  EXPECT_EQ(flat(""), "");
  EXPECT_EQ(file_state("abc"),
            "file ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(file_state(std::nullopt), "absent");
}

}  // namespace
}  // namespace touchstone
