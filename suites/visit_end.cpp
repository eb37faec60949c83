#include "suites/visit_end.h"

#include "harness/model/said.h"

namespace touchstone {

std::optional<Text> why_unanswered(const Visit& visit) {
  const Text why = visit.detail.empty() ? Text{} : said(":{}", ": {}", visit.detail);
  switch (visit.state) {
    case Visit::State::kAnswered:
      break;
    case Visit::State::kUnreachable:
      return said("{} 无法连接{}", "{} cannot be reached{}", visit.host, why);
    case Visit::State::kHung:
      return said("{} 登录后在 {:.0f} 秒时限内没有答完{}",
                  "{} did not finish within its time limit ({:.0f} s){}", visit.host, visit.seconds,
                  why);
    case Visit::State::kDied:
      return said("{} 的连接在采集中途断开{}", "the connection to {} ended in the middle{}",
                  visit.host, why);
    case Visit::State::kNonsense:
      return said("{} 的回答无法辨认{}", "the answer of {} cannot be made out{}", visit.host, why);
  }
  return std::nullopt;
}

}  // namespace touchstone
