#include "suites/probes_container.h"

#include "suites/ask.h"

namespace touchstone {
namespace {

using Argv = std::vector<std::string>;

// `docker …`; 1: there is no such thing, or no engine, and the parser tells which.
template <class T>
Probe<T> of_docker(std::string key, Argv argv,
                   Parsed<T> (*parse)(std::string_view, std::string_view)) {
  argv.insert(argv.begin(), "docker");
  return ask(Where::kHost, std::move(key), std::move(argv), parse, {0, 1}, 15);
}

template <class T>
Probe<T> inside(std::string key, Argv argv, Parsed<T> (*parse)(std::string_view, std::string_view),
                std::vector<int> accepted = {0, 1}) {
  return ask(Where::kContainer, std::move(key), std::move(argv), parse, std::move(accepted), 20);
}

// A program of the driver: in PATH, or where the guide mounts it. Containers seldom have its folder
// in PATH.
Argv driver_tool(const std::string& name, const std::string& folder, const std::string& arguments) {
  return {"sh", "-c",
          "command -v " + name + " >/dev/null 2>&1 || PATH=$PATH:{croot}" + folder + "; exec " +
              name + " " + arguments};
}

constexpr const char* kToolkit = "{croot}/usr/local/Ascend/ascend-toolkit/latest/";

}  // namespace

const Probe<DockerImage> kImage =
    of_docker("docker-image", {"image", "inspect", "{image}"}, parse_docker_image);
const Probe<ImageList> kImages = of_docker(
    "docker-images", {"images", "--format", "{{.Repository}}:{{.Tag}}|{{.ID}}"}, parse_image_list);
const Probe<DockerContainer> kContainer =
    of_docker("docker-container", {"container", "inspect", "{container}"}, parse_docker_container);
const Probe<ContainerList> kContainers =
    of_docker("docker-ps", {"ps", "-a", "--format", "{{.Names}}|{{.Status}}|{{.Image}}"},
              parse_container_list);

// The folder is named after the architecture; a second name for it may lead to the same file.
const Probe<InstallInfo> kToolkitInfo =
    inside("toolkit-install-info",
           {"sh", "-c", std::string("cat ") + kToolkit + "*-linux/ascend_toolkit_install.info"},
           parse_install_info);
const Probe<VersionInfo> kKernelsInfo =
    inside("kernels-version-info", {"cat", std::string(kToolkit) + "opp_kernel/version.info"},
           parse_version_info);
const Probe<AscendVersion> kNnalInfo =
    inside("nnal-version-info", {"cat", "{croot}/usr/local/Ascend/nnal/atb/latest/version.info"},
           parse_ascend_version);
const Probe<AscendVersion> kMindieInfo =
    inside("mindie-version-info", {"cat", "{croot}/usr/local/Ascend/mindie/latest/version.info"},
           parse_ascend_version);

const Probe<DiskFree> kSharedMemory = inside("df-shm", {"df", "-Pk", "{croot}/dev/shm"}, parse_df);
// Both ways to start it bring the driver's libraries; 2 is the exit code of ls where one is
// missing.
const Probe<SeenPaths> kVisiblePaths = inside(
    "container-paths",
    {"ls", "-d", "{croot}/usr/local/Ascend/driver/version.info",
     "{croot}/usr/local/Ascend/driver/lib64", "{croot}{weights_path}", "{croot}{rank_table}"},
    parse_seen_paths, {0, 1, 2});
// Links that lead nowhere, which /dev may hold, make ls exit with 1.
const Probe<DeviceNodes> kDeviceNodes =
    inside("container-devices", {"ls", "-lL", "{croot}/dev"}, parse_device_nodes, {0, 1, 2});
// Any exit code: the tool's message says what is wrong.
const Probe<NpuSmiInfo> kNpuSmiInside =
    inside("container-npu-smi", driver_tool("npu-smi", "/usr/local/sbin", "info"),
           parse_npu_smi_info, {0, 1, 2, 126, 127, 251, 255});
// In a shell as the guide opens it: proxies are set in ~/.bashrc as often as by `-e`. HOME is asked
// for as well, so that silence is no answer.
const Probe<ProxyVariables> kProxies =
    inside("container-proxies", {"bash", "-ic", "env | grep -iE '^(home|[a-z]+_proxy)='"},
           parse_proxy_variables);
// 13: no address is set; the tool has answered all the same.
const Probe<HccnIp> kHccnInside = inside(
    "container-hccn-ip", driver_tool("hccn_tool", "/usr/local/Ascend/driver/tools", "-i 0 -ip -g"),
    parse_hccn_ip, {0, 13, 126, 127});
const Probe<HccnConf> kHccnConfInside =
    inside("container-hccn-conf", {"cat", "{croot}/etc/hccn.conf"}, parse_hccn_conf);

}  // namespace touchstone
