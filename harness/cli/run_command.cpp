#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/keep.h"
#include "harness/cli/later_rounds.h"
#include "harness/cli/recheck_rounds.h"
#include "harness/cli/report_folder.h"
#include "harness/cli/version.h"
#include "harness/collect/collector.h"
#include "harness/collect/recording.h"
#include "harness/config/document.h"
#include "harness/config/inventory.h"
#include "harness/config/waivers.h"
#include "harness/evaluate/evaluate.h"
#include "reports/console.h"
#include "reports/junit.h"
#include "reports/progress.h"
#include "reports/words.h"
#include "reports/write.h"
#include "suites/chapters.h"
#include "suites/facts.h"

namespace touchstone::cli {
namespace {

std::atomic<bool> interrupted{false};
extern "C" void on_interrupt(int) {
  interrupted = true;
}

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string who() {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  const passwd* user = getpwuid(geteuid());
  return fmt::format("{}@{}", user ? user->pw_name : std::to_string(geteuid()), host);
}

// Where the evidence comes from: hosts, or a recording.
struct Source {
  Inventory inventory;
  std::vector<Visit> visits;  // of a recording
  double started = 0;
  Selection selection;
};

Inventory inventory_of(const RunOptions& options) {
  Inventory inventory = load_inventory(options.inventory);
  inventory.deep = options.deep;
  if (!options.collective.empty()) inventory.profile.hccl_test = options.collective;
  return inventory;
}

Source open_source(const RunOptions& options) {
  if (options.replay.empty())
    return {.inventory = inventory_of(options),
            .visits = {},
            .started = now(),
            .selection = options.selection};
  Recording recording = load_recording(options.replay);
  // What was not asked then cannot be judged now, unless the user selects for himself.
  const Selection then{recording.steps, recording.chapters, recording.selected_hosts};
  return {.inventory = std::move(recording.inventory),
          .visits = std::move(recording.visits),
          .started = recording.started,
          .selection = options.selection.all() ? then : options.selection};
}

std::vector<Visit> ask_hosts(const RunOptions& options, const Source& source, const Plan& plan) {
  ConsoleProgress progress(std::cerr, !options.quiet && isatty(STDERR_FILENO), plan.hosts.size());
  CollectOptions how{.forks = options.forks, .ssh_config = options.ssh_config};
  how.interrupted = &interrupted;
  how.on_visit = [&](const Visit& visit, std::size_t done, std::size_t total) {
    progress.host_done(visit.host, std::string(name_of(visit.state)), visit.seconds, done, total);
  };
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  how.on_answers = [&](std::size_t answers) { progress.answered(answers); };
  how.later_turns = !plan.later.empty();
  Collection collection(source.inventory, how);
  std::vector<Visit> visits = collection.visit(
      plan.hosts, {.questions = plan.questions(), .second_look_after = options.second_look});
  if (!interrupted) ask_later(collection, source.inventory, plan, visits, progress, &interrupted);
  progress.finish();
  return visits;
}

RunRecord begin_record(const RunOptions& options, const Source& source, const Plan& plan,
                       const std::vector<Chapter>& chapters, const std::string& command_line) {
  RunRecord record = planned_record(plan, chapters, source.inventory);
  record.tool_version = kVersion;
  record.document = guide(source.inventory.profile);
  record.command = command_line;
  record.operator_ = who();
  record.replayed = !options.replay.empty();
  record.selection = source.selection.str();
  record.started = source.started;
  return record;
}

double end_of(const std::vector<Visit>& visits, double started) {
  double end = started;
  for (const Visit& visit : visits) end = std::max(end, visit.started + visit.seconds);
  return end;
}

Language language_of(const RunOptions& options) {
  return options.language == "zh" ? Language::kZh : Language::kEn;
}
JUnitFlavour flavour_of(const RunOptions& options) {
  return options.junit_flavour == "xunit" ? JUnitFlavour::kXunit : JUnitFlavour::kJenkins;
}

int terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 100;
}

void tell(const RunOptions& options, const RunRecord& record, const std::string& folder) {
  const bool terminal = isatty(STDOUT_FILENO);
  const ConsoleStyle style{.colour = terminal && options.colour,
                           .width = terminal ? terminal_width() : 0,
                           .language = language_of(options)};
  const std::string report = console_report(record, style);
  print(options.quiet ? report.substr(0, report.find('\n') + 1) : report);
  print(fmt::format("{}: {}/index.html\n", options.language == "zh" ? "报告" : "Report", folder));
}

int write_all(const RunOptions& options, const std::string& folder, const RunRecord& record) {
  write_reports(folder, record, {.language = language_of(options), .flavour = flavour_of(options)});
  tell(options, record, folder);
  return interrupted ? kInterrupted : record.exit_code();
}

}  // namespace

int run(const RunOptions& options, const Gtest& gtest, const std::string& command_line) {
  Source source = open_source(options);
  // Read first: a mistake in the file is told before any host is asked.
  std::vector<Waiver> waivers;
  if (!options.waivers.empty()) waivers = load_waivers(options.waivers);
  const std::vector<Chapter> chapters = all_chapters();
  const Plan plan = make_plan(chapters, source.inventory, source.selection);
  RunRecord record = begin_record(options, source, plan, chapters, command_line);
  if (gtest.lists_only()) return gtest.reemit(record);
  Keeper keeper(options);
  const std::string folder = make_report_folder(options.out, options.force, now());
  // A run that is killed leaves a file that says what was planned and never ran.
  write_output(folder + "/junit.xml", junit_xml(record, flavour_of(options)), true);
  std::vector<Visit> visits = std::move(source.visits);
  if (options.replay.empty()) visits = ask_hosts(options, source, plan);
  const auto judge = [&](const std::vector<Visit>& seen) {
    RunRecord judged = record;
    judged.finished = end_of(seen, record.started);
    const EvidenceBook book(source.inventory, seen);
    evaluate(plan, chapters, book, judged, Waivers(waivers, source.inventory, record.started));
    judged.complete = !interrupted;
    add_facts(book, judged);
    return judged;
  };
  RunRecord judged = judge(visits);
  if (options.replay.empty() && options.recheck > 0) {
    const auto ask = [&](const Plan& again) { return ask_hosts(options, source, again); };
    judged = look_again(options, chapters, source.inventory, plan, {ask, judge, &interrupted},
                        visits, std::move(judged));
    judged.finished = std::max(judged.finished, now());
  }
  save_recording(folder + "/recording", {.inventory = source.inventory,
                                         .visits = visits,
                                         .started = record.started,
                                         .steps = source.selection.steps,
                                         .chapters = source.selection.chapters,
                                         .selected_hosts = source.selection.hosts});
  gtest.reemit(judged);
  keeper.keep(judged);
  return keeper.told(write_all(options, folder, judged));
}

}  // namespace touchstone::cli
