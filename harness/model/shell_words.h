#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

// One word for a POSIX shell, whatever is in it.
std::string shell_quoted(std::string_view word);

// Words as a person would type them: quoted only where a shell needs it.
std::string typed(std::string_view word);
std::string typed(const std::vector<std::string>& argv);

}  // namespace touchstone
