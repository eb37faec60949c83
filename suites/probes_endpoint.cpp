#include "suites/probes_endpoint.h"

namespace touchstone {
namespace {

Probe<EndpointConfig> config() {
  Probe<EndpointConfig> probe;
  probe.key = "endpoint-config";
  probe.where = Where::kContainer;
  probe.argv = {"cat", "{croot}{mindie}/conf/config.json"};
  probe.accepted = {0, 1};
  probe.parse = parse_endpoint_config;
  return probe;
}

Probe<HttpExchange> exchange(std::string key) {
  Probe<HttpExchange> probe;
  probe.key = "endpoint-" + std::move(key);
  probe.where = Where::kController;
  probe.bytes = std::size_t{2} << 20;
  probe.parse = parse_http_exchange;
  return probe;
}

Probe<HttpExchanges> exchanges(std::string key) {
  Probe<HttpExchanges> probe;
  probe.key = "endpoint-" + std::move(key);
  probe.where = Where::kController;
  probe.bytes = std::size_t{16} << 20;
  probe.parse = parse_http_exchanges;
  return probe;
}

}  // namespace

const Probe<EndpointConfig> kEndpointConfig = config();
const Probe<HttpExchange> kTgi = exchange("tgi");
const Probe<HttpExchange> kTgiStream = exchange("tgi-stream");
const Probe<HttpExchange> kChat = exchange("chat");
const Probe<HttpExchange> kChatStream = exchange("chat-stream");
const Probe<HttpExchange> kUnknownModel = exchange("unknown-model");
const Probe<HttpExchange> kBrokenBody = exchange("broken-body");
const Probe<HttpExchange> kHealth = exchange("health");
const Probe<HttpExchange> kReady = exchange("ready");
const Probe<HttpExchange> kSameFirst = exchange("same-1");
const Probe<HttpExchange> kSameAgain = exchange("same-2");
const Probe<HttpExchanges> kMeasured = exchanges("measured");

}  // namespace touchstone
