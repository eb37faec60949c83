#include <filesystem>
#include <memory>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/skip.h"
#include "tests/e2e/ssh_agent.h"
#include "tests/e2e/sshd.h"

// What people have between them and their hosts: jump hosts, agents, and an sshd that counts
// logins. All of it is OpenSSH's, client and server.
namespace touchstone {
namespace {

using testing::HasSubstr;

class RealSsh : public testing::Test {
 protected:
  void SetUp() override {
    ::unsetenv("SSH_AUTH_SOCK");  // whoever runs the tests may have an agent
    TOUCHSTONE_SKIP_UNLESS(std::filesystem::exists("/usr/sbin/sshd"),
                           "there is no /usr/sbin/sshd (openssh-server)");
    sshd_ = std::make_unique<Sshd>(cluster_, 2);
    TOUCHSTONE_SKIP_UNLESS(sshd_->runs(), "sshd cannot run here: " + sshd_->log());
    cluster_.edit_inventory("transport: exec", "transport: ssh");
    cluster_.edit_inventory("  command:", "  # command:");
  }

  RunRecord run(const std::string& config, const std::string& options = "") {
    return cluster_.run("--quiet --ssh-config " + config + " " + options);
  }

  void expect_all_answered(const RunRecord& record) const {
    for (const HostInfo& host : record.hosts)
      EXPECT_EQ(host.state, "answered") << host.name << ": " << host.detail.en << sshd_->log();
  }
  void expect_one_login_each() const {
    for (int host : {1, 2}) EXPECT_EQ(sshd_->logins_at(sshd_->host(host)), 1) << sshd_->log();
  }

  Cluster cluster_;
  std::unique_ptr<Sshd> sshd_;
};

// How many passed of the steps whose ids begin so.
int passed(const RunRecord& record, const std::string& beginning) {
  int count = 0;
  for (const StepResult& result : record.results)
    count +=
        record.steps[result.step].id.starts_with(beginning) && result.verdict == Verdict::kPass;
  return count;
}

TEST_F(RealSsh, OneConnectionAHostServesAllRounds) {
  const RunRecord record = run(sshd_->client_config());
  expect_all_answered(record);
  // These are asked after the first answers came: weights, the mesh, processes, endpoints.
  for (const char* later : {"5.1.", "3.1.14", "6.3.", "6.4."})
    EXPECT_GT(passed(record, later), 0) << later;
  expect_one_login_each();
}

TEST_F(RealSsh, OneConnectionAHostServesAllRoundsOfMoreHostsThanAreAskedAtOnce) {
  const RunRecord record = run(sshd_->client_config(), "--forks 1");
  expect_all_answered(record);
  EXPECT_GT(passed(record, "3.1.14"), 0);
  expect_one_login_each();
}

TEST_F(RealSsh, ThroughAJumpHost) {
  const RunRecord record =
      run(sshd_->config_with("Host gate\n  HostName " + sshd_->jump() + "\nHost " +
                             cluster_.network() + ".1?\n  ProxyJump gate\n"));
  expect_all_answered(record);
  EXPECT_EQ(record.exit_code(), 0);
  expect_one_login_each();
  EXPECT_EQ(sshd_->logins_at(sshd_->jump()), 2) << "one connection a host: " << sshd_->log();
}

TEST_F(RealSsh, AJumpHostThatIsDownIsTold) {
  const RunRecord record =
      run(sshd_->config_with("Host gate\n  HostName " + cluster_.network() + ".201\nHost " +
                             cluster_.network() + ".1?\n  ProxyJump gate\n"),
          "--step 0.1");
  for (const HostInfo& host : record.hosts) {
    EXPECT_EQ(host.state, "unreachable");
    EXPECT_THAT(host.detail.en, HasSubstr(cluster_.network() + ".201"));
    EXPECT_THAT(host.detail.en, HasSubstr("Connection refused"));
  }
}

TEST_F(RealSsh, WithAKeyThatOnlyTheAgentHas) {
  const std::string config = sshd_->config_with("IdentityFile none\nIdentitiesOnly no\n");
  {
    const SshAgent agent(sshd_->root() + "/agent");
    const Ran added = shell("ssh-add " + sshd_->root() + "/user");
    ASSERT_EQ(added.code, 0) << added.out;
    shell("rm " + sshd_->root() + "/user " + sshd_->root() + "/user.pub");
    const RunRecord record = run(config);
    expect_all_answered(record);
    EXPECT_EQ(record.exit_code(), 0);
    expect_one_login_each();
  }
  const RunRecord without = run(config, "--step 0.1");
  for (const HostInfo& host : without.hosts) {
    EXPECT_EQ(host.state, "unreachable");
    EXPECT_THAT(host.detail.en, HasSubstr("the agent has the key"));
  }
}

}  // namespace
}  // namespace touchstone
