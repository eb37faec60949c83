#include "harness/remedy/plan_json.h"

#include <array>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/remedy/change_json.h"

namespace touchstone {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<Stage, const char*>, 18> kStages{{
    {Stage::kFirmware, "firmware"},
    {Stage::kDriver, "driver"},
    {Stage::kDockerPrograms, "docker programs"},
    {Stage::kDockerFiles, "docker files"},
    {Stage::kDockerService, "docker service"},
    {Stage::kRunc, "runc"},
    {Stage::kNpuAddress, "npu address"},
    {Stage::kNpuGateway, "npu gateway"},
    {Stage::kNpuNetdetect, "npu netdetect"},
    {Stage::kNpuTls, "npu tls"},
    {Stage::kRankTable, "rank table"},
    {Stage::kImage, "image"},
    {Stage::kContainer, "container"},
    {Stage::kEnvironment, "environment"},
    {Stage::kWeights, "weights"},
    {Stage::kServiceConfig, "service configuration"},
    {Stage::kServiceStop, "service stop"},
    {Stage::kServiceStart, "service start"},
}};

std::string stage_name(Stage stage) {
  for (const auto& [one, name] : kStages)
    if (one == stage) return name;
  return "";
}

Stage stage_from(const std::string& name) {
  for (const auto& [one, text] : kStages)
    if (text == name) return one;
  throw PlanError(said("没有阶段 \"{}\"", "there is no stage \"{}\"", name));
}

Risk risk_of(const Json& json) {
  const auto name = json.get<std::string>();
  if (const auto risk = risk_from(name)) return *risk;
  throw PlanError(said("没有风险 \"{}\"", "there is no risk \"{}\"", name));
}

Json text_json(const Text& text) {
  return {{"zh", text.zh}, {"en", text.en}};
}

Text text_from(const Json& json) {
  return {json.at("zh").get<std::string>(), json.at("en").get<std::string>()};
}

std::vector<std::string> words_from(const Json& json) {
  return json.get<std::vector<std::string>>();
}

Json file_json(const FileChange& file) {
  Json json{{"path", file.path}, {"content", file.content}};
  json["was"] = file.was ? Json(*file.was) : Json();
  if (!file.mode.empty()) json["mode"] = file.mode;
  if (!file.owner.empty()) json["owner"] = file.owner;
  return json;
}

FileChange file_from(const Json& json) {
  FileChange file{.path = json.at("path").get<std::string>(),
                  .content = json.at("content").get<std::string>(),
                  .was = {},
                  .mode = json.value("mode", ""),
                  .owner = json.value("owner", "")};
  if (!json.at("was").is_null()) file.was = json.at("was").get<std::string>();
  if (file.content.find('\0') != std::string::npos || file.path.empty() || file.path[0] != '/')
    throw PlanError(Text{"计划中有文件没有绝对路径,或内容中有 NUL",
                         "a file of the plan has no absolute path, or NUL in its content"});
  return file;
}

Json command_json(const HostCommand& command) {
  Json json{{"does", command.does}, {"undoes", command.undoes}, {"seconds", command.seconds}};
  return json;
}

HostCommand command_from(const Json& json) {
  HostCommand command{.does = words_from(json.at("does")),
                      .undoes = words_from(json.at("undoes")),
                      .seconds = json.at("seconds").get<double>()};
  if (command.does.empty() || command.seconds <= 0 || command.seconds > 86400)
    throw PlanError(
        Text{"计划中有命令是空的,或其时限不在 0 到一天之间",
             "a command of the plan is empty, or its time limit is not between 0 and a day"});
  return command;
}

Change::Guard guard_from(const Json& json) {
  Change::Guard guard{.argv = words_from(json.at("argv")),
                      .otherwise = text_from(json.at("otherwise"))};
  guard.seconds = json.value("seconds", guard.seconds);
  guard.both_ways = json.value("both_ways", guard.both_ways);  // older journals do not have it
  if (guard.seconds < 1 || guard.seconds > 86400)
    throw PlanError(Text{"前提条件的时限不在一秒到一天之间",
                         "the time limit of a precondition is not between a second and a day"});
  return guard;
}

Target target_from(const Json& json) {
  return {.group = json.at("group").get<std::string>(),
          .host = json.at("host").get<std::string>(),
          .npu = json.at("npu").get<int>()};
}

}  // namespace

Json to_json(const NumberedChange& numbered) {
  const Change& change = numbered.change;
  Json json{{"id", numbered.id},
            {"steps", numbered.steps},
            {"host", change.host},
            {"npu", change.npu},
            {"subject", change.subject},
            {"stage", stage_name(change.stage)},
            {"risk", std::string(name_of(change.risk))},
            {"what", text_json(change.what)},
            {"interrupts", text_json(change.interrupts)},
            {"in_container", change.in_container}};
  if (change.file) {
    json["file"] = file_json(*change.file);
  } else {
    json["reads"] = change.reads;
    json["was"] = change.was;
    json["becomes"] = change.becomes;
    json["may_stay"] = change.may_stay;
    json["one_way"] = change.one_way;
    json["rewrites"] = change.rewrites;
  }
  json["commands"] = Json::array();
  for (const HostCommand& command : change.commands)
    json["commands"].push_back(command_json(command));
  json["guards"] = Json::array();
  for (const Change::Guard& guard : change.guards)
    json["guards"].push_back({{"argv", guard.argv},
                              {"otherwise", text_json(guard.otherwise)},
                              {"seconds", guard.seconds},
                              {"both_ways", guard.both_ways}});
  json["stands_on"] = numbered.stands_on;
  json["hosts_needed"] = change.hosts_needed;
  return json;
}

NumberedChange change_from(const Json& json) {
  Change change{.host = json.at("host").get<std::string>(),
                .npu = json.at("npu").get<int>(),
                .in_container = json.at("in_container").get<bool>(),
                .subject = json.at("subject").get<std::string>(),
                .stage = stage_from(json.at("stage").get<std::string>()),
                .risk = risk_of(json.at("risk")),
                .what = text_from(json.at("what")),
                .interrupts = text_from(json.at("interrupts")),
                .hosts_needed = words_from(json.at("hosts_needed"))};
  if (json.contains("file")) {
    change.file = file_from(json.at("file"));
  } else {
    change.reads = words_from(json.at("reads"));
    change.was = json.at("was").get<std::string>();
    change.becomes = json.at("becomes").get<std::string>();
    change.may_stay = json.at("may_stay").get<bool>();
    change.one_way = json.value("one_way", false);
    change.rewrites = json.value("rewrites", "");
  }
  for (const Json& command : json.at("commands")) change.commands.push_back(command_from(command));
  if (!change.file && (change.reads.empty() || change.commands.empty()))
    throw PlanError(Text{"计划中有改动既没有文件也没有命令",
                         "a change of the plan has neither a file nor commands"});
  for (const Json& guard : json.at("guards")) change.guards.push_back(guard_from(guard));
  return {.id = json.at("id").get<int>(),
          .steps = words_from(json.at("steps")),
          .change = std::move(change),
          .stands_on = json.value("stands_on", std::vector<int>{})};
}

Json to_json(const FixPlan& plan) {
  Json json{{"plan", 1},
            {"run", plan.run.id},
            {"by", plan.run.who},
            {"cluster", plan.cluster},
            {"simulated", plan.simulated},
            {"created", plan.created},
            {"allowed", std::string(name_of(plan.allowed))},
            {"changes", Json::array()},
            {"left", Json::array()}};
  for (const NumberedChange& one : plan.changes) json["changes"].push_back(to_json(one));
  for (const FixPlan::Left& left : plan.left)
    json["left"].push_back({{"step", left.step},
                            {"group", left.target.group},
                            {"host", left.target.host},
                            {"npu", left.target.npu},
                            {"why", text_json(left.why)},
                            {"next", text_json(left.next)}});
  return json;
}

FixPlan plan_from(const Json& json) try {
  if (json.at("plan") != 1)
    throw PlanError(
        Text{"这不是第 1 版的计划;请用 `touchstone run --plan` 重新生成",
             "this is no plan of version 1; make a new one with `touchstone run --plan`"});
  FixPlan plan{.run = {json.at("run").get<std::string>(), json.at("by").get<std::string>()},
               .cluster = json.at("cluster").get<std::string>(),
               .simulated = json.at("simulated").get<bool>(),
               .created = json.at("created").get<double>(),
               .allowed = risk_of(json.at("allowed"))};
  for (const Json& one : json.at("changes")) plan.changes.push_back(change_from(one));
  for (const Json& one : json.at("left"))
    plan.left.push_back({one.at("step").get<std::string>(), target_from(one),
                         text_from(one.at("why")), text_from(one.at("next"))});
  return plan;
} catch (const nlohmann::json::exception& error) {
  throw PlanError(said("这不是修复计划:{}", "this is no plan of a fix: {}", error.what()));
}

std::string plan_json(const FixPlan& plan) {
  return to_json(plan).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

FixPlan read_plan_json(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    throw PlanError(Text{"这不是 JSON;请用 `touchstone run --plan` 重新生成计划",
                         "this is not JSON; make a new plan with `touchstone run --plan`"});
  return plan_from(json);
}

}  // namespace touchstone
