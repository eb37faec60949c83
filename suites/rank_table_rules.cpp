#include "suites/rank_table_rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/rank_table_order.h"
#include "harness/model/said.h"
#include "suites/compare.h"
#include "suites/known.h"
#include "suites/rank_table_servers.h"

namespace touchstone {
namespace {

using Code = RankTableProblem::Code;

std::set<Code> container_ip_codes(const Profile& profile) {
  std::set<Code> codes{Code::kContainerIpMissing, Code::kContainerIpInvalid};
  if (profile.container_ip_equals_server_id) codes.insert(Code::kContainerIpDiffers);
  return codes;
}

// What check_rank_table finds of these kinds, each as a finding with its line.
void expect_none_of(const Evidence& host, const std::set<Code>& codes, const Text& expected,
                    const Text& why) {
  for (const RankTableProblem& problem : check_rank_table(host[kRankTable])) {
    if (!codes.contains(problem.code)) continue;
    const Text line = problem.line > 0 ? said("第 {} 行:", "line {}: ", problem.line) : Text{};
    ADD_FAILURE() << Finding{.expected = expected, .actual = line + problem.message, .why = why};
  }
}

template <class Words>
std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

// The names of the hosts that have this very table, so that one wrong table is one finding.
using Tables = std::vector<std::pair<const RankTable*, std::vector<std::string>>>;

Tables distinct_tables(const Evidence& group) {
  Tables tables;
  for (const auto& [host, table] : group.each(kRankTable)) {
    auto at = std::find_if(tables.begin(), tables.end(),
                           [&table = *table](const auto& one) { return *one.first == table; });
    if (at == tables.end())
      tables.push_back({table, {host.target().host}});
    else
      at->second.push_back(host.target().host);
  }
  return tables;
}

void expect_servers_of(const Group& group, const RankTable& table, const std::string& where) {
  std::set<std::string> lacking, foreign;
  for (const Host* host : missing_hosts(table, group)) lacking.insert(host->service_address);
  for (const auto* server : foreign_servers(table, group)) foreign.insert(server->server_id);
  EXPECT_TRUE(lacking.empty() && foreign.empty()) << Finding{
      .target = where,
      .expected = {"恰好是清单中的各服务地址", "exactly the inventory's service addresses"},
      .actual = said("缺少:{};清单中没有:{}", "missing: {}; not in the inventory: {}",
                     joined(lacking), joined(foreign)),
      .why = {"MindIE 按 server_id 识别节点;hccl_tools.py 常写入 127.0.1.1",
              "MindIE finds its node by server_id; hccl_tools.py often writes 127.0.1.1"}};
  const std::vector<std::string> ids = server_ids(table);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size())
      << Finding{.target = where,
                 .expected = {"每台服务器只出现一次", "every server once"},
                 .actual = {"有一个 server_id 出现两次", "a server_id stands twice"},
                 .why = {"合并时同一台机器加入了两次", "the same server was merged twice"}};
  if (const Host* master = displaced_master(table, group))
    ADD_FAILURE() << Finding{
        .target = where,
        .expected = said("{}({})在最前", "{} ({}) first", master->service_address, master->name),
        .actual = said("{} 在最前", "{} first", table.servers.front().server_id),
        .why = {"第一个 server 是主节点,只有它提供服务;merge_hccl.py "
                "把第一个参数当作主节点",
                "the first server is the master, and only the master serves; "
                "merge_hccl.py makes its first argument the master"}};
}

}  // namespace

void expect_rank_table_file(const Evidence& host) {
  const auto& parsed = host.parsed(kRankTableStat);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) {
    ADD_FAILURE() << Finding{
        .expected = host.group().rank_table,
        .actual = {"没有这个文件", "no such file"},
        .why = {"没有 rank table,多机推理无法启动。指南下载的是 hccl_tools.py,运行的却写作 "
                "hcc_tools.py:照抄命令不会生成任何文件",
                "without a rank table no service over several servers starts. The guide downloads "
                "hccl_tools.py and runs hcc_tools.py: typed as it stands, the command makes no "
                "file"},
        .next = {"touchstone rank-table build -i cluster.yaml -o rank_table.json,不需要该脚本;"
                 "再分发到每台主机",
                 "`touchstone rank-table build -i cluster.yaml -o rank_table.json` needs neither; "
                 "bring the file to every host"}};
    return;
  }
  host[kRankTableStat];  // anything else that is no answer is an error
}

void expect_well_formed(const Evidence& host) {
  const auto& parsed = host.parsed(kRankTable);
  // The question was answered; it is the file that is no rank table.
  if (!parsed && parsed.refusal().kind != Refusal::Kind::kNotSet &&
      parsed.refusal().kind != Refusal::Kind::kErrorText) {
    ADD_FAILURE() << Finding{
        .expected = {"指南所述形式的严格 JSON", "strict JSON of the documented shape"},
        .actual = parsed.refusal().reason,
        .why = {"MindIE 会拒绝该文件(Ranktable file is invalid)",
                "MindIE refuses the file (Ranktable file is invalid)"}};
    return;
  }
  expect_none_of(host, {Code::kVersion, Code::kStatus, Code::kServerCount, Code::kServerCountRange},
                 {"status 为 completed,version 为 1.0,server_count 等于列表长度",
                  "status completed, version 1.0, server_count the length of the list"},
                 {"MindIE 启动时核对这些字段,不符即拒绝整个文件",
                  "MindIE checks these when it starts, and refuses the whole file otherwise"});
}

void expect_same_file(const Evidence& group) {
  NamedValues sums;
  for (const auto& [host, sum] : group.each(kRankTableSum))
    sums.emplace_back(host, "sha256 " + sum->digest);
  const std::string masters = [&] {
    for (const auto& [host, sum] : sums)
      if (host.target().host == group.group().master) return sum;
    return std::string();
  }();
  expect_the_same(
      sums, {"各主机读到的 rank 不同,建链会失败", "hosts that read different ranks cannot connect"},
      masters, {"(主节点的)", " (the master's)"});
}

void expect_servers(const Evidence& group) {
  const Tables tables = distinct_tables(group);
  for (const auto& [table, hosts] : tables)
    expect_servers_of(group.group(), *table,
                      tables.size() == 1 ? group.target().str() : joined(hosts));
}

std::vector<RankTableProblem> container_ip_problems(const RankTable& table,
                                                    const Profile& profile) {
  std::vector<RankTableProblem> problems = check_rank_table(table);
  std::erase_if(problems, [codes = container_ip_codes(profile)](const RankTableProblem& problem) {
    return !codes.contains(problem.code);
  });
  return problems;
}

void expect_container_ip(const Evidence& host) {
  expect_none_of(host, container_ip_codes(host.profile()),
                 {"container_ip,与 server_id 相同", "container_ip, equal to server_id"},
                 {"MindIE 按 container_ip 连接各主机的守护进程;hccl_tools.py 不写这一项",
                  "the daemons of MindIE connect to one another by container_ip, which "
                  "hccl_tools.py does not write"});
}

void expect_order(const Evidence& host) {
  const std::vector<std::string> actual = server_ids(host[kRankTable]);
  const std::string& order = host.profile().rank_table_order;
  EXPECT_TRUE(in_rank_table_order(actual, order)) << Finding{
      .expected = said("服务器顺序 {}:{}", "servers {}: {}", order,
                       joined(rank_table_ordered(actual, order))),
      .actual = joined(actual),
      .why = {"顺序决定 rank 编号与主节点。指南要求从大到小,它自己的主机编号与多数现场却从小到大;"
              "若站点有意如此,请写 site: rank_table_order",
              "the order decides ranks and master. The guide wants addresses from large to small, "
              "while the numbering of its own hosts, and most sites, go upward; where the site "
              "wants it so, let it say `rank_table_order` under `site`"}};
}

void expect_ranks(const Evidence& host) {
  const RankTable& table = host[kRankTable];
  expect_none_of(
      host,
      {Code::kDevicesDiffer, Code::kDeviceId, Code::kDeviceIpInvalid, Code::kDeviceIpDuplicate,
       Code::kRankId, Code::kRankDuplicate, Code::kRankGap, Code::kRankOrder},
      {"rank_id 从 0 起连续,device_id 从 0 起,每个 device_ip 只出现一次",
       "rank_id from 0 without gap, device_id from 0, every device_ip once"},
      {"集合通信按 rank 与地址建链;编号有误时链路接错或等到超时",
       "ranks find one another by number and address: with wrong ones they connect wrongly, or "
       "wait "
       "until they time out"});
  const auto npus = static_cast<std::size_t>(host.host().npus);
  for (const RankTable::Server& server : table.servers)
    EXPECT_EQ(server.devices.size(), npus) << Finding{
        .expected = said("每台服务器 {} 个 device", "{} devices on every server", npus),
        .actual = said("第 {0} 行:{2} 有 {1} 个 device", "line {}: {} devices of {}", server.line,
                       server.devices.size(), server.server_id),
        .why = {"服务器的 NPU 没有全部写入", "not all NPUs of the server are in the table"}};
}

void expect_live_addresses(const Evidence& host) {
  const RankTable& table = host[kRankTable];
  const std::string own = host.host().service_address;
  auto server = std::find_if(table.servers.begin(), table.servers.end(),
                             [&](const auto& s) { return s.server_id == own; });
  if (server == table.servers.end())
    throw NoEvidence(
        {fmt::format("{}:rank table 中没有 server_id {}(见 3.2.4)", host.host().name, own),
         fmt::format("{}: the rank table has no server_id {} (see 3.2.4)", host.host().name, own)});
  std::size_t compared = 0;
  for (const Evidence& npu : host.npus()) {
    const std::string live = npu[kIp].address, id = std::to_string(npu.npu());
    auto device = std::find_if(server->devices.begin(), server->devices.end(),
                               [&](const auto& d) { return d.device_id == id; });
    if (device == server->devices.end()) continue;  // 3.2.7 counts them
    ++compared;
    EXPECT_EQ(device->device_ip, live) << Finding{
        .target = npu.target().str(),
        .expected = said("{}(生效的地址)", "{} (in force)", live),
        .actual = said("{}(rank table 第 {} 行)", "{} (line {} of the rank table)",
                       device->device_ip, device->line),
        .why = {"NPU 改过地址而 rank table 未重建",
                "the NPU was given another address and the rank table was not built anew"}};
  }
  if (compared == 0)
    throw NoEvidence(
        {fmt::format("{}:rank table 中没有它的任何 NPU(见 3.2.7)", host.host().name),
         fmt::format("{}: the rank table has none of its NPUs (see 3.2.7)", host.host().name)});
}

void expect_private_file(const Evidence& host) {
  const FileStat& file = host[kRankTableStat];
  const std::string& user = host.group().service_user;
  EXPECT_TRUE(file.is_regular()) << Finding{
      .expected = {"普通文件", "a regular file"},
      .actual = said("文件类型为 {}", "{}", file.type),
      .why = {"MindIE 拒绝符号链接", "MindIE refuses symbolic links"}};
  if (!file.is_regular()) return;  // mode and owner of a link say nothing
  const std::string& digits = host.profile().rank_table_mode;
  const std::string chmod = fmt::format("chmod {} {}", digits, host.group().rank_table);
  EXPECT_TRUE(mode_within(file.mode, mode_of_digits(digits))) << Finding{
      .expected = said("权限的每一位都不超过 {}", "no permission digit above {}", digits),
      .actual = mode_text(file.mode),
      .why = {"MindIE 拒绝其他用户可读的 rank table",
              "MindIE refuses a rank table that others may read"},
      .next = {chmod, chmod}};
  EXPECT_EQ(file.owner, user) << Finding{
      .expected = said("属主 {}", "owner {}", user),
      .actual = said("属主 {}", "owner {}", file.owner),
      .why = {"属主必须就是运行 MindIE 的用户,即使是 root",
              "the owner must be the very user that runs MindIE, even for root"}};
}

}  // namespace touchstone
