#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/known_secrets.h"
#include "harness/cli/report_folder.h"
#include "harness/collect/offline.h"
#include "harness/collect/recording.h"
#include "harness/config/inventory.h"
#include "harness/model/clean.h"
#include "harness/model/said.h"
#include "suites/chapters.h"

namespace touchstone::cli {
namespace {

Batch batch_of(const Inventory& inventory, const Selection& selection) {
  const std::vector<Chapter> chapters = all_chapters();
  return {.questions = make_plan(chapters, inventory, selection).questions()};
}

}  // namespace

int script(const ScriptOptions& options) {
  const Inventory inventory = load_inventory(options.inventory);
  print(offline_script(inventory, batch_of(inventory, options.selection)));
  return 0;
}

int import_recording(const ImportOptions& options) {
  Recording recording{.inventory = load_inventory_to_ask(options.inventory)};
  const Batch batch = batch_of(recording.inventory, {});
  for (const std::string& file : options.files) {
    try {
      recording.visits.push_back(import_answers(recording.inventory, batch, read_input(file)));
    } catch (const RecordingError& error) {
      throw Failure(kWrongConfiguration, said("{}:{}", "{}: {}", file, error.text));
    }
    const Visit& visit = recording.visits.back();
    for (std::size_t i = 0; i + 1 < recording.visits.size(); ++i)
      if (recording.visits[i].host == visit.host)
        throw Failure(kWrongConfiguration,
                      said("{}:{} 已从另一个文件导入",
                           "{}: {} was imported from another file already", file, visit.host));
    const Text short_of =
        visit.state == Visit::State::kAnswered ? Text{} : said(";{}", "; {}", visit.detail);
    print(harmless_line(in(said("{0}:{2} 的 {1} 个回答{3}", "{}: {} answers of {}{}", file,
                                visit.answers.size(), visit.host, short_of),
                           options.language)) +
          "\n");
  }
  for (const Visit& visit : recording.visits)
    if (recording.started == 0 || visit.started < recording.started)
      recording.started = visit.started;
  make_recording_folder(options.out, options.force);
  save_recording(options.out, recording);
  print(harmless_line(in(said("录制数据:{}", "Recording: {}", options.out), options.language)) +
        "\n");
  return 0;
}

}  // namespace touchstone::cli
