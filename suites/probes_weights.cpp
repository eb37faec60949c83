#include "suites/probes_weights.h"

#include <fmt/format.h>

#include "harness/model/evidence.h"
#include "suites/ask.h"
#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes_config.h"

namespace touchstone {
namespace {

// Stands in an argv for the path that is known only when the question is asked.
constexpr const char* kThePath = "{path}";

// All scripts take where the container's paths begin as $1 and a path as $2, and need nothing but
// a POSIX shell and the small tools that coreutils and busybox share. Names may hold anything:
// records end with NUL.
constexpr const char* kShow =
    "LC_ALL=C; export LC_ALL\n"
    "show() { if [ -L \"$1\" ]; then l=l; else l=-; fi\n"
    "  s=$(stat -L -c '%a|%u|%g|%U|%G|%s|%Y|%F' -- \"$1\" 2>/dev/null) || s=\n"
    "  printf '%s|%s\\n%s\\0' \"$l\" \"$s\" \"$2\"; }\n";

constexpr const char* kListFolder =
    "[ -e \"$1$2\" ] || { echo \"$2: No such file or directory\" >&2; exit 1; }\n"
    "[ -d \"$1$2\" ] || { echo \"$2: Not a directory\" >&2; exit 1; }\n"
    "cd -- \"$1$2\" || { echo \"$2: Permission denied\" >&2; exit 1; }\n"
    "for f in *; do { [ -e \"./$f\" ] || [ -L \"./$f\" ]; } && show \"./$f\" \"$f\"; done; exit "
    "0\n";

constexpr const char* kListAbove =
    "p=$2; while :; do show \"$1$p\" \"$p\"; [ \"$p\" = / ] && exit 0\n"
    "p=${p%/*}; [ -n \"$p\" ] || p=/; done\n";

// An index has a line for every tensor; what matters fits into a page.
constexpr const char* kCountIndex =
    "LC_ALL=C; export LC_ALL; f=$1$2\n"
    "[ -e \"$f\" ] || { echo \"$2: No such file or directory\" >&2; exit 1; }\n"
    "printf 'bytes %s\\n' $(wc -c <\"$f\")\n"
    "printf 'first %s\\n' \"$(head -c 64 \"$f\" | tr -d ' \\n\\r\\t' | head -c 1)\"\n"
    "printf 'last %s\\n' \"$(tail -c 64 \"$f\" | tr -d ' \\n\\r\\t' | tail -c 1)\"\n"
    "printf 'scale-inv %s\\n' $(grep -o '_scale_inv\"' \"$f\" | wc -l)\n"
    "printf 'scale %s\\n' $(grep -o '_scale\"' \"$f\" | wc -l)\n"
    "grep -o '\"[^\"]*\\.safetensors\"' \"$f\" | sort | uniq -c | sed 's/^/shard /'\n"
    "printf 'sha256 %s\\n' \"$(sha256sum <\"$f\" | head -c 64)\"\n";

// Eight bytes tell the header's length; of the header only the types are counted, and where the
// last tensor ends. Two tools of numbers are not trusted with 64 bits: sort -n compares digits.
constexpr const char* kReadHeaders =
    "LC_ALL=C; export LC_ALL; cd -- \"$1$2\" || exit 1\n"
    "for f in *.safetensors; do [ -f \"./$f\" ] || continue\n"
    "  set -- $(od -An -v -tu1 -N8 \"./$f\"); printf 'length %s\\n' \"$*\"; h=\n"
    "  if [ $# -eq 8 ] && [ \"$5$6$7$8\" = 0000 ]; then\n"
    "    n=$(($1 + $2 * 256 + $3 * 65536 + $4 * 16777216))\n"
    "    [ $n -le 100000000 ] && h=$(head -c $((n + 8)) \"./$f\" | tail -c +9 | tr -d '\\000' |\n"
    "      grep -o '\"dtype\" *: *\"[^\"]*\"\\|\"data_offsets\" *: *\\[[^]]*\\]' | tr -d '\" ')\n"
    "  fi\n"
    "  printf '%s\\n' \"$h\" | sed -n 's/^dtype://p' | sort | uniq -c | sed 's/^/dtype /'\n"
    "  printf 'tensors %s\\n' $(printf '%s\\n' \"$h\" | grep -c '^data_offsets')\n"
    "  printf 'last %s\\n' \"$(printf '%s\\n' \"$h\" | sed -n "
    "'s/^data_offsets:\\[\\(.*\\)\\]$/\\1/p' |\n"
    "    sort -t , -k 2n | tail -n 1)\"\n"
    "  printf 'name %s\\0' \"$f\"\n"
    "done\n";

// The description has a line for every tensor, too.
constexpr const char* kDescribe =
    "[ -e \"$1$2\" ] || { echo \"$2: No such file or directory\" >&2; exit 1; }\n"
    "grep -o '\"model_quant_type\" *: *\"[^\"]*\"' \"$1$2\" | head -n 1\n";

// 1: the file is not there, and the message says so.
template <class T>
Probe<T> of_weights(std::string key, std::vector<std::string> argv,
                    Parsed<T> (*parse)(std::string_view, std::string_view), double seconds = 30) {
  return ask(Where::kContainer, std::move(key), std::move(argv), parse, {0, 1}, seconds);
}

// The same by a script that gets where the container's paths begin, and the path.
template <class T>
Probe<T> by_script(std::string key, const std::string& script,
                   Parsed<T> (*parse)(std::string_view, std::string_view), double seconds = 30) {
  return of_weights(std::move(key), shell(script, {"{croot}", kThePath}), parse, seconds);
}

Question at(Question question, const std::string& path) {
  for (std::string& word : question.argv)
    if (const auto place = word.find(kThePath); place != std::string::npos)
      word.replace(place, std::char_traits<char>::length(kThePath), path);
  return question;
}

std::string below(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::vector<Turn> ask_folders(const EvidenceBook& book, const std::set<std::string>& hosts) {
  Turn turn;
  for (const std::string& host : hosts)
    if (const WeightsPath* weights = known(book, host, -1, kWeightsPath))
      for (const Question& question : std::initializer_list<Question>{
               kWeightsFiles, kWeightsFolders, kWeightsConfig, kWeightsMount})
        turn.push_back({.host = host, .question = at(question, weights->path)});
  return {turn};
}

void ask_contents(const EvidenceBook& book, const std::string& host, Turn& turn) {
  const WeightsPath* weights = known(book, host, -1, kWeightsPath);
  const WeightsFiles* files = weights ? known(book, host, -1, kWeightsFiles) : nullptr;
  if (!files) return;
  const auto ask = [&](const Question& question, const std::string& path) {
    turn.push_back({.host = host, .question = at(question, path)});
  };
  ask(kShardHeaders, weights->path);
  if (const std::string index = index_of(*files); !index.empty())
    ask(kWeightsIndex, below(weights->path, index));
  if (const std::string text = description_of(*files); !text.empty())
    ask(kQuantDescription, below(weights->path, text));
  if (!book.inventory().deep) return;
  const auto shards = shards_of(*files);
  for (std::size_t i = 0; i < shards.size(); ++i)
    ask(shard_sum(i), below(weights->path, shards[i]->name));
}

std::vector<Turn> ask_all_contents(const EvidenceBook& book, const std::set<std::string>& hosts) {
  Turn turn;
  for (const std::string& host : hosts) ask_contents(book, host, turn);
  return {turn};
}

}  // namespace

const Probe<WeightsPath> kWeightsPath = of_service_config(parse_weights_path);
const Probe<FileStat> kRankTableInside = of_weights(
    "rank-table-inside", stat_of("{croot}{rank_table}", Links::kFollowed), parse_stat, 10);

const Probe<WeightsFiles> kWeightsFiles =
    by_script("weights-files", std::string(kShow) + kListFolder, parse_weights_files, 60);
const Probe<WeightsFiles> kWeightsFolders =
    by_script("weights-folders", std::string(kShow) + kListAbove, parse_weights_files);
const Probe<WeightsConfig> kWeightsConfig =
    of_weights("weights-config", {"cat", "{croot}" + std::string(kThePath) + "/config.json"},
               parse_weights_config);
const Probe<DiskFree> kWeightsMount =
    of_weights("weights-mount", {"df", "-Pk", "{croot}" + std::string(kThePath)}, parse_df);

const Probe<WeightsIndex> kWeightsIndex =
    by_script("weights-index", kCountIndex, parse_weights_index, 60);
const Probe<QuantDescription> kQuantDescription =
    by_script("weights-description", kDescribe, parse_quant_description);
// Ten small programs a shard, and one read at each beginning: seconds on a disk, more on a network.
const Probe<std::vector<SafetensorsShard>> kShardHeaders =
    by_script("weights-headers", kReadHeaders, parse_safetensors, 120);

Probe<FileSum> shard_sum(std::size_t number) {
  // 4 GB at 5 MB/s: slower than that nobody could load the weights.
  return of_weights(fmt::format("weights-sum-{:05}", number),
                    {"sha256sum", "{croot}" + std::string(kThePath)}, parse_sha256sum, 900);
}

std::vector<Later> weights_later() {
  return {{.name = "weights",
           .why = {"权重的位置写在容器内服务的配置里",
                   "only the service's configuration inside the container tells where the "
                   "weights are"},
           .phase = 1,
           .steps = {"5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "6.3.1"},
           .turns = ask_folders,
           // No value is taken over from the configuration of a host that has no weights, and no
           // service is stopped and started with one.
           .repairs = {"6.2.1", "6.2.2", "6.2.4", "6.3.3", "6.3.4", "6.3.5", "6.3.7"}},
          {.name = "weights-contents",
           .why = {"文件名来自权重目录的列表;--deep 时逐个读完每个分片",
                   "the names of the files come from the listing; --deep reads every shard"},
           .phase = 2,
           .steps = {"5.1.1", "5.1.2", "5.1.3", "5.1.5"},
           .turns = ask_all_contents}};
}

std::vector<const WeightsFile*> shards_of(const WeightsFiles& files) {
  std::vector<const WeightsFile*> shards;
  for (const WeightsFile& file : files.files)
    if (file.name.ends_with(".safetensors")) shards.push_back(&file);
  return shards;
}

// The quantised ones keep the index of the weights that they were made of in the folder, so their
// own (quant_model_weight_w8a8_dynamic.safetensors.index.json, quant_model_weights…) comes first.
std::string index_of(const WeightsFiles& files) {
  std::string found;
  for (const WeightsFile& file : files.files) {
    if (!file.name.ends_with(".safetensors.index.json")) continue;
    if (file.name.starts_with("quant_model_weight")) return file.name;
    if (found.empty() || file.name == "model.safetensors.index.json") found = file.name;
  }
  return found;
}

std::string description_of(const WeightsFiles& files) {
  for (const WeightsFile& file : files.files)
    if (file.name.starts_with("quant_model_description") && file.name.ends_with(".json"))
      return file.name;
  return "";
}

}  // namespace touchstone
