#pragma once

#include <string>
#include <vector>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/cluster.h"

namespace touchstone {

// An answer without Enter.
inline const std::string kCtrlC = "\x03";

// Runs a shell command on a terminal of its own, and types a line of `answers` whenever the output
// ends with a question (" [y/N…] " and what may stand behind it). `out` has what was shown.
inline Ran on_a_terminal(const std::string& command, std::vector<std::string> answers) {
  int terminal = -1;
  winsize size{.ws_row = 24, .ws_col = 200, .ws_xpixel = 0, .ws_ypixel = 0};
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  Ran ran;
  char buffer[4096];
  std::size_t next = 0;
  while (true) {
    const ssize_t count = ::read(terminal, buffer, sizeof buffer);
    if (count <= 0) break;  // EIO: nobody has it open any more
    ran.out.append(buffer, static_cast<std::size_t>(count));
    const std::size_t line = ran.out.rfind('\n') + 1;
    if (ran.out.find("[y/N", line) == std::string::npos || !ran.out.ends_with(" ")) continue;
    std::string typed = next < answers.size() ? answers[next] : "n";
    if (typed != kCtrlC) typed += "\n";
    ++next;
    if (::write(terminal, typed.data(), typed.size()) < 0) break;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return ran;
}

}  // namespace touchstone
