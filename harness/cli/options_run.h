#pragma once

#include <string>

#include "harness/cli/options.h"
#include "harness/cli/spoken.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace touchstone::cli {

// Options that several commands have.
void selection(CLI::App& app, Selection& selection, const Spoken& say);
CLI::Option* inventory(CLI::App& app, std::string& path, const Spoken& say);
void language(CLI::App& app, Language& language, const Spoken& say);
void hosts_at_once(CLI::App& app, int& forks, std::string& ssh_config, const Spoken& say);

// `touchstone run`.
void add_run(CLI::App& app, Command& chosen, const Spoken& say);

// options_tools.cpp
void add_init(CLI::App& app, Command& chosen, const Spoken& say);
void add_profile(CLI::App& app, Command& chosen, const Spoken& say);
void add_parse(CLI::App& app, Command& chosen, const Spoken& say);
void add_recordings(CLI::App& app, Command& chosen, const Spoken& say);
void add_rank_table(CLI::App& app, Command& chosen, const Spoken& say);

}  // namespace touchstone::cli
