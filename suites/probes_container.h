#pragma once

#include "harness/model/probe.h"
#include "harness/parse/ascend_version.h"
#include "harness/parse/container_facts.h"
#include "harness/parse/df.h"
#include "harness/parse/docker_inspect.h"
#include "harness/parse/hccn.h"
#include "harness/parse/hccn_conf.h"
#include "harness/parse/npu_smi.h"
#include "harness/parse/version_info.h"

// The questions of chapter 4.1 and 4.2, and what chapter 1 and 3 ask of the container.
namespace touchstone {

// -- of Docker, on the host
extern const Probe<DockerImage> kImage;
extern const Probe<ImageList> kImages;
extern const Probe<DockerContainer> kContainer;
extern const Probe<ContainerList> kContainers;

// -- inside the container
extern const Probe<InstallInfo> kToolkitInfo;
extern const Probe<VersionInfo> kKernelsInfo;
extern const Probe<AscendVersion> kNnalInfo;
extern const Probe<AscendVersion> kMindieInfo;
extern const Probe<DiskFree> kSharedMemory;
extern const Probe<SeenPaths> kVisiblePaths;
extern const Probe<DeviceNodes> kDeviceNodes;
extern const Probe<NpuSmiInfo> kNpuSmiInside;
extern const Probe<ProxyVariables> kProxies;
extern const Probe<HccnIp> kHccnInside;
extern const Probe<HccnConf> kHccnConfInside;

}  // namespace touchstone
