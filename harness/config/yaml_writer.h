#pragma once

#include <string>
#include <string_view>

namespace touchstone {

// A text as it can stand anywhere in a YAML file: in quotes unless it is a plain word.
std::string yaml_text(std::string_view text);

// For a comment: one line, whatever the text is.
std::string comment_text(std::string_view text);

}  // namespace touchstone
