// Real outputs that lie beside the project, not in it: what each is, and what must become of it.
// Every file there has its row here. TOUCHSTONE_CAPTURES names another folder; without one these
// tests are not there.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/parse/kinds.h"
#include "tests/parse/expect.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct Expected {
  std::string_view file;
  std::string_view kind;  // empty: nothing of sections 0 to 3, no parser of this room takes it
  std::optional<Kind> refused;
  std::string_view says;                                           // in the reason
  std::vector<std::pair<std::string_view, std::string_view>> has;  // JSON pointer → JSON
};

Expected value(std::string_view file, std::string_view kind,
               std::vector<std::pair<std::string_view, std::string_view>> has) {
  return {file, kind, std::nullopt, "", std::move(has)};
}
Expected refused(std::string_view file, std::string_view kind, Kind why, std::string_view says) {
  return {file, kind, why, says, {}};
}
Expected foreign(std::string_view file) {
  return {file, "", std::nullopt, "", {}};
}

std::vector<Expected> hccn_rows() {
  return {
      value("hccn_fec_none_mindcluster.txt", "hccn-fec", {{"/mode", "\"no\""}}),
      value("hccn_gateway_8dev_t71doc.txt", "hccn-gateway",
            {{"/0/gateway", "\"11.12.165.1\""}, {"/7/iface", "\"eth7\""}}),
      value("hccn_ip_8dev_4subnets_910A_mindcluster.txt", "hccn-ip",
            {{"/0/device", "0"}, {"/7/device", "7"}, {"/7/address", "\"192.4.32.120\""}}),
      value("hccn_ip_dev3_arthurchiao.txt", "hccn-ip", {{"/netmask", "\"255.255.0.0\""}}),
      refused("hccn_ip_empty_mindcluster_dev2.txt", "hccn-ip", Kind::kEmpty, "nothing"),
      refused("hccn_ip_masked_mindcluster_doc.txt", "hccn-ip", Kind::kMasked, "10.xx.xx.10"),
      value("hccn_ip_mindcluster_dev0.txt", "hccn-ip", {{"/address", "\"192.161.200.10\""}}),
      refused("hccn_ip_not_preset_exit13.txt", "hccn-ip", Kind::kNotSet, "exit 13"),
      value("hccn_link_down_driver_doc.txt", "hccn-link", {{"/up", "false"}}),
      value("hccn_link_up_mindcluster_doc.txt", "hccn-link", {{"/up", "true"}}),
      // Its name says elided, its text has no gap.
      value("hccn_link_stat_deviceprefix_elided_mindcluster_doc.txt", "hccn-link-stat",
            {{"/device", "0"},
             {"/up_count", "2"},
             {"/down_count", "null"},
             {"/records/0/up", "true"}}),
      value("hccn_link_stat_downcount_hccl_doc.txt", "hccn-link-stat",
            {{"/down_count", "1"}, {"/records/1/up", "false"}, {"/records/0/time", "1759659231"}}),
      value("hccn_link_stat_flap_after_mindcluster.txt", "hccn-link-stat",
            {{"/records/0/up", "false"}, {"/up_count", "2"}}),
      refused("hccn_lldp_full_dev3_arthurchiao.txt", "hccn-lldp", Kind::kElided, "line 15"),
      value("hccn_lldp_ifname_grep_8dev_t71doc.txt", "hccn-lldp",
            {{"/0/ifname", "\"400GE1/1/5:1\""}, {"/7/ifname", "\"400GE1/4/5:2\""}}),
      value("hccn_net_health_fault_mindcluster_doc.txt", "hccn-net-health",
            {{"/status", "\"fault\""}}),
      value("hccn_net_health_socket_failed_mindcluster.txt", "hccn-net-health",
            {{"/status", "\"socket-fail\""}, {"/text", "\"Socket failed\""}}),
      refused("hccn_netdetect_address_elided_t71doc.txt", "hccn-netdetect", Kind::kElided,
              "line 2"),
      value("hccn_optical_notpresent_fullfields_mindcluster.txt", "hccn-optical",
            {{"/present", "false"},
             {"/rx_power_mw/1", "0.0054"},
             {"/rx_power_low_mw", "0.1445"},
             {"/rx_los", "255"},
             {"/host_snr_db/0", "null"},
             {"/media_snr_db/3", "23.2969"}}),
      refused("hccn_optical_truncated_singlelane_mindcluster_doc.txt", "hccn-optical",
              Kind::kElided, "line 3"),
      value("hccn_ping_dev3_arthurchiao.txt", "hccn-ping",
            {{"/device", "3"}, {"/received", "3"}, {"/times_ms/0", "1.418"}}),
      value("hccn_ping_ok_8dev_t71doc.txt", "hccn-ping",
            {{"/0/device", "0"},
             {"/7/device", "7"},
             {"/7/loss_percent", "0.0"},
             {"/7/times_ms/2", "0.063"}}),
      value("hccn_process_exist_driver_doc.txt", "hccn-process", {{"/exists", "true"}}),
      value("hccn_route_dev3_arthurchiao.txt", "hccn-route",
            {{"/entries/0/gateway", "\"29.1.0.1\""}, {"/entries/4/iface", "\"end3v0\""}}),
      value("hccn_speed_200000_910B_live.txt", "hccn-speed", {{"/mbps", "200000"}}),
      refused("hccn_stat_elided_mindcluster_doc.txt", "hccn-stat", Kind::kElided, "line 5"),
      value("hccn_stat_errors_after_mindcluster.txt", "hccn-stat",
            {{"/counters/roce_rx_err_pkt_num", "13"}, {"/counters/roce_tx_err_pkt_num", "77"}}),
      refused("hccn_status_dev3_arthurchiao.txt", "hccn-status", Kind::kElided, "line 4"),
      value("hccn_tls_grep_switch_8dev_off_t71doc.txt", "hccn-tls",
            {{"/0/enabled", "false"},
             {"/7/device", "7"},
             {"/7/preconfigured", "true"},
             {"/7/alarm_days", "60"}}),
      // It ends within a certificate; the switch, which it is about, is whole.
      value("hccn_tls_oldformat_certs_hccl_doc.txt", "hccn-tls",
            {{"/enabled", "false"}, {"/preconfigured", "null"}, {"/certificates/2/end", "\"\""}}),
      value("hccn_tls_subject_expired_crl_driver_doc.txt", "hccn-tls",
            {{"/enabled", "false"},
             {"/certificates/0/name", "\"pub cert\""},
             {"/certificates/3/name", "\"crl\""},
             {"/certificates/3/expiration", "1"}}),
      value("hccn_vnic_3dev_hccl_doc.txt", "hccn-vnic",
            {{"/0/up", "true"}, {"/2/address", "\"192.168.2.197\""}}),
  };
}

std::vector<Expected> host_rows() {
  return {
      value("docker_daemon_json_arthurchiao.json", "daemon-json",
            {{"/default_runtime", "\"ascend\""}, {"/default_shm_size", "\"8G\""}}),
      value("hccn_conf_16npu_arp_keys_fixture_partial.txt", "hccn-conf",
            {{"/by_npu/2/address", "\"127.0.0.217\""},
             {"/by_npu/0/arp", "\"-i eth0 -s 127.0.0.114 bc:1e:85:d8:ca:dd\""}}),
      value("hccn_conf_8npu_tls_keys_fixture.txt", "hccn-conf",
            {{"/by_npu/7/tls_enable", "\"0\""}, {"/by_npu/7/netmask", "\"255.255.0.0\""}}),
      refused("hccn_conf_partial_arthurchiao.txt", "hccn-conf", Kind::kElided, "line 6"),
      value("host_driver_version_info_23.0.7_mindcluster.txt", "version-info",
            {{"/version", "\"23.0.7\""}}),
      value("host_firmware_version_info_mindcluster.txt", "version-info",
            {{"/version", "\"7.1.0.11.220\""}}),
      value("npusmi_board_chip_910A_mindcluster.txt", "npu-smi-board",
            {{"/npu", "0"}, {"/chip_name", "\"910A\""}, {"/firmware_version", "\"7.1.0.7.220\""}}),
      refused("npusmi_info_23.0.rc2_910B1_elided_arthurchiao.txt", "npu-smi-info", Kind::kElided,
              "3 NPU rows are there"),
      refused("npusmi_info_24.1.0_910B2_loaded_partial_vllmascend-issue-5707.txt", "npu-smi-info",
              Kind::kElided, "1 NPU rows"),
      refused("npusmi_info_24.1.0_910ProB_ddr_partial_vllmascend-issue-1047.txt", "npu-smi-info",
              Kind::kElided, "2 NPU rows"),
      refused("npusmi_info_24.1.rc3.3_A3_16die.txt", "npu-smi-info", Kind::kUnsupported,
              "16 devices"),
      value("npusmi_info_24.1.rc3_910B1_8card_idle_vllmascend-issue-152.txt", "npu-smi-info",
            {{"/version", "\"24.1.rc3\""},
             {"/npus/7/id", "7"},
             {"/npus/7/hbm_used_mb", "3369"},
             {"/npus/7/processes", "[]"}}),
      value("npusmi_info_24.1.rc3_910B4_8card_busy_emptyprocname.txt", "npu-smi-info",
            {{"/npus/0/hbm_used_mb", "22283"},
             {"/npus/0/processes/0/pid", "582939"},
             {"/npus/0/processes/0/name", "\"\""},
             {"/npus/7/processes/0/memory_mb", "27977"},
             {"/npus/2/processes", "[]"}}),
      refused("npusmi_info_25.2.0_910B4-1_partial_vllmascend-issue-2999.txt", "npu-smi-info",
              Kind::kElided, "2 NPU rows"),
      refused("npusmi_info_dcmi_8020_device_used_cann-image-issue-46.txt", "npu-smi-info",
              Kind::kErrorText, "-8020"),
      refused("npusmi_info_empty_mindcluster.txt", "npu-smi-info", Kind::kEmpty, "nothing"),
      // Has no container_ip, which is for check_rank_table to say; the shape is right.
      value(
          "ranktable_2node8p_nocontainerip_atb_doc.json", "rank-table",
          {{"/server_list/0/container_ip", "null"}, {"/server_list/1/device/3/rank_id", "\"7\""}}),
      refused("ranktable_4node32p_commented_t71doc.txt", "rank-table", Kind::kMalformed,
              "line 3, column 28: # begins a comment"),
      value("ranktable_4node32p_t71doc_valuesonly.json", "rank-table",
            {{"/server_count", "\"4\""}, {"/server_list/3/device/7/rank_id", "\"31\""}}),
      value("ranktable_deviceip_dashes_gpustack-issue-2551.json", "rank-table",
            {{"/server_count", "\"2\""}, {"/server_list/0/device/0/device_ip", "\"-.-.-.-\""}}),
  };
}

std::vector<Expected> config_rows() {
  return {
      // Both lines of WORLD_SIZE were pasted; the last one wins.
      value("env_exports_2node_modelzoo_r1.txt", "bashrc",
            {{"/assignments/1/value", "\"hccl\""},
             {"/assignments/2/value", "\"7200\""},
             {"/assignments/3/value", "\"16\""},
             {"/assignments/4/value", "\"32\""},
             {"/assignments/4/line", "7"}}),
      value("env_rank_export_space_modelzoo_r1.txt", "bashrc",
            {{"/assignments/0/name", "\"MIES_CONTAINER_IP\""},
             {"/assignments/0/value", "\"\""},
             {"/assignments/1/stray", "\"{rank_table_file.json路径}\""}}),
      value(
          "mindie_config_default_opensource2026.json", "mindie-config",
          {{"/parameters/0/path", "\"ServerConfig.ipAddress\""},
           {"/parameters/0/line", "6"},
           {"/parameters/13/path", "\"BackendConfig.ModelDeployConfig.ModelConfig[0].worldSize\""},
           {"/parameters/13/value", "\"4\""}}),
      value("mindie_config_dsr1_example_cleaned_modelzoo.json", "mindie-config",
            {{"/parameters/8/value", "\"[[0,1,2,3,4,5,6,7]]\""},
             {"/parameters/17/value", "\"1024\""}}),
  };
}

// What later chapters read, or no step reads.
std::vector<Expected> foreign_rows() {
  std::vector<Expected> rows;
  for (const char* file :
       {"docker_run_4node_t71doc.txt", "hccl_ei0006_socket_timeout_link_error_info_doc.txt",
        "hccl_ei0016_tls_inconsistent.txt", "host_lspci_d801_mindcluster.txt",
        "mindie_chat_request_t71doc.txt", "mindie_completions_2.2rc1.json",
        "mindie_daemon_start_log_2.2rc1.txt", "mindie_generate_tgi_2.1rc1_doc.json",
        "mindie_health_abnormal_node_readme.json", "mindie_infer_stream_partial_2.1rc1_doc.txt",
        "mindie_info_1.0.0_doc.json", "mindie_models_2.2rc1.json",
        "mindie_permission_warning_gpustack-issue-2552.txt", "mindie_v2_metadata_1.0.RC1_doc.json",
        "npusmi_common_card1_arthurchiao.txt", "npusmi_mapping_-m_910A_mindcluster.txt",
        "npusmi_topo_910B1_arthurchiao.txt", "npusmi_usages_910A_mindcluster.txt",
        "npusmi_usages_card0_arthurchiao.txt"})
    rows.push_back(foreign(file));
  return rows;
}

const std::vector<Expected>& rows() {
  static const auto kRows = [] {
    auto all = hccn_rows();
    for (auto&& more : {host_rows(), config_rows(), foreign_rows()})
      all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return kRows;
}

fs::path folder() {
  const char* named = std::getenv("TOUCHSTONE_CAPTURES");
  return named ? fs::path(named)
               : fs::path(source_dir()).parent_path() / "shared" / "captures";
}

std::vector<std::string> captures() {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder(), error))
    if (entry.path().extension() != ".meta") files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string contents(const std::string& file) {
  std::ifstream in(folder() / file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const Expected* row_of(std::string_view file) {
  for (const Expected& row : rows())
    if (row.file == file) return &row;
  return nullptr;
}

class Capture : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Capture);

TEST_P(Capture, BecomesWhatItIs) {
  const Expected* row = row_of(GetParam());
  ASSERT_NE(row, nullptr) << "no row says what this capture is";
  if (row->kind.empty()) return;  // the other test asks every kind
  const auto parsed = parse_to_json(row->kind, contents(GetParam()));
  if (row->refused) return expect_refused(parsed, *row->refused, row->says);
  const json value = json::parse(taken(parsed), nullptr, false);
  for (const auto& [pointer, wanted] : row->has) {
    const json::json_pointer where{std::string(pointer)};
    ASSERT_TRUE(value.contains(where)) << pointer << " is not in " << value.dump(2);
    EXPECT_EQ(value.at(where), json::parse(wanted)) << pointer;
  }
}

TEST_P(Capture, IsTakenByNoOtherKind) {
  const Expected* row = row_of(GetParam());
  ASSERT_NE(row, nullptr);
  const std::string text = contents(GetParam());
  for (const ParseKind& kind : parse_kinds()) {
    // Any JSON object might be a daemon.json, any KEY=VALUE file an install.info or an environment;
    // one file holds the path of the weights and all the rest; no line is an empty list of
    // Docker's.
    const bool vague =
        kind.name == "daemon-json" || kind.name == "install-info" || kind.name == "environ" ||
        // what a captured answer of the service holds, in other kinds' words
        (kind.name.starts_with("tgi-") && std::string_view(GetParam()).starts_with("mindie_")) ||
        (kind.name == "weights-path" && row->kind == "mindie-config") ||
        (kind.name.starts_with("docker-") && text.find_first_not_of(" \n") == text.npos);
    if (vague || kind.name == row->kind) continue;
    EXPECT_FALSE(parse_to_json(kind.name, text).ok()) << kind.name << " takes it";
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, Capture, testing::ValuesIn(captures()), test_name);

// One more case where there are captures: no row is left without its file.
class Captures : public testing::TestWithParam<std::size_t> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Captures);

TEST_P(Captures, AreAllThere) {
  std::vector<std::string> expected;
  for (const Expected& row : rows()) expected.emplace_back(row.file);
  EXPECT_THAT(captures(), testing::UnorderedElementsAreArray(expected));
}

INSTANTIATE_TEST_SUITE_P(Folder, Captures,
                         testing::ValuesIn(captures().empty() ? std::vector<std::size_t>{}
                                                              : std::vector{captures().size()}));

}  // namespace
}  // namespace touchstone
