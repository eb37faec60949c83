// --fix on a real Docker engine: containers, images and the engine's own file. The host around it
// is a simulated one, with device nodes that look like those of NPUs.
#include <algorithm>
#include <filesystem>
#include <memory>

#include <gmock/gmock.h>

#include "tests/e2e/docker_host.h"
#include "tests/e2e/fix_rows.h"
#include "tests/e2e/skip.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string tail_of(const std::string& text) {
  return text.substr(text.size() - std::min<std::size_t>(text.size(), 2000));
}

class RealDockerFix : public testing::Test {
 protected:
  void SetUp() override {
    cluster_ = std::make_unique<Cluster>(1, "--no-service");
    host_ = cluster_->dir() + "/hosts/node-01";
    char name[] = "/tmp/touchstone-docker-XXXXXX";
    scratch_ = ::mkdtemp(name);
    std::ofstream(host_ + "/root/etc/docker/daemon.json") << kDaemonJson;
    engine_ = std::make_unique<Dockerd>(scratch_ + "/engine", host_as_seen_by_the_engine());
    TOUCHSTONE_SKIP_UNLESS(engine_->answers(), "no Docker engine runs here (docker.io, root): " +
                                                   engine_->log().substr(0, 2000));
    use_real_docker(*cluster_, *engine_);
    cluster_->edit_inventory("site:\n", kDockerSite);
    make_image();
  }
  void TearDown() override {
    engine_.reset();
    cluster_.reset();
    fs::remove_all(scratch_);
  }

  // In a mount namespace of its own: this machine's /etc and /dev, and over them the simulated
  // host's hccn.conf, its docker folder, and nodes under the names of NPUs.
  std::string host_as_seen_by_the_engine() const {
    // What is mounted below /dev would be hidden.
    std::string text, back;
    for (const char* below : {"shm", "pts"}) {
      const std::string kept = scratch_ + "/" + below, place = std::string("/dev/") + below;
      text += "mkdir -p " + kept + "\nmount --rbind " + place + " " + kept + "\n";
      back += "mount --rbind " + kept + " " + place + "\n";
    }
    for (const char* folder : {"etc", "dev"}) {
      const std::string layer = scratch_ + "/" + folder;
      text += "mkdir -p " + layer + "/up " + layer +
              "/work\nmount -t overlay overlay -o lowerdir=/" + folder + ",upperdir=" + layer +
              "/up,workdir=" + layer + "/work /" + folder + "\n";
    }
    text += back + "mkdir -p /etc/docker; : >>/etc/hccn.conf\nmount --bind " + host_ +
            "/root/etc/hccn.conf /etc/hccn.conf\nmount --bind " + host_ +
            "/root/etc/docker /etc/docker\n"
            "for n in davinci_manager hisi_hdc devmm_svm 0 1 2 3 4 5 6 7; do\n"
            "case $n in [0-9]) n=davinci$n ;; esac; [ -e /dev/$n ] || mknod /dev/$n c 1 3; done\n";
    return text;
  }

  // busybox and bash, what 4.2.2 wants to see of mounts that are not given here, and a shell that
  // ends when it is told to: `docker stop` would wait for ten seconds.
  void make_image() {
    const std::string root = scratch_ + "/image";
    const Ran made = shell(
        "mkdir -p " + root + "/bin && cd " + root +
        " && mkdir -p dev etc proc sys tmp root && cp /bin/busybox bin/ && for a in sh cat ls df "
        "env grep sleep id stat sha256sum readlink dirname mkdir wc chown chmod sync mv rm tr head "
        "tail sed; do ln -s busybox bin/$a; done; for f in /bin/bash $(ldd /bin/bash | grep -o "
        "'/[^ ]*'); do mkdir -p .${f%/*}; cp $f .$f; done; : >etc/hccn.conf; "
        "echo root:x:0:0::/root:/bin/sh >etc/passwd; echo root:x:0: >etc/group; for f in "
        "usr/local/Ascend/driver/version.info data/hm/rank_table_file.json; do mkdir -p $(dirname "
        "$f); echo >$f; done; tar -C " +
        root + " -c . | " + engine_->client() +
        " import --change 'CMD [\"/bin/sh\", \"-c\", \"trap : TERM; sleep 9999 & wait\"]' - " +
        kDockerImage);
    ASSERT_EQ(made.code, 0) << made.out;
  }

  // fixed; a second time nothing; the engine's answer to `look` is again what it was after undo.
  void repair_and_take_back(const std::string& options, const std::string& step,
                            const std::string& look) {
    const std::string before = engine_->docker(look).out;
    std::string out;
    const RunRecord first = cluster_->run("--yes " + options, nullptr, &out);
    const std::string report = cluster_->last_report();
    ASSERT_THAT(with_verdict(first, Verdict::kFixed), Contains(step))
        << out << tail_of(engine_->log());
    repaired_ = engine_->docker(look).out;
    EXPECT_NE(repaired_, before);
    const std::string own = own_folders(*cluster_);
    cluster_->run("--yes " + options, nullptr, &out);
    EXPECT_FALSE(fs::exists(cluster_->last_report() + "/journal.jsonl")) << out;
    EXPECT_EQ(own_folders(*cluster_), own);
    EXPECT_EQ(engine_->docker(look).out, repaired_);
    const Ran undo = shell(kTouchstone + " undo " + report + " --yes");
    EXPECT_EQ(undo.code, 0) << undo.out;
    EXPECT_EQ(engine_->docker(look).out, before) << undo.out;
  }

  static constexpr const char* kDaemonJson = "{\n  \"debug\": false\n}\n";
  static constexpr const char* kContainers =
      "ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}} {{.Image}}' | sort";
  std::string scratch_, host_, repaired_;
  std::unique_ptr<Cluster> cluster_;
  std::unique_ptr<Dockerd> engine_;
};

TEST_F(RealDockerFix, ContainersAreMadeStartedAndReplaced) {
  // As the guide's `docker run` makes it; the engine has its say on every option.
  repair_and_take_back("--fix=service --chapter 4.2 --step 4.1.3", "4.2.1",
                       "ps -a --format '{{.Names}} {{.State}} {{.Image}}'");
  EXPECT_EQ(repaired_, std::string(kDockerName) + " running " + kDockerImage + "\n");

  cluster_->run("--yes --fix=service --step 4.2.1");
  std::string said;
  const RunRecord made = cluster_->run("--step 4.1.3,4.2.1,4.2.2,4.2.3,4.2.4", nullptr, &said);
  EXPECT_THAT(with_verdict(made, Verdict::kPass),
              testing::ElementsAre("4.1.3", "4.2.1", "4.2.2", "4.2.3", "4.2.4"))
      << said;
  ASSERT_EQ(engine_->docker("stop " + std::string(kDockerName)).code, 0);
  repair_and_take_back("--fix=service --step 4.2.1", "4.2.1", kContainers);
  EXPECT_THAT(repaired_, HasSubstr(std::string(kDockerName) + " running"));

  // One NPU was forgotten.
  engine_->docker("rm -f " + std::string(kDockerName));
  std::string devices;
  for (const char* node : {"davinci_manager", "hisi_hdc", "devmm_svm", "davinci0", "davinci1",
                           "davinci2", "davinci4", "davinci5", "davinci6", "davinci7"})
    devices += std::string(" --device=/dev/") + node;
  const Ran half = engine_->docker("run -itd --name " + std::string(kDockerName) +
                                   " --net=host --shm-size 64m -v /etc/hccn.conf:/etc/hccn.conf" +
                                   devices + " " + kDockerImage);
  ASSERT_EQ(half.code, 0) << half.out;
  repair_and_take_back("--fix=disruptive --step 4.2.3", "4.2.3", kContainers);
  EXPECT_THAT(repaired_,
              HasSubstr(std::string(kDockerName) + "-kept-" + half.out.substr(0, 12) + " exited"))
      << "the old one is kept";
  EXPECT_THAT(repaired_, HasSubstr(std::string(kDockerName) + " running"));
}

// Two files of the container's layer, which no mount shows.
TEST_F(RealDockerFix, FilesOfTheContainerAreWrittenAndComeBack) {
  for (const char* fault : {"variable-missing", "config-tls-on"}) cluster_->fault(fault);
  cluster_->run("--yes --fix=service --step 4.2.1");
  const std::string name = kDockerName, inside = host_ + "/container/";
  std::string copies = engine_->client() + " cp " + inside + "root/.bashrc " + name + ":/root";
  for (const auto& entry : fs::directory_iterator(inside + "usr/local/Ascend"))
    if (!entry.is_symlink())  // those are the host's, and mounted
      copies += " && " + engine_->client() + " cp " + entry.path().string() + " " + name +
                ":/usr/local/Ascend";
  const Ran copied = shell(copies);
  ASSERT_EQ(copied.code, 0) << copied.out;
  const std::string files =
      "/root/.bashrc /usr/local/Ascend/mindie/latest/mindie-service/conf/config.json";
  for (const char* step : {"4.3.2", "6.2.2"}) {
    SCOPED_TRACE(step);
    repair_and_take_back("--fix --step " + std::string(step), step,
                         "exec " + name + " sh -c 'sha256sum " + files +
                             "; stat -c \"%n %a %U %G\" " + files + "; ls -A /root'");
  }
}

TEST_F(RealDockerFix, AnImageIsLoadedFromItsArchive) {
  const std::string archive = host_ + "/root/data/images/mindie_2.0.T3.tar";
  ASSERT_EQ(engine_->docker("image save -o " + archive + " " + kDockerImage).code, 0);
  ASSERT_EQ(engine_->docker("image rm " + std::string(kDockerImage)).code, 0);
  name_file(*cluster_, "image_archive");
  repair_and_take_back("--fix=service --step 4.1.1", "4.1.1",
                       "images --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}'");
  EXPECT_THAT(repaired_, HasSubstr(kDockerImage));
}

// daemon.json is edited, and the engine restarted: it must read it.
TEST_F(RealDockerFix, TheRuntimeIsRegistered) {
  fs::create_directories(scratch_ + "/real");
  fs::copy_symlink(host_ + "/bin/systemctl", scratch_ + "/real/systemctl");
  write_program(host_ + "/bin/systemctl", "#!/bin/sh\n[ \"$*\" != 'restart docker' ] || {\n" +
                                              engine_->restart() + "; exit; }\nexec " + scratch_ +
                                              "/real/systemctl \"$@\"\n");
  repair_and_take_back("--fix=disruptive --step 2.2.3", "2.2.3",
                       "info --format '{{json .Runtimes}} {{.DefaultRuntime}}'");
  EXPECT_THAT(repaired_, HasSubstr("\"ascend\""));
  EXPECT_EQ(slurp(host_ + "/root/etc/docker/daemon.json"), kDaemonJson);
}

}  // namespace
}  // namespace touchstone
