#pragma once

#include <optional>
#include <string_view>

#include "harness/model/finding.h"
#include "harness/parse/http_exchange.h"

namespace touchstone {

enum class Body { kJson, kEvents };

// What is wrong with an exchange before its body is looked at: there was no whole response, it was
// no 200, or of another content type. `what`: "POST / (TGI)". Nothing: the body can be read.
std::optional<Finding> wrong_response(const HttpExchange& exchange, const Phrase& what, Body body);

// A response that did not come, or not whole, whatever it should have been.
std::optional<Finding> no_response(const HttpExchange& exchange, const Phrase& what);

// A body that was refused, by the kind of the refusal: empty, an error inside, not readable.
Finding wrong_body(const HttpExchange& exchange, const Refusal& refusal, const Phrase& what);

}  // namespace touchstone
