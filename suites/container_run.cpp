#include "suites/container_run.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "suites/entries.h"

namespace touchstone {
namespace {

constexpr const char* kVisible = "ASCEND_VISIBLE_DEVICES";

bool by_runtime(const Evidence& host) {
  return host.profile().container_start == "runtime";
}

std::optional<int> npu_of(std::string_view text) {
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number >= 0 && number < 1024 ? std::optional(number) : std::nullopt;
}

std::string all_npus(const Evidence& host) {
  return fmt::format("{}=0-{}", kVisible, host.host().npus - 1);
}

// The mount that holds the path, itself or a folder above it: the innermost of several.
const DockerContainer::Mount* mount_of(const DockerContainer& container, const std::string& path) {
  const DockerContainer::Mount* found = nullptr;
  for (const auto& mount : container.mounts)
    if ((path == mount.destination || path.starts_with(mount.destination + "/")) &&
        (!found || found->destination.size() < mount.destination.size()))
      found = &mount;
  return found;
}

std::string source_of(const DockerContainer::Mount& mount, const std::string& path) {
  return mount.source + path.substr(mount.destination.size());
}

}  // namespace

std::string source_of(const DockerContainer& container, const std::string& path) {
  const auto* mount = mount_of(container, path);
  return mount ? source_of(*mount, path) : "";
}

std::vector<std::string> wanted_devices(const Evidence& host) {
  std::vector<std::string> devices;
  for (int npu = 0; npu < host.host().npus; ++npu)
    devices.push_back(fmt::format("/dev/davinci{}", npu));
  for (auto& path : entries_of(host.profile().container_devices))
    devices.push_back(std::move(path));
  return devices;
}

std::vector<std::string> documented_run_words(const Evidence& host) {
  const Profile& profile = host.profile();
  std::vector<std::string> words{"docker", "run", "-itd"};
  const auto add = [&](std::string word) { words.push_back(std::move(word)); };
  if (profile.container_privileged) add("--privileged");
  add("--name=" + host.host().container);
  add("--net=" + profile.container_network);
  if (by_runtime(host)) add("--ipc=host");
  words.insert(words.end(), {"--shm-size", fmt::format("{:g}g", profile.shm_gb.min.value_or(0))});
  if (by_runtime(host)) {
    words.insert(words.end(),
                 {"-e", all_npus(host), "-v", fmt::format("{0}:{0}", profile.weights_path)});
  } else {
    for (const auto& device : wanted_devices(host)) add("--device=" + device);
    for (const auto& path : entries_of(profile.container_mounts))
      words.insert(words.end(), {"-v", fmt::format("{0}:{0}", path)});
  }
  add(profile.image);
  return words;
}

std::string documented_run(const Evidence& host) {
  return fmt::format("{}", fmt::join(documented_run_words(host), " "));
}

std::vector<ContainerDifference> option_differences(const Evidence& host,
                                                    const DockerContainer& container) {
  const Profile& profile = host.profile();
  std::vector<ContainerDifference> all;
  if (profile.container_privileged && !container.privileged)
    all.push_back({"--privileged", {"没有给出", "not given"}});
  if (container.network != profile.container_network)
    all.push_back({"--net=" + profile.container_network,
                   container.network.empty() ? Phrase("--net=(不明)", "--net=(unknown)")
                                             : Phrase("--net=" + container.network)});
  return all;
}

std::vector<ContainerDifference> mount_differences(const Evidence& host,
                                                   const DockerContainer& container) {
  std::vector<ContainerDifference> all;
  if (by_runtime(host)) return all;
  for (const auto& path : entries_of(host.profile().container_mounts)) {
    const auto* mount = mount_of(container, path);
    const std::string wanted = fmt::format("-v {}:{}", path, path);
    if (!mount)
      all.push_back({wanted, {"没有给出", "not given"}});
    else if (source_of(*mount, path) != path)
      all.push_back({wanted, fmt::format("-v {}:{}", mount->source, mount->destination)});
  }
  return all;
}

std::vector<ContainerDifference> device_differences(const Evidence& host,
                                                    const DockerContainer& container) {
  std::vector<ContainerDifference> all;
  if (by_runtime(host)) {
    const auto given = container.environment.find(kVisible);
    if (given == container.environment.end())
      all.push_back({"-e " + all_npus(host), {"没有给出", "not given"}});
    else if (!names_all_npus(given->second, host.host().npus))
      all.push_back({"-e " + all_npus(host), fmt::format("-e {}={}", kVisible, given->second)});
    if (!container.runtime.empty() && container.runtime != "ascend")
      all.push_back({{"运行时 ascend", "the runtime ascend"},
                     said("运行时 {}", "the runtime {}", container.runtime)});
    return all;
  }
  for (const auto& path : wanted_devices(host)) {
    const bool given = std::any_of(container.devices.begin(), container.devices.end(),
                                   [&](const auto& device) { return device.inside == path; });
    if (!given) all.push_back({"--device=" + path, {"没有给出", "not given"}});
  }
  return all;
}

bool names_all_npus(std::string_view value, int count) {
  if (trim_all(value) == "all") return true;
  std::set<int> named;
  for (const std::string_view part : entries_of(value)) {
    const auto dash = part.find('-');
    const auto first = npu_of(trim_all(part.substr(0, dash)));
    const auto last =
        dash == std::string_view::npos ? first : npu_of(trim_all(part.substr(dash + 1)));
    if (!first || !last) return false;
    for (int npu = *first; npu <= *last; ++npu) named.insert(npu);
  }
  return static_cast<int>(named.size()) == count && !named.empty() && *named.begin() == 0 &&
         *named.rbegin() == count - 1;
}

}  // namespace touchstone
