#include "harness/parse/bashrc.h"

#include <gmock/gmock.h>

#include "harness/parse/environ.h"
#include "harness/parse/ip_addr.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

// One row a line: what a shell would make of it.
struct Row {
  std::string_view line, name, value, stray;
  bool exported = true, computed = false;
};

TEST(Bashrc, ReadsALineAsAShellWould) {
  constexpr Row kTable[] = {
      {"export A=1", "A", "1"},
      {"  export A=1   # why", "A", "1"},
      {"export A=1\t# a tab before the comment", "A", "1"},
      {"export A=a#b", "A", "a#b"},
      {"export A=\"x # y\"", "A", "x # y"},
      {"export A='x y'", "A", "x y"},
      {"export A=x\\ y", "A", "x y"},
      {"export A=b=c", "A", "b=c"},
      {"export A=", "A", ""},
      {"export A= 192.168.0.20", "A", "", "192.168.0.20"},
      {"export A= {ip} ", "A", "", "{ip}"},
      {"A=1", "A", "1", "", false},
      {"if true; then export A=1; fi", "A", "1"},
      {"[ -n \"$B\" ] && export A=1", "A", "1"},
      {"declare -x A=1", "A", "1"},
      {"export A=$B:1", "A", "$B:1", "", true, true},
      {"export A=$(hostname -I | cut -d' ' -f1)", "A", "$(hostname -I | cut -d' ' -f1)", "", true,
       true},
      {"export A='$B'", "A", "$B"},
      // a carriage return is part of the value, as it is for the shell
      {"export A=1\r", "A", "1\r"},
      {"export A=(1", "A", ""},
  };
  for (const Row& row : kTable) {
    SCOPED_TRACE(row.line);
    const auto settings = taken(parse_bashrc("alias x=y\n" + std::string(row.line) + "\n", ""));
    ASSERT_EQ(settings.assignments.size(), 1u);
    const auto& one = settings.assignments[0];
    EXPECT_EQ(one.name, row.name);
    EXPECT_EQ(one.value, row.value);
    EXPECT_EQ(one.stray, row.stray);
    EXPECT_EQ(one.exported, row.exported);
    EXPECT_EQ(one.computed, row.computed);
    EXPECT_EQ(one.line, 2);
  }
}

// So begin the start files of some systems; an array of JSON does not.
TEST(Bashrc, MayBeginWithATest) {
  for (const char* text : {"[ -z \"$PS1\" ] && return\nexport A=1\n", "[[ $- ]] || return\n"})
    EXPECT_TRUE(parse_bashrc(text, "")) << text;
  EXPECT_FALSE(parse_bashrc("[ 1, 2 ]\nexport A=1\n", ""));
}

TEST(Bashrc, WhatSetsNothingIsNoAssignment) {
  for (const char* line :
       {"# export A=1", "A=1 command", "export A", "echo A=1", "1A=2", "双机:", "alias A=b"}) {
    SCOPED_TRACE(line);
    const auto settings = taken(parse_bashrc("umask 022\n" + std::string(line) + "\n", ""));
    EXPECT_TRUE(settings.assignments.empty());
  }
}

TEST(Bashrc, SeveralInALineAndSources) {
  const auto settings = taken(parse_bashrc(
      "export A=1 B=2\nsource /a/set_env.sh; . \"/b c/set_env.sh\"\n"
      "if [ -f /d.sh ]; then . /d.sh; fi\n[ -f /e.sh ] && source /e.sh\n#source /no.sh\n",
      ""));
  ASSERT_EQ(settings.assignments.size(), 2u);
  EXPECT_EQ(settings.assignments[1].value, "2");
  EXPECT_EQ(settings.assignments[1].text, "export A=1 B=2");
  std::vector<std::string> paths;
  for (const auto& source : settings.sources) paths.push_back(source.path);
  EXPECT_THAT(paths, testing::ElementsAre("/a/set_env.sh", "/b c/set_env.sh", "/d.sh", "/e.sh"));
  EXPECT_EQ(settings.sources[3].line, 4);
}

TEST(Bashrc, RefusesWhatIsNone) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "printed nothing"},
      {"cat: /root/.bashrc: No such file or directory\n", Kind::kNotSet, "not there"},
      {"cat: /root/.bashrc: Permission denied\n", Kind::kErrorText, "ask as root"},
      {std::string_view("export A=1\0", 11), Kind::kMalformed, "line 1"},
      {"export A=1\n...\n", Kind::kElided, "line 2"},
      {"link status: UP\n", Kind::kMalformed, "no line of it"},
  };
  expect_all_refused(parse_bashrc, kTable);
}

TEST(Environ, TakesItsThreeForms) {
  const std::map<std::string, std::string> wanted{{"A", "1"}, {"B", "x\ny"}, {"C", ""}};
  EXPECT_EQ(taken(parse_environ(std::string_view("A=1\0B=x\ny\0C=\0", 13), "")).variables, wanted);
  EXPECT_EQ(taken(parse_environ("A=1\nB=x\vy\nC=\n", "")).variables, wanted);
  EXPECT_EQ(taken(parse_environ("A=1\nB=x\ny\nC=\n", "")).variables, wanted);
}

// Neither what a start file prints nor a value with a line break becomes a variable.
TEST(Environ, NothingPosesAsAVariable) {
  const std::string text =
      "WORLD_SIZE=99\nwelcome\n" + std::string(kEnvironmentMark) + "\nA=1\vWORLD_SIZE=16\n";
  const auto environment = taken(parse_environ(text, "bash: no job control in this shell\n"));
  EXPECT_EQ(environment.find("WORLD_SIZE"), nullptr);
  EXPECT_EQ(*environment.find("A"), "1\nWORLD_SIZE=16");
}

TEST(Environ, RefusesWhatIsNone) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "printed nothing"},
      {"-----touchstone-environment-----\n", Kind::kEmpty, "printed nothing"},
      {"bash: env: command not found\n", Kind::kErrorText, "not in PATH"},
      {"hello world\n", Kind::kMalformed, "not NAME=VALUE"},
      {"1A=2\n", Kind::kMalformed, "not NAME=VALUE"},
  };
  expect_all_refused(parse_environ, kTable);
}

TEST(IpAddr, TellsWhatIsUp) {
  const auto all = taken(parse_ip_addr(
      R"([{},{"ifname":"eth0","flags":["UP","LOWER_UP"],"addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24},{"family":"inet6","local":"fe80::1","prefixlen":64},{}]},{"ifname":"eth1","flags":["BROADCAST"],"addr_info":[{"local":"10.0.0.2","prefixlen":24}]}])",
      ""));
  ASSERT_EQ(all.addresses.size(), 3u);
  EXPECT_EQ(all.addresses[0], (IpAddresses::Address{"eth0", "10.0.0.1", 24, true}));
  EXPECT_FALSE(all.addresses[2].up);
}

TEST(IpAddr, RefusesWhatIsNone) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "printed nothing"},
      {"sh: ip: not found\n", Kind::kErrorText, "not in PATH"},
      {"[]", Kind::kMalformed, "no interface"},
      {"[{\"ifname\": \"eth0\"", Kind::kMalformed, "ends here"},
      {"1: lo: <LOOPBACK,UP> mtu 65536\n", Kind::kMalformed, "no list"},
  };
  expect_all_refused(parse_ip_addr, kTable);
}

}  // namespace
}  // namespace touchstone
