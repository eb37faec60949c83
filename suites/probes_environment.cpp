#include "suites/probes_environment.h"

#include "suites/ask.h"

namespace touchstone {
namespace {

// What start files print stands before the mark; one variable becomes one line (see environ.h).
std::string print_environment() {
  return "printf '\\n%s\\n' '" + std::string(kEnvironmentMark) +
         "'; env -0 | tr '\\n\\000' '\\013\\n'";
}

std::vector<std::string> list_scripts() {
  std::vector<std::string> argv{"ls", "-d"};
  for (const std::string& script : set_env_scripts()) argv.push_back("{croot}" + script);
  return argv;
}

}  // namespace

const std::vector<std::string>& set_env_scripts() {
  static const std::vector<std::string> kScripts{
      "/usr/local/Ascend/ascend-toolkit/set_env.sh", "/usr/local/Ascend/nnal/atb/set_env.sh",
      "/usr/local/Ascend/atb-models/set_env.sh", "/usr/local/Ascend/mindie/set_env.sh"};
  return kScripts;
}

const Probe<ShellSettings> kBashrc =
    ask(Where::kContainer, "bashrc", {"cat", "{croot}/root/.bashrc"}, parse_bashrc, {0, 1});
// As the guide opens one: interactive, so that ~/.bashrc is read to its end.
const Probe<Environment> kShellEnvironment =
    ask(Where::kContainer, "shell-environment", {"bash", "-ic", print_environment()}, parse_environ,
        {0});
// `ls` exits 2 where one of them is missing.
const Probe<SeenPaths> kSetEnvScripts =
    ask(Where::kContainer, "set-env-scripts", list_scripts(), parse_seen_paths, {0, 1, 2});
const Probe<IpAddresses> kHostAddresses =
    ask(Where::kHost, "ip-addr", {"ip", "-j", "addr"}, parse_ip_addr, {0, 1, 255});

}  // namespace touchstone
