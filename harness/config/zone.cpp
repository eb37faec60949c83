#include "harness/config/zone.h"

#include <charconv>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <unicode/gregocal.h>
#include <unicode/timezone.h>

#include "harness/config/nearest.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

const Text kRight{"请写日期和时区,如 2026-12-31 Asia/Shanghai",
                  "write a date and a zone, such as 2026-12-31 Asia/Shanghai"};

struct Date {
  int year = 0, month = 0, day = 0;
};

std::optional<int> digits(std::string_view text) {
  int value = 0;
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

int days_in(int year, int month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<Date> date_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
             day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 2000 || *year > 2199 || *month < 1 || *month > 12 ||
      *day < 1 || *day > days_in(*year, *month))
    return std::nullopt;
  return Date{*year, *month, *day};
}

std::vector<std::string> zone_names() {
  UErrorCode status = U_ZERO_ERROR;
  std::vector<std::string> names;
  const std::unique_ptr<icu::StringEnumeration> all(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL, nullptr, nullptr, status));
  for (int32_t size = 0; U_SUCCESS(status) && all;) {
    const char* name = all->next(&size, status);
    if (!name) break;
    names.emplace_back(name, static_cast<std::size_t>(size));
  }
  return names;
}

std::unique_ptr<icu::TimeZone> zone_of(const std::string& name) {
  if (name != "UTC" && name.find('/') == std::string::npos) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  UBool known = false;
  icu::UnicodeString canonical;
  const icu::UnicodeString id = icu::UnicodeString::fromUTF8(name);
  icu::TimeZone::getCanonicalID(id, canonical, known, status);
  if (U_FAILURE(status) || !known) return nullptr;
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(id));
}

Text unknown_zone(const std::string& name) {
  const std::vector<std::string> names = zone_names();
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto near = nearest(name, views);
  return said("{} 不是 IANA 数据库的时区{};{}", "{} is no time zone of the IANA database{}; {}",
              quoted(name), near ? said(",是否为 '{}'?", ", did you mean '{}'?", *near) : Text(),
              kRight);
}

}  // namespace

std::optional<double> end_of_day(std::string_view text, Text* error) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string_view day = text.substr(0, blank);
  const auto date = date_of(day);
  if (!date) {
    *error = said("{} 不是日期;{}", "{} is no date; {}", quoted(day), kRight);
    return std::nullopt;
  }
  const std::size_t begin = text.find_first_not_of(' ', blank);
  if (begin == std::string_view::npos) {
    *error =
        said("没有写时区,也不作猜测;{}", "no time zone is named, and none is guessed; {}", kRight);
    return std::nullopt;
  }
  const std::string name(text.substr(begin));
  std::unique_ptr<icu::TimeZone> zone = zone_of(name);
  if (!zone) {
    *error = unknown_zone(name);
    return std::nullopt;
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(zone.release(), status);
  // Where clocks go forward at midnight, the next day begins at one.
  calendar.setSkippedWallTimeOption(UCAL_WALLTIME_NEXT_VALID);
  calendar.setRepeatedWallTimeOption(UCAL_WALLTIME_FIRST);
  calendar.clear();
  calendar.set(date->year, date->month - 1, date->day + 1, 0, 0, 0);
  const double milliseconds = calendar.getTime(status);
  if (U_SUCCESS(status)) return milliseconds / 1000;
  *error = said("无法得知那一天何时结束:{}", "the end of that day cannot be told: {}",
                u_errorName(status));
  return std::nullopt;
}

}  // namespace touchstone
