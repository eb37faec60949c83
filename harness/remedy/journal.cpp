#include "harness/remedy/journal.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/model/unix_time.h"
#include "harness/model/write_file.h"
#include "harness/remedy/change_json.h"
#include "harness/remedy/plan_json.h"

namespace touchstone {
namespace {

using Json = nlohmann::ordered_json;

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json event(const char* name) {
  return {{"event", name}, {"at", unix_time()}};
}

// Half a line that a full disk or a kill has left, and that no reader counts, is cut off: what is
// written next shall begin a line of its own. false: errno says why that cannot be done.
bool ends_with_a_line(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0) return false;
  if (!S_ISREG(status.st_mode)) return true;
  off_t end = status.st_size;
  for (char byte = 0; end > 0; --end) {
    if (::pread(file, &byte, 1, end - 1) != 1) return false;
    if (byte == '\n') break;
  }
  return end == status.st_size || ::ftruncate(file, end) == 0;
}

}  // namespace

// O_APPEND: several lines never mix. Only the owner may read: contents of files are in it.
Journal::Journal(std::string path) : path_(std::move(path)) {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor_ < 0 || !ends_with_a_line(descriptor_))
    throw CannotWrite(said("{}:日志无法写入({});没有作任何修改",
                           "{}: the journal cannot be written ({}); nothing was changed", path_,
                           std::strerror(errno)));
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Journal::fail(Text why) {
  trouble_ = std::move(why);
  return false;
}

bool Journal::write(const std::string& line) {
  if (!trouble_.empty()) return false;
  for (std::size_t done = 0; done < line.size();) {
    const ssize_t count = ::write(descriptor_, line.data() + done, line.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return fail(said("{}:日志无法写入({});不再修改",
                       "{}: the journal cannot be written ({}); nothing more is changed", path_,
                       std::strerror(errno)));
    done += static_cast<std::size_t>(count);
  }
  if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
    return fail(said("{}:日志无法落盘({});不再修改",
                     "{}: the journal cannot be flushed ({}); nothing more is changed", path_,
                     std::strerror(errno)));
  return true;
}

void Journal::start(const FixRun& run, const std::string& cluster, const std::string& inventory) {
  Json json = event("start");
  json["journal"] = 1;
  json["run"] = run.id;
  json["by"] = run.who;
  json["cluster"] = cluster;
  json["inventory"] = inventory;
  if (!write(line_of(json))) throw CannotWrite(trouble_);
}

void Journal::plan(const FixPlan& plan) {
  Json json = event("plan");
  json["plan"] = to_json(plan);
  if (!write(line_of(json))) throw CannotWrite(trouble_);
}

bool Journal::begin(const NumberedChange& change, bool undo) {
  Json json = event(undo ? "undo begin" : "begin");
  json["change"] = change.id;
  json["host"] = change.change.host;
  json["what"] = change.change.what.en;
  return write(line_of(json));
}

void Journal::end(const ChangeResult& result, bool undo) {
  Json json = event(undo ? "undo end" : "end");
  json["change"] = result.id;
  json["outcome"] = std::string(name_of(result.outcome));
  json["was"] = result.was;
  json["is"] = result.is;
  if (!result.said.empty()) json["said"] = result.said;
  if (!result.why.empty()) json["why"] = {{"zh", result.why.zh}, {"en", result.why.en}};
  write(line_of(json));
}

void Journal::finish() {
  write(line_of(event("finish")));
}

namespace {

class Reader {
 public:
  JournalStory read(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      ++line_;
      const std::size_t end = text.find('\n', at);
      if (end == std::string::npos) {
        story_.cut = true;  // what was being written when the run ended
        break;
      }
      take(text.substr(at, end - at));
      at = end + 1;
    }
    if (story_.run.id.empty())
      fail({"没有开头;这是 --fix 的日志吗?", "there is no beginning; is this a journal of --fix?"});
    return std::move(story_);
  }

 private:
  [[noreturn]] void fail(const Text& why) const {
    throw JournalError(said("第 {} 行:{}", "line {}: {}", line_, why));
  }

  void take(const std::string& text) try {
    const Json json = Json::parse(text);
    const std::string name = json.at("event").get<std::string>();
    if (name == "start") return start(json);
    if (story_.run.id.empty())
      fail({"没有开头;这是 --fix 的日志吗?", "there is no beginning; is this a journal of --fix?"});
    if (name == "plan") return plan(json);
    if (name == "finish") {
      story_.finished = true;
      return;
    }
    JournalStory::Entry& entry = entry_of(json.at("change").get<int>());
    entry.at = json.at("at").get<double>();
    if (name == "begin") entry.result.outcome = Outcome::kUnderWay;
    if (name == "end") end(json, entry);
    if (name == "undo end") undo_end(json, entry);
  } catch (const nlohmann::json::exception& error) {
    fail(said("这不是 --fix 日志的一行:{}", "this is no line of a journal of --fix: {}",
              error.what()));
  } catch (const PlanError& error) {
    fail(error.text);
  }

  void start(const Json& json) {
    if (json.at("journal") != 1)
      fail({"这份日志由更新的版本写成", "this journal was written by a newer version"});
    story_.finished = false;
    if (!story_.run.id.empty()) return;  // an undo goes on in the same file
    story_.run = {json.at("run").get<std::string>(), json.at("by").get<std::string>()};
    story_.cluster = json.at("cluster").get<std::string>();
    story_.inventory = json.at("inventory").get<std::string>();
    story_.started = json.at("at").get<double>();
  }

  void plan(const Json& json) {
    const FixPlan plan = plan_from(json.at("plan"));
    story_.simulated = plan.simulated;
    for (const NumberedChange& one : plan.changes)
      if (plan.allows(one)) story_.entries.push_back({.change = one, .result = {.id = one.id}});
  }

  static void end(const Json& json, JournalStory::Entry& entry) {
    entry.result.outcome =
        outcome_from(json.at("outcome").get<std::string>()).value_or(Outcome::kUnderWay);
    entry.result.was = json.at("was").get<std::string>();
    entry.result.is = json.at("is").get<std::string>();
    entry.result.said = json.value("said", "");
    entry.result.why = why_of(json);
  }

  // `already`: the answer to an earlier undo was lost. Where it was not taken back it is as it was
  // made, and there is a reason.
  static void undo_end(const Json& json, JournalStory::Entry& entry) {
    if (json.at("outcome") == "done" || json.at("outcome") == "already")
      entry.result.outcome = Outcome::kUndone;
    entry.result.why = why_of(json);
  }

  static Text why_of(const Json& json) {
    if (!json.contains("why")) return {};
    return {json.at("why").at("zh").get<std::string>(), json.at("why").at("en").get<std::string>()};
  }

  JournalStory::Entry& entry_of(int id) {
    const auto at = std::find_if(story_.entries.begin(), story_.entries.end(),
                                 [&](const auto& one) { return one.change.id == id; });
    if (at == story_.entries.end())
      fail(said("之前的计划中没有改动 {}", "no plan before it has a change {}", id));
    return *at;
  }

  JournalStory story_;
  std::size_t line_ = 0;
};

}  // namespace

JournalStory read_journal(const std::string& text) {
  return Reader().read(text);
}

}  // namespace touchstone
