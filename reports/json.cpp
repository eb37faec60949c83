#include "reports/json.h"

#include <nlohmann/json.hpp>

#include "reports/guide.h"
#include "reports/json_put.h"

namespace touchstone {
namespace {

using Json = nlohmann::ordered_json;

Json map_json(const std::map<std::string, std::string>& map) {
  Json json = Json::object();
  for (const auto& [key, value] : map) put(json, key, value);
  return json;
}

Json to_json(const Target& target) {
  Json json = Json::object();
  put_some(json, "group", target.group);
  put_some(json, "host", target.host);
  if (target.npu >= 0) json["npu"] = target.npu;
  return json;
}

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

// Values are the same in both languages, and are written once.
void put_phrase(Json& json, const std::string& name, const Phrase& phrase) {
  put(json, name, phrase.en);
  if (phrase.zh != phrase.en) put(json, name + "_zh", phrase.zh);
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
  return json;
}

const char* end_name(Answer::End end) {
  switch (end) {
    case Answer::End::kExited:
      return "exited";
    case Answer::End::kTimedOut:
      return "timed_out";
    case Answer::End::kNoTool:
      return "no_tool";
    case Answer::End::kLost:
      return "lost";
  }
  return "lost";
}

Json to_json(const Exhibit& exhibit) {
  const Answer& answer = exhibit.answer;
  Json json = Json::object();
  put(json, "host", exhibit.host);
  if (exhibit.npu >= 0) json["npu"] = exhibit.npu;
  put(json, "question", exhibit.question);
  put(json, "command", answer.command);
  json["end"] = end_name(answer.end);
  json["exit_code"] = answer.exit_code;
  put(json, "out", answer.out);
  put(json, "err", answer.err);
  if (answer.cut) json["cut"] = true;
  put(json, "start", answer.start);
  put(json, "seconds", answer.seconds);
  return json;
}

Json to_json(const Finding& finding) {
  Json json = Json::object();
  put_some(json, "target", finding.target);
  put_phrase(json, "expected", finding.expected);
  put_phrase(json, "actual", finding.actual);
  put_some(json, "why", finding.why);
  put_some(json, "next", finding.next);
  put_some(json, "excerpt", finding.excerpt);
  put_some(json, "detail", finding.detail);
  return json;
}

Json to_json(const StepResult& result, const RunRecord& record) {
  Json json{{"step", record.steps.at(result.step).id},
            {"target", to_json(result.target)},
            {"verdict", name_of(result.verdict)}};
  put_some(json, "blocked_by", result.blocked_by);
  if (!result.blocked_by.empty()) json["blocked_on"] = to_json(result.blocked_on);
  put_some(json, "reason", result.reason);
  if (result.waiver >= 0) json["waiver"] = result.waiver;
  for (const Finding& finding : result.findings) json["findings"].push_back(to_json(finding));
  if (result.flaky) json["flaky"] = true;
  for (const Finding& finding : result.earlier) json["earlier"].push_back(to_json(finding));
  for (const Exhibit& exhibit : result.exhibits) json["exhibits"].push_back(to_json(exhibit));
  for (const Finding& finding : result.findings_before)
    json["findings_before"].push_back(to_json(finding));
  for (const Exhibit& exhibit : result.exhibits_before)
    json["exhibits_before"].push_back(to_json(exhibit));
  if (result.broke) json["broke"] = true;
  if (result.explains != 0) json["explains"] = result.explains;
  put(json, "seconds", result.seconds);
  return json;
}

const char* form_name(Mesh::Form form) {
  switch (form) {
    case Mesh::Form::kAll:
      return "all";
    case Mesh::Form::kRail:
      return "rail";
    case Mesh::Form::kSample:
      return "sample";
  }
  return "all";
}

const char* result_name(MeshPair::Result result) {
  switch (result) {
    case MeshPair::Result::kWhole:
      return "whole";
    case MeshPair::Result::kLost:
      return "lost";
    case MeshPair::Result::kNoAnswer:
      return "no_answer";
  }
  return "no_answer";
}

Json to_json(const MeshNpu& npu) {
  Json json = Json::object();
  put(json, "host", npu.host);
  json["npu"] = npu.npu;
  put_some(json, "address", npu.address);
  put_some(json, "left_out", npu.left_out);
  if (npu.suspect) json["suspect"] = true;
  return json;
}

Json to_json(const MeshPair& pair) {
  Json json{{"from", pair.from},
            {"to", pair.to},
            {"result", result_name(pair.result)},
            {"sent", pair.sent},
            {"received", pair.received}};
  put_some(json, "why", pair.why);
  return json;
}

Json to_json(const Mesh& mesh) {
  Json json = Json::object();
  put(json, "group", mesh.group);
  json["form"] = form_name(mesh.form);
  json["same_index"] = mesh.same_index;
  json["asked"] = mesh.pairs.size();
  json["there_are"] = mesh.there_are;
  json["npus"] = Json::array();
  for (const MeshNpu& npu : mesh.npus) json["npus"].push_back(to_json(npu));
  json["pairs"] = Json::array();
  for (const MeshPair& pair : mesh.pairs) json["pairs"].push_back(to_json(pair));
  return json;
}

Json to_json(const Repair& repair) {
  Json json{{"id", repair.id}, {"round", repair.round}};
  put(json, "host", repair.host);
  if (repair.npu >= 0) json["npu"] = repair.npu;
  json["steps"] = repair.steps;
  put_some(json, "what", repair.what);
  put_some(json, "interrupts", repair.interrupts);
  json["risk"] = name_of(repair.risk);
  put(json, "change", repair.change);
  put(json, "undo", repair.undo);
  put(json, "outcome", repair.outcome);
  put_some(json, "why", repair.why);
  put_some(json, "was", repair.was);
  put_some(json, "is", repair.is);
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

const char* state_name(WaiverUse::State state) {
  switch (state) {
    case WaiverUse::State::kInForce:
      return "in_force";
    case WaiverUse::State::kExpired:
      return "expired";
    case WaiverUse::State::kNotNeeded:
      return "not_needed";
    case WaiverUse::State::kMatchesNothing:
      return "matches_nothing";
    case WaiverUse::State::kNotJudged:
      return "not_judged";
  }
  return "not_judged";
}

Json to_json(const WaiverUse& use) {
  Json json{{"state", state_name(use.state)}, {"results", use.results}};
  json["steps"] = use.waiver.steps;
  json["targets"] = use.waiver.targets;
  put(json, "justification", use.waiver.justification);
  put(json, "approver", use.waiver.approver);
  put(json, "expires", use.waiver.expires);
  put(json, "expires_at", use.waiver.expires_at);
  put(json, "place", use.waiver.place);
  return json;
}

const char* kind_name(News::Kind kind) {
  switch (kind) {
    case News::Kind::kNew:
      return "new";
    case News::Kind::kStill:
      return "still";
    case News::Kind::kRecovered:
      return "recovered";
    case News::Kind::kFlapping:
      return "flapping";
  }
  return "new";
}

Json to_json(const News& change) {
  Json json{{"kind", kind_name(change.kind)}};
  put(json, "step", change.step);
  json["target"] = to_json(change.target);
  json["verdict"] = name_of(change.verdict);
  put(json, "since", change.since);
  json["runs"] = change.runs;
  json["turns"] = change.turns;
  return json;
}

Json to_json(const Baseline& baseline) {
  Json json = Json::object();
  put(json, "cluster", baseline.cluster);
  put(json, "started", baseline.started);
  json["moved"] = Json::array();
  for (const Moved& one : baseline.moved) {
    Json moved = Json::object();
    put(moved, "what", one.what);
    put(moved, "from", one.from);
    put(moved, "to", one.to);
    moved["targets"] = Json::array();
    for (const std::string& target : one.targets) moved["targets"].push_back(target);
    json["moved"].push_back(std::move(moved));
  }
  return json;
}

Json counts_json(const std::map<Verdict, std::size_t>& counts) {
  Json json = Json::object();
  for (const auto& [verdict, count] : counts) json[std::string(name_of(verdict))] = count;
  return json;
}

Json to_json(const Night& night) {
  Json json = Json::object();
  put(json, "started", night.started);
  json["verdict"] = name_of(night.verdict);
  json["counts"] = counts_json(night.counts);
  return json;
}

Json to_json(const Past& past) {
  Json json = Json::object();
  put(json, "previous", past.previous);
  json["changes"] = Json::array();
  for (const News& change : past.changes) json["changes"].push_back(to_json(change));
  json["nights"] = Json::array();
  for (const Night& night : past.nights) json["nights"].push_back(to_json(night));
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
    append(text, "measurements", record.measurements, [](const Measurement& one) {
      Json json = Json::object();
      put(json, "group", one.group);
      put(json, "name", one.name);
      put(json, "unit", one.unit);
      json["values"] = Json::object();
      for (const auto& [key, value] : one.values) put(json["values"], key, value);
      return json;
    });
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
