#include "suites/chapters.h"
#include "suites/remedies.h"
#include "suites/standing_on.h"
#include "suites/weights_rules.h"

namespace touchstone {
namespace {

// What is asked in the first round; the rest is asked later, of the folder that this one names.
Step of_weights(Step step) {
  return standing_on({"0.2", "2.2.1", "4.2.1"}, std::move(step));
}

}  // namespace

Chapter weights() {
  Chapter chapter{.id = "5.1", .title = {"权重", "The weights"}};
  chapter.step(of_weights(
      {.id = "5.1.1",
       .name = "WeightsAreComplete",
       .title = {"modelWeightPath 处权重齐全", "The weights at modelWeightPath are complete"},
       .requirement =
           {"容器内该路径有权重,config.json 可解析,索引所列分片都在且非空",
            "The path leads to weights inside the container, their config.json parses, every shard "
            "that the index names is there and not empty"},
       .place = "5.1, the list of downloads; 6.2, modelWeightPath",
       .probes = {kWeightsPath},
       .expect = expect_weights_there,
       .remedy = {.text = {"重新下载或复制缺失的文件,或改正 modelWeightPath",
                           "download or copy what is missing, or correct modelWeightPath"}}}));
  chapter.step(of_weights(
      {.id = "5.1.2",
       .name = "WeightsAreTheSame",
       .title = {"各主机的权重相同", "The weights are the same on every host"},
       .requirement = {"组内各主机的索引与分片大小相同;--deep 时内容也相同",
                       "Index and shard sizes are the same on all hosts of a group, and with "
                       "--deep the contents"},
       .place = "beyond the guide",
       .on = Scope::kGroup,
       .probes = {kWeightsPath},
       .stands_on = {"5.1.1"},
       .expect = expect_weights_the_same,
       .remedy = {.text = {"把不同的文件从主节点重新复制到被点名的主机",
                           "copy what differs from the master to the hosts that are named"}}}));
  chapter.step(
      of_weights({.id = "5.1.3",
                  .name = "WeightsAreOfTheProfilesKind",
                  .title = {"权重类型与配置档一致", "The weights are of the profile's kind"},
                  .requirement = {"W8A8 权重带量化描述文件,BF16 权重没有;原始 FP8 权重不可用",
                                  "W8A8 weights have a quantisation description, BF16 weights have "
                                  "none; the original FP8 "
                                  "weights are of no use"},
                  .place = "5.1, the list of downloads",
                  .probes = {kWeightsPath},
                  .stands_on = {"5.1.1"},
                  .expect = expect_kind_of_weights,
                  .remedy = {.text = {"下载配置档所要求的权重",
                                      "download the weights that the profile asks for"}}}));
  chapter.step(
      of_weights({.id = "5.1.4",
                  .name = "ShardsAreNoLinks",
                  .title = {"分片不是符号链接", "No shard is a symbolic link"},
                  .requirement = {"每个分片都是普通文件", "Every shard is a regular file"},
                  .place = "beyond the guide",
                  .probes = {kWeightsPath},
                  .stands_on = {"5.1.1"},
                  .expect = expect_no_links,
                  .remedy = {.text = {"用普通文件替换符号链接(cp -L)",
                                      "put regular files in the place of the links (cp -L)"}}}));
  chapter.step(of_weights(
      {.id = "5.1.5",
       .name = "WeightsAreLoadable",
       .title = {"权重可被服务加载", "The service can load the weights"},
       .requirement =
           {"分片长度与文件头一致,分词器在位,model_type 适合 MindIE 版本,各级目录允许服务用户进入",
            "Every shard is as long as its header says, the tokenizer is there, model_type fits "
            "this "
            "MindIE, every folder above lets the service's user in"},
       .place = "beyond the guide",
       .probes = {kWeightsPath},
       .stands_on = {"5.1.1"},
       .expect = expect_loadable,
       .remedy = {
           .text = {
               "重新复制损坏的分片;补齐分词器;修改 model_type;放开上级目录",
               "copy broken shards again; add the tokenizer; correct model_type; open the folders "
               "above"}}}));
  chapter.later = weights_later();
  return chapter;
}

void add_permission_steps(Chapter& chapter) {
  chapter.step(of_weights(
      {.id = "6.3.1",
       .name = "WeightsArePrivate",
       .title = {"权重为服务用户私有", "The weights are private to the service's user"},
       .requirement =
           {"任何一位权限不超过配置档所定,属主为服务用户或 root",
            "No permission digit is above the profile's, the owner is the service's user or root"},
       .place = "6.3, instruction 1",
       .on = Scope::kHost,
       .probes = {kWeightsPath},
       .stands_on = {"5.1.1"},
       .expect = expect_private_weights,
       .remedy = {
           .risk = Risk::kSafe,
           .text = {"本地磁盘:chmod -R 与 chown -R;共享文件系统上会影响其他使用者,须人工处理",
                    "on a local disk chmod -R and chown -R; on a shared file system others would "
                    "be locked "
                    "out: a person decides"}}}));
  chapter.step(of_weights(
      {.id = "6.3.2",
       .name = "RankTableInsideIsPrivate",
       .title = {"容器内 rank table 为私有", "Inside the container the rank table is private, too"},
       .requirement =
           {"从容器内看,任何一位权限不超过配置档所定",
            "Seen from inside the container, no permission digit is above the profile's"},
       .place = "6.3, instruction 2",
       .on = Scope::kHost,
       .probes = {kRankTableInside},
       .stands_on = {"3.2.1"},
       .expect = expect_private_rank_table,
       .remedy = {.risk = Risk::kSafe,
                  .text = {"对 rank table 执行 chmod", "chmod the rank table"}}}));
  repaired_by(chapter, "6.3.1", fix_weights_rights);
  repaired_by(chapter, "6.3.2", fix_rank_table_rights_inside);
}

}  // namespace touchstone
