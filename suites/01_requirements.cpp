#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "suites/chapters.h"
#include "suites/npu_row.h"
#include "suites/requirements.h"

namespace touchstone {
namespace {

void expect_enough_servers(const Evidence& group) {
  const NumberRange& wanted = group.profile().servers;
  const auto count = group.group().hosts.size();
  EXPECT_TRUE(wanted.holds(static_cast<double>(count)))
      << Finding{.expected = said("{} 台服务器", "{} servers", wanted.str()),
                 .actual = said("清单中有 {} 台", "{} in the inventory", count),
                 .why = {fmt::format("{} 权重({})放不进这么少的服务器", group.profile().model,
                                     group.profile().weights),
                         fmt::format("the {} weights of {} do not fit into so few servers",
                                     group.profile().weights, group.profile().model)}};
}

// Ids 0..N-1, each once, of the chip family; a finding about one NPU names it, so that only its own
// steps are blocked.
void expect_all_npus(const Evidence& host) {
  const NpuSmiInfo& table = host[kNpuSmi];
  std::map<int, int> seen;
  for (const NpuSmiInfo::Npu& npu : table.npus) ++seen[npu.id];
  const int expected = host.host().npus;
  for (int id = 0; id < expected; ++id)
    EXPECT_EQ(seen[id], 1) << Finding{
        .target = fmt::format("{}/npu{}", host.host().name, id),
        .expected = said("NPU {} 列出一次", "NPU {} is listed once", id),
        .actual = seen[id] == 0 ? Text{"未列出", "not listed"}
                                : said("列出 {} 次", "listed {} times", seen[id]),
        .why = {
            "该 NPU 未被驱动识别:未上电、掉卡或驱动异常",
            "the driver does not see this NPU: no power, fallen off the bus, or a driver fault"}};
  EXPECT_LE(table.npus.size(), static_cast<std::size_t>(expected))
      << Finding{.expected = said("{} 个 NPU", "{} NPUs", expected),
                 .actual = said("{} 个 NPU", "{} NPUs", table.npus.size()),
                 .why = {"NPU 比清单中的多,与 Atlas 800I A2 不符",
                         "there are more NPUs than the inventory says; not an Atlas 800I A2"}};
  for (const NpuSmiInfo::Npu& npu : table.npus)
    if (!npu.name.starts_with(host.profile().chip)) {
      ADD_FAILURE() << Finding{
          .expected = said("{} 系列的芯片", "chips of the family {}", host.profile().chip),
          .actual = said("NPU {} 是 {}", "NPU {} is a {}", npu.id, npu.name),
          .why = {"配置档中的数值只适用于该芯片系列",
                  "the profile's values hold for that family only"}};
      break;  // one cause is one line; the other chips of a host are of the same kind
    }
}

void expect_hbm(const Evidence& npu) {
  const NpuSmiInfo::Npu& row = npu_row(npu);
  EXPECT_TRUE(npu.profile().hbm_mb.holds(static_cast<double>(row.hbm_total_mb)))
      << Finding{.expected = said("{} MB 显存", "{} MB of HBM", npu.profile().hbm_mb.str()),
                 .actual = fmt::format("{} MB", row.hbm_total_mb),
                 .why = {"权重按每卡 64 GB 显存切分", "the weights are cut for 64 GB an NPU"}};
}

void expect_health_ok(const Evidence& npu) {
  const NpuSmiInfo::Npu& row = npu_row(npu);
  EXPECT_EQ(row.health, "OK") << Finding{
      .expected = "OK",
      .actual = row.health,
      .why = {"npu-smi 报告该 NPU 不健康", "npu-smi reports a fault of this NPU"},
      .next = {fmt::format("运行 npu-smi info -t health -i {} 查看错误码,必要时报修", npu.npu()),
               fmt::format("run `npu-smi info -t health -i {}` for the error code; have the NPU "
                           "repaired if it stays",
                           npu.npu())}};
}

// Workers and daemon of MindIE go by such names; of a process in a container some drivers print
// none.
bool of_service(const NpuSmiInfo::Process& process) {
  return process.name.empty() || process.name.starts_with("mindie");
}

// Who else holds memory of an NPU, as a person would look for it.
Text holder_of(const NpuSmiInfo::Npu& row, bool service) {
  for (const NpuSmiInfo::Process& process : row.processes)
    if (!service || !of_service(process))
      return said("进程 {} '{}' 占 {} MB", "process {} '{}' with {} MB", process.pid.value_or(0),
                  process.name, process.memory_mb);
  return service ? Text{"不属于所列的任何其他进程",
                        "none of it by a listed process that is not the service's"}
                 : Text{"没有列出进程", "no process is listed"};
}

// Without the service, the driver's own share is all that may be in use; with it, that is what is
// left when what the service's processes hold is taken away.
void expect_hbm_is_free(const Evidence& npu) {
  const NpuSmiInfo::Npu& row = npu_row(npu);
  const NumberRange& idle = npu.profile().idle_hbm_mb;
  const bool service = npu.profile().service_expected;
  std::int64_t rest = row.hbm_used_mb;
  if (service)
    for (const NpuSmiInfo::Process& process : row.processes)
      if (of_service(process)) rest -= process.memory_mb;
  if (idle.holds(static_cast<double>(std::max<std::int64_t>(rest, 0)))) return;
  ADD_FAILURE() << Finding{
      .expected =
          service ? said("除服务之外占用 {} MB", "{} MB in use besides the service's", idle.str())
                  : said("没有服务时占用 {} MB", "{} MB in use while no service runs", idle.str()),
      .actual = said("共 {1} MB,占用 {0} MB,其中 {2} 不属于服务:{3}",
                     "{} of {} MB in use, {} not by the service: {}", row.hbm_used_mb,
                     row.hbm_total_mb, rest, holder_of(row, service)),
      .why = {"此前的服务或僵尸进程仍占用显存,加载权重时会内存不足",
              "an earlier service or a zombie still holds memory; loading the weights will run out "
              "of it"},
      .next = {"结束占用的进程(npu-smi info 的进程表);没有进程时重启容器或主机",
               "stop the process that npu-smi lists; where none is listed, restart the container "
               "or the host"}};
}

// The file system at a path has what the profile wants; size and free space are in GiB (df -Pk
// counts KiB).
void expect_disk(const NumberRange& wanted, const std::string& path, std::int64_t kib,
                 const Text& what) {
  const double gib = static_cast<double>(kib) / (1024.0 * 1024.0);
  EXPECT_TRUE(wanted.holds(gib)) << Finding{
      .expected = said("{2} {1} {0} GB", "{} GB {} at {}", wanted.str(), what, path),
      .actual = fmt::format("{:.0f} GB", gib),
      .why = {"放不下权重或镜像", "the weights or the image will not fit"}};
}

void expect_a_fit_host(const Evidence& host) {
  const Profile& profile = host.profile();
  const std::string machine = host[kMachine].architecture;
  EXPECT_TRUE(profile.architecture.empty() || machine == profile.architecture) << Finding{
      .expected = profile.architecture,
      .actual = machine,
      .why = {"安装包与镜像按架构区分", "packages and images are built for one architecture"}};
  const double memory = static_cast<double>(host[kMemory].total_kib) / 1024.0;
  EXPECT_TRUE(profile.memory_mb.holds(memory)) << Finding{
      .expected = said("{} MB 内存", "{} MB of memory", profile.memory_mb.str()),
      .actual = fmt::format("{:.0f} MB", memory),
      .why = {"加载权重时主机内存不足", "loading the weights needs memory of the host, too"}};
  expect_disk(profile.weights_disk_gb, profile.weights_path, host[kWeightsDisk].size_kib,
              {"总容量", "in all"});
  expect_disk(profile.docker_disk_gb, profile.docker_path, host[kDockerDisk].available_kib,
              {"可用", "free"});
}

}  // namespace

Chapter server_requirements() {
  Chapter chapter{.id = "1.1", .title = {"服务器要求", "What the servers must be"}};
  chapter.step({
      .id = "1.1.1",
      .name = "ServersSuffice",
      .title = {"服务器数量足够", "There are enough servers for the weights"},
      .requirement = {"BF16 权重至少 4 台,W8A8 权重至少 2 台",
                      "At least four servers for BF16 weights, two for W8A8"},
      .place = "1.1, first paragraph",
      .on = Scope::kGroup,
      .expect = expect_enough_servers,
      .remedy = {.text = {"增加服务器,或改用量化权重的配置档",
                          "add servers, or take the profile of the quantised weights"}},
  });
  chapter.step({
      .id = "1.1.2",
      .name = "AllNpusAreListed",
      .title = {"NPU 齐全且为 910B", "All NPUs are listed, and of the 910B family"},
      .requirement = {"每台服务器有 8 个 NPU,编号 0–7,芯片系列与配置档一致",
                      "Eight NPUs, ids 0–7, of the profile's chip family on every server"},
      .place = "1.1, first paragraph",
      .on = Scope::kHost,
      .probes = {kNpuSmi},
      .stands_on = {"0.2"},
      .expect = expect_all_npus,
      .remedy = {.text = {"检查 lspci 与 dmesg;掉卡时断电重启,仍缺失则报修",
                          "look at lspci and dmesg; power-cycle a server that lost an NPU, have it "
                          "repaired if it stays away"}},
  });
  auto npu_step = [&chapter](const char* id, const char* name, Text title, Text requirement,
                             const char* place, void (*expect)(const Evidence&), Text remedy) {
    chapter.step({.id = id,
                  .name = name,
                  .title = std::move(title),
                  .requirement = std::move(requirement),
                  .place = place,
                  .on = Scope::kNpu,
                  .probes = {kNpuSmi},
                  .stands_on = {"0.2", "1.1.2"},
                  .expect = expect,
                  .remedy = {.text = std::move(remedy)}});
  };
  npu_step("1.1.3", "HbmIsComplete", {"每个 NPU 有 64 GB 显存", "The NPU has 64 GB of HBM"},
           {"每个 NPU 的 HBM 容量与配置档一致", "The HBM of every NPU is what the profile says"},
           "1.1, first paragraph", expect_hbm,
           {"该服务器不是 8×64 GB 的型号,请更换",
            "this is not the 8 × 64 GB model; exchange the server"});
  npu_step("1.1.4", "NpuIsHealthy", {"NPU 健康状态为 OK", "The NPU is healthy"},
           {"npu-smi 报告每个 NPU 为 OK", "npu-smi calls every NPU OK"}, "beyond the guide",
           expect_health_ok, {"查看错误码并报修", "look up the error code; have the NPU repaired"});
  npu_step("1.1.5", "HbmIsFree", {"没有残留进程占用显存", "No HBM is held by what should not run"},
           {"没有服务运行时,显存占用不超过空闲阈值;服务运行后只有服务占用",
            "While no service is meant to run, HBM stays below the idle threshold; afterwards only "
            "the service holds it"},
           "beyond the guide", expect_hbm_is_free,
           {"结束残留进程;没有进程时重启容器或主机",
            "stop what is left; where no process is listed, restart container or host"});
  add_software_steps(chapter);
  chapter.step({
      .id = "1.1.11",
      .name = "HostIsFit",
      .title = {"架构、内存与磁盘满足要求", "Architecture, memory and disks suffice"},
      .requirement =
          {"主机为配置档规定的架构,内存以及存放权重和镜像的磁盘足够",
           "The host has the profile's architecture, and memory and disk for weights and image"},
      .place = "beyond the guide",
      .on = Scope::kHost,
      .probes = {kMachine, kMemory, kWeightsDisk, kDockerDisk},
      .stands_on = {"0.2"},
      .expect = expect_a_fit_host,
      .remedy = {.text = {"更换主机、扩内存或清理、挂载磁盘",
                          "exchange the host, add memory, or clear or mount a disk"}},
  });
  return chapter;
}

}  // namespace touchstone
