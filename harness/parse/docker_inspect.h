#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// `docker container inspect NAME` of Docker 18 to 28, or of podman under that name. No such
// container: kNotSet. The engine does not answer: kErrorText.
struct DockerContainer {
  struct Device {
    std::string host, inside;  // "/dev/davinci0"
    bool operator==(const Device&) const = default;
  };
  struct Mount {
    std::string source, destination;
    bool writable = true;
    bool operator==(const Mount&) const = default;
  };
  std::string name;  // without the slash that Docker puts in front
  std::string id;
  std::string image;     // as it was named when the container was made: a name, or an id
  std::string image_id;  // 64 hex digits, without "sha256:"
  std::string status;    // "running", "exited", "created", "paused", "restarting", "dead"
  bool running = false;  // and not paused: something can be run inside
  std::optional<std::int64_t> exit_code;
  bool privileged = false;
  std::string network;  // "host", "bridge", a network's name
  std::string ipc;      // "private", "host", …
  std::optional<std::int64_t> shm_bytes;
  std::string runtime;  // "ascend", "runc"; empty where it is not told
  std::vector<Device> devices;
  std::vector<Mount> mounts;
  std::map<std::string, std::string> environment;  // of the image and of `-e`
  bool operator==(const DockerContainer&) const = default;
};
Parsed<DockerContainer> parse_docker_container(std::string_view out, std::string_view err);

// `docker image inspect NAME`. No such image: kNotSet.
struct DockerImage {
  std::string id;                 // 64 hex digits, without "sha256:"
  std::vector<std::string> tags;  // "mindie:2.0.T3"; podman: with "localhost/" in front
  std::string architecture;       // "arm64"
  std::string os;
  std::optional<std::int64_t> size_bytes;
  bool operator==(const DockerImage&) const = default;
};
Parsed<DockerImage> parse_docker_image(std::string_view out, std::string_view err);

}  // namespace touchstone
