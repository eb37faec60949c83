#pragma once

#include "harness/cli/options.h"
#include "harness/evaluate/reemit.h"
#include "harness/model/said_error.h"

// One function a subcommand; each returns the exit code. ConfigError, SelectionError and Failure
// are told by main.
namespace touchstone::cli {

// What went wrong outside the cluster (a file that cannot be read), with the exit code that says
// so. What cannot be written is CannotWrite.
struct Failure : SaidError {
  Failure(int exit_code, Phrase what) : SaidError(std::move(what)), code(exit_code) {}
  int code;
};

int run(const RunOptions& options, const Gtest& gtest, const std::string& command_line);
int fix(const FixOptions& options);
int undo(const UndoOptions& options);
int journal(const JournalOptions& options);
int list(const ListOptions& options);
int coverage(const CoverageOptions& options);
int report(const ReportOptions& options);
int diff(const DiffOptions& options);  // 0: nothing moved, 1: something did
int sign(const SignOptions& options);
int verify(const VerifyOptions& options);  // 0: all as signed, 1: not, 2: nobody knows who signed
int history(const HistoryOptions& options);
int init(const InitOptions& options);
int profile(const ProfileOptions& options);
int parse(const ParseOptions& options);
int script(const ScriptOptions& options);
int import_recording(const ImportOptions& options);
int rank_table_build(const RankTableBuildOptions& options);
int rank_table_check(const RankTableCheckOptions& options);
int rank_table_diff(const RankTableDiffOptions& options);

}  // namespace touchstone::cli
