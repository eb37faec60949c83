#include "suites/bashrc_plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/model/evidence.h"
#include "harness/model/said.h"
#include "harness/model/value_rule.h"
#include "suites/misspelling.h"

namespace touchstone {
namespace {

using Assignment = ShellSettings::Assignment;

// Where the profile gives a range only: guide 4.3.
const std::map<std::string, std::string>& variables_of_the_guide() {
  static const std::map<std::string, std::string> kValues{{"HCCL_CONNECT_TIMEOUT", "7200"}};
  return kValues;
}

ShellSettings settings_of(const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return {};
  auto parsed = parse_bashrc(text, "");
  if (!parsed)
    throw NoEvidence(
        said("~/.bashrc 读不懂:{}", "~/.bashrc is not understood: {}", parsed.refusal().reason));
  return std::move(parsed.value());
}

class Planner {
 public:
  explicit Planner(const BashrcFacts& facts)
      : facts_(facts), nesting_(nesting_of(facts.text)), block_(managed_block(facts.text)) {
    for (Assignment& one : settings_of(facts.text).assignments)
      if (block_.first == 0 || !block_.holds(one.line)) {
        if (one.exported) exported_.insert(one.name);
        lines_[one.name].push_back(std::move(one));
      } else {
        in_block_.insert(one.name);
      }
  }

  BashrcPlan plan() {
    plan_.needs.sources = facts_.scripts;
    for (const std::string& path : facts_.scripts) plan_.what.emplace_back("source " + path);
    for (const std::string& name : facts_.wrong) touched_.insert(name);
    for (const auto& [name, value] : facts_.shared) touched_.insert(name);
    switch_off_misspelt();
    for (const std::string& name : facts_.idle)
      if (meant_by(name, facts_.known).empty()) switch_off(name, [](const auto&) { return true; });
    for (const auto& [name, all] : lines_)
      if (has_slip(name, all) && !idle(name)) touched_.insert(name);
    for (const std::string& name : touched_) set_right(name);
    for (const int line : plan_.needs.off)
      plan_.what.emplace_back(said("第 {} 行停用", "line {} off", line));
    return std::move(plan_);
  }

 private:
  const std::vector<Assignment>& lines_of(const std::string& name) const {
    static const std::vector<Assignment> kNone;
    const auto at = lines_.find(name);
    return at == lines_.end() ? kNone : at->second;
  }

  // All of its lines are off.
  bool idle(const std::string& name) const {
    const auto& all = lines_of(name);
    return std::all_of(all.begin(), all.end(),
                       [&](const Assignment& one) { return plan_.needs.off.contains(one.line); });
  }

  // An empty value by a blank, or two different ones (4.3.5).
  bool has_slip(const std::string& name, const std::vector<Assignment>& all) const {
    std::set<std::string> values;
    for (const Assignment& one : all) {
      if (!one.stray.empty()) return true;
      if (!one.computed) values.insert(one.value);
    }
    return exported_.contains(name) && values.size() > 1;
  }

  // Nothing reads them, so a line less changes nothing; what was meant by them is set where a rule
  // wants it.
  void switch_off_misspelt() {
    for (const auto& [name, all] : lines_) {
      const std::string right = meant_by(name, facts_.known);
      if (right.empty() || !exported_.contains(name)) continue;
      const bool set = !lines_of(right).empty() || in_block_.contains(right);
      if (set && !facts_.idle.contains(name)) continue;
      if (!switch_off(name, [](const Assignment&) { return true; })) continue;
      if (facts_.rules.contains(right) && !set) {
        touched_.insert(right);
        meant_[right] = all.back().value;
      }
    }
  }

  // All lines of the name that `wrong` says, or none.
  template <class Wrong>
  bool switch_off(const std::string& name, Wrong wrong) {
    std::set<int> off;
    for (const Assignment& one : lines_of(name)) {
      if (!wrong(one)) continue;
      if (!sets_only(facts_.text, one.line, name)) {
        plan_.left.push_back(
            {fmt::format("~/.bashrc 第 {} 行不只是设置 {},请手工修改", one.line, name),
             fmt::format("line {} of ~/.bashrc does more than to set {}; edit it by hand", one.line,
                         name)});
        return false;
      }
      off.insert(one.line);
    }
    plan_.needs.off.insert(off.begin(), off.end());
    return true;
  }

  // The value that this name must have; nothing: only a person can tell.
  std::optional<std::string> right_value(const std::string& name) const {
    const auto rule = facts_.rules.find(name);
    const auto shared = facts_.shared.find(name);
    if (rule == facts_.rules.end())
      return shared != facts_.shared.end() ? std::optional(shared->second) : last_value(name);
    const std::string& wanted = rule->second;
    if (wanted != "any" && value_fits(wanted, wanted)) return wanted;
    std::vector<std::string> candidates;
    if (shared != facts_.shared.end()) candidates.push_back(shared->second);
    const auto& lines = lines_of(name);
    for (auto one = lines.rbegin(); one != lines.rend(); ++one)
      if (!one->computed) candidates.push_back(one->stray.empty() ? one->value : one->stray);
    if (meant_.contains(name)) candidates.push_back(meant_.at(name));
    if (const auto at = variables_of_the_guide().find(name); at != variables_of_the_guide().end())
      candidates.push_back(at->second);
    for (const std::string& value : candidates)
      if (value_fits(value, wanted)) return value;
    return std::nullopt;
  }

  // Without a rule: what a shell has now is what stays. Only where lines run one after the other
  // is that the last one.
  std::optional<std::string> last_value(const std::string& name) const {
    const auto& all = lines_of(name);
    for (const Assignment& one : all)
      if (nesting_[static_cast<std::size_t>(one.line - 1)] > 0) return std::nullopt;
    if (all.empty() || all.back().computed) return std::nullopt;
    const std::string& value = all.back().stray.empty() ? all.back().value : all.back().stray;
    return value.find_first_of("$`") == std::string::npos ? std::optional(value) : std::nullopt;
  }

  void set_right(const std::string& name) {
    const std::optional<std::string> value = right_value(name);
    if (!value) {
      plan_.left.push_back(
          {fmt::format("{} 应取何值只有人知道(配置档只给了范围,或由条件决定)", name),
           fmt::format("which value {} should have a person must tell: the profile has a range "
                       "only, or conditions decide",
                       name)});
      return;
    }
    const auto wrong = [&](const Assignment& one) {
      return !one.stray.empty() || (!one.computed && one.value != *value);
    };
    const std::size_t before = plan_.needs.off.size();
    if (!switch_off(name, wrong)) return;
    const auto& all = lines_of(name);
    const auto stays = std::find_if(all.rbegin(), all.rend(), [&](const Assignment& one) {
      return !plan_.needs.off.contains(one.line);
    });
    // The line that is right counts again once the others are off.
    const bool enough = plan_.needs.off.size() > before && stays != all.rend() && stays->exported &&
                        !stays->computed && !in_block_.contains(name) &&
                        nesting_[static_cast<std::size_t>(stays->line - 1)] == 0;
    if (enough) return;
    plan_.needs.exports[name] = *value;
    plan_.what.push_back(name + "=" + *value);
  }

  const BashrcFacts& facts_;
  const std::vector<int> nesting_;
  const LineRange block_;
  std::map<std::string, std::vector<Assignment>> lines_;  // outside of the block
  std::set<std::string> exported_, in_block_, touched_;
  std::map<std::string, std::string> meant_;
  BashrcPlan plan_;
};

}  // namespace

BashrcPlan plan_bashrc(const BashrcFacts& facts) {
  return Planner(facts).plan();
}

}  // namespace touchstone
