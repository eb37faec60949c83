#include "suites/chapters.h"
#include "suites/rank_table_rules.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

struct TableStep {
  const char* id;
  const char* name;
  Text title, requirement;
  const char* place;
  Scope on;
  std::vector<Question> probes;
  std::vector<std::string> stands_on;
  void (*expect)(const Evidence&);
  Text remedy;
  Risk risk = Risk::kSafe;
};

Step of_table(TableStep s) {
  s.stands_on.insert(s.stands_on.begin(), "0.2");
  return {.id = s.id,
          .name = s.name,
          .title = std::move(s.title),
          .requirement = std::move(s.requirement),
          .place = s.place,
          .on = s.on,
          .probes = std::move(s.probes),
          .stands_on = std::move(s.stands_on),
          .expect = s.expect,
          .remedy = {.risk = s.risk, .text = std::move(s.remedy)}};
}

const Text kRebuild{
    "用 touchstone rank-table build 重新生成并分发到组内所有主机",
    "build it anew with `touchstone rank-table build` and bring it to every host of the group"};

void add_file_steps(Chapter& chapter) {
  chapter.step(
      of_table({"3.2.1",
                "RankTableExists",
                {"rank table 存在", "The rank table exists"},
                {"RANKTABLEFILE 所指的位置有该文件", "The file is where RANKTABLEFILE says"},
                "3.2, instruction 1",
                Scope::kHost,
                {kRankTableStat},
                {},
                expect_rank_table_file,
                kRebuild}));
  chapter.step(of_table(
      {"3.2.2",
       "RankTableIsWellFormed",
       {"rank table 为规定形状的严格 JSON",
        "The rank table is strict JSON of the documented shape"},
       {"status 为 completed,version 为 1.0,server_count 为等于列表长度的字符串",
        "status is completed, version 1.0, server_count a string equal to the length of the list"},
       "3.2, instructions 12–20",
       Scope::kHost,
       {kRankTable},
       {"3.2.1"},
       expect_well_formed,
       kRebuild}));
  chapter.step(of_table(
      {"3.2.3",
       "RankTableIsTheSame",
       {"各主机的 rank table 逐字节相同", "The rank table is byte for byte the same on every host"},
       {"组内所有主机上的文件内容相同", "All hosts of a group have the same file"},
       "3.2, instruction 11",
       Scope::kGroup,
       {kRankTableSum},
       {"3.2.2"},
       expect_same_file,
       {"把主节点的文件重新分发到被点名的主机",
        "bring the master's file to the hosts that are named"}}));
  chapter.step(of_table(
      {"3.2.4",
       "ServersAreTheInventorys",
       {"服务器列表与清单一致,主节点在首位",
        "Its servers are the inventory's hosts, the master first"},
       {"server_id 恰为清单中各主机的服务地址,第一个是主节点",
        "The server_ids are exactly the hosts' service addresses, and the first is the master"},
       "3.2, instructions 13–17",
       Scope::kGroup,
       {kRankTable},
       {"3.2.2"},
       expect_servers,
       kRebuild}));
}

void add_content_steps(Chapter& chapter) {
  chapter.step(
      of_table({"3.2.5",
                "ContainerIpIsThere",
                {"每个 server 有 container_ip", "Every server has a container_ip"},
                {"container_ip 存在且与 server_id 相同,除非站点另有说明",
                 "container_ip is there and equals server_id unless the site says otherwise"},
                "3.2, instruction 8",
                Scope::kHost,
                {kRankTable},
                {"3.2.2"},
                expect_container_ip,
                kRebuild}));
  chapter.step(of_table({"3.2.6",
                         "ServersAreInOrder",
                         {"server 按规定顺序排列", "The servers are in the profile's order"},
                         {"指南要求按 IP 从大到小;站点可改为其他顺序。主节点始终在首位",
                          "The guide orders by address, from large to small; a site may say "
                          "otherwise. The master is first in any case"},
                         "3.2, instruction 9",
                         Scope::kHost,
                         {kRankTable},
                         {"3.2.2"},
                         expect_order,
                         {"重新排序会改变主节点:确认后重建,或在清单 site 中写 rank_table_order",
                          "reordering moves the master: rebuild it knowingly, or set "
                          "`rank_table_order` under `site` in the inventory"},
                         Risk::kHands}));
  chapter.step(of_table({"3.2.7",
                         "RanksAndDevicesCount",
                         {"rank_id、device_id 与 device_ip 正确编号",
                          "Ranks and devices are numbered without gap or duplicate"},
                         {"rank_id 从 0 连续,device_id 为 0–7,device_ip 不重复",
                          "rank_id counts from 0 without gap, device_id is 0–7 on each server, no "
                          "device_ip stands twice"},
                         "3.2, instruction 10",
                         Scope::kHost,
                         {kRankTable},
                         {"3.2.2"},
                         expect_ranks,
                         kRebuild}));
  chapter.step(of_table(
      {"3.2.8",
       "DeviceIpsAreLive",
       {"device_ip 与 NPU 实际地址一致", "Every device_ip is the live address of that NPU"},
       {"本机条目的 device_ip 就是对应 NPU 的地址",
        "The entries of this host name the addresses that its NPUs have"},
       "beyond the guide",
       Scope::kHost,
       {kRankTable, kIp},
       {"1.1.2", "3.2.2", "3.1.10"},
       expect_live_addresses,
       kRebuild}));
  chapter.step(of_table(
      {"3.2.9",
       "RankTableIsPrivate",
       {"rank table 为服务用户私有的普通文件",
        "The rank table is a regular file and private to the service's user"},
       {"任何一位权限不超过档案的 rank_table_mode,是普通文件,属主为服务用户",
        "No permission digit above the profile's rank_table_mode, a regular file, owned by the "
        "service's user"},
       "6.3, instruction 2",
       Scope::kHost,
       {kRankTableStat},
       {"3.2.1"},
       expect_private_file,
       {"chmod 与 chown 服务用户;符号链接换成普通文件",
        "chmod, and chown to the service's user; put a regular file in the place of a link"}}));
}

}  // namespace

Chapter rank_table() {
  Chapter chapter{.id = "3.2", .title = {"rank table", "The rank table"}};
  add_file_steps(chapter);
  add_content_steps(chapter);
  for (const char* id : {"3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.5", "3.2.7", "3.2.8"})
    repaired_by(chapter, id, fix_rank_table);
  repaired_by(chapter, "3.2.9", fix_rank_table_rights);
  return chapter;
}

}  // namespace touchstone
