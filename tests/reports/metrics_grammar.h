#pragma once

#include <string>

namespace touchstone {

// Holds a text against the text format of Prometheus, as `promtool check metrics` and the textfile
// collector do: HELP and TYPE once and before the samples, the samples of a metric together, names
// and escapes as the format has them, no series twice, UTF-8, a line feed at the end.
void expect_metrics_grammar(const std::string& text);

}  // namespace touchstone
