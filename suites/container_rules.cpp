#include "suites/container_rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/bounded.h"
#include "harness/model/finding.h"
#include "harness/model/said.h"

#include <algorithm>
#include <map>

#include "suites/change_parts.h"
#include "suites/container_run.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_container.h"

namespace touchstone {
namespace {

// A container that could be the one that is meant: it runs, and its name or image says MindIE.
const ContainerList::Row* similar_container(const Evidence& host) {
  const auto& list = host.parsed(kContainers);
  if (!list) return nullptr;
  for (const bool must_run : {true, false})
    for (const auto& row : list.value().rows) {
      const bool mindie = row.name.find("mindie") != std::string::npos ||
                          row.image.find("mindie") != std::string::npos;
      if (mindie && (row.running || !must_run)) return &row;
    }
  return nullptr;
}

void report_missing(const Evidence& host) {
  const std::string& name = host.host().container;
  if (const auto* other = similar_container(host)) {
    ADD_FAILURE() << Finding{
        .expected = said("容器 {} 在运行", "a container {} runs", name),
        .actual = said("没有;有的是 {}({},{})", "there is none; there is {} ({}, {})", other->name,
                       other->status, other->image),
        .why = {"容器名与清单不同", "the container has another name than the inventory gives"},
        .next = {fmt::format("若 {0} 就是该容器,在清单中写 container: {0}", other->name),
                 fmt::format("if {0} is the one, write `container: {0}` in the inventory",
                             other->name)}};
    return;
  }
  const std::string run = documented_run(host);
  ADD_FAILURE() << Finding{.expected = said("容器 {} 在运行", "a container {} runs", name),
                           .actual = {"没有", "there is none"},
                           .why = {"服务在该容器中运行", "the service runs in this container"},
                           .next = {run, run}};
}

void report_difference(const ContainerDifference& difference, const Text& why) {
  ADD_FAILURE() << Finding{.expected = difference.wanted, .actual = difference.actual, .why = why};
}

// A missing mount is one cause; that the path is not seen either is not said again.
bool explained(const std::vector<ContainerDifference>& mounts, const std::string& path) {
  return std::any_of(mounts.begin(), mounts.end(), [&](const ContainerDifference& difference) {
    const std::string mount = difference.wanted.en.substr(difference.wanted.en.find(':') + 1);
    return path == mount || path.starts_with(mount + "/");
  });
}

void expect_visible(const Evidence& host, const std::vector<ContainerDifference>& mounts,
                    const std::vector<std::string>& any_of, const Text& why) {
  const SeenPaths& seen = host[kVisiblePaths];
  for (const auto& path : any_of)
    if (seen.paths.contains(in_container(host.host(), path)) || explained(mounts, path)) return;
  ADD_FAILURE() << Finding{
      .expected = said("容器内能看到 {}", "{} is visible inside", any_of.front()),
      .actual = {"没有这个文件或目录", "no such file or directory"},
      .why = why};
}

// "it sees netdetect_3=10.20.0.1 (here 10.20.0.9)"
Text or_nothing(const std::string& value) {
  return value.empty() ? Phrase("没有值", "nothing") : Phrase(value);
}

Text first_difference(const HccnConf& own, const HccnConf& inside) {
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (const auto& [npu, fields] : own.by_npu)
    for (const auto& [key, value] : fields) both[fmt::format("{}_{}", key, npu)].first = value;
  for (const auto& [npu, fields] : inside.by_npu)
    for (const auto& [key, value] : fields) both[fmt::format("{}_{}", key, npu)].second = value;
  for (const auto& [key, values] : both)
    if (values.first != values.second)
      return said("它看到 {}={}(此处为 {})", "it sees {}={} (here {})", key,
                  or_nothing(values.second), or_nothing(values.first));
  return {"它看到的是另一个文件", "it sees another file"};
}

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Text type_text(char type) {
  return type == '-'   ? Text{"普通文件", "a regular file"}
         : type == 'd' ? Text{"目录", "a folder"}
         : type == 'b' ? Text{"块设备", "a block device"}
                       : Text{"不是字符设备", "no character device"};
}

}  // namespace

void expect_container_runs(const Evidence& host) {
  if (host.host().container.empty())
    throw NoEvidence(
        {host.host().name + ":清单没有给出容器名,请写 container: <名称>",
         host.host().name + ": the inventory names no container; write `container: NAME` for it"});
  const auto& parsed = host.parsed(kContainer);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) return report_missing(host);
  const DockerContainer& container = host[kContainer];
  const std::string start = fmt::format(
      "docker {} {}", container.status == "paused" ? "unpause" : "start", container.name);
  EXPECT_TRUE(container.running) << Finding{
      .expected = said("容器 {} 在运行", "container {} runs", container.name),
      .actual = container.exit_code && container.status == "exited"
                    ? said("已退出,退出码 {}", "exited with {}", *container.exit_code)
                    : Text(Phrase(container.status)),
      .why = {"服务在该容器中运行", "the service runs in this container"},
      .next = {start, start}};
}

void expect_documented_options(const Evidence& host) {
  const DockerContainer& container = host[kContainer];
  for (const auto& difference : option_differences(host, container))
    report_difference(difference,
                      {"容器的启动参数与指南不同",
                       "the container was started with other options than the guide's"});
  const double gib = static_cast<double>(host[kSharedMemory].size_kib) / (1024.0 * 1024.0);
  EXPECT_TRUE(host.profile().shm_gb.holds(gib)) << Finding{
      .expected = said("--shm-size:/dev/shm 有 {} GB", "--shm-size: {} GB at /dev/shm",
                       host.profile().shm_gb.str()),
      .actual = gib < 10 ? fmt::format("{:.3g} GB", gib) : fmt::format("{:.0f} GB", gib),
      .why = {"共享内存不足,加载权重或通信时进程会被杀死",
              "with too little shared memory the processes die while loading or communicating"}};
  const auto mounts = mount_differences(host, container);
  for (const auto& difference : mounts)
    report_difference(difference, {"容器内看不到主机的这个路径",
                                   "the host's path is not what is seen inside the container"});
  expect_visible(host, mounts,
                 {"/usr/local/Ascend/driver/version.info", "/usr/local/Ascend/driver/lib64"},
                 {"容器内没有驱动", "the driver is not inside the container"});
  expect_visible(host, mounts, {host.profile().weights_path},
                 {"容器内看不到权重", "the weights cannot be seen inside the container"});
  expect_visible(host, mounts, {host.group().rank_table},
                 {"容器内看不到 rank table", "the rank table cannot be seen inside the container"});
}

void expect_devices_given(const Evidence& host) {
  const DockerContainer& container = host[kContainer];
  const Text why =
      container.privileged
          ? Text{"特权容器暂时仍能看到全部设备,但启动参数与指南不同",
                 "a privileged container sees all devices all the same, but it was not started "
                 "as the guide does"}
          : Text{"容器没有得到该设备", "the container was not given this device"};
  for (const auto& difference : device_differences(host, container))
    report_difference(difference, why);
}

void expect_device_nodes(const Evidence& host) {
  const DeviceNodes& nodes = host[kDeviceNodes];
  for (const auto& path : wanted_devices(host)) {
    const auto node = nodes.types.find(base_name(path));
    const bool there = node != nodes.types.end();
    EXPECT_TRUE(there && node->second == 'c') << Finding{
        .expected = said("容器内 {} 是字符设备", "{} is a character device inside", path),
        .actual = there ? type_text(node->second) : Text{"没有", "there is none"},
        .why = {"驱动加载晚于容器启动,或设备没有传入容器",
                "the driver was loaded after the container was started, or the device was not "
                "handed in"}};
  }
}

void expect_npus_inside(const Evidence& host) {
  const auto& parsed = host.parsed(kNpuSmiInside);
  if (refused_as(parsed, Refusal::Kind::kErrorText)) {
    ADD_FAILURE() << Finding{
        .expected =
            said("容器内 npu-smi 列出 {} 个 NPU", "npu-smi lists {} NPUs inside", host.host().npus),
        .actual = parsed.refusal().reason,
        .why = {"容器内访问不到驱动:设备节点、驱动挂载或 npu-smi 缺失",
                "the driver cannot be reached from inside: device nodes, the driver's mount or "
                "npu-smi are missing"}};
    return;
  }
  std::map<int, std::string> health;
  for (const auto& npu : host[kNpuSmiInside].npus) health[npu.id] = npu.health;
  for (int id = 0; id < host.host().npus; ++id) {
    const auto seen = health.find(id);
    EXPECT_TRUE(seen != health.end() && seen->second == "OK") << Finding{
        .target = fmt::format("{}/npu{}", host.host().name, id),
        .expected = said("容器内 NPU {} 为 OK", "NPU {} is OK inside", id),
        .actual = seen == health.end() ? Phrase("未列出", "not listed") : Phrase(seen->second),
        .why = {"主机上正常,容器内不正常", "it is well on the host, but not inside"}};
  }
}

void expect_clean_environment(const Evidence& host) {
  for (const auto& [name, value] : host[kProxies].set)
    ADD_FAILURE() << Finding{
        .expected = said("容器内未设置 {}", "{} is not set inside", name),
        .actual = name + "=" + value,
        .why = {"代理会截走节点间的请求", "a proxy swallows what the nodes send to each other"},
        .next = {"从 ~/.bashrc 与镜像环境中去掉代理变量",
                 "take the proxy out of ~/.bashrc and of the container's environment"}};
  if (host.profile().container_start != "devices") return;
  // Whatever the tool says of the NPU, it says on the host, too: here it only has to be there.
  const Answer* answer = host.answer(kHccnInside);
  const bool ran = answer && answer->end == Answer::End::kExited && answer->exit_code != 126 &&
                   answer->exit_code != 127;
  if (ran) return;
  const auto& hccn = host.parsed(kHccnInside);
  if (hccn || hccn.refusal().kind == Refusal::Kind::kNotSet) return;
  ADD_FAILURE() << Finding{
      .expected = {"容器内 hccn_tool 有应答", "hccn_tool answers inside"},
      .actual = hccn.refusal().reason,
      .why = {"驱动目录没有完整挂载进容器", "the driver's folder is not mounted as a whole"}};
}

void expect_hccn_conf_inside(const Evidence& host) {
  const auto not_compared = [&](const Phrase& why) {
    host.remark(said("没有比较容器内的副本:{}", "the container's copy was not compared: {}", why));
  };
  // Whatever keeps Docker from looking inside is 4.2.1's to tell; no answer at all is no evidence.
  const Answer* answer = host.answer(kHccnConfInside);
  if (answer && answer->end == Answer::End::kNoTool)
    return not_compared({"没有 docker", "there is no docker"});
  if (answer && answer->end == Answer::End::kExited && answer->exit_code != 0)
    return not_compared(first_line(answer->err.empty() ? answer->out : answer->err));
  const bool empty = refused_as(host.parsed(kHccnConfInside), Refusal::Kind::kEmpty);
  const HccnConf &own = host[kHccnConf], inside = empty ? HccnConf{} : host[kHccnConfInside];
  EXPECT_TRUE(inside == own) << Finding{
      .expected = {"容器看到的就是这个文件", "the container sees this file"},
      .actual = first_difference(own, inside),
      .why =
          {"文件曾被整体替换(改名),容器仍绑定在旧文件上",
           "the file was replaced (by a rename) and the container is still bound to the old one"},
      .next = {"重启容器;以后只用 hccn_tool … -s 修改",
               "restart the container; from now on change it by `hccn_tool … -s` only"}};
}

}  // namespace touchstone
