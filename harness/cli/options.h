#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/evaluate/plan.h"
#include "harness/model/text.h"
#include "harness/model/verdict.h"

// What the command line says, as plain values; options.cpp is the only place that knows the library
// which reads it.
namespace touchstone::cli {

struct RunOptions {
  std::string inventory = "cluster.yaml";
  std::string replay;  // a recording or a report folder; empty: ask the hosts
  std::string out;     // empty: a fresh folder below touchstone-report/
  bool force = false;
  Selection selection;
  int forks = 64;
  std::string collective;  // path of an all_reduce_test, beside what the site says
  double second_look = 2;  // seconds between the two looks at counters
  bool deep = false;       // read all of the weights, to compare their contents
  std::string ssh_config;
  int recheck = 0;            // how often failed and erroneous questions are asked again
  double recheck_after = 30;  // seconds before each time
  std::string waivers;        // a file; empty: none
  std::string history;        // a database; empty: none is kept
  std::string baseline;       // a run.json or a report's folder; empty: none
  std::string metrics;        // a file for node_exporter; empty: none
  Language language = Language::kEn;
  std::string junit_flavour = "jenkins";
  std::string html = "folder";  // or "single": report.html as well
  bool quiet = false;
  bool colour = true;
  std::optional<Risk> plan;  // print what --fix with this risk would do
  std::optional<Risk> fix;   // the highest risk that may be taken; none: nothing is changed
  bool yes = false;          // do not ask before it is done
};
// `touchstone fix PLAN`
struct FixOptions {
  std::string plan;  // a plan.json, or the report's folder
  std::string inventory = "cluster.yaml";
  std::string out;
  bool yes = false;
  int forks = 64;
  std::string ssh_config;
  Language language = Language::kEn;
};
struct UndoOptions {
  std::string journal;                    // a journal.jsonl, or the report's folder
  std::string inventory;                  // empty: the one that the journal names
  std::vector<std::string> steps, hosts;  // only these
  bool yes = false;
  int forks = 64;
  std::string ssh_config;
  Language language = Language::kEn;
};
struct JournalOptions {
  std::string journal;
  Language language = Language::kEn;
};
struct ListOptions {
  std::string inventory;  // empty: no targets are counted
  Selection selection;
  Language language = Language::kEn;
};
struct InitOptions {
  std::vector<std::string> hosts;
  std::string from_rank_table, from_ansible;
  std::string profile = "deepseek-r1-w8a8";
  std::string cluster = "my-cluster";
  std::string out = "cluster.yaml";  // "-": standard output
  bool force = false;
  Language language = Language::kEn;
};
struct CoverageOptions {
  std::string run;  // a run.json or a report's folder; empty: no verdicts
  Language language = Language::kEn;
  bool json = false;
};
struct ReportOptions {
  std::string run;  // a run.json or a report's folder
  std::string format = "console";
  std::string out;  // empty or "-": standard output; of html, a folder
  bool force = false;
  Language language = Language::kEn;
  std::string junit_flavour = "jenkins";
  std::string html = "folder";  // or "single": one file
};
struct DiffOptions {
  std::string a, b;  // each a run.json or a report's folder
  Language language = Language::kEn;
};
struct SignOptions {
  std::string report;  // a report's folder
  std::string key;     // a private key, or a public one that the agent has; empty: the user's own
  bool force = false;
  Language language = Language::kEn;
};
struct VerifyOptions {
  std::string report;
  std::string signers;   // a file of allowed signers; empty: nobody is known
  std::string identity;  // who of them; empty: any
  Language language = Language::kEn;
};
struct HistoryOptions {
  enum class What { kShow, kTrend, kCompare, kPrune };
  What what = What::kShow;
  std::string file;
  std::string cluster;  // empty: where there is one only
  std::string a, b;     // ids or times of runs, to compare
  int last = 30;        // runs that are shown
  int keep_days = 0;    // to prune
  Language language = Language::kEn;
};
struct ProfileOptions {
  std::string name;  // empty: list them
  Language language = Language::kEn;
};
struct ParseOptions {
  std::string kind;  // empty: list them
  std::string file;  // empty or "-": standard input
  Language language = Language::kEn;
};
struct ScriptOptions {
  std::string inventory = "cluster.yaml";
  Selection selection;
  Language language = Language::kEn;
};
struct ImportOptions {
  std::string inventory = "cluster.yaml";
  std::vector<std::string> files;
  std::string out;
  bool force = false;
  Language language = Language::kEn;
};
struct RankTableBuildOptions {
  std::string inventory = "cluster.yaml";
  std::string replay;
  std::string group;  // may be left out where there is one
  std::string form = "guide";
  std::string out = "-";
  bool force = false;
  int forks = 64;
  std::string ssh_config;
  Language language = Language::kEn;
};
struct RankTableCheckOptions {
  std::string file;
  std::string inventory;  // empty: the table alone
  Language language = Language::kEn;
};
struct RankTableDiffOptions {
  std::string a, b;
  Language language = Language::kEn;
};

using Command =
    std::variant<RunOptions, FixOptions, UndoOptions, JournalOptions, ListOptions, CoverageOptions,
                 ReportOptions, DiffOptions, SignOptions, VerifyOptions, HistoryOptions,
                 InitOptions, ProfileOptions, ParseOptions, ScriptOptions, ImportOptions,
                 RankTableBuildOptions, RankTableCheckOptions, RankTableDiffOptions>;

// Thrown when there is nothing to run: help or version was asked for (code 0), or the usage is
// wrong (64). The text is printed already.
struct Exit {
  int code;
};

Command parse_command_line(std::vector<std::string> args);

}  // namespace touchstone::cli
