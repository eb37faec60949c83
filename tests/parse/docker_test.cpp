#include "harness/parse/docker.h"

#include "harness/parse/systemctl.h"
#include "tests/parse/expect.h"
#include "tests/parse/samples.h"

namespace touchstone {
namespace {

TEST(DockerVersion, ClientAndEngine) {
  const auto version = taken(parse_docker_version(
      R"({"Client":{"Platform":{"Name":"x"},"Version":"24.0.7","ApiVersion":"1.43","Os":"linux","Arch":"arm64"},)"
      R"("Server":{"Platform":{"Name":""},"Components":[{"Name":"Engine"}],"Version":"24.0.5"}})"
      "\n",
      ""));
  EXPECT_EQ(version.product, "docker");
  EXPECT_EQ(version.client_version, "24.0.7");
  EXPECT_EQ(version.server_version, "24.0.5");
  EXPECT_EQ(version.api_version, "1.43");
  EXPECT_EQ(version.arch, "arm64");
}

TEST(DockerVersion, PodmanUnderThatName) {
  const auto version = taken(parse_docker_version(
      R"({"Client":{"APIVersion":"4.3.1","Version":"4.3.1","OsArch":"linux/arm64"}})",
      "Emulate Docker CLI using podman.\n"));
  EXPECT_EQ(version.product, "podman");
  EXPECT_EQ(version.server_version, std::nullopt);
  EXPECT_EQ(version.arch, "arm64");
}

TEST(DockerVersion, Refuses) {
  constexpr std::string_view kClientOnly =
      R"({"Client":{"Version":"20.10.24","ApiVersion":"1.41"},"Server":null})"
      "\n";
  expect_refused(parse_docker_version(kClientOnly, kNoDaemon), Kind::kErrorText, "docker 20.10.24");
  expect_refused(parse_docker_version(std::string(kClientOnly) + std::string(kNoDaemon), ""),
                 Kind::kErrorText, "docker 20.10.24");
  expect_refused(parse_docker_version("", kNoDaemon), Kind::kErrorText, "does not answer");
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"bash: docker: command not found\n", Kind::kErrorText, "PATH"},
      {"Docker version 24.0.7, build afdd53b\n", Kind::kMalformed, "JSON"},
      {"{\"Version\": \"24\"}", Kind::kMalformed, "Client"},
      {"{\"Client\": 7}", Kind::kMalformed, "Client"},
      {"{\"Client\": {\"Version\": 24}}", Kind::kMalformed, "Client.Version"},
      {"{\"Client\": {", Kind::kMalformed, "ends here"},
  };
  expect_all_refused(parse_docker_version, kTable);
}

TEST(DockerInfo, Engine) {
  const auto info = taken(parse_docker_info(
      R"({"ID":"x","Containers":3,"ContainersRunning":1,"Driver":"overlay2","CgroupDriver":"systemd",)"
      R"("Architecture":"aarch64","MemTotal":1610612736000,"DockerRootDir":"/var/lib/docker",)"
      R"("Runtimes":{"ascend":{"path":"/usr/local/Ascend/runtime"},"runc":{"path":"runc","status":{}}},)"
      R"("DefaultRuntime":"ascend","ServerVersion":"24.0.7","ServerErrors":null,"Warnings":null})",
      "WARNING: No swap limit support\n"));
  EXPECT_EQ(info.product, "docker");
  EXPECT_EQ(info.default_runtime, "ascend");
  EXPECT_EQ(info.runtimes.at("ascend"), "/usr/local/Ascend/runtime");
  EXPECT_EQ(info.runtimes.size(), 2u);
  EXPECT_EQ(info.containers_running, 1);
  EXPECT_EQ(info.memory_bytes, 1610612736000);
  EXPECT_EQ(info.root_dir, "/var/lib/docker");
}

TEST(DockerInfo, Podman) {
  const auto info = taken(parse_docker_info(
      R"({"host":{"arch":"arm64","cgroupManager":"systemd","memTotal":7,"ociRuntime":{"name":"crun","path":"/usr/bin/crun"}},)"
      R"("store":{"graphRoot":"/var/lib/containers","graphDriverName":"overlay","containerStore":{"number":2,"running":1}},)"
      R"("version":{"Version":"4.3.1"}})",
      ""));
  EXPECT_EQ(info.product, "podman");
  EXPECT_EQ(info.default_runtime, "crun");
  EXPECT_EQ(info.runtimes.at("crun"), "/usr/bin/crun");
  EXPECT_EQ(info.containers, 2);
}

TEST(DockerInfo, Refuses) {
  static constexpr Refused kTable[] = {
      // a client without an engine prints its JSON all the same
      {R"({"ID":"","Containers":0,"ServerVersion":"","ServerErrors":["Cannot connect to the Docker daemon at unix:///x"],"ClientInfo":{"Version":"25.0.1"}})",
       Kind::kErrorText, "docker 25.0.1"},
      {R"({"ServerErrors":["something new"]})", Kind::kErrorText, "something new"},
      {"{}", Kind::kMalformed, "ServerVersion"},
      {"[]", Kind::kMalformed, "JSON"},
  };
  expect_all_refused(parse_docker_info, kTable);
}

TEST(DaemonJson, Reads) {
  const auto daemon = taken(parse_daemon_json(
      R"({"runtimes": {"ascend": {"path": "/x", "runtimeArgs": []}}, "default-runtime": "ascend", "default-shm-size": "8G"})",
      ""));
  EXPECT_EQ(daemon.default_runtime, "ascend");
  EXPECT_EQ(daemon.runtimes.at("ascend"), "/x");
  EXPECT_EQ(daemon.default_shm_size, "8G");
  EXPECT_EQ(daemon.data_root, std::nullopt);
  EXPECT_EQ(taken(parse_daemon_json("{}", "")), DaemonJson{});
  static constexpr Refused kTable[] = {
      {"cat: /etc/docker/daemon.json: No such file or directory\n", Kind::kNotSet, "not there"},
      {"[]", Kind::kMalformed, "an array"},
      {"{\"default-runtime\": 1}", Kind::kMalformed, "line 1, column 21: default-runtime"},
      {"{\"runtimes\": []}", Kind::kMalformed, "runtimes is an array"},
      {"{\"runtimes\": {},}", Kind::kMalformed, "a comma before"},
  };
  expect_all_refused(parse_daemon_json, kTable);
}

TEST(SystemctlActive, Words) {
  EXPECT_TRUE(taken(parse_systemctl_active("active\n", "")).active);
  EXPECT_FALSE(taken(parse_systemctl_active("activating\n", "")).active);
  EXPECT_EQ(taken(parse_systemctl_active("failed\n", "")).state, "failed");
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"Active\n", Kind::kMalformed, "is-active"},
      {"active\nactive\n", Kind::kSeveral, "2 units"},
      {"System has not been booted with systemd as init system (PID 1). Can't operate.\n",
       Kind::kErrorText, "container"},
      {"sh: systemctl: not found\n", Kind::kErrorText, "PATH"},
  };
  expect_all_refused(parse_systemctl_active, kTable);
}

TEST(SystemctlEnabled, Words) {
  EXPECT_TRUE(taken(parse_systemctl_enabled("enabled\n", "")).enabled);
  EXPECT_FALSE(taken(parse_systemctl_enabled("enabled-runtime\n", "")).enabled);  // until reboot
  EXPECT_FALSE(taken(parse_systemctl_enabled("masked\n", "")).enabled);
  expect_refused(
      parse_systemctl_enabled(
          "", "Failed to get unit file state for docker.service: No such file or directory\n"),
      Kind::kNotSet, "no such unit");
  expect_refused(parse_systemctl_enabled("not-found\n", ""), Kind::kNotSet, "not-found");
  expect_refused(parse_systemctl_enabled("yes\n", ""), Kind::kMalformed, "is-enabled");
}

TEST(UnitFile, FilesSectionsAndDropIns) {
  const auto unit =
      taken(parse_unit_file("# /lib/systemd/system/docker.service\n"
                            "[Unit]\nDescription=Engine\n\n"
                            "[Service]\nExecStart=/usr/bin/dockerd \\\n   -H fd://\n"
                            "ExecReload=/bin/kill -s HUP $MAINPID\n; note\n"
                            "\n# /etc/systemd/system/docker.service.d/proxy.conf\n"
                            "[Service]\nExecStart=\nExecStart=/opt/dockerd\n",
                            ""));
  const auto reload = unit.in_force("Service", "ExecReload");
  ASSERT_EQ(reload.size(), 1u);
  EXPECT_EQ(reload[0].value, "/bin/kill -s HUP $MAINPID");
  EXPECT_EQ(reload[0].file, "/lib/systemd/system/docker.service");
  EXPECT_EQ(reload[0].line, 8);
  EXPECT_EQ(unit.entries[1].value, "/usr/bin/dockerd -H fd://");
  // an empty assignment takes back those above it
  const auto start = unit.in_force("Service", "ExecStart");
  ASSERT_EQ(start.size(), 1u);
  EXPECT_EQ(start[0].value, "/opt/dockerd");
  EXPECT_TRUE(unit.in_force("Service", "Nothing").empty());
}

TEST(UnitFile, Refuses) {
  static constexpr Refused kTable[] = {
      {"No files found for docker.service.\n", Kind::kNotSet, "no such unit"},
      {"ExecReload=/bin/kill\n", Kind::kMalformed, "a [Section]"},
      {"[Service]\nhello\n", Kind::kMalformed, "Key=value"},
      {"[Service]\n", Kind::kMalformed, "no Key=value"},
      {"[Service]\n...\n", Kind::kElided, "line 2"},
  };
  expect_all_refused(parse_unit_file, kTable);
  expect_refused(parse_unit_file("", "No files found for docker.service.\n"), Kind::kNotSet,
                 "unit");
}

}  // namespace
}  // namespace touchstone
