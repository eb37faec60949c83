#pragma once

#include <string>

#include "harness/cli/options.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace touchstone::cli {

// Options that several commands have.
void selection(CLI::App& app, Selection& selection);
CLI::Option* inventory(CLI::App& app, std::string& path);
void language(CLI::App& app, Language& language);
void hosts_at_once(CLI::App& app, int& forks, std::string& ssh_config);

// `touchstone run`.
void add_run(CLI::App& app, Command& chosen);

// options_tools.cpp
void add_init(CLI::App& app, Command& chosen);
void add_profile(CLI::App& app, Command& chosen);
void add_parse(CLI::App& app, Command& chosen);
void add_recordings(CLI::App& app, Command& chosen);
void add_rank_table(CLI::App& app, Command& chosen);

}  // namespace touchstone::cli
