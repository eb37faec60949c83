#include "harness/config/profile_rules.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace touchstone {
namespace {

using enum ProfileRule::Form;

constexpr std::array<std::string_view, 2> kWeights{"w8a8", "bf16"};
constexpr std::array<std::string_view, 2> kStarts{"devices", "runtime"};
constexpr std::array<std::string_view, 4> kManagers{"none", "yum", "dnf", "apt"};
constexpr std::array<std::string_view, 2> kFabrics{"switch", "direct"};
constexpr std::array<std::string_view, 2> kServiceTls{"off", "on"};
constexpr std::array<std::string_view, 3> kTls{"0", "1", "no-certificates"};
constexpr std::array<std::string_view, 4> kOrders{"descending", "ascending", "lexicographic",
                                                  "any"};

constexpr std::array kRules{
    ProfileRule{"name", kName, "the profile's own name"},
    ProfileRule{"model", kAny, "the model (guide 1.1)"},
    ProfileRule{"weights", kChoice, "w8a8 or bf16 (guide 1.1)", kWeights},
    ProfileRule{"servers", kAny, "servers that a group needs (guide 1.1)"},
    ProfileRule{"chip", kName, "how the chip's name in npu-smi begins (guide 1.1)"},
    ProfileRule{"npus", kAny, "NPUs of a server (guide 1.1)"},
    ProfileRule{"hbm_mb", kAny, "HBM of an NPU in MB (guide 1.1)"},
    ProfileRule{"idle_hbm_mb", kAny, "HBM in MB that may be in use while no service runs (ours)"},
    ProfileRule{"service_expected", kAny, "whether MindIE is meant to run while we look (ours)"},
    ProfileRule{"architecture", kArchitecture, "`uname -m`, or any (guide 2.1: file names)"},
    ProfileRule{"memory_mb", kAny, "memory of a server in MiB (ours)"},
    ProfileRule{"weights_disk_gb", kAny, "size in GiB of the file system for the weights (ours)"},
    ProfileRule{"weights_path", kPath, "a path on that file system (guide 4.2: mounts)"},
    ProfileRule{"model_type", kAny,
                "what model_type in the weights' config.json may be, separated by commas (ours)"},
    ProfileRule{"tokenizer_files", kAny,
                "files of the tokenizer beside the weights, separated by commas (ours)"},
    ProfileRule{"weights_mode", kMode,
                "permissions that no file of the weights exceeds in any digit (guide 6.3)"},
    ProfileRule{"rank_table_mode", kMode,
                "permissions that the rank table exceeds in no digit (guide 6.3)"},
    ProfileRule{"docker_disk_gb", kAny, "free space in GiB where Docker keeps images (ours)"},
    ProfileRule{"docker_path", kPath, "a path there"},
    ProfileRule{"driver", kVersion, "NPU driver (guide 2.1)"},
    ProfileRule{"firmware", kVersion, "NPU firmware (guide 2.1)"},
    ProfileRule{"docker", kVersion, "Docker engine (guide 2.2)"},
    ProfileRule{"docker_runtime", kVersion, "Ascend Docker Runtime (guide 2.2)"},
    ProfileRule{"cann_toolkit", kVersion, "CANN toolkit inside the container (guide 1.1)"},
    ProfileRule{"cann_kernels", kVersion, "CANN kernels inside the container (guide 1.1)"},
    ProfileRule{"cann_nnal", kVersion, "CANN nnal inside the container (guide 1.1)"},
    ProfileRule{"mindie", kVersion, "MindIE inside the container (guide 1.1)"},
    ProfileRule{"mindie_for_w8a8", kVersion, "MindIE that W8A8 weights need (guide 1.1)"},
    ProfileRule{"image", kAny, "image of the container, REPOSITORY:TAG (guide 4.1)"},
    ProfileRule{"container_start", kChoice,
                "devices or runtime: which of the two ways starts the container (guide 4.2)",
                kStarts},
    ProfileRule{"container_privileged", kAny, "whether it is started --privileged (guide 4.2)"},
    ProfileRule{"container_network", kName, "its --net (guide 4.2)"},
    ProfileRule{"shm_gb", kAny, "GiB of /dev/shm inside the container (guide 4.2)"},
    ProfileRule{"container_devices", kAny,
                "devices that it is given besides the NPUs, with commas between (guide 4.2)"},
    ProfileRule{"container_mounts", kAny,
                "paths that it mounts when devices are named, with commas between (guide 4.2)"},
    ProfileRule{"mindie_path", kPath, "folder of the service inside the container (guide 6.2)"},
    ProfileRule{"config_mode", kMode,
                "permissions that conf/config.json exceeds in no digit (MindIE)"},
    ProfileRule{"environment", kValues,
                "variables of the container's shell: a value, a range or any (guide 4.3)"},
    ProfileRule{"service_config", kValues,
                "parameters of config.json: a value, a range or any (guide 6.2)"},
    ProfileRule{"service_tls", kChoice, "off or on: https and TLS between the servers (guide 6.2)",
                kServiceTls},
    ProfileRule{"fabric", kChoice, "switch, or direct fibre between two servers (guide 3.1)",
                kFabrics},
    ProfileRule{"tls", kChoice, "TLS switch of the NPU ports: 0, 1 or no-certificates (guide 3.1)",
                kTls},
    ProfileRule{"port_speed_mbps", kAny, "speed of an NPU port in Mb/s (ours)"},
    ProfileRule{"mtu", kMtu, "MTU of the NPU ports: a number, or same everywhere (ours)"},
    ProfileRule{"rx_power_mw", kAny, "received optical power in mW (ours)"},
    ProfileRule{"tx_power_mw", kAny, "sent optical power in mW (ours)"},
    ProfileRule{"snr_db", kAny, "signal-to-noise ratio in dB (ours)"},
    ProfileRule{.key = "mesh_pairs",
                .about = "directed pairs of NPUs that ping each other at most, in a group (ours)",
                .most = 1'000'000},
    ProfileRule{"hccl_test", kPathOrNone,
                "the site's own all_reduce_test on the master, or none (ours)"},
    ProfileRule{"hccl_bandwidth_gbs", kAny,
                "bandwidth in GB/s that it has to show with its largest data (ours)"},
    ProfileRule{"flap_window_hours", kAny, "hours for which a link must have been up (ours)"},
    ProfileRule{"clock_seconds", kAny, "seconds that clocks of one cluster may differ (ours)"},
    ProfileRule{"rank_table_order", kChoice,
                "descending, ascending, lexicographic or any: servers by address (guide 3.2)",
                kOrders},
    ProfileRule{"container_ip_equals_server_id", kAny,
                "whether the two addresses of a server are the same (guide 3.2)"},
    ProfileRule{"endpoint_seconds", kAny, "seconds that one answer may take (guide 6.4; ours)"},
    ProfileRule{"image_archive", kPathOrNone,
                "archive of the image on the hosts, for docker load (ours)"},
    ProfileRule{"image_archive_sha256", kSumOrNone, "what sha256sum says of it, or none (ours)"},
    ProfileRule{"driver_package", kPathOrNone, "the driver's .run on the hosts, or none (ours)"},
    ProfileRule{"driver_package_sha256", kSumOrNone, "what sha256sum says of it, or none (ours)"},
    ProfileRule{"firmware_package", kPathOrNone,
                "the firmware's .run on the hosts, or none (ours)"},
    ProfileRule{"firmware_package_sha256", kSumOrNone, "what sha256sum says of it, or none (ours)"},
    ProfileRule{"docker_archive", kPathOrNone,
                "Docker's programs, docker-VERSION.tgz, on the hosts, or none (guide 2.2.2)"},
    ProfileRule{"docker_archive_sha256", kSumOrNone, "what sha256sum says of it, or none (ours)"},
    ProfileRule{"docker_package_manager", kChoice,
                "none, or who may download and install Docker on the hosts (guide 2.2.1)",
                kManagers},
    ProfileRule{"docker_runtime_package", kPathOrNone,
                "the .run of Ascend Docker Runtime on the hosts, or none (guide 2.2.2)"},
    ProfileRule{"docker_runtime_package_sha256", kSumOrNone,
                "what sha256sum says of it, or none (ours)"},
    ProfileRule{"service_start_seconds", kAny,
                "seconds that the service may take to come up (ours)"},
    ProfileRule{"endpoint_requests", kAny, "how often the measured question is asked (ours)"},
    ProfileRule{"endpoint_parallel", kAny, "how often it is asked at once (ours)"},
    ProfileRule{"first_token_seconds", kAny, "seconds until the first token, of 90 % (ours)"},
    ProfileRule{"seconds_per_token", kAny, "seconds for each further token, of 90 % (ours)"},
    ProfileRule{"tokens_per_second", kAny, "tokens a second of all parallel requests (ours)"},
};

}  // namespace

std::span<const ProfileRule> profile_rules() {
  return kRules;
}

const ProfileRule& rule_of(std::string_view key) {
  const auto at = std::find_if(kRules.begin(), kRules.end(),
                               [&](const ProfileRule& rule) { return rule.key == key; });
  if (at == kRules.end()) throw std::logic_error("no rule for the profile's " + std::string(key));
  return *at;
}

}  // namespace touchstone
