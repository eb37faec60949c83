#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// `docker ps -a --format '{{.Names}}|{{.Status}}|{{.Image}}'`. No line at all: no containers.
struct ContainerList {
  struct Row {
    std::string name, status, image;
    bool running = false;
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  bool operator==(const ContainerList&) const = default;
};
Parsed<ContainerList> parse_container_list(std::string_view out, std::string_view err);

// `docker images --format '{{.Repository}}:{{.Tag}}|{{.ID}}'`
struct ImageList {
  struct Row {
    std::string name;  // "mindie:2.0.T3"; "<none>:<none>" where it has none
    std::string id;    // shortened, as Docker prints it
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  bool operator==(const ImageList&) const = default;
};
Parsed<ImageList> parse_image_list(std::string_view out, std::string_view err);

// `ls -lL /dev`, or of single nodes: what is there, by its name without folders.
struct DeviceNodes {
  std::map<std::string, char> types;  // 'c' a character device, '-' a regular file, 'd', 'l', …
  bool operator==(const DeviceNodes&) const = default;
};
Parsed<DeviceNodes> parse_device_nodes(std::string_view out, std::string_view err);

// `ls -d PATH…`: those that are there. "No such file" of the others is no refusal.
struct SeenPaths {
  std::set<std::string> paths;
  bool operator==(const SeenPaths&) const = default;
};
Parsed<SeenPaths> parse_seen_paths(std::string_view out, std::string_view err);

// `env`, of which only the proxies are kept; HOME must be there, or it is no environment.
struct ProxyVariables {
  std::map<std::string, std::string> set;  // http_proxy, HTTPS_PROXY, … that are not empty
  bool operator==(const ProxyVariables&) const = default;
};
Parsed<ProxyVariables> parse_proxy_variables(std::string_view out, std::string_view err);

}  // namespace touchstone
