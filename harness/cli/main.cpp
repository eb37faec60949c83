#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/collect/recording.h"
#include "harness/config/config_error.h"
#include "harness/history/history.h"
#include "harness/remedy/journal.h"
#include "harness/remedy/plan_json.h"
#include "harness/sign/manifest.h"
#include "reports/clean.h"

namespace touchstone::cli {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

int dispatch(const Command& command, const Gtest& gtest, const std::string& command_line) {
  return std::visit(Overloaded{
                        [&](const RunOptions& o) { return run(o, gtest, command_line); },
                        [](const FixOptions& o) { return fix(o); },
                        [](const UndoOptions& o) { return undo(o); },
                        [](const JournalOptions& o) { return journal(o); },
                        [](const ListOptions& o) { return list(o); },
                        [](const CoverageOptions& o) { return coverage(o); },
                        [](const ReportOptions& o) { return report(o); },
                        [](const DiffOptions& o) { return diff(o); },
                        [](const SignOptions& o) { return sign(o); },
                        [](const VerifyOptions& o) { return verify(o); },
                        [](const HistoryOptions& o) { return history(o); },
                        [](const InitOptions& o) { return init(o); },
                        [](const ProfileOptions& o) { return profile(o); },
                        [](const ParseOptions& o) { return parse(o); },
                        [](const ScriptOptions& o) { return script(o); },
                        [](const ImportOptions& o) { return import_recording(o); },
                        [](const RankTableBuildOptions& o) { return rank_table_build(o); },
                        [](const RankTableCheckOptions& o) { return rank_table_check(o); },
                        [](const RankTableDiffOptions& o) { return rank_table_diff(o); },
                    },
                    command);
}

int tell(int code, const char* what) {
  std::fputs(("touchstone: " + harmless(what) + "\n").c_str(), stderr);
  return code;
}

int guarded_main(std::vector<std::string> args) {
  try {
    std::string command_line;
    for (const std::string& arg : args) command_line += (command_line.empty() ? "" : " ") + arg;
    const Gtest gtest(args);
    return dispatch(parse_command_line(args), gtest, command_line);
  } catch (const Exit& exit) {
    return exit.code;
  } catch (const ConfigError& error) {
    return tell(kWrongConfiguration, error.what());
  } catch (const RecordingError& error) {
    return tell(kWrongConfiguration, error.what());
  } catch (const HistoryError& error) {
    return tell(kWrongConfiguration, error.what());
  } catch (const PlanError& error) {
    return tell(kWrongConfiguration, error.what());
  } catch (const JournalError& error) {
    return tell(kWrongConfiguration, error.what());
  } catch (const SignError& error) {
    return tell(kWrongConfiguration, error.what());
  } catch (const SelectionError& error) {
    return tell(kWrongUsage, error.what());
  } catch (const Failure& failure) {
    return tell(failure.code, failure.what());
  } catch (const std::exception& error) {
    return tell(2, fmt::format("something unforeseen happened: {}", error.what()).c_str());
  }
}

}  // namespace
}  // namespace touchstone::cli

int main(int argc, char** argv) {
  return touchstone::cli::guarded_main({argv, argv + argc});
}
