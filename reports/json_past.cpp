#include "reports/json_parts.h"

namespace touchstone {
namespace {

constexpr Named<WaiverUse::State> kStates[] = {
    {WaiverUse::State::kInForce, "in_force"},
    {WaiverUse::State::kExpired, "expired"},
    {WaiverUse::State::kNotNeeded, "not_needed"},
    {WaiverUse::State::kMatchesNothing, "matches_nothing"},
    {WaiverUse::State::kNotJudged, "not_judged"},
};
constexpr Named<News::Kind> kKinds[] = {
    {News::Kind::kNew, "new"},
    {News::Kind::kStill, "still"},
    {News::Kind::kRecovered, "recovered"},
    {News::Kind::kFlapping, "flapping"},
};

Json to_json(const News& change) {
  Json json{{"kind", name_in(kKinds, change.kind)}};
  put(json, "step", change.step);
  json["target"] = to_json(change.target);
  json["verdict"] = name_of(change.verdict);
  put(json, "since", change.since);
  json["runs"] = change.runs;
  json["turns"] = change.turns;
  return json;
}

Json to_json(const Night& night) {
  Json json = Json::object();
  put(json, "started", night.started);
  json["verdict"] = name_of(night.verdict);
  json["counts"] = counts_json(night.counts);
  return json;
}

}  // namespace

Json to_json(const WaiverUse& use) {
  Json json{{"state", name_in(kStates, use.state)}, {"results", use.results}};
  json["steps"] = use.waiver.steps;
  json["targets"] = use.waiver.targets;
  put(json, "justification", use.waiver.justification);
  put(json, "approver", use.waiver.approver);
  put(json, "expires", use.waiver.expires);
  put(json, "expires_at", use.waiver.expires_at);
  put(json, "place", use.waiver.place);
  return json;
}

WaiverUse waiver_from(const At& at) {
  return {.waiver = {.steps = at.strings("steps"),
                     .targets = at.strings("targets"),
                     .justification = at.bytes("justification"),
                     .approver = at.bytes("approver"),
                     .expires = at.bytes("expires"),
                     .expires_at = at.need("expires_at").number(),
                     .place = at.bytes("place")},
          .state = value_in(kStates, at.need("state")),
          .results = at.need("results").count()};
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

Json to_json(const Past& past) {
  Json json = Json::object();
  put(json, "previous", past.previous);
  json["changes"] = Json::array();
  for (const News& change : past.changes) json["changes"].push_back(to_json(change));
  json["nights"] = Json::array();
  for (const Night& night : past.nights) json["nights"].push_back(to_json(night));
  return json;
}

Past past_from(const At& at) {
  Past past{.previous = at.need("previous").number()};
  at.need("changes").each([&](const At& one) {
    past.changes.push_back({.kind = value_in(kKinds, one.need("kind")),
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

}  // namespace touchstone
