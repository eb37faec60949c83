#include "suites/probes_endpoint.h"

#include "suites/ask.h"
#include "suites/probes_config.h"

namespace touchstone {
namespace {

// `most`: bytes of an answer.
template <class T>
Probe<T> of_controller(const std::string& key, std::size_t most,
                       Parsed<T> (*parse)(std::string_view, std::string_view)) {
  Probe<T> probe = ask(Where::kController, "endpoint-" + key, {}, parse);
  probe.bytes = most;
  return probe;
}

Probe<HttpExchange> exchange(const std::string& key) {
  return of_controller(key, std::size_t{2} << 20, parse_http_exchange);
}

}  // namespace

const Probe<EndpointConfig> kEndpointConfig = of_service_config(parse_endpoint_config);
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
const Probe<HttpExchanges> kMeasured =
    of_controller("measured", std::size_t{16} << 20, parse_http_exchanges);

}  // namespace touchstone
