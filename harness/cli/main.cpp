#include <cstdio>
#include <string>
#include <vector>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/model/clean.h"
#include "harness/model/said.h"

namespace touchstone::cli {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;  // clang before 17 does not guess it

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

// English where the command line does not say otherwise.
Language language_of(const Command& command) {
  return std::visit([](const auto& options) { return options.language; }, command);
}

int tell(int code, const std::string& what) {
  std::fputs(("touchstone: " + harmless(what) + "\n").c_str(), stderr);
  return code;
}

int guarded_main(std::vector<std::string> args) {
  Language language = Language::kEn;
  try {
    std::string command_line;
    for (const std::string& arg : args) command_line += (command_line.empty() ? "" : " ") + arg;
    const Gtest gtest(args);
    const Command command = parse_command_line(args);
    language = language_of(command);
    return dispatch(command, gtest, command_line);
  } catch (const Exit& exit) {
    return exit.code;
  } catch (const SelectionError& error) {
    return tell(kWrongUsage, in(error.text, language));
  } catch (const Failure& failure) {
    return tell(failure.code, in(failure.text, language));
  } catch (const SaidError& error) {  // of an inventory, a recording, a history, a plan, a journal
    return tell(kWrongConfiguration, in(error.text, language));
  } catch (const std::exception& error) {
    return tell(
        2, in(said("发生了意外:{}", "something unforeseen happened: {}", error.what()), language));
  }
}

}  // namespace
}  // namespace touchstone::cli

int main(int argc, char** argv) {
  return touchstone::cli::guarded_main({argv, argv + argc});
}
