#include "harness/parse/ascend_version.h"
#include "harness/parse/container_facts.h"
#include "harness/parse/docker_inspect.h"
#include "harness/parse/docker_messages.h"
#include "tests/parse/expect.h"
#include "tests/parse/samples.h"

namespace touchstone {
namespace {

// One container with what its engine prints around what matters here.
std::string inspected(std::string_view more_of_host_config, std::string_view more) {
  return R"([
    {
        "Id": "798fcbfc26e8", "Created": "2025-03-26T08:00:00Z", "Path": "/bin/bash", "Args": [],
        "State": {"Status": "running", "Running": true, "Paused": false, "OOMKilled": false,
                  "Pid": 41000, "ExitCode": 0, "Error": "no such image once", "StartedAt": "x"},
        "Image": "sha256:412522891be0", "Name": "/mindie-dsr1-w8a8", "RestartCount": 0,
        "HostConfig": {"Binds": ["/data:/data"], "NetworkMode": "host", "IpcMode": "private",
                       "Privileged": true, "ShmSize": 536870912000, "Runtime": "runc",
                       "Devices": [{"PathOnHost": "/dev/davinci0",
                                    "PathInContainer": "/dev/davinci0",
                                    "CgroupPermissions": "rwm"}])" +
         std::string(more_of_host_config) + R"(},
        "Mounts": [{"Type": "bind", "Source": "/data", "Destination": "/data", "Mode": "",
                    "RW": false, "Propagation": "rprivate"}],
        "Config": {"Env": ["PATH=/usr/bin", "A=b=c", "A=d", "LONELY"], "Image": "mindie:2.0.T3"})" +
         std::string(more) + "}\n]\n";
}

TEST(DockerContainer, OfAllEngines) {
  const std::string engines[] = {
      // 20.10: kernel memory, limits for Windows.
      inspected(R"(, "KernelMemory": 0, "KernelMemoryTCP": 0, "CpuCount": 0)",
                R"(, "Platform": "linux", "NetworkSettings": {"Bridge": ""})"),
      // 24: none of them, device requests are null.
      inspected(R"(, "DeviceRequests": null, "PidsLimit": null)", R"(, "Platform": "linux")"),
      // 28: what the image is, as a descriptor.
      inspected(R"(, "ConsoleSize": [40, 120])",
                R"(, "ImageManifestDescriptor": {"mediaType": "x", "size": 7})"),
  };
  for (const std::string& text : engines) {
    const auto container = taken(parse_docker_container(text, ""));
    EXPECT_EQ(container.name, "mindie-dsr1-w8a8");
    EXPECT_EQ(container.image, "mindie:2.0.T3");
    EXPECT_EQ(container.image_id, "412522891be0");
    EXPECT_TRUE(container.running);
    EXPECT_TRUE(container.privileged);
    EXPECT_EQ(container.network, "host");
    EXPECT_EQ(container.shm_bytes, 536870912000);
    ASSERT_EQ(container.devices.size(), 1u);
    EXPECT_EQ(container.devices[0].inside, "/dev/davinci0");
    ASSERT_EQ(container.mounts.size(), 1u);
    EXPECT_EQ(container.mounts[0].destination, "/data");
    EXPECT_FALSE(container.mounts[0].writable);
    EXPECT_EQ(container.environment.at("A"), "d");  // the last one counts
    EXPECT_FALSE(container.environment.contains("LONELY"));
  }
}

TEST(DockerContainer, OfPodman) {
  const auto container = taken(parse_docker_container(
      R"([{"Id": "5f", "State": {"OciVersion": "1.1.0", "Status": "exited", "Running": false,
           "ExitCode": 137}, "Image": "4125", "ImageName": "localhost/mindie:2.0.T3",
           "Name": "mindie", "OCIRuntime": "crun", "Mounts": [], "Config": {"Env": []},
           "HostConfig": {"Privileged": false, "NetworkMode": "host", "Devices": []}}])",
      "Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.\n"));
  EXPECT_EQ(container.name, "mindie");
  EXPECT_EQ(container.image, "localhost/mindie:2.0.T3");
  EXPECT_EQ(container.status, "exited");
  EXPECT_EQ(container.exit_code, 137);
  EXPECT_FALSE(container.running);
  EXPECT_EQ(container.shm_bytes, std::nullopt);
}

TEST(DockerContainer, PausedIsNotRunning) {
  const auto container = taken(parse_docker_container(
      R"([{"State": {"Running": true, "Paused": true}, "Name": "/a",
           "HostConfig": {"Privileged": false}}])",
      ""));
  EXPECT_FALSE(container.running);
  EXPECT_EQ(container.status, "paused");
}

TEST(DockerContainer, Refuses) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"[]\n", Kind::kNotSet, "nothing"},
      {"[]\nError: No such object: mindie\n", Kind::kNotSet, "No such object"},
      {"[]\nError response from daemon: No such container: mindie\n", Kind::kNotSet, "mindie"},
      {"[]\nerror: no such object: mindie\n", Kind::kNotSet, "no such object"},
      {"[{}, {}]", Kind::kSeveral, "2"},
      {"[7]", Kind::kMalformed, "a number"},
      {"[{\"Name\": \"/x\"}]", Kind::kMalformed, "State.Running"},
      {"[{\"Name\": ", Kind::kMalformed, "ends here"},
      {"{\"Name\": \"/x\"}", Kind::kMalformed, "array"},
      {"bash: docker: command not found\n", Kind::kErrorText, "PATH"},
  };
  expect_all_refused(parse_docker_container, kTable);
  expect_refused(parse_docker_container("[]\n", kNoDaemon), Kind::kErrorText, "does not answer");
  expect_refused(parse_docker_container("[]\n", "Error: No such container: x\n"), Kind::kNotSet,
                 "No such container");
}

TEST(DockerImage, OfDockerAndPodman) {
  const auto image = taken(parse_docker_image(
      R"([{"Id": "sha256:4125", "RepoTags": ["mindie:test", "mindie:2"], "RepoDigests": [],
           "Parent": "", "Container": "", "Architecture": "arm64", "Os": "linux",
           "Size": 1982256, "VirtualSize": 1982256}])",
      ""));
  EXPECT_EQ(image.id, "4125");
  EXPECT_EQ(image.tags, (std::vector<std::string>{"mindie:test", "mindie:2"}));
  EXPECT_EQ(image.size_bytes, 1982256);
  const auto untagged = taken(parse_docker_image(R"([{"Id": "4125", "RepoTags": null}])", ""));
  EXPECT_TRUE(untagged.tags.empty());
}

TEST(DockerImage, Refuses) {
  static constexpr Refused kTable[] = {
      {"[]\nError response from daemon: no such image: mindie: No such image: mindie:latest\n",
       Kind::kNotSet, "mindie"},
      {"[]\nError: No such image: mindie\n", Kind::kNotSet, "mindie"},
      {"[{\"RepoTags\": []}]", Kind::kMalformed, "Id"},
      {"[{\"Id\": \"sha256:4125\"}]", Kind::kMalformed, "RepoTags"},
  };
  expect_all_refused(parse_docker_image, kTable);
}

TEST(DockerLists, RowsAndNone) {
  const auto list = taken(parse_container_list(
      "mindie|Up 2 hours (Paused)|mindie:2.0.T3\nold|Exited (0) 3 days ago|7e5d\nnew|Created|x\n",
      ""));
  ASSERT_EQ(list.rows.size(), 3u);
  EXPECT_TRUE(list.rows[0].running);
  EXPECT_FALSE(list.rows[1].running);
  EXPECT_EQ(list.rows[2].image, "x");
  EXPECT_TRUE(taken(parse_container_list("", "")).rows.empty());
  expect_refused(parse_container_list("", kNoDaemon), Kind::kErrorText, "does not answer");
  expect_refused(parse_container_list("NAME IMAGE\n", ""), Kind::kMalformed, "NAME|STATUS");
  const auto images = taken(parse_image_list("a/b:5000/mindie:2|4125\n", ""));
  ASSERT_EQ(images.rows.size(), 1u);
  EXPECT_EQ(images.rows[0].name, "a/b:5000/mindie:2");
  EXPECT_TRUE(taken(parse_image_list("", "")).rows.empty());
  expect_refused(parse_image_list("mindie|4125\n", ""), Kind::kMalformed, "REPOSITORY:TAG");
}

// The text of the runtime comes on either stream, by the engine's version.
TEST(InsideAContainer, WhatDockerSaysInstead) {
  constexpr std::string_view kNoProgram =
      "OCI runtime exec failed: exec failed: unable to start container process: exec: \"ls\": "
      "executable file not found in $PATH: unknown\n";
  expect_refused(parse_device_nodes(kNoProgram, ""), Kind::kErrorText, "OCI runtime exec failed");
  expect_refused(parse_seen_paths("", kNoProgram), Kind::kErrorText, "OCI runtime exec failed");
  expect_refused(parse_proxy_variables("", "Error response from daemon: No such container: x\n"),
                 Kind::kNotSet, "No such container");
  expect_refused(
      parse_ascend_version("", "Error response from daemon: container 79 is not running\n"),
      Kind::kErrorText, "is not running");
  EXPECT_FALSE(docker_exec_message("HOME=/root\n", "cat: x: No such file or directory\n"));
}

TEST(DeviceNodes, OfLs) {
  const auto nodes = taken(parse_device_nodes(
      "total 0\ncrw-rw---- 1 HwHiAiUser HwHiAiUser 236, 0 Mar 26 08:00 davinci0\n"
      "crw-rw----    1 0        0         236,   1 Mar 26 08:00 /dev/davinci1\n"
      "-rw-r--r--. 1 root root 0 Mar 26 2025 hisi_hdc\n"
      "ls: cannot access '/dev/fd': No such file or directory\n"
      "l????????? ? ? ? ? ? fd\n",
      ""));
  EXPECT_EQ(nodes.types.at("davinci0"), 'c');
  EXPECT_EQ(nodes.types.at("davinci1"), 'c');
  EXPECT_EQ(nodes.types.at("hisi_hdc"), '-');
  EXPECT_EQ(nodes.types.size(), 4u);
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"total 0\n", Kind::kMalformed, "no node"},
      {"davinci0 davinci1\n", Kind::kMalformed, "ls -l"},
  };
  expect_all_refused(parse_device_nodes, kTable);
}

TEST(SeenPaths, SomeAreMissing) {
  const auto seen =
      taken(parse_seen_paths("/data\n", "ls: cannot access '/data2': No such file or directory\n"));
  EXPECT_EQ(seen.paths, (std::set<std::string>{"/data"}));
  EXPECT_TRUE(taken(parse_seen_paths("", "ls: /data: No such file or directory\n")).paths.empty());
  expect_refused(parse_seen_paths("", ""), Kind::kEmpty, "nothing");
  expect_refused(parse_seen_paths("data\n", ""), Kind::kMalformed, "absolute");
  expect_refused(parse_seen_paths("", "sh: something else\n"), Kind::kMalformed, "something else");
}

TEST(ProxyVariables, OnlyThoseThatAreSet) {
  const auto proxies = taken(
      parse_proxy_variables("Welcome!\nHOME=/root\nhttps_proxy=\nHTTP_PROXY=http://10.0.0.1:3128\n"
                            "no_proxy=127.0.0.1\nall_proxy= socks5://x \n",
                            "bash: no job control in this shell\n"));
  EXPECT_EQ(proxies.set, (std::map<std::string, std::string>{{"HTTP_PROXY", "http://10.0.0.1:3128"},
                                                             {"all_proxy", "socks5://x"}}));
  EXPECT_TRUE(taken(parse_proxy_variables("HOME=/\n", "")).set.empty());
  expect_refused(parse_proxy_variables("", ""), Kind::kEmpty, "nothing");
  expect_refused(parse_proxy_variables("http_proxy=x\n", ""), Kind::kMalformed, "HOME");
}

TEST(AscendVersion, OfItsPackages) {
  const auto mindie = taken(parse_ascend_version(
      "Ascend-mindie : MindIE 2.0.T3.B010\nmindie-rt: 2.0.T3.B010\nmindie-sd:2.0.T3.B010\n"
      "Platform : aarch64\n",
      ""));
  EXPECT_EQ(mindie.package, "Ascend-mindie");
  EXPECT_EQ(mindie.version, "2.0.T3.B010");
  EXPECT_EQ(mindie.fields.at("mindie-sd"), "2.0.T3.B010");
  const auto atb = taken(parse_ascend_version(
      "    Ascend-cann-atb : 8.0.T63\n    Ascend-cann-atb Version : 8.0.T63.B020\n", ""));
  EXPECT_EQ(atb.version, "8.0.T63.B020");
  EXPECT_EQ(taken(parse_ascend_version("Ascend-mindie : 1.0.0\n", "")).version, "1.0.0");
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"cat: /usr/local/Ascend/mindie/latest/version.info: No such file or directory\n",
       Kind::kNotSet, "version.info"},
      {"mindie-rt: 2.0\n", Kind::kMalformed, "Ascend-"},
      {"Ascend-mindie : \n", Kind::kMalformed, "no version"},
      {"Ascend-mindie\n", Kind::kMalformed, "NAME : VALUE"},
  };
  expect_all_refused(parse_ascend_version, kTable);
}

}  // namespace
}  // namespace touchstone
