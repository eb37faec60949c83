#include "harness/collect/former_keys.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace touchstone {
namespace {

// conf/config.json was asked for four times, once for each that reads it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kFormer{
    {{"weights-path", "service-config"},
     {"service-ports", "service-config"},
     {"endpoint-config", "service-config"}}};

}  // namespace

std::string key_of_today(const std::string& key) {
  const auto* at = std::find_if(kFormer.begin(), kFormer.end(),
                                [&](const auto& former) { return former.first == key; });
  return at == kFormer.end() ? key : std::string(at->second);
}

void use_keys_of_today(std::map<AnswerKey, Answer>& answers) {
  for (const auto& [former, today] : kFormer)
    for (auto at = answers.lower_bound({std::string(former), -1});
         at != answers.end() && at->first.question == former;) {
      auto one = answers.extract(at++);
      one.key().question = today;
      answers.insert(std::move(one));
    }
}

}  // namespace touchstone
