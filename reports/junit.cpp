#include "reports/junit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "harness/model/clean.h"
#include "reports/clock.h"
#include "reports/digest.h"
#include "reports/junit_text.h"
#include "reports/repairs.h"
#include "reports/summary.h"
#include "reports/words.h"
#include "reports/xml_string.h"

namespace touchstone {
namespace {

struct SuiteCounts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  double seconds = 0;

  void add(const SuiteCounts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    seconds += other.seconds;
  }
};

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(harmless_line(value).c_str());
}

// Jenkins takes everything up to the last dot for the package: dots only where we mean them.
std::string without_dots(std::string name, char instead) {
  std::replace(name.begin(), name.end(), '.', instead);
  return name;
}

std::string class_of(const RunRecord& record, const StepInfo& step) {
  return without_dots(record.cluster.empty() ? "touchstone" : record.cluster, '-') + "." +
         without_dots(step.chapter, '_');
}

void add_property(pugi::xml_node properties, const std::string& name, const std::string& value) {
  pugi::xml_node property = properties.append_child("property");
  set(property, "name", name);
  set(property, "value", value);
}

class Writer {
 public:
  Writer(const RunRecord& record, JUnitFlavour flavour, Language language)
      : record_(record),
        repairs_of_(record),
        texts_(language),
        jenkins_(flavour == JUnitFlavour::kJenkins) {
    for (const News& change : record.past.changes)
      changes_.emplace(std::pair(change.step, change.target), &change);
    document_.append_child(pugi::node_declaration).append_attribute("version").set_value("1.0");
    document_.first_child().append_attribute("encoding").set_value("UTF-8");
    root_ = document_.append_child("testsuites");
  }

  std::string run() {
    set(root_, "name",
        "Touchstone " + record_.cluster + simulated_mark(record_.simulated, Language::kEn));
    SuiteCounts all;
    for (const ChapterInfo& chapter : record_.chapters) all.add(suite(chapter));
    set(root_, "tests", std::to_string(all.tests));
    set(root_, "failures", std::to_string(all.failures));
    set(root_, "errors", std::to_string(all.errors));
    set(root_, "time", junit_seconds(all.seconds));
    return xml_string(document_);
  }

 private:
  SuiteCounts suite(const ChapterInfo& chapter) {
    pugi::xml_node suite = root_.append_child("testsuite");
    set(suite, "name",
        chapter.id + " " + in(chapter.title, Language::kEn) +
            simulated_mark(record_.simulated, Language::kEn));
    pugi::xml_node properties = suite.append_child("properties");
    describe(properties);
    SuiteCounts counts;
    for (const StepResult& result : record_.results)
      if (const StepInfo& step = record_.steps.at(result.step); step.chapter == chapter.id)
        counts.add(test_case(suite, step, result));
    set(suite, "tests", std::to_string(counts.tests));
    set(suite, "failures", std::to_string(counts.failures));
    set(suite, "errors", std::to_string(counts.errors));
    set(suite, "skipped", std::to_string(counts.skipped));
    set(suite, "time", junit_seconds(counts.seconds));
    if (const std::string started = utc(record_.started); !started.empty())
      set(suite, "timestamp", started);
    return counts;
  }

  void describe(pugi::xml_node properties) const {
    add_property(properties, "touchstone.version", record_.tool_version);
    add_property(properties, "cluster", record_.cluster);
    add_property(properties, "profile", record_.profile);
    add_property(properties, "simulated", record_.simulated ? "true" : "false");
    add_property(properties, "complete", record_.complete ? "true" : "false");
    add_property(properties, "replayed", record_.replayed ? "true" : "false");
    add_property(properties, "run by", record_.operator_);
    if (!record_.selection.empty()) add_property(properties, "selection", record_.selection);
    if (record_.past.previous > 0)
      add_property(properties, "previous run", utc(record_.past.previous));
    for (const WaiverUse& use : record_.waivers)
      add_property(properties, "waiver " + use.waiver.place,
                   fmt::format("{} results, {}", use.results, word_for(use.state, Language::kEn)));
    for (const auto& [name, version] : record_.versions)
      add_property(properties, "version." + name, version);
    if (!record_.repairs.empty()) describe_fix(properties);
  }

  void describe_fix(pugi::xml_node properties) const {
    add_property(properties, "fix.changes", std::to_string(record_.repairs.size()));
    for (const auto& [outcome, count] : outcomes_of(record_))
      add_property(properties, "fix." + outcome, std::to_string(count));
    add_property(properties, "fix.broken", std::to_string(broken_by_fix(record_)));
    add_property(properties, "fix.journal", record_.journal);
  }

  SuiteCounts test_case(pugi::xml_node suite, const StepInfo& step,
                        const StepResult& result) const {
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "classname", class_of(record_, step));
    set(test, "name", step.id + " " + step.name + " " + result.target.str());
    set(test, "time", junit_seconds(result.seconds));
    describe(test, step, result);
    SuiteCounts counts{
        .tests = 1,
        .seconds = std::isfinite(result.seconds) && result.seconds > 0 ? result.seconds : 0};
    switch (result.verdict) {
      case Verdict::kPass:
        if (result.flaky && jenkins_) flaky(test, step, result);
        break;
      case Verdict::kFixed:
        if (!result.findings_before.empty())
          test.append_child("system-out")
              .text()
              .set(texts_.fixed(result, repairs_of_.find(step.id, result.target)).c_str());
        break;
      case Verdict::kFail:
        counts.failures = 1;
        wrong(test, "failure", step, result);
        break;
      case Verdict::kError:
        counts.errors = 1;
        wrong(test, "error", step, result);
        break;
      default:
        counts.skipped = 1;
        set(test.append_child("skipped"), "message", texts_.skipped(result));
        // What is waived is shown all the same; a skipped case keeps its output.
        if (result.verdict == Verdict::kWaived && !result.findings.empty())
          test.append_child("system-out")
              .text()
              .set(
                  (texts_.details(step, result) + "\n" + texts_.evidence(result.exhibits)).c_str());
    }
    return counts;
  }

  // The case stays passed, and is shown as flaky.
  void flaky(pugi::xml_node test, const StepInfo& step, const StepResult& result) const {
    StepResult first = result;
    first.findings = result.earlier;
    pugi::xml_node node = test.append_child("flakyFailure");
    set(node, "message", texts_.headline(first.findings, first));
    set(node, "type", "flaky");
    node.text().set(texts_.details(step, first).c_str());
  }

  // What is wrong, and what the history has to say of it; the other flavour allows no properties.
  void describe(pugi::xml_node test, const StepInfo& step, const StepResult& result) const {
    const auto change = changes_.find({step.id, result.target});
    const bool wrong = result.verdict == Verdict::kFail || result.verdict == Verdict::kError;
    if (!jenkins_ || (!wrong && change == changes_.end())) return;
    pugi::xml_node properties = test.append_child("properties");
    add_property(properties, "step", step.id);
    add_property(properties, "target", result.target.str());
    if (wrong) add_property(properties, "risk", std::string(name_of(step.risk)));
    if (change == changes_.end()) return;
    add_property(properties, "history", std::string(word_for(change->second->kind, Language::kEn)));
    if (change->second->since > 0) add_property(properties, "since", utc(change->second->since));
    add_property(properties, "runs", std::to_string(change->second->runs));
  }

  // Jenkins reads the first such element only: everything goes into one.
  void wrong(pugi::xml_node test, const char* element, const StepInfo& step,
             const StepResult& result) const {
    pugi::xml_node node = test.append_child(element);
    const std::string broke = result.broke ? texts_.broken_by_the_fix() : "";
    set(node, "message",
        not_run(record_, result) ? texts_.not_run()
                                 : broke + texts_.headline(result.findings, result));
    set(node, "type", std::string(name_of(result.verdict)));
    std::string details = texts_.details(step, result);
    if (const auto repairs = repairs_of_.find(step.id, result.target); !repairs.empty())
      details += "\n" + texts_.changes(repairs);
    node.text().set(details.c_str());
    if (const std::string evidence = texts_.evidence(result.exhibits); !evidence.empty())
      test.append_child("system-out").text().set(evidence.c_str());
  }

  const RunRecord& record_;
  const RepairsOf repairs_of_;
  const CaseTexts texts_;
  bool jenkins_;
  std::map<std::pair<std::string, Target>, const News*> changes_;
  pugi::xml_document document_;
  pugi::xml_node root_;
};

}  // namespace

std::string junit_xml(const RunRecord& record, JUnitFlavour flavour, Language language) {
  return Writer(record, flavour, language).run();
}

}  // namespace touchstone
