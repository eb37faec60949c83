#pragma once

#include <string>

#include "harness/model/later.h"
#include "harness/model/profile.h"
#include "harness/parse/endpoint_config.h"

namespace touchstone {

// The guide's two requests and their variants: bodies of JSON.
std::string tgi_request(bool stream);
std::string chat_request(const std::string& model, bool stream);

// The name that requests must carry: the configured one (it is compared letter by letter).
std::string model_name(const EndpointConfig& config, const Profile& profile);

// Longest answers that those requests ask for, in tokens.
inline constexpr int kTgiTokens = 1024;
inline constexpr int kChatTokens = 512;

Later ask_the_endpoints();      // after everything else, so that nothing disturbs the service
Later measure_the_endpoints();  // after those, where they got an answer

}  // namespace touchstone
