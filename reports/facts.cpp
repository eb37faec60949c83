#include "reports/facts.h"

#include <map>
#include <string_view>

namespace touchstone {

std::string word_for_fact(const std::string& key, Language language) {
  static const std::map<std::string_view, const char*> kWords{
      {"profile", "配置档"},
      {"host", "主机"},
      {"host address", "主机地址"},
      {"group", "组"},
      {"master", "主节点"},
      {"NPUs", "NPU 数"},
      {"there", "有"},
      {"gone", "无"},
      {"architecture", "架构"},
      {"driver", "驱动"},
      {"installed-driver", "已安装的驱动"},
      {"firmware", "固件"},
      {"installed-firmware", "已安装的固件"},
      {"docker", "Docker"},
      {"docker-default-runtime", "Docker 默认运行时"},
      {"mindie", "MindIE"},
      {"container image", "容器镜像"},
      {"container", "容器"},
      {"container image-id", "容器镜像 ID"},
      {"rank table", "rank table"},
      {"ascend-docker-runtime", "Ascend Docker Runtime"},
      {"container runtime", "容器运行时"},
      {"container network", "容器网络"},
      {"container privileged", "容器特权模式"},
      {"container shm", "容器共享内存"},
      {"address", "NPU 地址"},
      {"netmask", "NPU 掩码"},
      {"gateway", "NPU 网关"},
      {"netdetect", "侦测地址"},
      {"mtu", "MTU"},
      {"tls", "TLS"},
      {"link", "链路"},
      {"link_downs", "链路断开次数"},
      {"link_ups", "链路接通次数"},
      {"switch_port", "交换机端口"},
      {"speed", "速率"},
      {"net_health", "网络健康"},
      {"health", "健康"},
      {"chip", "芯片"}};
  if (language == Language::kEn) return key;
  if (const auto at = kWords.find(key); at != kWords.end()) return at->second;
  constexpr std::string_view kVariable = "variable ", kMount = "container mount ";
  if (key.starts_with(kVariable)) return "环境变量 " + key.substr(kVariable.size());
  if (key.starts_with(kMount)) return "容器挂载 " + key.substr(kMount.size());
  return key;  // a name of its own: "config.json ServerConfig.port", "cann-toolkit"
}

std::string word_for_measured(const std::string& key, Language language) {
  static const std::map<std::string_view, Text> kWords{
      {"first_token", {"首个 token 的时间", "first token"}},
      {"per_token", {"其后每个 token 的时间", "each further token"}},
      {"request", {"整个请求的时间", "whole request"}},
      {"throughput", {"吞吐量", "throughput"}},
      {"requests", {"请求", "requests"}},
      {"p50", {"中位数", "p50"}},
      {"min", {"最小", "min"}},
      {"max", {"最大", "max"}},
      {"asked", {"已发", "asked"}},
      {"answered", {"已答", "answered"}},
      {"parallel", {"并发", "parallel"}},
      {"total", {"合计", "total"}}};
  const auto at = kWords.find(key);
  return at == kWords.end() ? key : in(at->second, language);
}

}  // namespace touchstone
