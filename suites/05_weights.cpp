#include "suites/chapters.h"
#include "suites/remedies.h"
#include "suites/weights_rules.h"

namespace touchstone {
namespace {

struct WeightsStep {
  const char* id;
  const char* name;
  Text title, requirement;
  const char* place;
  std::vector<Question> probes;
  std::vector<std::string> stands_on;
  void (*expect)(const Evidence&);
  Text remedy;
  Scope on = Scope::kHost;
  Risk risk = Risk::kHands;
};

// What is asked in the first round; the rest is asked later, of the folder that this one names.
Step of_weights(WeightsStep s) {
  s.stands_on.insert(s.stands_on.begin(), {"0.2", "2.2.1", "4.2.1"});
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

}  // namespace

Chapter weights() {
  Chapter chapter{.id = "5.1", .title = {"权重", "The weights"}};
  chapter.step(of_weights(
      {"5.1.1",
       "WeightsAreComplete",
       {"modelWeightPath 处权重齐全", "The weights at modelWeightPath are complete"},
       {"容器内该路径有权重,config.json 可解析,索引所列分片都在且非空",
        "The path leads to weights inside the container, their config.json parses, every shard "
        "that the index names is there and not empty"},
       "5.1, the list of downloads; 6.2, modelWeightPath",
       {kWeightsPath},
       {},
       expect_weights_there,
       {"重新下载或复制缺失的文件,或改正 modelWeightPath",
        "download or copy what is missing, or correct modelWeightPath"}}));
  chapter.step(of_weights({"5.1.2",
                           "WeightsAreTheSame",
                           {"各主机的权重相同", "The weights are the same on every host"},
                           {"组内各主机的索引与分片大小相同;--deep 时内容也相同",
                            "Index and shard sizes are the same on all hosts of a group, and with "
                            "--deep the contents"},
                           "beyond the guide",
                           {kWeightsPath},
                           {"5.1.1"},
                           expect_weights_the_same,
                           {"把不同的文件从主节点重新复制到被点名的主机",
                            "copy what differs from the master to the hosts that are named"},
                           Scope::kGroup}));
  chapter.step(of_weights(
      {"5.1.3",
       "WeightsAreOfTheProfilesKind",
       {"权重类型与档案一致", "The weights are of the profile's kind"},
       {"W8A8 权重带量化描述文件,BF16 权重没有;原始 FP8 权重不可用",
        "W8A8 weights have a quantisation description, BF16 weights have none; the original FP8 "
        "weights are of no use"},
       "5.1, the list of downloads",
       {kWeightsPath},
       {"5.1.1"},
       expect_kind_of_weights,
       {"下载档案所要求的权重", "download the weights that the profile asks for"}}));
  chapter.step(of_weights(
      {"5.1.4",
       "ShardsAreNoLinks",
       {"分片不是符号链接", "No shard is a symbolic link"},
       {"每个分片都是普通文件", "Every shard is a regular file"},
       "beyond the guide",
       {kWeightsPath},
       {"5.1.1"},
       expect_no_links,
       {"用普通文件替换符号链接(cp -L)", "put regular files in the place of the links (cp -L)"}}));
  chapter.step(of_weights(
      {"5.1.5",
       "WeightsAreLoadable",
       {"权重可被服务加载", "The service can load the weights"},
       {"分片长度与文件头一致,分词器在位,model_type 适合 MindIE 版本,各级目录允许服务用户进入",
        "Every shard is as long as its header says, the tokenizer is there, model_type fits this "
        "MindIE, every folder above lets the service's user in"},
       "beyond the guide",
       {kWeightsPath},
       {"5.1.1"},
       expect_loadable,
       {"重新复制损坏的分片;补齐分词器;修改 model_type;放开上级目录",
        "copy broken shards again; add the tokenizer; correct model_type; open the folders "
        "above"}}));
  chapter.later = weights_later();
  return chapter;
}

void add_permission_steps(Chapter& chapter) {
  chapter.step(of_weights(
      {"6.3.1",
       "WeightsArePrivate",
       {"权重为服务用户私有", "The weights are private to the service's user"},
       {"任何一位权限不超过档案所定,属主为服务用户或 root",
        "No permission digit is above the profile's, the owner is the service's user or root"},
       "6.3, instruction 1",
       {kWeightsPath},
       {"5.1.1"},
       expect_private_weights,
       {"本地磁盘:chmod -R 与 chown -R;共享文件系统上会影响其他使用者,须人工处理",
        "on a local disk chmod -R and chown -R; on a shared file system others would be locked "
        "out: a person decides"},
       Scope::kHost,
       Risk::kSafe}));
  chapter.step(of_weights(
      {"6.3.2",
       "RankTableInsideIsPrivate",
       {"容器内 rank table 为私有", "Inside the container the rank table is private, too"},
       {"从容器内看,任何一位权限不超过档案所定",
        "Seen from inside the container, no permission digit is above the profile's"},
       "6.3, instruction 2",
       {kRankTableInside},
       {"3.2.1"},
       expect_private_rank_table,
       {"对 rank table 执行 chmod", "chmod the rank table"},
       Scope::kHost,
       Risk::kSafe}));
  repaired_by(chapter, "6.3.1", fix_weights_rights);
  repaired_by(chapter, "6.3.2", fix_rank_table_rights_inside);
}

}  // namespace touchstone
