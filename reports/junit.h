#pragma once

#include <string>

#include "harness/model/run_record.h"

namespace touchstone {

enum class JUnitFlavour {
  kJenkins,  // the JUnit plugin, GitLab: properties of a case, time stamps of suites
  kXunit,    // xunit-plugin, which enforces its junit-10.xsd
};

// One suite a chapter, one case a step and target. `classname` and `name` are stable over runs and
// languages: histories hang on them. What is told of a case is in the language.
std::string junit_xml(const RunRecord& record, JUnitFlavour flavour = JUnitFlavour::kJenkins,
                      Language language = Language::kEn);

}  // namespace touchstone
