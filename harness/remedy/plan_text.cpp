#include "harness/remedy/plan_text.h"

#include <algorithm>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/model/shell_words.h"
#include "harness/remedy/difference.h"

namespace touchstone {
namespace {

std::string typed_in(const Change& change, const Host* host, const std::vector<std::string>& argv) {
  if (!change.in_container) return typed(argv);
  std::vector<std::string> whole{"docker", "exec", "-i", host ? host->container : "CONTAINER"};
  whole.insert(whole.end(), argv.begin(), argv.end());
  return typed(whole);
}

std::string indented(const std::string& text, const char* by) {
  std::string all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    all += by + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return all;
}

std::string steps_of(const NumberedChange& one) {
  return fmt::format("{}", fmt::join(one.steps, ", "));
}

std::string interrupts_text(const Change& change, Language language) {
  if (change.interrupts.empty()) return "";
  return fmt::format("       {}: {}\n", in({.zh = "会中断", .en = "interrupts"}, language),
                     in(change.interrupts, language));
}

std::string change_text(const NumberedChange& one, const Inventory& inventory,
                        const std::string& run, Language language) {
  const Change& change = one.change;
  const Host* host = inventory.find(change.host);
  std::string text = fmt::format(
      "  {:>3}. [{}] {}  ({} {})\n", one.id, name_of(change.risk), in(change.what, language),
      in({.zh = "步骤", .en = one.steps.size() == 1 ? "step" : "steps"}, language), steps_of(one));
  text += indented(shown_change(change, host), "         ") + interrupts_text(change, language);
  return text + fmt::format("       {}: {}\n", in({.zh = "还原", .en = "undo"}, language),
                            shown_undo(change, host, run));
}

std::string left_text(const FixPlan& plan, Language language) {
  if (plan.left.empty()) return "";
  std::string text = in({.zh = "留给人处理:\n", .en = "Stays for a person:\n"}, language);
  for (const FixPlan::Left& left : plan.left) {
    text += fmt::format("  {} {}: {}\n", left.step, left.target.str(), in(left.next, language));
    if (!left.why.empty()) text += fmt::format("       {}\n", in(left.why, language));
  }
  return text;
}

std::string time_text(double at) {
  return at > 0 ? fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(static_cast<std::time_t>(at)))
                : "-";
}

}  // namespace

std::string shown_change(const Change& change, const Host* host) {
  std::string text;
  if (change.file) {
    const FileChange& file = *change.file;
    text = difference(file.was.value_or(""), file.content, file.path);
    if (text.empty()) text = file.path + "\n";
    if (!file.mode.empty()) text += "chmod " + file.mode + "\n";
    if (!file.owner.empty()) text += "chown " + file.owner + "\n";
  }
  for (const HostCommand& one : change.commands) text += typed_in(change, host, one.does) + "\n";
  return text;
}

std::string shown_undo(const Change& change, const Host* host, const std::string& run) {
  if (!can_be_taken_back(change)) return "-";
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  if (change.file && !change.file->was) add("rm " + change.file->path);
  if (change.file && change.file->was)
    add(fmt::format("cp /var/lib/touchstone/saved/{}.* {}", run, change.file->path));
  std::vector<HostCommand> commands = change.commands;
  if (!change.file) std::reverse(commands.begin(), commands.end());
  for (const HostCommand& one : commands)
    if (!one.undoes.empty()) add(typed_in(change, host, one.undoes));
  return text;
}

std::string plan_text(const FixPlan& plan, const Inventory& inventory, Language language) {
  std::string text;
  std::vector<std::string> hosts;
  for (const NumberedChange& one : plan.changes)
    if (std::find(hosts.begin(), hosts.end(), one.change.host) == hosts.end())
      hosts.push_back(one.change.host);
  for (const bool allowed : {true, false}) {
    const auto shown = [&](const NumberedChange& one) { return plan.allows(one) == allowed; };
    if (std::none_of(plan.changes.begin(), plan.changes.end(), shown)) continue;
    text +=
        in(allowed ? said("计划(至多 {}):\n", "The plan, at most `{}`:\n", name_of(plan.allowed))
                   : Text{"需要允许更高的风险(--fix=service、--fix=disruptive):\n",
                          "Not without a higher risk allowed (--fix=service, "
                          "--fix=disruptive):\n"},
           language);
    for (const std::string& host : hosts) {
      const auto mine = [&](const NumberedChange& one) {
        return shown(one) && one.change.host == host;
      };
      if (std::none_of(plan.changes.begin(), plan.changes.end(), mine)) continue;
      text += host + "\n";
      for (const NumberedChange& one : plan.changes)
        if (mine(one)) text += change_text(one, inventory, plan.run.id, language);
    }
  }
  if (plan.changes.empty())
    text += in({.zh = "没有 --fix 可以改动的地方。\n",
                .en = "There is nothing that --fix could change.\n"},
               language);
  return text + left_text(plan, language);
}

std::string undo_text(const std::vector<JournalStory::Entry>& entries, const Inventory& inventory,
                      const std::string& run, Language language) {
  if (entries.empty())
    return in({.zh = "没有可以还原的改动。\n", .en = "There is nothing to take back.\n"}, language);
  std::string text =
      in({.zh = "将要还原(由新到旧):\n", .en = "To be taken back, the newest first:\n"}, language);
  for (const JournalStory::Entry& entry : entries) {
    const Change& change = entry.change.change;
    text +=
        fmt::format("  {:>3}. [{}] {}: {}  ({})\n       {}\n", entry.change.id,
                    name_of(change.risk), change.host, in(change.what, language),
                    steps_of(entry.change), shown_undo(change, inventory.find(change.host), run));
    if (can_be_taken_back(change)) text += interrupts_text(change, language);
  }
  return text;
}

std::string journal_text(const JournalStory& story, Language language) {
  std::string text = fmt::format(
      "{} {}, {}, {}, {}{}\n", in({.zh = "运行", .en = "Run"}, language), story.run.id,
      story.run.who, story.cluster, time_text(story.started),
      story.simulated ? in({.zh = "(模拟集群)", .en = " (a simulated cluster)"}, language)
                      : std::string());
  for (const JournalStory::Entry& entry : story.entries) {
    const Change& change = entry.change.change;
    text += fmt::format("  {:>3}. {:<9} {}: {}  ({}; {})\n", entry.change.id,
                        name_of(entry.result.outcome), change.host, in(change.what, language),
                        steps_of(entry.change), time_text(entry.at));
    if (!entry.result.why.empty())
      text += fmt::format("       {}\n", in(entry.result.why, language));
  }
  if (story.entries.empty())
    text += in({.zh = "  没有要做的改动。\n", .en = "  Nothing was to be changed.\n"}, language);
  if (story.cut)
    text += in({.zh = "最后一行没有写完。\n", .en = "The last line was not written to its end.\n"},
               language);
  if (!story.finished)
    text += in(
        {.zh = "运行没有正常结束。under_way 的改动是否完成不得而知:重新运行即可从主机得知。\n",
         .en = "The run ended before it was finished. What is `under_way` may or may not have been "
               "done: run again, the hosts tell.\n"},
        language);
  return text;
}

}  // namespace touchstone
