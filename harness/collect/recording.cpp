#include "harness/collect/recording.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/collect/former_keys.h"
#include "harness/collect/inventory_json.h"
#include "harness/collect/offline.h"
#include "harness/model/base64.h"
#include "harness/model/said.h"
#include "harness/model/utf8.h"
#include "harness/model/write_file.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kForm = 1;
constexpr std::array<std::pair<Answer::End, std::string_view>, 4> kEnds{
    {{Answer::End::kExited, "exited"},
     {Answer::End::kTimedOut, "timed_out"},
     {Answer::End::kNoTool, "no_tool"},
     {Answer::End::kLost, "lost"}}};
constexpr std::array<Visit::State, 5> kStates{Visit::State::kAnswered, Visit::State::kUnreachable,
                                              Visit::State::kHung, Visit::State::kDied,
                                              Visit::State::kNonsense};

void put_bytes(json& to, const std::string& key, const std::string& bytes) {
  if (bytes.empty()) return;
  if (is_utf8(bytes))
    to[key] = bytes;
  else
    to[key + "_b64"] = to_base64(bytes);
}

std::string get_bytes(const json& from, const std::string& key) {
  if (!from.contains(key + "_b64")) return from.value(key, "");
  auto bytes = from_base64(from.at(key + "_b64").get<std::string>());
  if (!bytes) throw RecordingError(said("{}_b64 不是 base64", "{}_b64 is no base64", key));
  return *std::move(bytes);
}

json json_of_visit(const Visit& visit) {
  json to{{"host", visit.host},
          {"state", name_of(visit.state)},
          {"started", visit.started},
          {"seconds", visit.seconds},
          {"answers", visit.answers.size()}};
  put_bytes(to, "detail", visit.detail.en);
  if (visit.detail.zh != visit.detail.en) put_bytes(to, "detail_zh", visit.detail.zh);
  if (visit.host_time != 0)
    to.update({{"host_time", visit.host_time},
               {"host_time_seen", visit.host_time_seen},
               {"host_time_error", visit.host_time_error}});
  return to;
}

Visit visit_of(const json& from, const std::string& host) {
  Visit visit;
  from.at("host").get_to(visit.host);
  if (visit.host != host)
    throw RecordingError(said("这是主机 '{}' 的,而文件名是 '{}' 的",
                              "this is of host '{}', not of '{}' as the file is called", visit.host,
                              host));
  const auto state = from.at("state").get<std::string>();
  auto at = std::find_if(kStates.begin(), kStates.end(),
                         [&](Visit::State s) { return name_of(s) == state; });
  if (at == kStates.end())
    throw RecordingError(said("未知的状态 '{}'", "the state '{}' is unknown", state));
  visit.state = *at;
  from.at("started").get_to(visit.started);
  from.at("seconds").get_to(visit.seconds);
  const std::string detail = get_bytes(from, "detail"), zh = get_bytes(from, "detail_zh");
  visit.detail = Phrase(zh.empty() ? detail : zh, detail);
  visit.host_time = from.value("host_time", 0.0);
  visit.host_time_seen = from.value("host_time_seen", 0.0);
  visit.host_time_error = from.value("host_time_error", 0.0);
  return visit;
}

json json_of_answer(const AnswerKey& key, const Answer& answer) {
  json to{{"question", key.question},
          {"exit", answer.exit_code},
          {"start", answer.start},
          {"seconds", answer.seconds}};
  if (key.npu >= 0) to["npu"] = key.npu;
  for (const auto& [end, name] : kEnds)
    if (end == answer.end && end != Answer::End::kExited) to["end"] = name;
  put_bytes(to, "command", answer.command);
  put_bytes(to, "out", answer.out);
  put_bytes(to, "err", answer.err);
  if (answer.cut) to["cut"] = true;
  return to;
}

std::string text_of(const Visit& visit) {
  std::string text = json_of_visit(visit).dump() + "\n";
  for (const auto& [key, answer] : visit.answers) text += json_of_answer(key, answer).dump() + "\n";
  return text;
}

// false: it is not there any more, as where a report takes the place of the one that is replayed.
bool copied(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  return !error;
}

void add_answer(const json& from, Visit& visit) {
  Answer answer;
  const auto end = from.value("end", "exited");
  auto at =
      std::find_if(kEnds.begin(), kEnds.end(), [&](const auto& e) { return e.second == end; });
  if (at == kEnds.end())
    throw RecordingError(said("未知的结束方式 '{}'", "the end '{}' is unknown", end));
  answer.end = at->first;
  from.at("exit").get_to(answer.exit_code);
  from.at("start").get_to(answer.start);
  from.at("seconds").get_to(answer.seconds);
  answer.command = get_bytes(from, "command");
  answer.out = get_bytes(from, "out");
  answer.err = get_bytes(from, "err");
  answer.cut = from.value("cut", false);
  AnswerKey key{from.at("question").get<std::string>(), from.value("npu", -1)};
  if (key.npu < -1) throw RecordingError(said("没有 NPU {}", "there is no NPU {}", key.npu));
  if (!visit.answers.emplace(key, std::move(answer)).second)
    throw RecordingError(
        said("{1} 的问题 {0} 有两个回答", "question {} of {} is answered twice", key.question,
             key.npu < 0 ? Phrase("主机", "the host") : Phrase(fmt::format("NPU {}", key.npu))));
}

// A host's name is a file's name; the inventory's rules allow no slash, but a recording may come
// from anybody.
void expect_plain_name(const std::string& name, const fs::path& file) {
  if (name.empty() || name.find('/') != std::string::npos || name.find('\0') != std::string::npos ||
      name == "." || name == "..")
    throw RecordingError(
        said("{}:'{}' 不是主机名", "{}: '{}' is no host name", file.string(), name));
}

// Without the library's own prefix, "[json.exception.type_error.302] ".
Phrase plain(const std::exception& error) {
  const Phrase words = words_of(error);
  const std::string_view text = words.en;
  const bool prefixed =
      text.starts_with("[json.exception.") && text.find("] ") != std::string_view::npos;
  return prefixed ? Phrase(text.substr(text.find("] ") + 2)) : words;
}

Visit load_visit(const fs::path& path, const std::string& host) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RecordingError(said("{}:无法打开", "{}: cannot be opened", path.string()));
  Visit visit;
  std::size_t count = 0;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    try {
      const json value = json::parse(line);
      if (number > 1)
        add_answer(value, visit);
      else
        visit = visit_of(value, host), count = value.at("answers").get<std::size_t>();
    } catch (const std::exception& error) {
      throw RecordingError(said("{}:{}: {}", "{}:{}: {}", path.string(), number, plain(error)));
    }
  }
  if (visit.host.empty())
    throw RecordingError(said("{}:1: 缺少说明访问的一行",
                              "{}:1: the line that tells of the visit is missing", path.string()));
  if (visit.answers.size() != count)
    throw RecordingError(said("{0}:{2} 个回答只有 {1} 个:被截断",
                              "{}: has {} of its {} answers: it was cut off", path.string(),
                              visit.answers.size(), count));
  use_keys_of_today(visit.answers);
  return visit;
}

// What the printed script wrote on a host is given for a recording by people who carried it here.
void expect_no_answers(const std::string& file) {
  std::string begin(std::size_t{64} * 1024, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  if (begins_answers(begin))
    throw RecordingError(
        said("{}:这是采集脚本在一台主机上的输出,还不是录制数据;请先由各主机的文件生成录制数据 DIR:"
             "`touchstone recording import -i cluster.yaml --out DIR FILE…`,再用 --replay DIR",
             "{}: is what the collection script printed on one host, and no recording yet; make a "
             "recording DIR from the files of all hosts: `touchstone recording import -i "
             "cluster.yaml --out DIR FILE…`, then --replay DIR",
             file));
}

// Empty where there is none. The folder of a report has its recording inside.
fs::path root_of(const std::string& folder) {
  for (const fs::path& candidate : {fs::path(folder), fs::path(folder) / "recording"}) {
    std::error_code error;
    if (fs::exists(candidate / "manifest.json", error)) return candidate;
    if (error)
      throw RecordingError(
          said("{}:无法读取:{}", "{}: cannot be read: {}", candidate.string(), error.message()));
  }
  return {};
}

fs::path recording_in(const std::string& folder) {
  if (fs::path root = root_of(folder); !root.empty()) return root;
  if (std::error_code unknown; fs::is_regular_file(folder, unknown)) expect_no_answers(folder);
  throw RecordingError(said("{}:不是录制数据:没有 manifest.json,也没有 recording/",
                            "{}: is no recording: it has no manifest.json, and no recording/ in it",
                            folder));
}

}  // namespace

void save_recording(const std::string& folder, const Recording& recording,
                    const std::string& loaded_from) try {
  const fs::path source = loaded_from.empty() ? fs::path() : root_of(loaded_from);
  make_folders(fs::path(folder) / "hosts");
  json manifest{{"touchstone_recording", kForm},
                {"started", recording.started},
                {"inventory", json_of(recording.inventory)}};
  manifest["selection"] = {{"steps", recording.steps},
                           {"chapters", recording.chapters},
                           {"hosts", recording.selected_hosts}};
  manifest["hosts"] = json::array();
  for (const Visit& visit : recording.visits) {
    expect_plain_name(visit.host, folder);
    manifest["hosts"].push_back(visit.host);
    const fs::path file = fs::path("hosts") / (visit.host + ".jsonl");
    if (source.empty() || !copied(source / file, folder / file))
      write_file(folder / file, text_of(visit));
  }
  write_file(fs::path(folder) / "manifest.json", manifest.dump(1) + "\n");
} catch (const json::exception& error) {  // a name that is no UTF-8
  throw RecordingError(said("{}:无法写入:{}", "{}: cannot be written: {}", folder, plain(error)));
}

Recording load_recording(const std::string& folder) {
  const fs::path root = recording_in(folder), file = root / "manifest.json";
  Recording recording;
  std::vector<std::string> hosts;
  try {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw RecordingError(said("无法打开", "cannot be opened"));
    std::stringstream text;
    text << in.rdbuf();
    const json manifest = json::parse(text.str());
    if (const int form = manifest.at("touchstone_recording").get<int>(); form != kForm)
      throw RecordingError(said("是第 {} 版格式,本程序读取第 {} 版",
                                "is of form {}, this touchstone reads form {}", form, kForm));
    manifest.at("started").get_to(recording.started);
    recording.inventory = inventory_of(manifest.at("inventory"));
    manifest.at("hosts").get_to(hosts);
    const json& selection = manifest.at("selection");
    selection.at("steps").get_to(recording.steps);
    selection.at("chapters").get_to(recording.chapters);
    selection.at("hosts").get_to(recording.selected_hosts);
  } catch (const std::exception& error) {
    throw RecordingError(said("{}: {}", "{}: {}", file.string(), plain(error)));
  }
  std::set<std::string> seen;
  for (const std::string& host : hosts) {
    expect_plain_name(host, file);
    if (!seen.insert(host).second)
      throw RecordingError(
          said("{}:主机 {} 出现两次", "{}: names host {} twice", file.string(), host));
    if (!recording.inventory.find(host))
      throw RecordingError(
          said("{}:其清单中没有主机 {}", "{}: its inventory has no host {}", file.string(), host));
    recording.visits.push_back(load_visit(root / "hosts" / (host + ".jsonl"), host));
  }
  return recording;
}

}  // namespace touchstone
