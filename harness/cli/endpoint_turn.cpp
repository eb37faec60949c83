#include "harness/cli/endpoint_turn.h"

#include <algorithm>

#include "harness/endpoint/ask.h"

namespace touchstone::cli {

void ask_endpoints(const Turn& turn, const Inventory& inventory, std::vector<Visit>& visits,
                   const std::atomic<bool>* interrupted, const std::function<void()>& on_answer) {
  for (auto& [asked, answer] :
       ask(turn, inventory, {.interrupted = interrupted, .on_answer = on_answer})) {
    const auto visit =
        std::find_if(visits.begin(), visits.end(),
                     [&host = asked->host](const Visit& one) { return one.host == host; });
    if (visit != visits.end())
      visit->answers[{asked->question.key, asked->npu}] = std::move(answer);
  }
}

}  // namespace touchstone::cli
