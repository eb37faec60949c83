#include "suites/chapters.h"
#include "suites/rank_table_rules.h"
#include "suites/remedies.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

Step of_table(Step step) {
  return standing_on({"0.2"}, std::move(step));
}

const Text kRebuild{
    "用 touchstone rank-table build 重新生成并分发到组内所有主机",
    "build it anew with `touchstone rank-table build` and bring it to every host of the group"};

void add_file_steps(Chapter& chapter) {
  chapter.step(of_table(
      {.id = "3.2.1",
       .name = "RankTableExists",
       .title = {"rank table 存在", "The rank table exists"},
       .requirement = {"RANKTABLEFILE 所指的位置有该文件", "The file is where RANKTABLEFILE says"},
       .place = "3.2, instruction 1",
       .on = Scope::kHost,
       .probes = {kRankTableStat},
       .expect = expect_rank_table_file,
       .remedy = {.risk = Risk::kSafe, .text = kRebuild}}));
  chapter.step(of_table(
      {.id = "3.2.2",
       .name = "RankTableIsWellFormed",
       .title = {"rank table 为规定形状的严格 JSON",
                 "The rank table is strict JSON of the documented shape"},
       .requirement = {"status 为 completed,version 为 1.0,server_count 为等于列表长度的字符串",
                       "status is completed, version 1.0, server_count a string equal to the "
                       "length of the list"},
       .place = "3.2, instructions 12–20",
       .on = Scope::kHost,
       .probes = {kRankTable},
       .stands_on = {"3.2.1"},
       .expect = expect_well_formed,
       .remedy = {.risk = Risk::kSafe, .text = kRebuild}}));
  chapter.step(of_table(
      {.id = "3.2.3",
       .name = "RankTableIsTheSame",
       .title = {"各主机的 rank table 逐字节相同",
                 "The rank table is byte for byte the same on every host"},
       .requirement = {"组内所有主机上的文件内容相同", "All hosts of a group have the same file"},
       .place = "3.2, instruction 11",
       .on = Scope::kGroup,
       .probes = {kRankTableSum},
       .stands_on = {"3.2.2"},
       .expect = expect_same_file,
       .remedy = {.risk = Risk::kSafe,
                  .text = {"把主节点的文件重新分发到被点名的主机",
                           "bring the master's file to the hosts that are named"}}}));
  chapter.step(of_table(
      {.id = "3.2.4",
       .name = "ServersAreTheInventorys",
       .title = {"服务器列表与清单一致,主节点在首位",
                 "Its servers are the inventory's hosts, the master first"},
       .requirement =
           {"server_id 恰为清单中各主机的服务地址,第一个是主节点",
            "The server_ids are exactly the hosts' service addresses, and the first is the master"},
       .place = "3.2, instructions 13–17",
       .on = Scope::kGroup,
       .probes = {kRankTable},
       .stands_on = {"3.2.2"},
       .expect = expect_servers,
       .remedy = {.risk = Risk::kSafe, .text = kRebuild}}));
}

void add_content_steps(Chapter& chapter) {
  chapter.step(of_table(
      {.id = "3.2.5",
       .name = "ContainerIpIsThere",
       .title = {"每个 server 有 container_ip", "Every server has a container_ip"},
       .requirement = {"container_ip 存在且与 server_id 相同,除非站点另有说明",
                       "container_ip is there and equals server_id unless the site says otherwise"},
       .place = "3.2, instruction 8",
       .on = Scope::kHost,
       .probes = {kRankTable},
       .stands_on = {"3.2.2"},
       .expect = expect_container_ip,
       .remedy = {.risk = Risk::kSafe, .text = kRebuild}}));
  chapter.step(of_table(
      {.id = "3.2.6",
       .name = "ServersAreInOrder",
       .title = {"server 按规定顺序排列", "The servers are in the profile's order"},
       .requirement = {"指南要求按 IP 从大到小;站点可改为其他顺序。主节点始终在首位",
                       "The guide orders by address, from large to small; a site may say "
                       "otherwise. The master is first in any case"},
       .place = "3.2, instruction 9",
       .on = Scope::kHost,
       .probes = {kRankTable},
       .stands_on = {"3.2.2"},
       .expect = expect_order,
       .remedy = {.text = {"重新排序会改变主节点:确认后重建,或在清单 site 中写 rank_table_order",
                           "reordering moves the master: rebuild it knowingly, or set "
                           "`rank_table_order` under `site` in the inventory"}}}));
  chapter.step(of_table(
      {.id = "3.2.7",
       .name = "RanksAndDevicesCount",
       .title = {"rank_id、device_id 与 device_ip 正确编号",
                 "Ranks and devices are numbered without gap or duplicate"},
       .requirement = {"rank_id 从 0 连续,device_id 为 0–7,device_ip 不重复",
                       "rank_id counts from 0 without gap, device_id is 0–7 on each server, no "
                       "device_ip stands twice"},
       .place = "3.2, instruction 10",
       .on = Scope::kHost,
       .probes = {kRankTable},
       .stands_on = {"3.2.2"},
       .expect = expect_ranks,
       .remedy = {.risk = Risk::kSafe, .text = kRebuild}}));
  chapter.step(
      of_table({.id = "3.2.8",
                .name = "DeviceIpsAreLive",
                .title = {"device_ip 与 NPU 实际地址一致",
                          "Every device_ip is the live address of that NPU"},
                .requirement = {"本机条目的 device_ip 就是对应 NPU 的地址",
                                "The entries of this host name the addresses that its NPUs have"},
                .place = "beyond the guide",
                .on = Scope::kHost,
                .probes = {kRankTable, kIp},
                .stands_on = {"1.1.2", "3.2.2", "3.1.10"},
                .expect = expect_live_addresses,
                .remedy = {.risk = Risk::kSafe, .text = kRebuild}}));
  chapter.step(of_table(
      {.id = "3.2.9",
       .name = "RankTableIsPrivate",
       .title = {"rank table 为服务用户私有的普通文件",
                 "The rank table is a regular file and private to the service's user"},
       .requirement =
           {"任何一位权限不超过配置档的 rank_table_mode,是普通文件,属主为服务用户",
            "No permission digit above the profile's rank_table_mode, a regular file, owned by the "
            "service's user"},
       .place = "6.3, instruction 2",
       .on = Scope::kHost,
       .probes = {kRankTableStat},
       .stands_on = {"3.2.1"},
       .expect = expect_private_file,
       .remedy = {.risk = Risk::kSafe,
                  .text = {"chmod 与 chown 服务用户;符号链接换成普通文件",
                           "chmod, and chown to the service's user; put a regular file in the "
                           "place of a link"}}}));
}

}  // namespace

Chapter rank_table() {
  Chapter chapter{.id = "3.2", .title = {"rank table", "The rank table"}};
  add_file_steps(chapter);
  add_content_steps(chapter);
  for (const char* id : {"3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.5", "3.2.7", "3.2.8"})
    repaired_by(chapter, id, fix_rank_table, {kRankTableStat, kRankTable, kIp});
  repaired_by(chapter, "3.2.9", fix_rank_table_rights);
  return chapter;
}

}  // namespace touchstone
