#pragma once

#include <string>

namespace touchstone {

// Secrets in a tool's output become [redacted] before anything is kept: passwords in URLs, bearer
// tokens and Authorization headers, values of keys that are called password, secret, token or the
// like, private keys.
std::string redact(const std::string& text);

}  // namespace touchstone
