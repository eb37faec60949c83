#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"
#include "harness/model/said.h"
#include "suites/entries.h"
#include "suites/known.h"
#include "suites/weights_rules.h"

namespace touchstone {
namespace {

const Text kDownload{"按指南 5.1 下载与配置档一致的权重",
                     "download the weights of the profile, as guide 5.1 lists them"};

// What tensors of one kind of type there are, over all shards.
std::int64_t tensors_of(const std::vector<SafetensorsShard>& shards, std::string_view prefix) {
  std::int64_t count = 0;
  for (const SafetensorsShard& shard : shards)
    for (const auto& [dtype, tensors] : shard.dtypes)
      if (dtype.starts_with(prefix)) count += tensors;
  return count;
}

// The original weights. Their config.json is often left with weights that were made of them, so
// the tensors decide, and it counts only where nothing says that they were quantised since.
Text fp8_sign(const Evidence& host, const std::string& description) {
  const std::int64_t scales = host[kWeightsIndex].inverse_scales;
  const std::int64_t tensors = tensors_of(host[kShardHeaders], "F8");
  if (scales > 0)
    return said("索引中有 {} 个 weight_scale_inv 张量", "{} tensors weight_scale_inv in the index",
                scales);
  if (tensors > 0) return said("有 {} 个 8 位浮点张量", "{} tensors of 8-bit floats", tensors);
  const WeightsConfig& config = host[kWeightsConfig];
  const bool quantised = !config.quantize.empty() || !description.empty();
  if (config.quant_method != "fp8" || quantised) return {};
  return {"config.json 的 quantization_config 是 fp8",
          "quantization_config of config.json says fp8"};
}

// The type that the description names; empty where it has none, as the older ones.
std::string described_type(const Evidence& host) {
  const auto& description = host.parsed(kQuantDescription);
  if (refused_as(description, Refusal::Kind::kNotSet) ||
      refused_as(description, Refusal::Kind::kEmpty))
    return "";
  return host[kQuantDescription].type;
}

void expect_w8a8(const Evidence& host, const std::string& description) {
  const Text why{"两台 64 GB 服务器只放得下 W8A8 权重,MindIE 按描述文件反量化",
                 "only W8A8 weights fit into two servers, and MindIE needs their description"};
  if (description.empty()) {
    const bool integers = tensors_of(host[kShardHeaders], "I8") > 0;
    ADD_FAILURE() << Finding{
        .expected = {"带有 quant_model_description….json 的 W8A8 权重",
                     "W8A8 weights with a quant_model_description….json"},
        .actual = integers ? Text{"8 位权重,但没有描述文件", "8-bit weights without a description"}
                           : Text{"BF16 权重:没有描述文件,也没有 8 位张量",
                                  "BF16 weights: no description, no 8-bit tensors"},
        .why = why,
        .next = kDownload};
    return;
  }
  const std::string type = described_type(host);
  EXPECT_TRUE(type.empty() || type.starts_with("W8A8"))
      << Finding{.expected = "W8A8",
                 .actual = said("{} 写的是 {}", "{} says {}", description, type),
                 .why = why,
                 .next = kDownload};
}

// -- loadable

void expect_lengths(const Evidence& host) {
  const auto wrong = wrong_lengths(host[kWeightsFiles], host[kShardHeaders]);
  EXPECT_TRUE(wrong.empty()) << Finding{
      .expected = {"每个分片的长度与其文件头一致", "every shard is as long as its header says"},
      .actual = said("{} 个不对:{}", "{} wrong: {}", wrong.size(), some_of(wrong)),
      .why = {"复制或下载中断,或文件已损坏;加载到该分片时服务会失败",
              "the copy or download was broken off, or the file is damaged; the service dies when "
              "it loads that shard"},
      .next = {"重新复制这些分片", "copy these shards again"}};
}

// A shard that was listed and has no header was not read: nobody knows how long it should be.
void expect_all_headers_read(const Evidence& host) {
  const auto& headers = host[kShardHeaders];
  for (const WeightsFile* shard : shards_of(host[kWeightsFiles])) {
    const bool read = std::any_of(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.name == shard->name; });
    if (!read && shard->there && shard->stat.is_regular())
      throw NoEvidence({fmt::format("{} 的文件头没有读到", shard->name),
                        fmt::format("the header of {} was not read", shard->name)});
  }
}

void expect_tokenizer(const Evidence& host) {
  const WeightsFiles& files = host[kWeightsFiles];
  std::vector<std::string> missing;
  for (const std::string& name : entries_of(host.profile().tokenizer_files)) {
    const WeightsFile* file = files.find(name);
    if (!file || !file->there || file->stat.size == 0) missing.push_back(name);
  }
  EXPECT_TRUE(missing.empty()) << Finding{
      .expected = host.profile().tokenizer_files,
      .actual = said("缺失或为空:{}", "missing or empty: {}", some_of(missing)),
      .why = {"没有分词器,服务无法启动", "without its tokenizer the service does not start"},
      .next = {"从权重来源复制分词器文件", "copy the tokenizer from where the weights come from"}};
}

void expect_model_type(const Evidence& host) {
  const std::string& type = host[kWeightsConfig].model_type;
  const auto wanted = entries_of(host.profile().model_type);
  const bool fits = wanted.empty() || std::find(wanted.begin(), wanted.end(), type) != wanted.end();
  EXPECT_TRUE(fits) << Finding{
      .expected = "model_type " + host.profile().model_type,
      .actual =
          type.empty() ? Phrase("没有 model_type", "no model_type") : Phrase("model_type " + type),
      .why = {"该版本的 MindIE 不认识此 model_type", "this MindIE knows no such model_type"},
      .next = {fmt::format("在所有主机上把权重 config.json 的 model_type 改为 {}",
                           wanted.empty() ? "" : wanted.front()),
               fmt::format("write \"model_type\": \"{}\" into config.json of the weights, on every "
                           "host",
                           wanted.empty() ? "" : wanted.front())}};
}

bool belongs_to(const FileStat& file, const std::string& user) {
  return file.owner == user || std::to_string(file.uid) == user;
}

// Root passes everywhere on a local disk, but a network file system maps it to nobody, and MindIE
// compares owners itself: a folder that only somebody else may enter is shut to it as well.
bool lets_in(const FileStat& folder, const std::string& user) {
  if (belongs_to(folder, user)) return (folder.mode & 0100) != 0;
  if ((folder.mode & 0001) != 0) return true;
  return user == "root" && (folder.mode & 0010) != 0;
}

void expect_way_in(const Evidence& host) {
  const std::string& user = host.group().service_user;
  for (const WeightsFile& folder : host[kWeightsFolders].files)
    EXPECT_TRUE(folder.there && lets_in(folder.stat, user)) << Finding{
        .expected = said("{} 允许 {} 进入", "{} lets {} in", folder.name, user),
        .actual = folder.there ? said("权限 {},属主 {}", "mode {}, owner {}",
                                      mode_text(folder.stat.mode), folder.stat.owner)
                               : Text{"看不到", "not to be seen"},
        .why = {"权重的每一级上级目录都必须允许服务用户进入",
                "every folder above the weights must let the service's user in"},
        .next = {fmt::format("chown {} {} 或 chmod 755 {}", user, folder.name, folder.name),
                 fmt::format("chown {} {}, or chmod 755 {}", user, folder.name, folder.name)}};
}

}  // namespace

bool is_foreign(const FileStat& file, const std::string& user) {
  return file.uid != 0 && !belongs_to(file, user);
}

std::vector<Text> wrong_lengths(const WeightsFiles& files,
                                const std::vector<SafetensorsShard>& shards) {
  std::vector<Text> wrong;
  for (const SafetensorsShard& shard : shards) {
    const WeightsFile* file = files.find(shard.name);
    if (!file || !file->there) continue;  // came or went between two questions: 5.1.1 tells
    const auto size = shard.expected_size();
    if (!size)
      wrong.push_back(said("{}({} 字节):{}", "{} ({} bytes): {}", shard.name, file->stat.size,
                           size.refusal().reason));
    else if (static_cast<std::uint64_t>(file->stat.size) != size.value())
      wrong.push_back(said("{} 有 {} 字节,按文件头应为 {}", "{} has {} bytes, its header says {}",
                           shard.name, file->stat.size, size.value()));
  }
  return wrong;
}

void expect_kind_of_weights(const Evidence& host) {
  const bool w8a8 = host.profile().weights == "w8a8";
  const std::string description = description_of(host[kWeightsFiles]);
  if (const Text sign = fp8_sign(host, description); !sign.empty()) {
    ADD_FAILURE() << Finding{
        .expected = said("{} 权重", "{} weights", w8a8 ? "W8A8" : "BF16"),
        .actual = said("原始 FP8 权重:{}", "the original FP8 weights: {}", sign),
        .why = {"910B 没有 FP8 运算单元,原始 FP8 权重无法加载",
                "a 910B computes no FP8: the original weights cannot be loaded"},
        .next = {"下载已转换的权重(指南 5.1),或先转换为 BF16;若已转换,从 config.json 删去 "
                 "quantization_config",
                 "download converted weights (guide 5.1), or convert them to BF16; if they are "
                 "converted, take quantization_config out of config.json"}};
    return;
  }
  if (w8a8) return expect_w8a8(host, description);
  EXPECT_TRUE(description.empty())
      << Finding{.expected = {"BF16 权重", "BF16 weights"},
                 .actual = said("量化权重:{}", "quantised weights: {}", description),
                 .why = {"配置档要求 BF16,量化权重须用 w8a8 配置档验收",
                         "the profile is one of BF16; accept quantised weights by a w8a8 profile"},
                 .next = kDownload};
}

void expect_loadable(const Evidence& host) {
  expect_lengths(host);
  expect_tokenizer(host);
  expect_model_type(host);
  expect_way_in(host);
  expect_all_headers_read(host);
}

void expect_private_weights(const Evidence& host) {
  const std::string& user = host.group().service_user;
  const int limit = mode_of_digits(host.profile().weights_mode);
  std::vector<std::string> open, foreign;
  const auto look_at = [&](const WeightsFile& file) {
    if (!file.there) return;
    if (!mode_within(file.stat.mode, limit))
      open.push_back(fmt::format("{} {}", file.name, mode_text(file.stat.mode)));
    if (is_foreign(file.stat, user))
      foreign.push_back(fmt::format("{} {} ({})", file.name, file.stat.owner, file.stat.uid));
  };
  const std::string& path = host[kWeightsPath].path;
  if (const WeightsFile* folder = host[kWeightsFolders].find(path)) look_at(*folder);
  for (const WeightsFile& file : host[kWeightsFiles].files) look_at(file);
  const std::string chmod = fmt::format("chmod -R {} {}", host.profile().weights_mode, path);
  EXPECT_TRUE(open.empty()) << Finding{
      .expected = said("权限的每一位都不超过 {}", "no permission digit above {}",
                       host.profile().weights_mode),
      .actual = said("{} 个超过:{}", "{} above: {}", open.size(), some_of(open)),
      .why = {"MindIE 拒绝其他用户可读写的权重", "MindIE refuses weights that others may read"},
      .next = {chmod, chmod}};
  const std::string chown = fmt::format("chown -R {} {}", user, path);
  EXPECT_TRUE(foreign.empty()) << Finding{
      .expected = user == "root" ? Text{"属主 root", "owner root"}
                                 : said("属主 {} 或 root", "owner {} or root", user),
      .actual = said("{} 个属于他人:{}", "{} of others: {}", foreign.size(), some_of(foreign)),
      .why = {"MindIE 要求权重属于运行它的用户或 root",
              "MindIE wants weights that belong to its user or to root"},
      .next = {chown, chown}};
}

void expect_private_rank_table(const Evidence& host) {
  const FileStat& file = host[kRankTableInside];
  const std::string& digits = host.profile().rank_table_mode;
  const std::string chmod = fmt::format("chmod {} {}", digits, host.group().rank_table);
  EXPECT_TRUE(mode_within(file.mode, mode_of_digits(digits))) << Finding{
      .expected = said("容器内权限的每一位都不超过 {}",
                       "no permission digit above {}, inside the container", digits),
      .actual = mode_text(file.mode),
      .why = {"容器内看到的文件可能不是主机上的那一份;MindIE 检查的是它",
              "the container may see another file than the host does, and that one is what MindIE "
              "checks"},
      .next = {chmod, chmod}};
}

}  // namespace touchstone
