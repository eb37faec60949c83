#include "harness/parse/host_facts.h"

#include "harness/parse/lines.h"

namespace touchstone {

Parsed<Machine> parse_uname(std::string_view out, std::string_view err) {
  auto line = line_of_command(out, err, "uname -m");
  if (!line) return line.refusal();
  const std::string_view word = line.value().trimmed();
  if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") !=
      std::string_view::npos)
    return malformed(line.value(), {"一个词,如 aarch64", "one word such as aarch64"});
  return Machine{.architecture = std::string(word)};
}

Parsed<UserId> parse_user_id(std::string_view out, std::string_view err) {
  auto line = line_of_command(out, err, "id -u");
  if (!line) return line.refusal();
  const auto uid = integer_of(line.value().trimmed());
  if (!uid || *uid < 0 || *uid > 4294967295)
    return malformed(line.value(), {"用户编号", "a user's number"});
  return UserId{.uid = *uid};
}

Parsed<ClockReading> parse_clock(std::string_view out, std::string_view err) {
  auto line = line_of_command(out, err, "date +%s.%N");
  if (!line) return line.refusal();
  const std::string_view text = line.value().trimmed();
  const std::size_t dot = text.find('.');
  const std::string_view fraction = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  const auto seconds = integer_of(text.substr(0, dot));
  const bool coarse = fraction.empty() || fraction == "N" || fraction == "%N";
  const auto nanoseconds = fraction.size() == 9 ? counter_of(fraction) : std::nullopt;
  if (!seconds || *seconds < 0 || *seconds > 253402300799 || (!coarse && !nanoseconds))
    return malformed(line.value(),
                     {"自 1970 年起的秒数和纳秒数", "seconds and nanoseconds since 1970"});
  return ClockReading{.seconds = *seconds,
                      .nanoseconds = static_cast<std::int64_t>(nanoseconds.value_or(0)),
                      .coarse = coarse};
}

}  // namespace touchstone
