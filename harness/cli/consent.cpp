#include "harness/cli/consent.h"

#include <cerrno>
#include <iostream>

#include <poll.h>
#include <unistd.h>

#include "harness/cli/commands.h"
#include "harness/cli/controller.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/model/clean.h"

namespace touchstone::cli {
namespace {

constexpr int kLook = 200;  // milliseconds

// Empty where standard input ends, and where somebody interrupts: he shall not have to press Enter.
// A system call that waits goes on after a signal, so it is begun when there is a line.
std::string typed_line() {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  std::string line;
  while (!interrupted()) {
    const int ready = ::poll(&input, 1, kLook);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    std::getline(std::cin, line);
    return line;
  }
  print("\n");
  return line;
}

Consent consent_in(const std::string& answer, bool offers_all) {
  if (answer == "y" || answer == "Y" || answer == "yes" || answer == "是") return Consent::kYes;
  if (offers_all && (answer == "a" || answer == "A" || answer == "all" || answer == "全部"))
    return Consent::kToAll;
  return Consent::kNo;
}

}  // namespace

void need_consent(bool yes) {
  if (!yes && !isatty(STDIN_FILENO))
    throw Failure(kWrongUsage,
                  Text{"此处无法询问(标准输入不是终端):请用 --plan 查看计划,再加 --yes",
                       "nobody can be asked here (standard input is no terminal): look at the plan "
                       "with --plan, then say --yes"});
}

Consent consent_to(const std::string& plan, bool yes, Language language, PlaceInRun place) {
  print(harmless(plan));
  if (yes) return Consent::kYes;
  need_consent(yes);
  const Text once{.zh = "执行以上计划吗?[y/N] ", .en = "Shall this be done? [y/N] "};
  const Text all{.zh = "执行以上计划吗?[y/N/a](a:连同后续各轮所需的改动,风险不高于本次所允许) ",
                 .en =
                     "Shall this be done? [y/N/a] (a: and what later rounds need, at no higher "
                     "risk than is allowed now) "};
  print(in(place.last ? once : all, language));
  const Consent consent = consent_in(typed_line(), !place.last);
  if (consent == Consent::kNo)
    print(place.first
              ? in({.zh = "未做任何改动。\n", .en = "Nothing was changed.\n"}, language)
              : in({.zh = "不再做更多改动。\n", .en = "Nothing more was changed.\n"}, language));
  return consent;
}

}  // namespace touchstone::cli
