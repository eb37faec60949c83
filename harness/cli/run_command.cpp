#include <algorithm>
#include <memory>
#include <set>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/controller.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/fix_run.h"
#include "harness/cli/hosts_asked.h"
#include "harness/cli/keep.h"
#include "harness/cli/known_secrets.h"
#include "harness/cli/recheck_rounds.h"
#include "harness/cli/report_folder.h"
#include "harness/cli/version.h"
#include "harness/collect/recording.h"
#include "harness/config/waivers.h"
#include "harness/evaluate/evaluate.h"
#include "harness/guide/guide.h"
#include "harness/model/redact.h"
#include "harness/model/unix_time.h"
#include "reports/console.h"
#include "reports/junit.h"
#include "reports/words.h"
#include "reports/write.h"
#include "suites/chapters.h"
#include "suites/facts.h"

namespace touchstone::cli {
namespace {

// Where the evidence comes from: hosts, or a recording.
struct Source {
  Inventory inventory;
  std::vector<Visit> visits;  // of a recording
  double started = 0;
  Selection selection;
};

Inventory inventory_of(const RunOptions& options) {
  Inventory inventory = load_inventory_to_ask(options.inventory, LocalFiles::kAreNeeded);
  inventory.deep = options.deep;
  if (!options.collective.empty()) inventory.profile.hccl_test = options.collective;
  return inventory;
}

Source open_source(const RunOptions& options) {
  if (options.replay.empty())
    return {.inventory = inventory_of(options),
            .visits = {},
            .started = unix_time(),
            .selection = options.selection};
  Recording recording = load_recording(options.replay);
  // What was not asked then cannot be judged now, unless the user selects for himself.
  const Selection then{recording.steps, recording.chapters, recording.selected_hosts};
  return {.inventory = std::move(recording.inventory),
          .visits = std::move(recording.visits),
          .started = recording.started,
          .selection = options.selection.all() ? then : options.selection};
}

Plan plan_of(const RunOptions& options, const std::vector<Chapter>& chapters,
             const Source& source) {
  Selection selection = source.selection;
  selection.repairs = options.plan || options.fix;
  return make_plan(chapters, source.inventory, selection);
}

RunRecord begin_record(const RunOptions& options, const Source& source, const Plan& plan,
                       const std::vector<Chapter>& chapters, const std::string& command_line) {
  RunRecord record = planned_record(plan, chapters, source.inventory);
  record.tool_version = kVersion;
  record.document = guide(source.inventory.profile);
  record.command = redact(command_line, source.inventory.secrets);
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
                           .language = options.language};
  const std::string report = console_report(record, style);
  print(options.quiet ? report.substr(0, report.find('\n') + 1) : report);
  print(fmt::format("{}: {}/index.html\n", in({.zh = "报告", .en = "Report"}, options.language),
                    folder));
}

int write_all(const RunOptions& options, const std::string& folder, const RunRecord& record) {
  write_reports(folder, record,
                {.language = options.language,
                 .flavour = flavour_of(options),
                 .single = options.html == "single"});
  tell(options, record, folder);
  return interrupted() ? kInterrupted : record.exit_code();
}

void check_options(const RunOptions& options) {
  if (!options.fix) return;
  if (options.recheck > 0)
    throw Failure(
        kWrongUsage,
        Text{"--fix 会自行重新查询它所修改的内容;请在其之前或之后使用 --recheck",
             "--fix asks again by itself what it changed; run --recheck before or after it"});
  if (!options.replay.empty())
    throw Failure(kWrongUsage,
                  Text{"--fix 要修改主机,而 --replay 没有主机;--plan 可显示计划",
                       "--fix changes hosts, and --replay has none; --plan shows the plan"});
  if (options.plan)
    throw Failure(kWrongUsage, Text{"--plan 不作修改,--fix 会修改;只给其一",
                                    "--plan changes nothing, and --fix does; say one of them"});
  need_consent(options.yes);
}

// Their prose stands in every report, and people write down there what they should not.
std::vector<Waiver> waivers_of(const RunOptions& options, const Secrets& secrets) {
  if (options.waivers.empty()) return {};
  std::vector<Waiver> waivers = load_waivers(options.waivers);
  for (Waiver& waiver : waivers) {
    waiver.justification = redact(waiver.justification, secrets);
    waiver.approver = redact(waiver.approver, secrets);
  }
  return waivers;
}

// One run over a cluster, or over a recording of one, to the last verdict.
class OneRun {
 public:
  OneRun(const RunOptions& options, const std::string& command_line)
      : options_(options),
        source_(open_source(options)),
        // Read first: a mistake in the file is told before any host is asked.
        waivers_(waivers_of(options, source_.inventory.secrets)),
        chapters_(all_chapters()),
        plan_(plan_of(options, chapters_, source_)),
        planned_(begin_record(options, source_, plan_, chapters_, command_line)) {}

  // All that would be asked, and no verdict yet.
  const RunRecord& planned() const { return planned_; }

  // Leaves the recording, and the plan of a fix, in `folder`; and a junit.xml as far as is known at
  // any time: a run that is killed has told what it found, what was planned, and what never ran.
  RunRecord judged_in(const std::string& folder) {
    write_junit(folder, planned_);
    if (options_.replay.empty()) ask_hosts(folder);
    save(folder + (options_.fix ? "/recording-before" : "/recording"));
    RunRecord record = judge(source_.visits);
    if (options_.fix || options_.recheck > 0) write_junit(folder, record);
    if (hosts_ && options_.recheck > 0) record = looked_at_again(std::move(record), folder);
    if (options_.plan || options_.fix) record = repaired(std::move(record), folder);
    return record;
  }

 private:
  void ask_hosts(const std::string& folder) {
    hosts_ = std::make_unique<HostsAsked>(
        options_, source_.inventory, plan_.hosts.size(), !plan_.later.empty() || options_.fix,
        &interrupted(), [this, &folder](const std::vector<Visit>& ended, int phase) {
          try {
            write_junit(folder, judged_so_far(ended, phase));
          } catch (const Failure&) {
            return;  // no reason to ask no more: where nothing can be written, the end tells
          }
        });
    hosts_->visit(plan_);
    source_.visits = hosts_->visits();
  }

  RunRecord judge(const std::vector<Visit>& visits) const {
    RunRecord record = judged_by(EvidenceBook(source_.inventory, visits), visits, {});
    record.complete = !interrupted();
    return record;
  }

  RunRecord judged_so_far(const std::vector<Visit>& ended, int phase) const {
    std::set<std::string> pending(plan_.hosts.begin(), plan_.hosts.end());
    for (const Visit& visit : ended) pending.erase(visit.host);
    std::set<std::string> unasked;
    for (const Later* later : plan_.later)
      if (later->phase >= phase) unasked.insert(later->steps.begin(), later->steps.end());
    RunRecord record =
        judged_by(EvidenceBook(source_.inventory, ended, std::move(pending)), ended, unasked);
    record.complete = false;
    return record;
  }

  RunRecord judged_by(const EvidenceBook& book, const std::vector<Visit>& visits,
                      const std::set<std::string>& unasked) const {
    RunRecord record = planned_;
    record.finished = end_of(visits, record.started);
    evaluate(plan_, chapters_, book, record, Waivers(waivers_, source_.inventory, record.started),
             unasked);
    add_facts(book, record);
    return record;
  }

  void write_junit(const std::string& folder, const RunRecord& record) const {
    write_output(folder + "/junit.xml", junit_xml(record, flavour_of(options_), options_.language),
                 true);
  }

  RunRecord looked_at_again(RunRecord record, const std::string& folder) {
    const auto ask = [&](const Plan& part) {
      // Over connections of its own: a host that was silent may have come back.
      HostsAsked again(options_, source_.inventory, part.hosts.size(), false, &interrupted());
      again.visit(part);
      return again.visits();
    };
    record = look_again(options_, chapters_, source_.inventory, plan_,
                        {ask, [this](const auto& visits) { return judge(visits); }, &interrupted()},
                        source_.visits, std::move(record));
    record.finished = std::max(record.finished, unix_time());
    save(folder + "/recording");
    return record;
  }

  RunRecord repaired(RunRecord record, const std::string& folder) {
    record = fix_run({.options = options_,
                      .chapters = chapters_,
                      .plan = plan_,
                      .inventory = source_.inventory,
                      .folder = folder,
                      .hosts = hosts_.get(),
                      .interrupted = &interrupted(),
                      .judge = [this](const auto& visits) { return judge(visits); }},
                     std::move(record), source_.visits);
    if (!options_.fix) return record;
    source_.visits = hosts_->visits();
    save(folder + "/recording");
    return record;
  }

  void save(const std::string& folder) const {
    save_recording(folder, {.inventory = source_.inventory,
                            .visits = source_.visits,
                            .started = planned_.started,
                            .steps = source_.selection.steps,
                            .chapters = source_.selection.chapters,
                            .selected_hosts = source_.selection.hosts});
  }

  const RunOptions& options_;
  Source source_;
  const std::vector<Waiver> waivers_;
  const std::vector<Chapter> chapters_;
  const Plan plan_;
  const RunRecord planned_;
  std::unique_ptr<HostsAsked> hosts_;  // null: of a recording
};

}  // namespace

int run(const RunOptions& options, const Gtest& gtest, const std::string& command_line) {
  check_options(options);
  OneRun run(options, command_line);
  if (gtest.lists_only()) return gtest.reemit(run.planned());
  Keeper keeper(options);
  const std::string folder = make_report_folder(options.out, options.force, unix_time());
  watch_interrupts();
  RunRecord record = run.judged_in(folder);
  gtest.reemit(record);
  keeper.keep(record);
  return keeper.told(write_all(options, folder, record));
}

}  // namespace touchstone::cli
