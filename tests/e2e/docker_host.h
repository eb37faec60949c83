#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/e2e/cluster.h"
#include "tests/e2e/dockerd.h"

namespace touchstone {

inline constexpr const char* kDockerImage = "mindie:2.0.T3-800I-A2-py311-openeuler24.03-lts";
inline constexpr const char* kDockerName = "mindie-dsr1-w8a8";

// A program; a link of that name goes first, for writing would follow it.
inline void write_program(const std::string& file, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(file).parent_path());
  std::filesystem::remove(file);
  std::ofstream(file, std::ios::binary) << text;
  std::filesystem::permissions(file, static_cast<std::filesystem::perms>(0755));
}

// The `docker` of node-01 is the real client of that engine; the container's root is its own.
inline void use_real_docker(Cluster& cluster, const Dockerd& engine) {
  write_program(cluster.dir() + "/hosts/node-01/bin/docker",
                "#!/bin/sh\nexec " + engine.client() + " \"$@\"\n");
  cluster.edit_inventory("container_sysroot: \"" + cluster.dir() + "/hosts/{host}/container\"",
                         "container_sysroot: /");
}

// What the site says otherwise: privileged containers cannot be started everywhere, and 500g of
// shared memory is not there.
inline constexpr const char* kDockerSite =
    "site:\n  servers: \">=1\"\n  container_privileged: false\n  shm_gb: \">=0.05\"\n"
    "  container_mounts: /etc/hccn.conf\n";

}  // namespace touchstone
