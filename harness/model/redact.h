#pragma once

#include <string>

#include "harness/model/secrets.h"

namespace touchstone {

// Secrets in what a tool or a service said become [redacted] before anything is kept: passwords in
// URLs and proxies, bearer tokens, Authorization and cookies, values of names that are called
// password, secret, token or the like, private keys, tokens in forms that are known (JWT, hf_…),
// and what the site names. JSON stays JSON.
std::string redact(const std::string& text, const Secrets& secrets = {});

}  // namespace touchstone
