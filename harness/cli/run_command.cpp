#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/fix_run.h"
#include "harness/cli/hosts_asked.h"
#include "harness/cli/keep.h"
#include "harness/cli/recheck_rounds.h"
#include "harness/cli/report_folder.h"
#include "harness/cli/version.h"
#include "harness/collect/recording.h"
#include "harness/config/document.h"
#include "harness/config/inventory.h"
#include "harness/config/waivers.h"
#include "harness/evaluate/evaluate.h"
#include "reports/console.h"
#include "reports/junit.h"
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

// Where the evidence comes from: hosts, or a recording.
struct Source {
  Inventory inventory;
  std::vector<Visit> visits;  // of a recording
  double started = 0;
  Selection selection;
};

Inventory inventory_of(const RunOptions& options) {
  Inventory inventory = load_inventory(options.inventory, LocalFiles::kAreNeeded);
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
  write_reports(folder, record,
                {.language = language_of(options),
                 .flavour = flavour_of(options),
                 .single = options.html == "single"});
  tell(options, record, folder);
  return interrupted ? kInterrupted : record.exit_code();
}

void check_options(const RunOptions& options) {
  if (options.fix.empty()) return;
  if (options.recheck > 0)
    throw Failure(kWrongUsage,
                  "--fix asks again by itself what it changed; run --recheck before or after it");
  if (!options.replay.empty())
    throw Failure(kWrongUsage, "--fix changes hosts, and --replay has none; --plan shows the plan");
  if (options.plan)
    throw Failure(kWrongUsage, "--plan changes nothing, and --fix does; say one of them");
  need_consent(options.yes);
}

void save(const std::string& folder, const Source& source, const RunRecord& record) {
  save_recording(folder, {.inventory = source.inventory,
                          .visits = source.visits,
                          .started = record.started,
                          .steps = source.selection.steps,
                          .chapters = source.selection.chapters,
                          .selected_hosts = source.selection.hosts});
}

}  // namespace

int run(const RunOptions& options, const Gtest& gtest, const std::string& command_line) {
  check_options(options);
  Source source = open_source(options);
  // Read first: a mistake in the file is told before any host is asked.
  const std::vector<Waiver> waivers =
      options.waivers.empty() ? std::vector<Waiver>() : load_waivers(options.waivers);
  const std::vector<Chapter> chapters = all_chapters();
  const Plan plan = make_plan(chapters, source.inventory, source.selection);
  const RunRecord planned = begin_record(options, source, plan, chapters, command_line);
  if (gtest.lists_only()) return gtest.reemit(planned);
  Keeper keeper(options);
  const std::string folder = make_report_folder(options.out, options.force, now());
  // A run that is killed leaves a file that says what was planned and never ran.
  write_output(folder + "/junit.xml", junit_xml(planned, flavour_of(options)), true);
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::unique_ptr<HostsAsked> hosts;
  if (options.replay.empty()) {
    hosts = std::make_unique<HostsAsked>(options, source.inventory, plan.hosts.size(),
                                         !plan.later.empty() || !options.fix.empty(), &interrupted);
    hosts->visit(plan);
    source.visits = hosts->visits();
  }
  const auto judge = [&](const std::vector<Visit>& visits) {
    RunRecord record = planned;
    record.finished = end_of(visits, record.started);
    const EvidenceBook book(source.inventory, visits);
    evaluate(plan, chapters, book, record, Waivers(waivers, source.inventory, record.started));
    record.complete = !interrupted;
    add_facts(book, record);
    return record;
  };
  save(folder + (options.fix.empty() ? "/recording" : "/recording-before"), source, planned);
  RunRecord record = judge(source.visits);
  if (hosts && options.recheck > 0) {
    const auto ask = [&](const Plan& part) {
      // Over connections of its own: a host that was silent may have come back.
      HostsAsked again(options, source.inventory, part.hosts.size(), false, &interrupted);
      again.visit(part);
      return again.visits();
    };
    record = look_again(options, chapters, source.inventory, plan, {ask, judge, &interrupted},
                        source.visits, std::move(record));
    record.finished = std::max(record.finished, now());
    save(folder + "/recording", source, planned);
  }
  if (options.plan || !options.fix.empty())
    record = fix_run({.options = options,
                      .chapters = chapters,
                      .plan = plan,
                      .inventory = source.inventory,
                      .folder = folder,
                      .hosts = hosts.get(),
                      .interrupted = &interrupted,
                      .judge = judge},
                     std::move(record), source.visits);
  if (!options.fix.empty()) {
    source.visits = hosts->visits();
    save(folder + "/recording", source, planned);
  }
  gtest.reemit(record);
  keeper.keep(record);
  return keeper.told(write_all(options, folder, record));
}

}  // namespace touchstone::cli
