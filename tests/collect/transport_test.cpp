#include "harness/transport/transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/sentences.h"

namespace touchstone {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string joined(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& word : argv) line += (line.empty() ? "" : " ") + word;
  return line;
}

Host host_at(std::string address, Access access = {}) {
  return {.name = "node-01", .address = std::move(address), .access = std::move(access)};
}

TEST(Ssh, SaysOnlyWhatTheInventorySays) {
  const auto ssh = make_transport("ssh", {.control_dir = "/tmp/c", .connect_seconds = 7});
  const std::string plain = joined(ssh->shell(host_at("node-01")));
  EXPECT_THAT(plain, HasSubstr("ssh -T -o BatchMode=yes -o ConnectTimeout=7 "));
  EXPECT_THAT(plain, HasSubstr("ControlMaster=yes"));
  EXPECT_THAT(plain, HasSubstr("ControlPath=/tmp/c/%C"));
  EXPECT_THAT(plain, testing::EndsWith(" -- node-01 sh -s"));
  for (const char* word : {" -p ", " -l ", " -i ", " -F "})
    EXPECT_THAT(plain, Not(HasSubstr(word)));
  const std::string full = joined(ssh->shell(
      host_at("10.0.0.1", {.user = "root", .port = 2222, .identity = "/k", .sudo = true})));
  EXPECT_THAT(full, testing::EndsWith(" -p 2222 -l root -i /k -- 10.0.0.1 sudo -n sh -s"));
}

TEST(Ssh, AnAddressIsNoOption) {
  const auto argv = make_transport("ssh", {})->shell(host_at("-oProxyCommand=reboot"));
  const auto address = std::find(argv.begin(), argv.end(), "-oProxyCommand=reboot");
  ASSERT_NE(address, argv.end());
  EXPECT_EQ(*(address - 1), "--");
  EXPECT_THAT(joined(argv), Not(HasSubstr("ControlPath")));  // no folder, no socket
}

TEST(Ssh, TakesAnotherConfiguration) {
  EXPECT_THAT(joined(make_transport("ssh", {.ssh_config = "/x"})->shell(host_at("h"))),
              HasSubstr(" -F /x "));
}

TEST(Ssh, ExplainsItsOwnFailures) {
  const auto ssh = make_transport("ssh", {});
  const std::pair<const char*, const char*> table[] = {
      {"ssh: connect to host h port 22: Connection refused\r\n", "nothing listens"},
      {"ssh: connect to host h port 22: Connection timed out", "firewall"},
      {"Connection timed out during banner exchange", "firewall"},
      {"ssh: connect to host h port 22: No route to host", "no route"},
      {"ssh: Could not resolve hostname h: Name or service not known", "name is unknown"},
      {"No ECDSA host key is known for h\nHost key verification failed.", "unknown: log in once"},
      {"@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
       "ssh-keygen -R"},
      {"WARNING: UNPROTECTED PRIVATE KEY FILE!\nroot@h: Permission denied (publickey).",
       "chmod 600"},
      {"root@h: Permission denied (publickey,password).", "no key was accepted"},
      {"Received disconnect: Too many authentication failures", "too many keys"},
      {"kex_exchange_identification: Connection closed by remote host", "MaxStartups"},
      {"Connection closed by 10.0.0.1 port 22", "during the login"},
      {"something new", "ssh -v h"},
  };
  for (const auto& [said, meaning] : table) {
    const Text advice = ssh->explain(host_at("h"), 255, said);
    EXPECT_THAT(advice.en, HasSubstr(meaning)) << said;
    expect_both_languages(advice);
  }
  EXPECT_TRUE(ssh->explain(host_at("h"), 1, "Permission denied").empty())
      << "that is the command's, not ssh's";
  EXPECT_THAT(ssh->explain(host_at("h"), -1, "").en, HasSubstr("install openssh-client"));
}

TEST(Exec, PutsTheShellBehindTheCommand) {
  const auto exec = make_transport("exec", {});
  EXPECT_THAT(exec->shell(host_at("h", {.command = {"docker", "exec", "-i", "c 1"}})),
              ElementsAre("docker", "exec", "-i", "c 1", "sh", "-s"));
  EXPECT_THAT(exec->shell(host_at("h", {.command = {"a"}, .sudo = true})),
              ElementsAre("a", "sudo", "-n", "sh", "-s"));
}

TEST(Local, IsTheShellItself) {
  EXPECT_THAT(make_transport("local", {})->shell(host_at("h")), ElementsAre("sh", "-s"));
}

TEST(Transports, ExplainThatSudoWasRefused) {
  for (const char* name : {"ssh", "exec", "local"}) {
    const auto transport = make_transport(name, {});
    const char* const kRefused = "sudo: a password is required";
    EXPECT_THAT(transport->explain(host_at("h", {.sudo = true}), 1, kRefused).en,
                HasSubstr("without a password"))
        << name;
    EXPECT_TRUE(transport->explain(host_at("h"), 1, kRefused).empty()) << name;
  }
}

TEST(Transports, AreFoundByName) {
  EXPECT_EQ(make_transport("telnet", {}), nullptr);
  EXPECT_EQ(transport_names(), "exec, local, ssh");
}

}  // namespace
}  // namespace touchstone
