#include "harness/cli/controller.h"

#include <csignal>

#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>

namespace touchstone::cli {
namespace {

std::atomic<bool> stop{false};
extern "C" void on_interrupt(int) {
  stop = true;
}

}  // namespace

std::string who() {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  const passwd* user = getpwuid(geteuid());
  return fmt::format("{}@{}", user ? user->pw_name : std::to_string(geteuid()), host);
}

void watch_interrupts() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

const std::atomic<bool>& interrupted() {
  return stop;
}

}  // namespace touchstone::cli
