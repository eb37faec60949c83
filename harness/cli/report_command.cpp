#include <filesystem>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/read_run.h"
#include "harness/model/said.h"
#include "harness/model/write_file.h"
#include "reports/console.h"
#include "reports/ctrf.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/metrics.h"

namespace touchstone::cli {
namespace {

namespace fs = std::filesystem;

void write_pages(const ReportOptions& options, const RunRecord& record, Language language) {
  if (options.out.empty() || options.out == "-")
    throw Failure(
        kWrongUsage,
        Text{"--format html 生成多个文件:请用 --out 指定目录,或用 --html=single 合为一个文件",
             "--format html makes several files: name a folder with --out, or make one file of it "
             "with --html=single"});
  make_folders(options.out);
  for (const auto& [name, text] : html_report(record, language).files)
    write_output((fs::path(options.out) / name).string(), text, options.force);
}

std::string text_of(const ReportOptions& options, const RunRecord& record, Language language) {
  if (options.format == "junit")
    return junit_xml(
        record, options.junit_flavour == "xunit" ? JUnitFlavour::kXunit : JUnitFlavour::kJenkins,
        language);
  if (options.format == "json") return run_json(record);
  if (options.format == "metrics") return metrics_text(record);
  if (options.format == "ctrf") return ctrf_json(record, language);
  if (options.format == "html") return html_single(record, language);
  return console_report(record, {.language = language});
}

}  // namespace

int report(const ReportOptions& options) {
  const RunRecord record = read_run(options.run);
  const Language language = options.language;
  if (options.html == "single" && options.format != "html")
    throw Failure(kWrongUsage, Text{"--html 说明 --format html 的写法:两者要同时给出",
                                    "--html says how --format html is written: name both"});
  if (options.format == "html" && options.html != "single")
    write_pages(options, record, language);
  else if (options.out.empty() || options.out == "-")
    print(text_of(options, record, language));
  else
    write_output(options.out, text_of(options, record, language), options.force);
  return 0;
}

}  // namespace touchstone::cli
