#include "suites/endpoint_questions.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "harness/model/evidence.h"
#include "suites/endpoint_shell.h"
#include "suites/probes_endpoint.h"

namespace touchstone {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kShortSeconds = 20;  // for what needs no model: errors, health
constexpr int kSameTokens = 64, kMeasuredTokens = 128;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json chat(const std::string& model, const char* question, int tokens) {
  return {{"model", model},
          {"messages", Json::array({{{"role", "user"}, {"content", question}}})},
          {"max_tokens", tokens}};
}

// What is asked of one group's master.
class Asker {
 public:
  Asker(const Group& group, const Host& master, const EndpointConfig& config,
        const Profile& profile)
      : group_(group), master_(master), config_(config), profile_(profile) {}

  FollowUp post(const Question& probe, const std::string& path, std::string body,
                double seconds) const {
    return ask(probe, service(path), "POST", std::move(body), seconds, group_.endpoint.from);
  }
  FollowUp model(const Question& probe, const std::string& path, std::string body) const {
    return post(probe, path, std::move(body), profile_.endpoint_seconds);
  }
  // The management address is one of the host's own.
  FollowUp manage(const Question& probe, const std::string& path) const {
    const std::string& address = config_.management_address;
    return ask(probe,
               fmt::format("{}://{}:{}{}", scheme(), address == "0.0.0.0" ? "127.0.0.1" : address,
                           config_.management_port, path),
               "GET", "", kShortSeconds, "host");
  }
  FollowUp measured() const {
    Json body = chat(name(), "介绍下杭州西湖", kMeasuredTokens);
    body["stream"] = true;
    return ask(kMeasured, service("/v1/chat/completions"), "POST", text_of(body),
               profile_.endpoint_seconds, group_.endpoint.from, profile_.endpoint_requests,
               profile_.endpoint_parallel);
  }
  std::string name() const { return model_name(config_, profile_); }

 private:
  std::string scheme() const {
    if (!group_.endpoint.scheme.empty()) return group_.endpoint.scheme;
    return config_.https ? "https" : "http";
  }
  std::string service(const std::string& path) const {
    return fmt::format("{}://{}:{}{}", scheme(), master_.service_address, config_.port, path);
  }

  FollowUp ask(const Question& probe, const std::string& url, const std::string& method,
               std::string body, double seconds, const std::string& from, int count = 1,
               int parallel = 1) const {
    FollowUp one{.host = master_.name, .question = probe};
    one.question.seconds = seconds;
    HttpCall call{.method = method,
                  .url = url,
                  .body = std::move(body),
                  .headers = {{"Accept", "application/json"}},
                  .parallel = parallel,
                  .count = count};
    if (!call.body.empty()) call.headers.emplace_back("Content-Type", "application/json");
    if (from == "controller") {
      one.http = std::move(call);
      return one;
    }
    // The management address is the host's own: no proxy leads there, and no token is wanted.
    const bool own = method == "GET";
    one.question.where = Where::kContainer;
    one.question.argv = shell_request(call, own ? EndpointAccess{} : group_.endpoint, seconds);
    one.question.seconds = seconds * std::ceil(static_cast<double>(count) / parallel) + 5;
    return one;
  }

  const Group& group_;
  const Host& master_;
  const EndpointConfig& config_;
  const Profile& profile_;
};

// The turns of all groups side by side: they are different services.
template <class Turns>
std::vector<Turn> of_groups(const EvidenceBook& book, const std::set<std::string>& hosts,
                            Turns turns_of) {
  std::vector<Turn> all;
  const Inventory& inventory = book.inventory();
  if (!inventory.profile.service_expected) return all;
  for (const Group& group : inventory.groups) {
    const Host* master = group.master_host(inventory.profile);
    if (!master || !hosts.contains(master->name)) continue;
    if (!book.find_answer(master->name, -1, kEndpointConfig.key)) continue;
    try {
      const auto& config = book.parsed(master->name, -1, kEndpointConfig, false);
      if (!config) continue;  // the steps miss the same evidence, and tell
      const std::vector<Turn> turns =
          turns_of(Asker(group, *master, config.value(), inventory.profile), master->name);
      all.resize(std::max(all.size(), turns.size()));
      for (std::size_t i = 0; i < turns.size(); ++i)
        all[i].insert(all[i].end(), turns[i].begin(), turns[i].end());
    } catch (const NoEvidence&) {
      continue;
    }
  }
  return all;
}

std::vector<Turn> first_questions(const Asker& ask, const std::string&) {
  const std::string chat_path = "/v1/chat/completions";
  return {
      {ask.model(kTgi, "/", tgi_request(false)),
       ask.model(kChat, chat_path, chat_request(ask.name(), false)),
       ask.model(kTgiStream, "/", tgi_request(true)),
       ask.model(kChatStream, chat_path, chat_request(ask.name(), true))},
      {ask.post(kUnknownModel, chat_path, chat_request(ask.name() + "-no-such-model", false),
                kShortSeconds),
       ask.post(kBrokenBody, chat_path, "{\"model\": ", kShortSeconds)},
      // After the broken body, so that a service which it brought down is seen.
      {ask.manage(kHealth, "/health"), ask.manage(kReady, "/v2/health/ready")},
  };
}

bool answers(const EvidenceBook& book, const std::string& master) {
  if (!book.find_answer(master, -1, kChat.key)) return false;
  const auto& chat = book.parsed(master, -1, kChat, false);
  return chat && chat.value().end == HttpExchange::End::kComplete && chat.value().status == 200;
}

// One after the other: while the service is asked twice the same, and while it is measured, nothing
// else is asked of it.
std::vector<Turn> quiet_turns(const Asker& ask) {
  Json body = chat(ask.name(), "1+1=?", kSameTokens);
  body["temperature"] = 0;
  body["stream"] = false;
  const std::string same = text_of(body), path = "/v1/chat/completions";
  return {
      {ask.model(kSameFirst, path, same)}, {ask.model(kSameAgain, path, same)}, {ask.measured()}};
}

}  // namespace

std::string model_name(const EndpointConfig& config, const Profile& profile) {
  return config.model_name.empty() ? profile.model : config.model_name;
}

std::string tgi_request(bool stream) {
  const Json parameters{{"best_of", 1},
                        {"decoder_input_details", false},
                        {"details", false},
                        {"do_sample", true},
                        {"max_new_tokens", kTgiTokens},
                        {"repetition_penalty", 1.03},
                        {"return_full_text", false},
                        {"seed", nullptr},
                        {"stop", Json::array({"photographer"})},
                        {"temperature", 0.5},
                        {"top_k", 10},
                        {"top_n_tokens", 5},
                        {"top_p", 0.95},
                        {"truncate", nullptr},
                        {"typical_p", 0.95},
                        {"watermark", true}};
  return text_of({{"inputs", "你是谁？"}, {"parameters", parameters}, {"stream", stream}});
}

std::string chat_request(const std::string& model, bool stream) {
  Json body = chat(model, "介绍下杭州西湖", kChatTokens);
  body["stream"] = stream;
  return text_of(body);
}

Later ask_the_endpoints() {
  return {.name = "endpoints",
          .why = {"端点的端口与模型名写在服务配置中,且须在其他检查结束后询问",
                  "port and model name of the endpoints are in the service's configuration, and "
                  "nothing else may disturb the service"},
          .phase = 3,
          .steps = {"6.4.1", "6.4.2", "6.4.3", "6.4.4"},
          .turns = [](const EvidenceBook& book, const std::set<std::string>& hosts) {
            return of_groups(book, hosts, first_questions);
          }};
}

Later measure_the_endpoints() {
  return {
      .name = "endpoint-measurement",
      .why = {"测量要求服务空闲且有应答", "a measurement wants a service that answers and is idle"},
      .phase = 4,
      .steps = {"6.4.5", "6.4.6"},
      .turns = [](const EvidenceBook& book, const std::set<std::string>& hosts) {
        return of_groups(book, hosts, [&](const Asker& ask, const std::string& master) {
          return answers(book, master) ? quiet_turns(ask) : std::vector<Turn>{};
        });
      }};
}

}  // namespace touchstone
