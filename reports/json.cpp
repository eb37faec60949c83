#include "reports/json.h"

#include "reports/guide.h"
#include "reports/json_parts.h"

namespace touchstone {
namespace {

Json to_json(const StepInfo& step) {
  Json json{{"id", step.id}, {"name", step.name}, {"chapter", step.chapter}, {"scope", step.scope}};
  put_some(json, "title", step.title);
  put_some(json, "requirement", step.requirement);
  put_some(json, "place", step.place);
  json["risk"] = name_of(step.risk);
  put_some(json, "remedy", step.remedy);
  put_some(json, "command", step.command);
  json["stands_on"] = step.stands_on;
  json["questions"] = step.questions;
  return json;
}

Json to_json(const HostInfo& host) {
  Json json = Json::object();
  put(json, "name", host.name);
  put(json, "address", host.address);
  put(json, "group", host.group);
  json["master"] = host.master;
  json["npus"] = host.npus;
  put(json, "state", host.state);
  if (!host.detail.empty()) put_phrase(json, "detail", host.detail);
  put(json, "seconds", host.seconds);
  if (!host.facts.empty()) json["facts"] = map_json(host.facts);
  return json;
}

// The section is told once, with its first instruction; the verdict follows from the results.
Json to_json(const GuideRow& row) {
  Json json{{"section", row.section->id}, {"number", row.number}};
  if (row.number == 1) put_some(json, "title", row.section->title);
  put_some(json, "what", row.instruction->what);
  if (!row.instruction->about.empty()) json["about"] = row.instruction->about;
  if (!row.asserted) {
    put_some(json, "reason", row.instruction->reason);
    return json;
  }
  json["steps"] = row.instruction->steps;
  if (!row.instruction->only.empty()) json["only"] = map_json(row.instruction->only);
  if (!row.instruction->applies) json["applies"] = false;
  if (!row.not_run) json["verdict"] = name_of(row.verdict);
  return json;
}

Json head_json(const RunRecord& record) {
  Json json{{"schema", record.schema}};
  put(json, "tool_version", record.tool_version);
  put(json, "cluster", record.cluster);
  put(json, "profile", record.profile);
  json["simulated"] = record.simulated;
  json["verdict"] = name_of(record.verdict());
  json["exit_code"] = record.exit_code();
  put(json, "command", record.command);
  put(json, "operator", record.operator_);
  json["replayed"] = record.replayed;
  json["complete"] = record.complete;
  put(json, "started", record.started);
  put(json, "finished", record.finished);
  put(json, "selection", record.selection);
  put_some(json, "journal", record.journal);
  json["questions"] = record.questions;
  json["answers"] = record.answers;
  json["versions"] = map_json(record.versions);
  json["counts"] = counts_json(record.counts());
  if (record.baseline.started > 0) json["baseline"] = to_json(record.baseline);
  if (!record.past.nights.empty()) json["past"] = to_json(record.past);
  return json;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// One value a line; a value at a time, since a tree of all results would take more memory than the
// record itself.
template <class Values, class ToJson>
void append(std::string& text, const char* key, const Values& values, ToJson to_json) {
  text += std::string(",\n\"") + key + "\": [";
  bool first = true;
  for (const auto& value : values) {
    text += first ? "\n" : ",\n";
    text += dump(to_json(value));
    first = false;
  }
  text += "]";
}

}  // namespace

std::string run_json(const RunRecord& record) {
  const Json head = head_json(record);
  std::string text = "{";
  for (const auto& [key, value] : head.items())
    text += (text.size() == 1 ? "\n" : ",\n") + dump(key) + ": " + dump(value);
  append(text, "chapters", record.chapters, [](const ChapterInfo& chapter) {
    Json json{{"id", chapter.id}};
    put_some(json, "title", chapter.title);
    return json;
  });
  append(text, "document", guide_table(record).rows,
         [](const GuideRow& row) { return to_json(row); });
  append(text, "steps", record.steps, [](const StepInfo& step) { return to_json(step); });
  append(text, "hosts", record.hosts, [](const HostInfo& host) { return to_json(host); });
  append(text, "npus", record.npus, [](const NpuFacts& npu) {
    Json json = Json::object();
    put(json, "host", npu.host);
    json["npu"] = npu.npu;
    json["facts"] = map_json(npu.facts);
    return json;
  });
  append(text, "meshes", record.meshes, [](const Mesh& mesh) { return to_json(mesh); });
  // Only where something was measured: most runs have none.
  if (!record.measurements.empty())
    append(text, "measurements", record.measurements,
           [](const Measurement& one) { return to_json(one); });
  if (!record.waivers.empty())
    append(text, "waivers", record.waivers, [](const WaiverUse& use) { return to_json(use); });
  // Only of runs with --fix.
  if (!record.repairs.empty())
    append(text, "repairs", record.repairs, [](const Repair& repair) { return to_json(repair); });
  append(text, "results", record.results,
         [&record](const StepResult& result) { return to_json(result, record); });
  return text + "\n}\n";
}

}  // namespace touchstone
