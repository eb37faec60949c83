#include <array>

#include "harness/parse/ascend_version.h"
#include "harness/parse/container_facts.h"
#include "harness/parse/docker_inspect.h"
#include "harness/parse/kinds_json.h"

namespace touchstone {
namespace {

Json docker_container(const DockerContainer& value) {
  Json devices = Json::array(), mounts = Json::array();
  for (const auto& device : value.devices)
    devices.push_back({{"host", device.host}, {"inside", device.inside}});
  for (const auto& mount : value.mounts)
    mounts.push_back({{"source", mount.source},
                      {"destination", mount.destination},
                      {"writable", mount.writable}});
  return {{"name", value.name},
          {"id", value.id},
          {"image", value.image},
          {"image_id", value.image_id},
          {"status", value.status},
          {"running", value.running},
          {"exit_code", or_null(value.exit_code)},
          {"privileged", value.privileged},
          {"network", value.network},
          {"ipc", value.ipc},
          {"shm_bytes", or_null(value.shm_bytes)},
          {"runtime", value.runtime},
          {"devices", std::move(devices)},
          {"mounts", std::move(mounts)},
          {"environment", value.environment}};
}

Json docker_image(const DockerImage& value) {
  return {{"id", value.id},
          {"tags", value.tags},
          {"architecture", value.architecture},
          {"os", value.os},
          {"size_bytes", or_null(value.size_bytes)}};
}

Json container_list(const ContainerList& value) {
  Json rows = Json::array();
  for (const auto& row : value.rows)
    rows.push_back({{"name", row.name},
                    {"status", row.status},
                    {"image", row.image},
                    {"running", row.running}});
  return {{"containers", std::move(rows)}};
}

Json image_list(const ImageList& value) {
  Json rows = Json::array();
  for (const auto& row : value.rows) rows.push_back({{"name", row.name}, {"id", row.id}});
  return {{"images", std::move(rows)}};
}

Json device_nodes(const DeviceNodes& value) {
  Json types = Json::object();
  for (const auto& [name, type] : value.types) types[name] = std::string(1, type);
  return {{"types", std::move(types)}};
}

Json seen_paths(const SeenPaths& value) {
  return {{"paths", value.paths}};
}

Json proxy_variables(const ProxyVariables& value) {
  return {{"set", value.set}};
}

Json ascend_version(const AscendVersion& value) {
  return {{"package", value.package}, {"version", value.version}, {"fields", value.fields}};
}

constexpr std::array kContainerKinds = {
    ParseKind{"docker-container",
              "docker container inspect NAME",
              {"容器的启动方式", "how a container was started"},
              one_to_json<DockerContainer, parse_docker_container, docker_container>},
    ParseKind{"docker-image",
              "docker image inspect NAME",
              {"已加载的镜像", "an image that is loaded"},
              one_to_json<DockerImage, parse_docker_image, docker_image>},
    ParseKind{"docker-ps",
              "docker ps -a --format '{{.Names}}|{{.Status}}|{{.Image}}'",
              {"主机上的容器", "the containers of a host"},
              one_to_json<ContainerList, parse_container_list, container_list>},
    ParseKind{"docker-images",
              "docker images --format '{{.Repository}}:{{.Tag}}|{{.ID}}'",
              {"主机上的镜像", "the images of a host"},
              one_to_json<ImageList, parse_image_list, image_list>},
    ParseKind{"ascend-version",
              "cat /usr/local/Ascend/mindie/latest/version.info",
              {"MindIE 或 nnal 的版本", "version of MindIE or of nnal"},
              one_to_json<AscendVersion, parse_ascend_version, ascend_version>},
    ParseKind{"device-nodes",
              "ls -lL /dev",
              {"设备节点及其类型", "device nodes and what they are"},
              one_to_json<DeviceNodes, parse_device_nodes, device_nodes>},
    ParseKind{"seen-paths",
              "ls -d PATH…",
              {"哪些路径存在", "which of some paths are there"},
              one_to_json<SeenPaths, parse_seen_paths, seen_paths>},
    ParseKind{"proxy-variables",
              "env",
              {"环境变量中的代理", "the proxies that an environment names"},
              one_to_json<ProxyVariables, parse_proxy_variables, proxy_variables>},
};

}  // namespace

std::span<const ParseKind> container_kinds() {
  return kContainerKinds;
}

}  // namespace touchstone
