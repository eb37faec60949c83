#include <filesystem>
#include <memory>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/cluster.h"
#include "tests/e2e/docker_host.h"
#include "tests/e2e/skip.h"

// A real Docker engine, with a container that looks like MindIE's: chapter 4 must read what it
// really prints. The host around it is a simulated one.
namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kSteps =
    "--quiet --step "
    "1.1.6,1.1.7,1.1.8,1.1.9,1.1.10,3.1.12,4.1.1,4.1.2,4.1.3,4.2.1,4.2.2,4.2.3,4.2.4,"
    "4.2.5,4.2.6";

class RealDocker : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    char name[] = "/tmp/touchstone-docker-XXXXXX";
    scratch_ = ::mkdtemp(name);
    engine_ = new Dockerd(scratch_ + "/engine");
  }
  static void TearDownTestSuite() {
    delete engine_;
    engine_ = nullptr;
    fs::remove_all(scratch_);
  }

  void SetUp() override {
    TOUCHSTONE_SKIP_UNLESS(engine_->answers(), "no Docker engine runs here (docker.io, root): " +
                                                   engine_->log().substr(0, 2000));
    cluster_ = std::make_unique<Cluster>(1);
    host_ = cluster_->dir() + "/hosts/node-01";
    use_real_docker(*cluster_, *engine_);
    cluster_->edit_inventory("profile: deepseek-r1-w8a8\n",
                             std::string("profile: deepseek-r1-w8a8\n") + kDockerSite);
    make_devices();
    make_image();
  }
  void TearDown() override {
    if (cluster_) engine_->docker("rm -f " + std::string(kDockerName) + " >/dev/null");
  }

  void make_devices() {
    if (fs::exists(scratch_ + "/dev")) return;
    fs::create_directories(scratch_ + "/dev");
    for (const auto& node : nodes()) shell("mknod " + scratch_ + "/dev/" + node + " c 1 3");
  }

  static std::vector<std::string> nodes() {
    std::vector<std::string> all{"davinci_manager", "hisi_hdc", "devmm_svm"};
    for (int npu = 0; npu < 8; ++npu) all.push_back("davinci" + std::to_string(npu));
    return all;
  }

  // busybox, the version files of the simulated container, and tools that repeat what the simulated
  // ones print.
  void make_image() {
    const std::string root = scratch_ + "/image";
    if (fs::exists(root)) return;
    fs::create_directories(root + "/usr/local/Ascend");
    fs::create_directories(root + "/bin");
    shell("cd " + root +
          " && mkdir -p dev etc proc sys tmp root && cp /bin/busybox bin/ && "
          "for a in sh cat ls df env grep sleep id; do ln -s busybox bin/$a; done; cp -a " +
          host_ + "/container/usr/local/Ascend/ascend-toolkit " + host_ +
          "/container/usr/local/Ascend/nnal " + host_ +
          "/container/usr/local/Ascend/mindie usr/local/Ascend/; : > etc/hccn.conf");
    write_program(root + "/bin/bash", "#!/bin/sh\nexec /bin/sh -c \"$2\"\n");
    write_program(root + "/table", shell(host_ + "/enter npu-smi info").out);
    write_program(root + "/usr/local/sbin/npu-smi", "#!/bin/sh\ncat /table\n");
    write_program(root + "/usr/local/Ascend/driver/version.info", "Version=24.1.rc3\n");
    write_program(root + "/usr/local/Ascend/driver/tools/hccn_tool",
                  "#!/bin/sh\nprintf 'ipaddr:10.20.1.10\\nnetmask:255.255.0.0\\n'\n");
    write_program(root + "/data/hm/rank_table_file.json", "{}\n");
    const Ran made =
        shell("tar -C " + root + " -c . | " + engine_->client() + " import - " + kDockerImage);
    ASSERT_EQ(made.code, 0) << made.out;
  }

  std::string options(const std::string& without = "") const {
    std::string text = std::string(" --name=") + kDockerName + " --net=host --shm-size 64m -v " +
                       host_ + "/root/etc/hccn.conf:/etc/hccn.conf";
    for (const auto& node : nodes())
      if (node != without) text += " --device=" + scratch_ + "/dev/" + node + ":/dev/" + node;
    return text;
  }

  void start(const std::string& options) {
    const Ran run = engine_->docker("run -d" + options + " " + kDockerImage + " /bin/sleep 1000");
    ASSERT_EQ(run.code, 0) << run.out;
  }

  std::map<std::string, const StepResult*> verdicts(const RunRecord& record) {
    std::map<std::string, const StepResult*> all;
    for (const StepResult& result : record.results)
      all.try_emplace(record.steps[result.step].id, &result);
    return all;
  }

  static std::string what(const StepResult& result) {
    std::string text = std::string(name_of(result.verdict)) + " " + result.reason.en;
    for (const Finding& finding : result.findings)
      text += "\n" + finding.expected.en + " / " + finding.actual.en + " / " + finding.next.en;
    return text;
  }

  static inline std::string scratch_;
  static inline Dockerd* engine_ = nullptr;
  std::unique_ptr<Cluster> cluster_;
  std::string host_;
};

// The bind mount of a path that the host keeps elsewhere is the one thing that differs from a real
// host: its source is below the simulated root.
void expect_only_the_mount_differs(const StepResult& result) {
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].expected.en, "-v /etc/hccn.conf:/etc/hccn.conf");
  EXPECT_THAT(result.findings[0].actual.en, HasSubstr("/root/etc/hccn.conf:/etc/hccn.conf"));
}

TEST_F(RealDocker, ARunningContainerIsRead) {
  start(options());
  const RunRecord record = cluster_->run(kSteps);
  int passed = 0;
  for (const auto& [id, result] : verdicts(record)) {
    if (id == "4.2.2") {
      expect_only_the_mount_differs(*result);
      continue;
    }
    EXPECT_EQ(result->verdict, Verdict::kPass) << id << ": " << what(*result);
    ++passed;
  }
  EXPECT_EQ(passed, 14);
}

TEST_F(RealDocker, AMissingDeviceIsNamed) {
  start(options("davinci3"));
  const RunRecord record = cluster_->run(kSteps);
  const auto all = verdicts(record);
  for (const char* id : {"4.2.3", "4.2.4"}) {
    EXPECT_EQ(all.at(id)->verdict, Verdict::kFail) << id;
    EXPECT_THAT(what(*all.at(id)), HasSubstr("/dev/davinci3")) << id;
    EXPECT_EQ(all.at(id)->findings.size(), 1u) << id;
  }
  EXPECT_EQ(all.at("4.2.5")->verdict, Verdict::kBlocked);
}

TEST_F(RealDocker, AStoppedContainerIsOneCause) {
  start(options());
  engine_->docker("stop -t 0 " + std::string(kDockerName));
  const RunRecord record = cluster_->run(kSteps);
  for (const auto& [id, result] : verdicts(record)) {
    if (id == "4.2.1") {
      EXPECT_EQ(result->verdict, Verdict::kFail);
      EXPECT_THAT(what(*result), HasSubstr("exited with 137"));
      EXPECT_THAT(what(*result), HasSubstr(std::string("docker start ") + kDockerName));
    } else if (id == "4.1.1" || id == "4.1.2" || id == "3.1.12") {
      EXPECT_EQ(result->verdict, Verdict::kPass) << id << ": " << what(*result);
    } else {
      EXPECT_EQ(result->verdict, Verdict::kBlocked) << id;
    }
  }
  EXPECT_THAT(what(*verdicts(record).at("3.1.12")), HasSubstr("not running"));
}

TEST_F(RealDocker, AMissingContainerIsNotAnError) {
  const RunRecord record = cluster_->run(kSteps);
  const auto all = verdicts(record);
  EXPECT_EQ(all.at("4.2.1")->verdict, Verdict::kFail);
  EXPECT_THAT(what(*all.at("4.2.1")), HasSubstr("docker run -itd"));
  EXPECT_EQ(all.at("3.1.12")->verdict, Verdict::kPass) << what(*all.at("3.1.12"));
}

TEST_F(RealDocker, AMissingImageIsOneCause) {
  start(options());
  cluster_->edit_inventory("  servers:", "  image: mindie:none\n  servers:");
  const RunRecord record = cluster_->run(kSteps);
  const auto all = verdicts(record);
  EXPECT_EQ(all.at("4.1.1")->verdict, Verdict::kFail);
  EXPECT_THAT(what(*all.at("4.1.1")), HasSubstr(kDockerImage));
  EXPECT_EQ(all.at("4.1.3")->verdict, Verdict::kBlocked);
}

// A file that is mounted alone stays the old one when the host's is replaced.
TEST_F(RealDocker, AReplacedHccnConfIsSeen) {
  start(options());
  shell("sed -i s/send_arp_status_3=1/send_arp_status_3=0/ " + host_ + "/root/etc/hccn.conf");
  const RunRecord record = cluster_->run(kSteps);
  const auto all = verdicts(record);
  EXPECT_EQ(all.at("3.1.12")->verdict, Verdict::kFail);
  EXPECT_THAT(what(*all.at("3.1.12")), HasSubstr("it sees send_arp_status_3=1 (here 0)"));
}

// What it says of a container that cannot be started here.
TEST_F(RealDocker, TheDocumentedOptionsAreRead) {
  const Ran made = engine_->docker(
      "create --privileged --ipc=host --shm-size 500g --net=host "
      "-e ASCEND_VISIBLE_DEVICES=0-7 -v /data:/data --name " +
      std::string(kDockerName) + " " + kDockerImage + " /bin/sleep 1");
  ASSERT_EQ(made.code, 0) << made.out;
  const Ran parsed = shell(engine_->client() + " container inspect " + kDockerName + " | " +
                           kTouchstone + " parse docker-container");
  ASSERT_EQ(parsed.code, 0) << parsed.out;
  const auto json = nlohmann::json::parse(parsed.out);
  EXPECT_EQ(json.at("privileged"), true);
  EXPECT_EQ(json.at("status"), "created");
  EXPECT_EQ(json.at("ipc"), "host");
  EXPECT_EQ(json.at("shm_bytes"), 536870912000);
  EXPECT_EQ(json.at("environment").at("ASCEND_VISIBLE_DEVICES"), "0-7");
  EXPECT_EQ(json.at("mounts").at(0).at("source"), "/data");
}

}  // namespace
}  // namespace touchstone
