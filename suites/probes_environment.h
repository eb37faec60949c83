#pragma once

#include "harness/model/probe.h"
#include "harness/parse/bashrc.h"
#include "harness/parse/container_facts.h"
#include "harness/parse/environ.h"
#include "harness/parse/ip_addr.h"

// The questions of section 4.3.
namespace touchstone {

extern const Probe<ShellSettings> kBashrc;
extern const Probe<Environment> kShellEnvironment;  // of a new interactive shell
extern const Probe<SeenPaths> kSetEnvScripts;
extern const Probe<IpAddresses> kHostAddresses;

// The four scripts that the guide's ~/.bashrc reads, as paths inside the container.
const std::vector<std::string>& set_env_scripts();

}  // namespace touchstone
