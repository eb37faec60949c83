#include "reports/clock.h"

#include <cmath>
#include <ctime>

namespace touchstone {

std::string utc(double unix_seconds) {
  if (!(unix_seconds > 0) || unix_seconds > 253402300799.0)
    return "";  // the end of the year 9999; NaN fails as well
  const auto seconds = static_cast<std::time_t>(std::floor(unix_seconds));
  std::tm parts{};
  char text[32];
  if (!gmtime_r(&seconds, &parts) ||
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
    return "";
  return text;
}

}  // namespace touchstone
