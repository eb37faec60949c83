#include "suites/chapters.h"
#include "suites/container_rules.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

// Recreating loses what lives in the container's own layer; nobody's container is removed.
const Text kRecreate{
    "先 docker stop 并 docker rename 旧容器(保留,其中有 config.json 与 ~/.bashrc),再按指南的 "
    "docker run 新建",
    "`docker stop` and `docker rename` the old container (keep it: config.json and ~/.bashrc are "
    "in "
    "it), then make a new one by the guide's `docker run`"};

struct Row {
  const char *id, *name;
  Text title, requirement;
  const char* place;
  std::vector<Question> probes;
  std::vector<std::string> stands_on;
  void (*expect)(const Evidence&);
  Remedy remedy;
};

// A step about the container of one host; it needs root.
Step of_host(Row row) {
  row.stands_on.insert(row.stands_on.begin(), "0.2");
  return {.id = row.id,
          .name = row.name,
          .title = std::move(row.title),
          .requirement = std::move(row.requirement),
          .place = row.place,
          .on = Scope::kHost,
          .probes = std::move(row.probes),
          .stands_on = std::move(row.stands_on),
          .expect = row.expect,
          .remedy = std::move(row.remedy)};
}

}  // namespace

Chapter image() {
  Chapter chapter{.id = "4.1", .title = {"镜像", "The image"}};
  chapter.step(of_host(
      {"4.1.1",
       "ImageIsLoaded",
       {"档案规定的镜像已加载", "The profile's image is loaded"},
       {"主机上有档案所写名称的镜像", "The host has the image that the profile names"},
       "4.1",
       {kImage, kImages, kContainer},
       {"2.2.1"},
       expect_image_is_loaded,
       {.risk = Risk::kService, .text = {"docker load -i <镜像包>", "docker load -i ARCHIVE"}}}));
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
  chapter.step(of_host({"4.1.3",
                        "ContainerIsOfTheImage",
                        {"容器由该镜像创建", "The container was made from that image"},
                        {"运行中的容器所用镜像即档案规定的镜像",
                         "The running container was made from the profile's image"},
                        "4.2, instruction 19",
                        {kContainer, kImage},
                        {"4.1.1", "4.2.1"},
                        expect_made_from_image,
                        {.risk = Risk::kDisruptive, .text = kRecreate}}));
  repaired_by(chapter, "4.1.1", fix_image);
  repaired_by(chapter, "4.1.3", fix_other_container);
  return chapter;
}

Chapter container() {
  Chapter chapter{.id = "4.2", .title = {"容器", "The container"}};
  chapter.step(
      of_host({"4.2.1",
               "ContainerRuns",
               {"容器在运行", "The container runs"},
               {"清单所写的容器存在并在运行", "The inventory's container is there and runs"},
               "4.2, instructions 3–5",
               {kContainer, kContainers},
               {"2.2.1"},
               expect_container_runs,
               {.risk = Risk::kService,
                .text = {"docker start <容器>;没有时按指南的 docker run 新建",
                         "docker start NAME; where there is none, the guide's docker run"}}}));
  chapter.step(
      of_host({"4.2.2",
               "ContainerIsStartedAsDocumented",
               {"容器的启动参数与指南一致", "The container was started as the guide does"},
               {"特权、主机网络、共享内存不少于 500g,驱动、权重与 rank table 在容器内可见",
                "Privileged, host network, at least 500g of shared memory; driver, weights "
                "and rank table are visible inside"},
               "4.2, instructions 4–25",
               {kContainer, kSharedMemory, kVisiblePaths},
               {"4.2.1"},
               expect_documented_options,
               {.risk = Risk::kDisruptive, .text = kRecreate}}));
  chapter.step(of_host({"4.2.3",
                        "DevicesAreGiven",
                        {"设备已传入容器", "The container is given the devices"},
                        {"启动参数给出全部 NPU 与管理设备",
                         "It was started with every NPU and the devices of the driver"},
                        "4.2, instructions 8–11",
                        {kContainer},
                        {"4.2.1"},
                        expect_devices_given,
                        {.risk = Risk::kDisruptive, .text = kRecreate}}));
  chapter.step(of_host({"4.2.4",
                        "DeviceNodesAreThere",
                        {"容器内有这些设备节点", "The device nodes are there inside"},
                        {"容器内的设备节点存在且是字符设备",
                         "Inside, the nodes are there and are character devices"},
                        "4.2, instructions 8–11",
                        {kDeviceNodes},
                        {"4.2.1"},
                        expect_device_nodes,
                        {.risk = Risk::kDisruptive,
                         .text = {"重启容器;仍缺少时按指南重新创建",
                                  "restart the container; if they stay away, make it anew as the "
                                  "guide does"}}}));
  chapter.step(of_host(
      {"4.2.5",
       "NpusAreHealthyInside",
       {"容器内看到全部健康的 NPU", "All NPUs are seen inside, and healthy"},
       {"容器内 npu-smi 列出全部 NPU 且为 OK", "Inside, npu-smi lists every NPU and calls it OK"},
       "4.2",
       {kNpuSmiInside},
       {"1.1.2", "1.1.4", "4.2.1", "4.2.4"},
       expect_npus_inside,
       {.text = {"检查驱动挂载与设备节点,然后重启容器",
                 "check the driver's mount and the device nodes, then restart the "
                 "container"}}}));
  chapter.step(of_host(
      {"4.2.6",
       "InsideIsClean",
       {"容器内没有代理,hccn_tool 可用", "No proxy is set inside, and hccn_tool answers there"},
       {"容器的环境没有代理变量;按设备方式启动时 hccn_tool 有应答",
        "The environment has no proxy; started with devices, hccn_tool answers"},
       "beyond the guide",
       {kProxies, kHccnInside},
       {"4.2.1"},
       expect_clean_environment,
       {.text = {"去掉代理变量;把 /usr/local/Ascend/driver 整个挂载进容器",
                 "take the proxy away; mount /usr/local/Ascend/driver as a "
                 "whole"}}}));
  repaired_by(chapter, "4.2.1", fix_stopped_container);
  for (const char* id : {"4.2.2", "4.2.3", "4.2.4"}) repaired_by(chapter, id, fix_other_container);
  return chapter;
}

}  // namespace touchstone
