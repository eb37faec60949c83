#include "suites/chapters.h"
#include "suites/container_rules.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

// Recreating loses what lives in the container's own layer; nobody's container is removed.
const Text kRecreate{
    "先 docker stop 并 docker rename 旧容器(保留,其中有 config.json 与 ~/.bashrc),再按指南的 "
    "docker run 新建",
    "`docker stop` and `docker rename` the old container (keep it: config.json and ~/.bashrc are "
    "in "
    "it), then make a new one by the guide's `docker run`"};

// A step about the container of one host; it needs root.
Step of_host(Step step) {
  return standing_on({"0.2"}, std::move(step));
}

}  // namespace

Chapter image() {
  Chapter chapter{.id = "4.1", .title = {"镜像", "The image"}};
  chapter.step(
      of_host({.id = "4.1.1",
               .name = "ImageIsLoaded",
               .title = {"配置档规定的镜像已加载", "The profile's image is loaded"},
               .requirement = {"主机上有配置档所写名称的镜像",
                               "The host has the image that the profile names"},
               .place = "4.1",
               .probes = {kImage, kImages, kContainer},
               .stands_on = {"2.2.1"},
               .expect = expect_image_is_loaded,
               .remedy = {.risk = Risk::kService,
                          .text = {"docker load -i <镜像包>", "docker load -i ARCHIVE"}}}));
  chapter.step({.id = "4.1.2",
                .name = "ImageIsTheSame",
                .title = {"各主机的镜像相同", "The image is the same on every host"},
                .requirement = {"同一组内各主机该镜像的 id 相同",
                                "The image has the same id on every host of a group"},
                .place = "beyond the guide",
                .on = Scope::kGroup,
                .probes = {kImage},
                .stands_on = {"0.2", "2.2.1", "4.1.1"},
                .expect = expect_the_same_image,
                .remedy = {.text = {"在被点名的主机上重新加载与其他主机相同的镜像包",
                                    "load the archive that the others have on the host that is "
                                    "named"}}});
  chapter.step(of_host({.id = "4.1.3",
                        .name = "ContainerIsOfTheImage",
                        .title = {"容器由该镜像创建", "The container was made from that image"},
                        .requirement = {"运行中的容器所用镜像即配置档规定的镜像",
                                        "The running container was made from the profile's image"},
                        .place = "4.2, instruction 19",
                        .probes = {kContainer, kImage},
                        .stands_on = {"4.1.1", "4.2.1"},
                        .expect = expect_made_from_image,
                        .remedy = {.risk = Risk::kDisruptive, .text = kRecreate}}));
  repaired_by(chapter, "4.1.1", fix_image);
  repaired_by(chapter, "4.1.3", fix_other_container);
  return chapter;
}

Chapter container() {
  Chapter chapter{.id = "4.2", .title = {"容器", "The container"}};
  chapter.step(of_host(
      {.id = "4.2.1",
       .name = "ContainerRuns",
       .title = {"容器在运行", "The container runs"},
       .requirement = {"清单所写的容器存在并在运行", "The inventory's container is there and runs"},
       .place = "4.2, instructions 3–5",
       .probes = {kContainer, kContainers},
       .stands_on = {"2.2.1"},
       .expect = expect_container_runs,
       .remedy = {.risk = Risk::kService,
                  .text = {"docker start <容器>;没有时按指南的 docker run 新建",
                           "docker start NAME; where there is none, the guide's docker run"}}}));
  chapter.step(of_host(
      {.id = "4.2.2",
       .name = "ContainerIsStartedAsDocumented",
       .title = {"容器的启动参数与指南一致", "The container was started as the guide does"},
       .requirement = {"特权、主机网络、共享内存不少于 500g,驱动、权重与 rank table 在容器内可见",
                       "Privileged, host network, at least 500g of shared memory; driver, weights "
                       "and rank table are visible inside"},
       .place = "4.2, instructions 4–25",
       .probes = {kContainer, kSharedMemory, kVisiblePaths},
       .stands_on = {"4.2.1"},
       .expect = expect_documented_options,
       .remedy = {.risk = Risk::kDisruptive, .text = kRecreate}}));
  chapter.step(
      of_host({.id = "4.2.3",
               .name = "DevicesAreGiven",
               .title = {"设备已传入容器", "The container is given the devices"},
               .requirement = {"启动参数给出全部 NPU 与管理设备",
                               "It was started with every NPU and the devices of the driver"},
               .place = "4.2, instructions 8–11",
               .probes = {kContainer},
               .stands_on = {"4.2.1"},
               .expect = expect_devices_given,
               .remedy = {.risk = Risk::kDisruptive, .text = kRecreate}}));
  chapter.step(
      of_host({.id = "4.2.4",
               .name = "DeviceNodesAreThere",
               .title = {"容器内有这些设备节点", "The device nodes are there inside"},
               .requirement = {"容器内的设备节点存在且是字符设备",
                               "Inside, the nodes are there and are character devices"},
               .place = "4.2, instructions 8–11",
               .probes = {kDeviceNodes},
               .stands_on = {"4.2.1"},
               .expect = expect_device_nodes,
               .remedy = {.risk = Risk::kDisruptive,
                          .text = {"重启容器;仍缺少时按指南重新创建",
                                   "restart the container; if they stay away, make it anew as the "
                                   "guide does"}}}));
  chapter.step(of_host(
      {.id = "4.2.5",
       .name = "NpusAreHealthyInside",
       .title = {"容器内看到全部健康的 NPU", "All NPUs are seen inside, and healthy"},
       .requirement = {"容器内 npu-smi 列出全部 NPU 且为 OK",
                       "Inside, npu-smi lists every NPU and calls it OK"},
       .place = "4.2",
       .probes = {kNpuSmiInside},
       .stands_on = {"1.1.2", "1.1.4", "4.2.1", "4.2.4"},
       .expect = expect_npus_inside,
       .remedy = {.text = {"检查驱动挂载与设备节点,然后重启容器",
                           "check the driver's mount and the device nodes, then restart the "
                           "container"}}}));
  chapter.step(of_host(
      {.id = "4.2.6",
       .name = "InsideIsClean",
       .title = {"容器内没有代理,hccn_tool 可用",
                 "No proxy is set inside, and hccn_tool answers there"},
       .requirement = {"容器的环境没有代理变量;按设备方式启动时 hccn_tool 有应答",
                       "The environment has no proxy; started with devices, hccn_tool answers"},
       .place = "beyond the guide",
       .probes = {kProxies, kHccnInside},
       .stands_on = {"4.2.1"},
       .expect = expect_clean_environment,
       .remedy = {.text = {"去掉代理变量;把 /usr/local/Ascend/driver 整个挂载进容器",
                           "take the proxy away; mount /usr/local/Ascend/driver as a "
                           "whole"}}}));
  repaired_by(chapter, "4.2.1", fix_stopped_container);
  for (const char* id : {"4.2.2", "4.2.3", "4.2.4"}) repaired_by(chapter, id, fix_other_container);
  return chapter;
}

}  // namespace touchstone
