// --fix over real ssh: a fault of every step that has a remedy, several at once.
#include <filesystem>
#include <memory>
#include <set>

#include <gmock/gmock.h>

#include "suites/chapters.h"
#include "tests/e2e/fix_rows.h"
#include "tests/e2e/skip.h"
#include "tests/e2e/sshd.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

struct Batch {
  const char* name;
  const char* options;  // of `touchstone-sim up`
  std::vector<const char*> files;
  // Each of these lists is made, repaired and taken back at once.
  std::vector<std::vector<std::string>> faults;
};

const std::vector<Batch>& batches() {
  static const std::vector<Batch> kBatches{
      {"NpusAndRankTables",
       "--no-service",
       {},
       {{"tls-on@node-01/2", "tls-differs@node-02", "netdetect-unset@node-02/1",
         "rank-table-differs@node-01", "rank-table-mode@node-02"},
        {"ip-not-planned@node-01/4", "rank-table-missing@node-01"},
        {"gateway-missing@node-02/6", "server-count-wrong"},
        {"hccn-conf-drift@node-01", "container-ip-missing"},
        {"rank-table-extra-server"},
        {"rank-id-gap"},
        {"rank-table-inside-older@node-01"},
        {"device-ip-stale@node-02/3"}}},
      {"DockerAndContainers",
       "--no-service",
       {"image_archive", "driver_package", "firmware_package", "docker_archive",
        "docker_runtime_package"},
       {{"runc-owner@node-01", "mainpid-lost@node-02", "docker-disabled@node-02",
         "container-stopped@node-01"},
        {"runtime-unregistered@node-02"},
        {"docker-client-missing@node-01", "runtime-missing@node-02"},
        {"image-missing@node-01"},
        {"container-other-image@node-01", "container-shm-small@node-02"},
        {"container-device-missing@node-01", "container-node-missing@node-02"},
        {"driver-old@node-01", "firmware-package-old@node-02"}}},
      {"FilesInside",
       "--no-service",
       {},
       {{"set-env-not-sourced@node-02", "variable-missing@node-02", "config-mode@node-01",
         "config-tls-on", "weights-mode@node-01", "rank-table-mode-inside@node-02"},
        {"connect-timeout-differs@node-01", "own-address-blank@node-02",
         "config-differs@node-01"}}},
      {"Service",
       "",
       {},
       {{"daemon-missing@node-01"},
        {"worker-lost@node-02", "debug-on@node-02", "daemon-stale@node-01"}}}};
  return kBatches;
}

class FixesOverSsh : public testing::TestWithParam<std::size_t> {};

TEST_P(FixesOverSsh, AreSeenTwiceAndTakenBack) {
  const Batch& batch = batches()[GetParam()];
  TOUCHSTONE_SKIP_UNLESS(std::filesystem::exists("/usr/sbin/sshd"),
                         "there is no /usr/sbin/sshd (openssh-server)");
  Cluster cluster(2, batch.options);
  Sshd sshd(cluster, 2);
  TOUCHSTONE_SKIP_UNLESS(sshd.runs(), "sshd cannot run here: " + sshd.log());
  for (const char* key : batch.files) name_file(cluster, key);
  cluster.edit_inventory("transport: exec", "transport: ssh");
  cluster.edit_inventory("  command:", "  # command:");
  for (const auto& faults : batch.faults) {
    const int before = sshd.logins_at(sshd.host(1));
    repair_and_take_back(cluster, faults, "--ssh-config " + sshd.client_config());
    // The repair, the second one and undo (of those hosts that were changed).
    EXPECT_LE(sshd.logins_at(sshd.host(1)) - before, 3) << "one connection for all of a run";
    EXPECT_GE(sshd.logins_at(sshd.host(1)) - before, 2);
  }
}

INSTANTIATE_TEST_SUITE_P(Batches, FixesOverSsh, testing::Range<std::size_t>(0, batches().size()),
                         [](const auto& info) { return std::string(batches()[info.param].name); });

TEST(FixRows, AreTriedOverSshForEveryRemedy) {
  std::set<std::string> tried;
  for (const Batch& batch : batches())
    for (const auto& faults : batch.faults)
      for (const std::string& fault : faults)
        for (const std::string& step : fix_row(fault.substr(0, fault.find('@'))).fixed)
          tried.insert(step);
  for (const Chapter& chapter : all_chapters())
    for (const Step& step : chapter.steps)
      EXPECT_TRUE(!step.remedy.changes || tried.contains(step.id)) << step.id;
}

}  // namespace
}  // namespace touchstone
