#pragma once

#include <unordered_map>

#include "reports/json_at.h"
#include "reports/json_put.h"

// What run.json is made of. How a value is written and how it is read again stand together, in the
// file of the value; for json*.cpp alone, since the header of the library is heavy.
namespace touchstone {

using Json = nlohmann::ordered_json;

// A value of an enumeration and its name.
template <class Value>
struct Named {
  Value value;
  const char* name;
};
template <class Value, std::size_t n>
const char* name_in(const Named<Value> (&names)[n], Value value) {
  for (const Named<Value>& one : names)
    if (one.value == value) return one.name;
  return names[n - 1].name;
}
template <class Value, std::size_t n>
Value value_in(const Named<Value> (&names)[n], const At& at) {
  Text known;
  for (std::size_t i = 0; i < n; ++i) {
    if (at.string() == names[i].name) return names[i].value;
    const Text between = i == 0 ? Text{} : i == n - 1 ? Text{" 或 ", " or "} : Text{"、", ", "};
    known = said("{}{}\"{}\"", "{}{}\"{}\"", known, between, names[i].name);
  }
  at.wrong(known);
}

// json_parts.cpp
Json map_json(const std::map<std::string, std::string>& map);
Json counts_json(const std::map<Verdict, std::size_t>& counts);
void put_phrase(Json& json, const std::string& name, const Phrase& phrase);
Phrase phrase_or_none(const At& at, const std::string& name);
Phrase phrase_from(const At& at, const std::string& name);
Json to_json(const Target& target);
Target target_from(const At& at);
Verdict verdict_of(const At& at);
Risk risk_of(const At& at);
std::size_t index_below(const At& at, std::size_t size, const char* what);

// json_result.cpp
using StepIndex = std::unordered_map<std::string, std::size_t>;
Json to_json(const StepResult& result, const RunRecord& record);
StepResult result_from(const At& at, const StepIndex& steps, std::size_t waivers);

// json_mesh.cpp
Json to_json(const Mesh& mesh);
Mesh mesh_from(const At& at);
Json to_json(const Measurement& one);
Measurement measurement_from(const At& at);

// json_repair.cpp
Json to_json(const Repair& repair);
Repair repair_from(const At& at);

// json_past.cpp
Json to_json(const WaiverUse& use);
WaiverUse waiver_from(const At& at);
Json to_json(const Baseline& baseline);
Baseline baseline_from(const At& at);
Json to_json(const Past& past);
Past past_from(const At& at);

}  // namespace touchstone
