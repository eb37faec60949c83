#pragma once

#include "harness/model/probe.h"
#include "harness/parse/endpoint_config.h"
#include "harness/parse/http_exchange.h"

// What chapter 6.4 asks. All but the first are follow-ups: endpoint_questions.cpp says when they
// are asked, and by whom. Their answers are kept with the group's master.
namespace touchstone {

extern const Probe<EndpointConfig> kEndpointConfig;

extern const Probe<HttpExchange> kTgi, kTgiStream;    // POST /
extern const Probe<HttpExchange> kChat, kChatStream;  // POST /v1/chat/completions
extern const Probe<HttpExchange> kUnknownModel, kBrokenBody;
extern const Probe<HttpExchange> kHealth, kReady;
extern const Probe<HttpExchange> kSameFirst, kSameAgain;
extern const Probe<HttpExchanges> kMeasured;

}  // namespace touchstone
