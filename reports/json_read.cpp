#include <utility>

#include <fmt/format.h>

#include "reports/json.h"
#include "reports/json_parts.h"

namespace touchstone {
namespace {

constexpr int kSchema = 1;
constexpr int kDeepest = 16;  // a record has 6 levels

std::string scope_of(const At& at) {
  std::string scope = at.string();
  for (const char* known : {"host", "npu", "group", "cluster"})
    if (scope == known) return scope;
  at.wrong({"\"host\"、\"npu\"、\"group\" 或 \"cluster\"",
            "\"host\", \"npu\", \"group\" or \"cluster\""});
}

StepInfo step_from(const At& at) {
  return {.id = at.need("id").string(),
          .name = at.need("name").string(),
          .title = at.text("title"),
          .requirement = at.text("requirement"),
          .place = at.bytes_or_none("place"),
          .scope = scope_of(at.need("scope")),
          .chapter = at.need("chapter").string(),
          .risk = risk_of(at.need("risk")),
          .remedy = at.text("remedy"),
          .command = at.bytes_or_none("command"),
          .stands_on = at.strings("stands_on"),
          .questions = at.strings("questions")};
}

HostInfo host_from(const At& at) {
  HostInfo host{.name = at.bytes("name"),
                .address = at.bytes("address"),
                .group = at.bytes("group"),
                .master = at.need("master").boolean(),
                .npus = at.need("npus").small(),
                .state = at.bytes("state"),
                .detail = phrase_or_none(at, "detail"),
                .seconds = at.need("seconds").number()};
  if (at.find("facts")) host.facts = at.map("facts");
  return host;
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
