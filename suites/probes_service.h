#pragma once

#include "harness/model/later.h"
#include "harness/model/probe.h"
#include "harness/parse/processes.h"
#include "harness/parse/service_answers.h"
#include "harness/parse/stat.h"
#include "harness/parse/systemctl.h"

// Questions about the service that runs: its processes, what they were started with, who listens,
// who is reached.
namespace touchstone {

extern const Probe<ServiceProcesses> kServiceProcesses;
extern const Probe<ProcessEnvironment> kDaemonEnvironment;
extern const Probe<ServicePorts> kServicePorts;
extern const Probe<FileStat> kServiceConfigStat;
extern const Probe<FileStat> kBashrcStat;
extern const Probe<ServiceLog> kServiceLog;
extern const Probe<Listening> kListening;
extern const Probe<SystemctlActive> kFirewall;

// Phase 1, of the addresses that the master's configuration names. Asked on the hosts themselves:
// the container shares their network.
extern const Probe<Knock> kReadiness;     // of the master, at its management address
extern const Probe<Knock> kServiceKnock;  // the master's service port, from every host
extern const Probe<Knock> kNodesKnock;    // its port for the other hosts

std::vector<Later> service_later();

// What MindIE takes where config.json does not say.
inline constexpr const char* kDefaultManagementAddress = "127.0.0.2";
inline constexpr int kDefaultManagementPort = 1026, kDefaultNodesPort = 1120,
                     kDefaultServicePort = 1025;

}  // namespace touchstone
