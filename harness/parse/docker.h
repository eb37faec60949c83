#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// `docker version --format '{{json .}}'` of Docker 18 to 28, or of podman under that name. The
// engine does not answer: kErrorText, with the client's version in the reason where it was printed.
struct DockerVersion {
  std::string product;  // "docker" or "podman"
  std::string client_version;
  std::optional<std::string> server_version;  // none: podman without a service
  std::string api_version;                    // of the client
  std::string arch;                           // "arm64", "amd64" as the client was built
  bool operator==(const DockerVersion&) const = default;
};
Parsed<DockerVersion> parse_docker_version(std::string_view out, std::string_view err);

// `docker info --format '{{json .}}'`
struct DockerInfo {
  std::string product;
  std::string server_version;
  std::string default_runtime;
  std::map<std::string, std::string> runtimes;  // name → path
  std::string root_dir;
  std::string driver;         // storage: "overlay2"
  std::string cgroup_driver;  // "systemd", "cgroupfs"
  std::string architecture;   // "aarch64"
  std::optional<std::int64_t> containers;
  std::optional<std::int64_t> containers_running;
  std::optional<std::int64_t> memory_bytes;
  bool operator==(const DockerInfo&) const = default;
};
Parsed<DockerInfo> parse_docker_info(std::string_view out, std::string_view err);

// `cat /etc/docker/daemon.json`. A missing file is kNotSet: Docker runs on its defaults then.
struct DaemonJson {
  std::optional<std::string> default_runtime;
  std::map<std::string, std::string> runtimes;  // name → path
  std::optional<std::string> default_shm_size;
  std::optional<std::string> data_root;
  bool operator==(const DaemonJson&) const = default;
};
Parsed<DaemonJson> parse_daemon_json(std::string_view out, std::string_view err);

}  // namespace touchstone
