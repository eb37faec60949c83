#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "suites/compare.h"
#include "suites/known.h"
#include "suites/weights_rules.h"

namespace touchstone {
namespace {

const Text kCopyAgain{"从权重来源重新复制这些文件,并核对大小",
                      "copy these files again from where the weights come from, and compare sizes"};

bool not_set(const Refusal& refusal) {
  return refusal.kind == Refusal::Kind::kNotSet;
}

// The question was answered, and what it was answered with is wrong: no reason for an `error`.
bool wrong_content(const Refusal& refusal) {
  return not_set(refusal) || refusal.kind == Refusal::Kind::kMalformed ||
         refusal.kind == Refusal::Kind::kElided || refusal.kind == Refusal::Kind::kEmpty;
}

void expect_config(const Evidence& host) {
  const auto& config = host.parsed(kWeightsConfig);
  if (!config && wrong_content(config.refusal())) {
    ADD_FAILURE() << Finding{
        .expected = {"模型的 config.json,严格的 JSON", "config.json of the model, strict JSON"},
        .actual = config.refusal().reason,
        .why = {"MindIE 由它得知模型结构", "MindIE learns from it what model this is"},
        .next = {"从权重来源复制 config.json",
                 "copy config.json from where the weights come from"}};
    return;
  }
  host[kWeightsConfig];
}

// Every shard that the index names, against the listing.
void expect_shards(const WeightsIndex& index, const WeightsFiles& files) {
  std::vector<std::string> missing, empty;
  for (const auto& [name, tensors] : index.shards) {
    const WeightsFile* file = files.find(name);
    if (!file || !file->there)
      missing.push_back(name);
    else if (file->stat.size == 0)
      empty.push_back(name);
  }
  const Text why{"下载或复制没有完成", "the download or the copy was not finished"};
  EXPECT_TRUE(missing.empty()) << Finding{
      .expected = said("索引所列的全部 {} 个分片", "all {} shards that the index names",
                       index.shards.size()),
      .actual = said("缺少 {} 个:{}", "{} missing: {}", missing.size(), some_of(missing)),
      .why = why,
      .next = kCopyAgain};
  EXPECT_TRUE(empty.empty()) << Finding{
      .expected = {"没有空的分片", "no shard is empty"},
      .actual = said("{} 个为 0 字节:{}", "{} with 0 bytes: {}", empty.size(), some_of(empty)),
      .why = why,
      .next = kCopyAgain};
}

void expect_index(const Evidence& host, const WeightsFiles& files) {
  const std::string name = index_of(files);
  if (name.empty()) {
    ADD_FAILURE() << Finding{
        .expected = {"索引文件(….safetensors.index.json)", "an index (….safetensors.index.json)"},
        .actual = {"目录中没有", "none in the folder"},
        .why = {"没有索引就无法得知分片是否齐全",
                "without an index nobody can tell whether all shards are there"},
        .next = {"从权重来源复制索引文件", "copy the index from where the weights come from"}};
    return;
  }
  const auto& index = host.parsed(kWeightsIndex);
  if (!index && wrong_content(index.refusal())) {
    ADD_FAILURE() << Finding{.expected = said("{} 列出各分片", "{} names the shards", name),
                             .actual = index.refusal().reason,
                             .why = {"索引已损坏", "the index is damaged"},
                             .next = kCopyAgain};
    return;
  }
  expect_shards(host[kWeightsIndex], files);
}

// -- the same on every host

using FileFacts = std::map<std::string, std::string>;  // file → size or digest
using PerHost = std::vector<std::pair<Evidence, FileFacts>>;

// A digest is told apart by its beginning; all of it is in the evidence.
std::string shown(const std::string& value) {
  return value.starts_with("sha256 ") ? value.substr(0, 7 + 16) + "…" : value;
}

std::vector<Text> differences(const FileFacts& own, const FileFacts& right) {
  std::vector<Text> lines;
  for (const auto& [name, value] : right) {
    const auto at = own.find(name);
    if (at == own.end())
      lines.push_back(said("没有 {}", "{} is not there", name));
    else if (at->second != value)
      lines.push_back(
          said("{}:{},应为 {}", "{}: {}, not {}", name, shown(at->second), shown(value)));
  }
  for (const auto& [name, value] : own)
    if (!right.contains(name)) lines.push_back(said("多出 {}", "{} is there besides", name));
  return lines;
}

// A host whose shards are as long as their headers say: a broken copy is nobody's example.
bool sound(const Evidence& host) {
  try {
    return wrong_lengths(host[kWeightsFiles], host[kShardHeaders]).empty();
  } catch (const NoEvidence&) {
    return false;  // 5.1.5 of that host tells
  }
}

// What the master has is right, as MindIE is started from there; if its own copy is broken, what
// most have.
const std::pair<Evidence, FileFacts>& right_one(const PerHost& all) {
  std::size_t best = 0, best_score = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto count = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const auto& one) { return one.second == all[i].second; }));
    const std::size_t score = count + (all[i].first.is_master() ? all.size() : 0) +
                              (sound(all[i].first) ? 2 * all.size() : 0);
    if (score > best_score) best = i, best_score = score;
  }
  return all[best];
}

void expect_alike(const PerHost& all, const Text& what, const Text& why, const Text& next) {
  if (all.empty()) return;
  const auto& [whose, right] = right_one(all);
  for (const auto& [host, own] : all) {
    const auto lines = differences(own, right);
    EXPECT_TRUE(lines.empty()) << Finding{
        .target = host.target().str(),
        .expected = said("{} 与 {} 相同", "{} as on {}", what, whose.target().host),
        .actual = said("{} 处不同:{}", "{} different: {}", lines.size(), some_of(lines)),
        .why = why,
        .next = next};
  }
}

// One network file system under all of them: then a difference is one of caches, not of copies.
bool shared(const Evidence& group) {
  std::string source;
  for (const auto& [host, mount] : group.each(kWeightsMount)) {
    const std::string& own = mount->filesystem;
    if (is_local(*mount) || (!source.empty() && own != source)) return false;
    source = own;
  }
  return !source.empty();
}

PerHost sizes_of(const Evidence& group) {
  PerHost all;
  for (const auto& [host, files] : group.each(kWeightsFiles)) {
    FileFacts values;
    for (const WeightsFile* shard : shards_of(*files))
      if (shard->there) values[shard->name] = fmt::format("{} bytes", shard->stat.size);
    all.emplace_back(host, std::move(values));
  }
  for (const auto& [host, index] : group.each(kWeightsIndex))
    for (auto& [other, values] : all)
      if (other.target() == host.target()) values["the index"] = "sha256 " + index->sha256;
  return all;
}

PerHost sums_of(const Evidence& group) {
  PerHost all;
  for (const auto& [host, files] : group.each(kWeightsFiles)) {
    FileFacts values;
    const auto shards = shards_of(*files);
    for (std::size_t i = 0; i < shards.size(); ++i) try {
        values[shards[i]->name] = "sha256 " + host[shard_sum(i)].digest;
      } catch (const NoEvidence& missing) {
        host.note_missing(missing.why());
      }
    all.emplace_back(host, std::move(values));
  }
  // A sum that one host owes is no difference; it is noted, and the others are compared.
  for (const auto& [host, values] : PerHost(all))
    for (auto& [other, others] : all)
      std::erase_if(others,
                    [&values = values](const auto& one) { return !values.contains(one.first); });
  return all;
}

}  // namespace

bool is_local(const DiskFree& mount) {
  const std::string& name = mount.filesystem;
  return name.starts_with("/dev/") || name == "overlay" || name == "tmpfs";
}

Text some_of(const std::vector<Text>& sentences) {
  constexpr std::size_t kShown = 3;
  Text text;
  for (std::size_t i = 0; i < std::min(sentences.size(), kShown); ++i)
    text = text + (i ? Text{", ", ", "} : Text{}) + sentences[i];
  if (sentences.size() <= kShown) return text;
  return text + said(" 等 {} 个", " and {} more", sentences.size() - kShown);
}

Text some_of(const std::vector<std::string>& names) {
  std::vector<Text> sentences;
  for (const std::string& name : names) sentences.push_back(Phrase(name));
  return some_of(sentences);
}

void expect_weights_there(const Evidence& host) {
  const std::string& path = host[kWeightsPath].path;
  const auto& listing = host.parsed(kWeightsFiles);
  const bool missing = !listing && not_set(listing.refusal());
  // An empty folder prints nothing.
  const bool empty = refused_as(listing, Refusal::Kind::kEmpty);
  if (missing || empty || (listing && shards_of(listing.value()).empty())) {
    ADD_FAILURE() << Finding{
        .expected = said("{} 中的权重", "weights at {}", path),
        .actual = missing ? Phrase(listing.refusal().reason)
                  : empty ? Phrase(said("{} 是空的", "{} is empty", path))
                          : Phrase(said("{} 中没有 safetensors 文件",
                                        "{} holds no file of safetensors", path)),
        .why = {"容器内的 modelWeightPath 没有权重:路径写错,或没有挂载进容器",
                "modelWeightPath leads to no weights inside the container: it is mistyped, or not "
                "mounted"},
        .next = {"在容器内执行 ls 该路径;挂载该目录,或修改 conf/config.json",
                 "`ls` that path inside the container; mount the folder, or correct "
                 "conf/config.json"}};
    return;
  }
  const WeightsFiles& files = host[kWeightsFiles];
  expect_config(host);
  expect_index(host, files);
}

void expect_weights_the_same(const Evidence& group) {
  const Text stale = shared(group)
                         ? Text{"各主机挂载同一个网络文件系统,却看到不同内容:客户端缓存陈旧",
                                "all hosts mount one network file system and yet see different "
                                "files: a client's cache is stale"}
                         : Text{"各主机的权重不是同一份,推理结果会出错或加载失败",
                                "the hosts have different weights: loading fails, or answers are "
                                "wrong"};
  expect_alike(sizes_of(group), {"索引与分片大小", "index and shard sizes"}, stale, kCopyAgain);
  if (group.inventory().deep)
    expect_alike(sums_of(group), {"内容", "contents"}, stale,
                 {"用权重来源公布的 sha256 核对哪一台是对的,再复制不同的文件",
                  "compare the digests with those that the source publishes, which tells whose "
                  "copy is right; copy what differs"});
}

void expect_no_links(const Evidence& host) {
  const auto shards = shards_of(host[kWeightsFiles]);
  std::vector<std::string> links;
  for (const WeightsFile* shard : shards)
    if (shard->link) links.push_back(shard->name);
  EXPECT_TRUE(links.empty()) << Finding{
      .expected = {"每个分片都是普通文件", "every shard is a regular file"},
      .actual = said("{1} 个中有 {0} 个是符号链接:{2}", "{} of {} are symbolic links: {}",
                     links.size(), shards.size(), some_of(links)),
      .why = {"MindIE 不接受符号链接的权重,下载工具的缓存目录常留下它们",
              "MindIE loads no weights through symbolic links; the caches of download tools leave "
              "them"},
      .next = {"重新下载时关闭符号链接(local_dir_use_symlinks=False),或用 cp -L 复制成普通文件",
               "download again without links (local_dir_use_symlinks=False), or copy them with "
               "cp -L"}};
}

}  // namespace touchstone
