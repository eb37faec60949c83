#include "tests/parse/samples.h"

namespace touchstone {

std::map<std::string_view, std::string> container_samples();  // samples_container.cpp
std::map<std::string_view, std::string> service_samples();    // samples_service.cpp

namespace {

std::map<std::string_view, std::string> hccn_samples() {
  return {
      {"hccn-lldp",
       "Chassis ID TLV\n\tMAC: 00:25:9e:aa:00:01\nPort ID TLV\n\tIfname: 400GE1/2/7:2\n"
       "System Name TLV\n\tleaf-03\nSystem Description TLV\n\tVersatile Routing Platform\nVRP\n\n"
       "System Capabilities TLV\n\tEnabled capabilities: Bridge, Router\nEnd of LLDPDU TLV\n"},
      {"hccn-link",
       "hccn_tool -i 0 -link -g\nlink status: UP\nhccn_tool -i 1 -link -g\nlink status: DOWN\n"},
      {"hccn-link-stat",
       "[devid 5]current time        : Mon Mar  3 08:00:10 2025\n[devid 5]link up count       : 2\n"
       "[devid 5]link down count     : 1\n[devid 5]link change records :\n"
       "[devid 5]    Mon Mar  3 07:59:00 2025    LINK UP\n"
       "[devid 5]    Mon Mar  3 07:58:59 2025    LINK DOWN\n"},
      {"hccn-net-health", "net health status: Detect ip set\n"},
      {"hccn-netdetect", "netdetect address: 10.20.0.1\nnetdetect address: 0.0.0.0\n"},
      {"hccn-gateway", "default gateway:10.20.0.1, Iface:eth6\n"},
      {"hccn-tls",
       "dev_id:2, tls switch[1](0:disable, 1:enable), tls preconfigured[0](0:non-preset, "
       "1:preset), "
       "tls alarm time threshold[30]days\ndev_id:2, [pub cert] info:\n\t subject[/CN=npu]\n"
       "\t issuer[/CN=ca]\n\t start_time[Sat Jan  4 03:10:27 2025 GMT]\n"
       "\t end_time[Sun Jan  4 03:10:27 2026 GMT]\n"
       "\t tls expiration status[1](0:normal, 1:near expiration, 2:has expired)\n"},
      {"hccn-ip", "ipaddr:10.20.3.4\nnetmask:255.255.128.0\n"},
      {"hccn-speed", "Speed: 200000 Mb/s\n"},
      {"hccn-optical",
       "optical info:\npresent : present\ntemperature : 41 C\nTx Power0 : 1.2000 mW\n"
       "Tx Power1 : NA\nRx Power0 : get failed\nTx Los Flag : 0x0\nRx Los Flag : 0x2\nMedia SNR "
       "Lane0 : 23.5000 dB\n"},
      {"hccn-stat",
       "packet statistics:\nmac_tx_total_pkt_num:18446744073709551615\nroce_rx_err_pkt_num:0\n"},
      {"hccn-mtu", "mtu:4200\n"},
      {"hccn-vnic",
       "vnic link status: UP\nvnic ipaddr: 192.168.2.7\nvnic netmask: 255.255.255.0\n"},
      {"hccn-ping",
       "device 4 PING 10.20.0.9\nrecv seq=0,time=1.250000ms\nrecv time out seq=1\n"
       "2 packets transmitted, 1 received, 50.00% packet loss\n"},
      {"hccn-route",
       "Routing table:\nDestination Gateway Genmask Flags Metric Ref Use Iface\n"
       "default 10.20.0.1 0.0.0.0 UG 0 0 0 eth2\n"},
      {"hccn-status",
       "Netdev status:Settings for eth2:\n\tSpeed: 200000Mb/s\n\tLink detected: yes\n"},
      {"hccn-fec", "fec mode: rs FEC mode\n"},
      {"hccn-process", "device hccp process: not exist\n"},
      {"hccl-test",
       "the minbytes is 8388608, maxbytes is 16777216, iters is 20, warmup_iters is 5\n"
       "data_size(Bytes): |   avg_time(us): | alg_bandwidth(GB/s): | check_result:\n"
       "8388608           |     492.10      |       17.04651       | success\n"
       "16777216          |     669.33      |       25.06567       | NULL\n"},
  };
}

std::map<std::string_view, std::string> host_samples() {
  return {
      {"npu-smi-info",
       "+------+\n| npu-smi 24.1.rc3  Version: 24.1.rc3 |\n+---+---+---+\n"
       "| NPU   Name | Health | Power(W) Temp(C) Hugepages-Usage(page)|\n"
       "| Chip | Bus-Id | AICore(%) Memory-Usage(MB) HBM-Usage(MB)|\n+===+===+===+\n"
       "| 0     910B3 | OK | 94.6 49 0 / 0 |\n| 0 | 0000:C1:00.0 | 0 0 / 0 59891/ 65536 "
       "|\n+===+===+===+\n"
       "| NPU Chip | Process id | Process name | Process memory(MB) |\n+===+===+===+\n"
       "| 0 0 | 4711 | mindie | 19502 |\n+===+===+===+\n"},
      {"npu-smi-board",
       "\tNPU ID : 3\n\tSoftware Version : 24.1.rc3\n\tFirmware Version : "
       "7.5.0.1.129\n\tCompatibility : OK\n"},
      {"npu-smi-health", "\tHealth Status : OK\n\tError Code : NA\n\tError Information : NA\n"},
      {"version-info", "Version=24.1.rc3\npackage_version=24.1.rc3\n"},
      {"install-info", "version=v6.0.0\narch=aarch64\n"},
      {"hccn-conf",
       "address_0=10.20.0.1\nnetmask_0=255.255.0.0\narp_0=-i eth0 -s 10.20.0.2\nx=1\n"},
      {"rank-table",
       "{\"version\": \"1.0\", \"server_count\": \"1\", \"status\": \"completed\", "
       "\"server_list\": [\n"
       "  {\"server_id\": \"10.0.0.1\", \"container_ip\": \"10.0.0.1\", \"device\": [\n"
       "    {\"device_id\": \"0\", \"device_ip\": \"10.20.0.1\", \"rank_id\": \"0\"}]}]}\n"},
      {"docker-version",
       R"({"Client":{"Version":"24.0.7","ApiVersion":"1.43","Arch":"arm64"},"Server":{"Version":"24.0.7"}})"},
      {"docker-info",
       R"({"Containers":3,"Runtimes":{"runc":{"path":"runc"}},"DefaultRuntime":"runc","ServerVersion":"24.0.7"})"},
      {"daemon-json", R"({"runtimes": {"ascend": {"path": "/x"}}, "default-runtime": "ascend"})"},
      {"systemctl-active", "active\n"},
      {"systemctl-enabled", "enabled\n"},
      {"unit-file",
       "# /lib/systemd/system/docker.service\n[Service]\nExecStart=/usr/bin/dockerd \\\n -H fd://\n"
       "ExecReload=/bin/kill -s HUP $MAINPID\n"},
      {"stat", "640|0|0|root|root|1574|1735689600|regular file\n"},
      {"sha256sum", std::string(64, 'a') + "  /data/rank_table.json\n"},
      {"meminfo", "MemTotal: 1583632384 kB\nMemAvailable: 1200 kB\n"},
      {"df",
       "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 40 60 40% "
       "/data\n"},
      {"uname", "aarch64\n"},
      {"user-id", "0\n"},
      {"clock", "1735689600.000000123\n"},
  };
}

std::map<std::string_view, std::string> endpoint_samples() {
  return {
      {"http-exchange",
       R"({"curl": 0, "url": "http://10.0.0.1:1025/", "status": 200, "seconds": 1.5,
           "headers": [["Content-Type", "text/plain"]], "body": "hello", "arrivals": "1.2:5"})"},
      {"tgi-answer", R"([{"generated_text": "I am a model.", "details": null}])"},
      {"chat-answer",
       R"({"id": "1", "model": "m", "choices": [{"index": 0, "message": {"role": "assistant",
           "content": "A lake."}, "finish_reason": "stop"}],
           "usage": {"prompt_tokens": 5, "completion_tokens": 3, "total_tokens": 8}})"},
      {"tgi-stream",
       "data: {\"token\":{\"id\":1,\"text\":\"I \"},\"generated_text\":null}\n\n"
       "data: {\"token\":{\"id\":2,\"text\":\"am\"},\"generated_text\":\"I am\"}\n\n"},
      {"chat-stream",
       "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n"
       "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\" lake\"},"
       "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"},
  };
}

// Records with NUL at their end, which a string literal would end at.
std::string records(std::initializer_list<std::string_view> all) {
  std::string text;
  for (const std::string_view record : all) (text += record) += '\0';
  return text;
}

std::map<std::string_view, std::string> weights_samples() {
  return {
      {"weights-path",
       R"({"BackendConfig": {"ModelDeployConfig": {"ModelConfig": [{"modelWeightPath": "/w/R1/"}]}}})"},
      {"weights-files",
       records({"-|750|0|0|root|root|4300000000|1735689600|regular file\nmodel-1.safetensors",
                "l|\na link to nothing"})},
      {"weights-index",
       "bytes 9000000\nfirst {\nlast }\nscale-inv 0\nscale 2\nshard    3 \"a-1.safetensors\"\n"
       "shard 1 \"a-2.safetensors\"\nsha256 " +
           std::string(64, 'b') + "\n"},
      {"safetensors", records({"length 104 1 0 0 0 0 0 0\ndtype 2 BF16\ntensors 2\nlast 16,48\n"
                               "name model-1.safetensors"})},
      {"weights-config",
       R"({"model_type": "deepseekv2", "torch_dtype": "bfloat16", "quantize": "w8a8_dynamic"})"},
      {"quant-description", "\"model_quant_type\": \"W8A8_DYNAMIC\"\n"},
  };
}

std::map<std::string_view, std::string> config_samples() {
  return {
      {"bashrc",
       "# set by hand\nsource /usr/local/Ascend/mindie/set_env.sh\nexport WORLD_SIZE=16 # all\n"
       "export RANKTABLEFILE= /data/r.json\nexport A=\"x y\" B='z'\n"},
      {"environ", "HOME=/root\nWORLD_SIZE=16\nPS1=a\vb\n"},
      {"ip-addr",
       R"([{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]},
{"ifname":"eth0","flags":["BROADCAST"],"addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24}]}])"},
      {"mindie-config",
       "{\"ServerConfig\": {\"port\": 1025, \"httpsEnabled\": false},\n"
       " \"BackendConfig\": {\"npuDeviceIds\": [[0, 1]],\n  \"ModelDeployConfig\": "
       "{\"ModelConfig\": [{\"worldSize\": 2}]}}}\n"},
  };
}

}  // namespace

const std::map<std::string_view, std::string>& samples() {
  static const auto kSamples = [] {
    auto all = hccn_samples();
    all.merge(host_samples());
    all.merge(weights_samples());
    all.merge(container_samples());
    all.merge(config_samples());
    all.merge(service_samples());
    all.merge(endpoint_samples());
    return all;
  }();
  return kSamples;
}

}  // namespace touchstone
