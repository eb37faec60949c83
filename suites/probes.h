#pragma once

#include "harness/model/probe.h"
#include "harness/parse/df.h"
#include "harness/parse/docker.h"
#include "harness/parse/hccn.h"
#include "harness/parse/hccn_conf.h"
#include "harness/parse/host_facts.h"
#include "harness/parse/meminfo.h"
#include "harness/parse/npu_smi.h"
#include "harness/parse/rank_table.h"
#include "harness/parse/stat.h"
#include "harness/parse/systemctl.h"
#include "harness/parse/tool_list.h"
#include "harness/parse/version_info.h"

// Every question that the suites ask. Read-only, all of them.
namespace touchstone {

// -- chapter 0 and section 1.1: the host
// -------------------------------------------------------------------------
extern const Probe<UserId> kUserId;
extern const Probe<ToolList> kTools;
extern const Probe<NpuSmiInfo> kNpuSmi;
extern const Probe<Machine> kMachine;
extern const Probe<MemInfo> kMemory;
extern const Probe<DiskFree> kWeightsDisk;
extern const Probe<DiskFree> kDockerDisk;

// -- section 2: driver, firmware, Docker
// -------------------------------------------------------------------------
extern const Probe<VersionInfo> kDriverInfo;
extern const Probe<VersionInfo> kFirmwareInfo;  // with fields `installed` and `booted`: Unix time
extern const Probe<NpuSmiBoard> kBoard;
extern const Probe<DockerVersion> kDockerVersion;
extern const Probe<SystemctlActive> kDockerActive;
extern const Probe<SystemctlEnabled> kDockerEnabled;
extern const Probe<DockerInfo> kDockerInfo;
extern const Probe<DaemonJson> kDaemonJson;
extern const Probe<InstallInfo> kRuntimeInfo;
extern const Probe<FileStat> kRuncStat;
extern const Probe<UnitFile> kDockerUnit;

// -- section 3.1: the NPU network
// --------------------------------------------------------------------------------
extern const Probe<HccnLldp> kLldp;
extern const Probe<HccnLink> kLink;
extern const Probe<HccnLinkStat> kLinkStat;
extern const Probe<HccnNetHealth> kNetHealth;
extern const Probe<HccnNetdetect> kNetdetect;
extern const Probe<HccnGateway> kGateway;
extern const Probe<HccnTls> kTls;
extern const Probe<HccnIp> kIp;
extern const Probe<HccnSpeed> kSpeed;
extern const Probe<HccnOptical> kOptical;
extern const Probe<HccnStat> kCounters;
extern const Probe<HccnMtu> kMtu;
extern const Probe<HccnConf> kHccnConf;

// -- section 3.2: the rank table
// ---------------------------------------------------------------------------------
extern const Probe<RankTable> kRankTable;
extern const Probe<FileStat> kRankTableStat;
extern const Probe<FileSum> kRankTableSum;

}  // namespace touchstone
