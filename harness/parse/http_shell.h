#pragma once

#include <string_view>

#include "harness/parse/http_exchange.h"

namespace touchstone {

// What the shell on a host prints for a request that it made with `curl -i` (or with bash alone):
//
//     #http 1700000000.1           when it began
//     1700000000.2+HTTP/1.1 200 OK each line, and when it was read
//     1700000000.2+
//     1700000000.3+{"generated_text": …
//     1700000000.3+#end 0          curl's exit code; the line's end before it is not the body's
//
// Of several, `#several PARALLEL` comes first, and one such text after the other.
bool is_shell_exchange(std::string_view out);
Parsed<HttpExchange> shell_exchange(std::string_view out, std::string_view err);
Parsed<HttpExchanges> shell_exchanges(std::string_view out, std::string_view err);

}  // namespace touchstone
