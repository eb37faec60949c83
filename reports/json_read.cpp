#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/json.h"
#include "reports/json_at.h"
#include "reports/repairs.h"

namespace touchstone {
namespace {

constexpr int kSchema = 1;
constexpr int kDeepest = 16;  // a record has 6 levels

Target target_from(const At& at) {
  Target target{.group = at.bytes_or_none("group"), .host = at.bytes_or_none("host")};
  if (auto npu = at.find("npu")) target.npu = npu->small();
  return target;
}

Verdict verdict_of(const At& at) {
  const auto verdict = verdict_from(at.string());
  if (!verdict)
    at.wrong(said("\"pass\" 之类的结论,而不是 \"{}\"", "a verdict like \"pass\" instead of \"{}\"",
                  at.string()));
  return *verdict;
}

Risk risk_of(const At& at) {
  if (const auto risk = risk_from(at.string())) return *risk;
  at.wrong({"\"safe\"、\"service\"、\"disruptive\" 或 \"hands\"",
            "\"safe\", \"service\", \"disruptive\" or \"hands\""});
}

Answer::End end_of(const At& at) {
  const std::string& name = at.string();
  if (name == "exited") return Answer::End::kExited;
  if (name == "timed_out") return Answer::End::kTimedOut;
  if (name == "no_tool") return Answer::End::kNoTool;
  if (name == "lost") return Answer::End::kLost;
  at.wrong({"\"exited\"、\"timed_out\"、\"no_tool\" 或 \"lost\"",
            "\"exited\", \"timed_out\", \"no_tool\" or \"lost\""});
}

StepInfo step_from(const At& at) {
  return {.id = at.need("id").string(),
          .name = at.need("name").string(),
          .title = at.text("title"),
          .requirement = at.text("requirement"),
          .place = at.bytes_or_none("place"),
          .scope = at.need("scope").string(),
          .chapter = at.need("chapter").string(),
          .risk = risk_of(at.need("risk")),
          .remedy = at.text("remedy"),
          .command = at.bytes_or_none("command"),
          .stands_on = at.strings("stands_on"),
          .questions = at.strings("questions")};
}

Phrase phrase_or_none(const At& at, const std::string& name) {
  const std::string en = at.bytes_or_none(name), zh = at.bytes_or_none(name + "_zh");
  return {zh.empty() ? en : zh, en};
}

Phrase phrase_from(const At& at, const std::string& name) {
  at.need(name);
  return phrase_or_none(at, name);
}

HostInfo host_from(const At& at) {
  return {.name = at.bytes("name"),
          .address = at.bytes("address"),
          .group = at.bytes("group"),
          .master = at.need("master").boolean(),
          .npus = at.need("npus").small(),
          .state = at.bytes("state"),
          .detail = phrase_or_none(at, "detail"),
          .seconds = at.need("seconds").number()};
}

Exhibit exhibit_from(const At& at) {
  Exhibit exhibit{.host = at.bytes("host"), .question = at.bytes("question")};
  if (auto npu = at.find("npu")) exhibit.npu = npu->small();
  exhibit.answer = {.end = end_of(at.need("end")),
                    .exit_code = at.need("exit_code").small(),
                    .command = at.bytes("command"),
                    .out = at.bytes("out"),
                    .err = at.bytes("err"),
                    .cut = at.find("cut") && at.need("cut").boolean(),
                    .start = at.need("start").number(),
                    .seconds = at.need("seconds").number()};
  return exhibit;
}

Finding finding_from(const At& at) {
  return {.target = at.bytes_or_none("target"),
          .expected = phrase_from(at, "expected"),
          .actual = phrase_from(at, "actual"),
          .why = at.text("why"),
          .next = at.text("next"),
          .excerpt = at.bytes_or_none("excerpt"),
          .detail = at.bytes_or_none("detail")};
}

// Records of before the guide's table have none.
Document document_from(const At& at) {
  Document document;
  at.each([&](const At& row) {
    const std::string& section = row.need("section").string();
    if (document.empty() || document.back().id != section)
      document.push_back({.id = section, .title = row.text("title")});
    std::vector<Instruction>& instructions = document.back().instructions;
    const At number = row.need("number");
    if (number.count() != instructions.size() + 1)
      number.wrong(
          said("{},在本节内计数", "{}, counting within the section", instructions.size() + 1));
    Instruction& one = instructions.emplace_back();
    one.what = row.text("what");
    one.reason = row.text("reason");
    if (row.find("about")) one.about = row.strings("about");
    if (row.find("only")) one.only = row.map("only");
    if (const auto applies = row.find("applies")) one.applies = applies->boolean();
    if (row.find("steps")) one.steps = row.strings("steps");
  });
  return document;
}

using StepIndex = std::unordered_map<std::string, std::size_t>;

// Reports look things up by these numbers.
std::size_t index_below(const At& at, std::size_t size, const char* what) {
  const std::size_t index = at.count();
  if (index >= size) at.wrong(said("{} 个 {} 之一的序号", "the index of one of {} {}", size, what));
  return index;
}

StepResult result_from(const At& at, const StepIndex& steps, std::size_t waivers) {
  StepResult result{.target = target_from(at.need("target")),
                    .verdict = verdict_of(at.need("verdict"))};
  const At step = at.need("step");
  const auto known = steps.find(step.string());
  if (known == steps.end())
    step.wrong(said("\"steps\" 之一的 id,而不是 \"{}\"",
                    "the id of one of \"steps\" instead of \"{}\"", step.string()));
  result.step = known->second;
  result.blocked_by = at.bytes_or_none("blocked_by");
  if (auto on = at.find("blocked_on")) result.blocked_on = target_from(*on);
  result.reason = at.text("reason");
  if (auto waiver = at.find("waiver"))
    result.waiver = static_cast<int>(index_below(*waiver, waivers, "waivers"));
  if (auto all = at.find("findings"))
    all->each([&](const At& one) { result.findings.push_back(finding_from(one)); });
  if (auto flaky = at.find("flaky")) result.flaky = flaky->boolean();
  if (auto all = at.find("earlier"))
    all->each([&](const At& one) { result.earlier.push_back(finding_from(one)); });
  if (auto all = at.find("exhibits"))
    all->each([&](const At& one) { result.exhibits.push_back(exhibit_from(one)); });
  if (auto all = at.find("findings_before"))
    all->each([&](const At& one) { result.findings_before.push_back(finding_from(one)); });
  if (auto all = at.find("exhibits_before"))
    all->each([&](const At& one) { result.exhibits_before.push_back(exhibit_from(one)); });
  if (auto broke = at.find("broke")) result.broke = broke->boolean();
  if (auto explains = at.find("explains")) result.explains = explains->count();
  result.seconds = at.need("seconds").number();
  return result;
}

Mesh::Form form_of(const At& at) {
  if (at.string() == "all") return Mesh::Form::kAll;
  if (at.string() == "rail") return Mesh::Form::kRail;
  if (at.string() == "sample") return Mesh::Form::kSample;
  at.wrong({"\"all\"、\"rail\" 或 \"sample\"", "\"all\", \"rail\" or \"sample\""});
}

MeshPair::Result ping_result_of(const At& at) {
  if (at.string() == "whole") return MeshPair::Result::kWhole;
  if (at.string() == "lost") return MeshPair::Result::kLost;
  if (at.string() == "no_answer") return MeshPair::Result::kNoAnswer;
  at.wrong({"\"whole\"、\"lost\" 或 \"no_answer\"", "\"whole\", \"lost\" or \"no_answer\""});
}

Mesh mesh_from(const At& at) {
  Mesh mesh{.group = at.bytes("group"),
            .form = form_of(at.need("form")),
            .same_index = at.need("same_index").boolean(),
            .there_are = at.need("there_are").count()};
  at.need("npus").each([&](const At& one) {
    mesh.npus.push_back({.host = one.bytes("host"),
                         .npu = static_cast<int>(one.need("npu").integer(0, 1023)),
                         .address = one.bytes_or_none("address"),
                         .left_out = one.text("left_out"),
                         .suspect = one.find("suspect") && one.need("suspect").boolean()});
  });
  at.need("pairs").each([&](const At& one) {
    mesh.pairs.push_back({.from = index_below(one.need("from"), mesh.npus.size(), "NPUs"),
                          .to = index_below(one.need("to"), mesh.npus.size(), "NPUs"),
                          .result = ping_result_of(one.need("result")),
                          .sent = one.need("sent").small(),
                          .received = one.need("received").small(),
                          .why = one.text("why")});
  });
  return mesh;
}

Measurement measurement_from(const At& at) {
  Measurement one{.group = at.bytes("group"), .name = at.bytes("name"), .unit = at.bytes("unit")};
  at.need("values").each_member(
      [&](const std::string& key, const At& value) { one.values[key] = value.number(); });
  return one;
}

WaiverUse::State waiver_state_of(const At& at) {
  using State = WaiverUse::State;
  if (at.string() == "in_force") return State::kInForce;
  if (at.string() == "expired") return State::kExpired;
  if (at.string() == "not_needed") return State::kNotNeeded;
  if (at.string() == "matches_nothing") return State::kMatchesNothing;
  if (at.string() == "not_judged") return State::kNotJudged;
  at.wrong({"\"in_force\"、\"expired\"、\"not_needed\"、\"matches_nothing\" 或 \"not_judged\"",
            "\"in_force\", \"expired\", \"not_needed\", \"matches_nothing\" or \"not_judged\""});
}

WaiverUse waiver_from(const At& at) {
  return {.waiver = {.steps = at.strings("steps"),
                     .targets = at.strings("targets"),
                     .justification = at.bytes("justification"),
                     .approver = at.bytes("approver"),
                     .expires = at.bytes("expires"),
                     .expires_at = at.need("expires_at").number(),
                     .place = at.bytes("place")},
          .state = waiver_state_of(at.need("state")),
          .results = at.need("results").count()};
}

News::Kind kind_of(const At& at) {
  if (at.string() == "new") return News::Kind::kNew;
  if (at.string() == "still") return News::Kind::kStill;
  if (at.string() == "recovered") return News::Kind::kRecovered;
  if (at.string() == "flapping") return News::Kind::kFlapping;
  at.wrong({"\"new\"、\"still\"、\"recovered\" 或 \"flapping\"",
            "\"new\", \"still\", \"recovered\" or \"flapping\""});
}

Baseline baseline_from(const At& at) {
  Baseline baseline{.cluster = at.bytes("cluster"), .started = at.need("started").number()};
  at.need("moved").each([&](const At& one) {
    baseline.moved.push_back({.what = one.bytes("what"),
                              .from = one.bytes("from"),
                              .to = one.bytes("to"),
                              .targets = one.strings("targets")});
  });
  return baseline;
}

Past past_from(const At& at) {
  Past past{.previous = at.need("previous").number()};
  at.need("changes").each([&](const At& one) {
    past.changes.push_back({.kind = kind_of(one.need("kind")),
                            .step = one.bytes("step"),
                            .target = target_from(one.need("target")),
                            .verdict = verdict_of(one.need("verdict")),
                            .since = one.need("since").number(),
                            .runs = one.need("runs").count(),
                            .turns = one.need("turns").count()});
  });
  at.need("nights").each([&](const At& one) {
    Night& night = past.nights.emplace_back();
    night.started = one.need("started").number();
    night.verdict = verdict_of(one.need("verdict"));
    one.need("counts").each_member([&](const std::string& name, const At& count) {
      const auto verdict = verdict_from(name);
      if (!verdict) count.wrong({"某个结论的计数", "the count of a verdict"});
      night.counts[*verdict] = count.count();
    });
  });
  return past;
}

nlohmann::json parse(std::string_view text) {
  auto guard = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > kDeepest)
      throw RunJsonError(said("run.json:嵌套超过 {} 层:不是运行记录",
                              "run.json: nested deeper than {} levels: no run record", kDeepest));
    return true;
  };
  try {
    return nlohmann::json::parse(text.begin(), text.end(), guard);
  } catch (const nlohmann::json::exception& problem) {
    throw RunJsonError(said("run.json:不是 JSON:{}", "run.json: not JSON: {}", problem.what()));
  }
}

Repair repair_from(const At& at) {
  Repair repair{.id = at.need("id").small(),
                .round = at.need("round").small(),
                .host = at.bytes("host"),
                .steps = at.strings("steps"),
                .what = at.text("what"),
                .interrupts = at.text("interrupts"),
                .risk = risk_of(at.need("risk")),
                .change = at.bytes("change"),
                .undo = at.bytes("undo"),
                .outcome = at.bytes("outcome"),
                .why = at.text("why"),
                .was = at.bytes_or_none("was"),
                .is = at.bytes_or_none("is")};
  if (auto npu = at.find("npu")) repair.npu = npu->small();
  if (!is_outcome(repair.outcome))
    at.need("outcome").wrong(said("\"done\" 之类的结果,而不是 \"{}\"",
                                  "an outcome like \"done\" instead of \"{}\"", repair.outcome));
  return repair;
}

void read_head(const At& at, RunRecord& record) {
  record.tool_version = at.bytes("tool_version");
  record.cluster = at.bytes("cluster");
  record.profile = at.bytes("profile");
  record.simulated = at.need("simulated").boolean();
  record.command = at.bytes("command");
  record.operator_ = at.bytes("operator");
  record.replayed = at.need("replayed").boolean();
  record.complete = at.need("complete").boolean();
  record.started = at.need("started").number();
  record.finished = at.need("finished").number();
  record.versions = at.map("versions");
  record.selection = at.bytes("selection");
  record.questions = at.need("questions").count();
  record.answers = at.need("answers").count();
}

}  // namespace

RunRecord run_from_json(std::string_view text) {
  const nlohmann::json json = parse(text);
  const At at(json, "");
  const At schema = at.need("schema");
  if (schema.small() != kSchema)
    throw RunJsonError(said("run.json:schema {} 未知,此版本读取 schema {}",
                            "run.json: schema {} is not known, this version reads schema {}",
                            schema.small(), kSchema));
  RunRecord record;
  read_head(at, record);
  at.need("chapters").each([&](const At& one) {
    record.chapters.push_back({one.need("id").string(), one.text("title")});
  });
  if (const auto document = at.find("document")) record.document = document_from(*document);
  StepIndex steps;
  at.need("steps").each([&](const At& one) {
    record.steps.push_back(step_from(one));
    if (!steps.emplace(record.steps.back().id, record.steps.size() - 1).second)
      one.wrong({"其他步骤没有用过的 id", "an id that no other step has"});
  });
  at.need("hosts").each([&](const At& one) { record.hosts.push_back(host_from(one)); });
  at.need("npus").each([&](const At& one) {
    record.npus.push_back(
        {.host = one.bytes("host"), .npu = one.need("npu").small(), .facts = one.map("facts")});
  });
  // Records of versions that asked no pings have none.
  if (auto meshes = at.find("meshes"))
    meshes->each([&](const At& one) { record.meshes.push_back(mesh_from(one)); });
  if (auto all = at.find("measurements"))
    all->each([&](const At& one) { record.measurements.push_back(measurement_from(one)); });
  // Only runs with --fix have them.
  record.journal = at.bytes_or_none("journal");
  if (auto all = at.find("repairs"))
    all->each([&](const At& one) { record.repairs.push_back(repair_from(one)); });
  if (const auto one = at.find("baseline")) record.baseline = baseline_from(*one);
  if (const auto past = at.find("past")) record.past = past_from(*past);
  if (auto all = at.find("waivers"))
    all->each([&](const At& one) { record.waivers.push_back(waiver_from(one)); });
  at.need("results").each([&](const At& one) {
    record.results.push_back(result_from(one, steps, record.waivers.size()));
  });
  return record;
}

}  // namespace touchstone
