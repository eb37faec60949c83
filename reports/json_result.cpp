#include "reports/json_parts.h"

namespace touchstone {
namespace {

constexpr Named<Answer::End> kEnds[] = {
    {Answer::End::kExited, "exited"},
    {Answer::End::kTimedOut, "timed_out"},
    {Answer::End::kNoTool, "no_tool"},
    {Answer::End::kLost, "lost"},
};

Json to_json(const Exhibit& exhibit) {
  const Answer& answer = exhibit.answer;
  Json json = Json::object();
  put(json, "host", exhibit.host);
  if (exhibit.npu >= 0) json["npu"] = exhibit.npu;
  put(json, "question", exhibit.question);
  put(json, "command", answer.command);
  json["end"] = name_in(kEnds, answer.end);
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

Exhibit exhibit_from(const At& at) {
  Exhibit exhibit{.host = at.bytes("host"), .question = at.bytes("question")};
  if (auto npu = at.find("npu")) exhibit.npu = npu->small();
  exhibit.answer = {.end = value_in(kEnds, at.need("end")),
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

}  // namespace

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

}  // namespace touchstone
