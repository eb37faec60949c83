#include "harness/parse/http_shell.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/http_ended.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

constexpr std::string_view kBegin = "#http ";
constexpr std::string_view kSeveral = "#several ";
constexpr std::string_view kEnd = "#end ";

// The number at the beginning: a `date` without %N leaves letters behind it.
double time_in(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} && std::isfinite(value) ? value : 0;
}

// A line with its time. CR before LF is kept: it is the response's own.
struct Stamped {
  double time = 0;
  std::string_view text;
};

struct Pages {
  double began = 0;
  std::vector<Stamped> lines;
  std::string_view code;  // after "#end "
};

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

// One exchange from the beginning of `text`, which is moved on behind it.
Parsed<Pages> pages_of(std::string_view& text) {
  const auto began = after(next_line(text), kBegin);
  if (!began)
    return malformed(
        {"文本没有以 \"#http\" 和时间开头", "the text does not begin with \"#http\" and a time"});
  Pages pages{.began = time_in(*began)};
  while (!text.empty() && !text.starts_with(kBegin)) {
    const std::string_view line = next_line(text);
    const std::size_t plus = line.find('+');
    if (plus == std::string_view::npos)
      return malformed(said("{} 之前没有时间", "{} has no time before it", quoted(line)));
    pages.lines.push_back({time_in(line.substr(0, plus)), line.substr(plus + 1)});
  }
  if (pages.lines.empty() || !pages.lines.back().text.starts_with(kEnd))
    return malformed({"没有 \"#end\":文本被截断", "there is no \"#end\": the text was cut off"});
  pages.code = pages.lines.back().text.substr(kEnd.size());
  return pages;
}

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Status line and headers; where the body begins. Responses of kind 1xx are passed over.
std::size_t read_head(const std::vector<Stamped>& lines, std::size_t last, HttpExchange& exchange) {
  std::size_t at = 0;
  while (at < last && lines[at].text.starts_with("HTTP/")) {
    const auto words = words_of(without_return(lines[at].text));
    const auto status = words.size() > 1 ? integer_of(words[1]) : std::nullopt;
    if (!status || *status < 100 || *status > 999) break;
    exchange.headers.clear();
    for (++at; at < last && !without_return(lines[at].text).empty(); ++at)
      if (const auto pair = split_at(without_return(lines[at].text), ':'))
        exchange.headers.emplace_back(small_letters(trim(pair->first)),
                                      std::string(trim(pair->second)));
    if (at < last) ++at;  // the empty line
    if (*status < 200) continue;
    exchange.status = static_cast<int>(*status);
    break;
  }
  return at;
}

Parsed<HttpExchange> exchange_of(const Pages& pages, std::string_view err) {
  const auto code = integer_of(trim(pages.code));
  if (!code)
    return malformed(
        said("\"#end\" 没有退出码:{}", "\"#end\" without an exit code: {}", quoted(pages.code)));
  HttpExchange exchange{.error = valid_utf8(trim(err.substr(0, 2000)))};
  const auto& lines = pages.lines;
  const std::size_t last = lines.size() - 1;
  double now = 0;
  for (std::size_t at = read_head(lines, last, exchange); at < last; ++at) {
    exchange.body += lines[at].text;
    if (at + 1 < last) exchange.body += '\n';
    now = std::max(now, lines[at].time - pages.began);
    // The line that stands before #end may have nothing in it: nothing arrived then.
    const std::size_t before = exchange.arrivals.empty() ? 0 : exchange.arrivals.back().bytes;
    if (exchange.body.size() > before) exchange.arrivals.push_back({now, exchange.body.size()});
  }
  exchange.seconds = std::max(now, lines.back().time - pages.began);
  exchange.end = ended({.code = *code}, exchange);
  return exchange;
}

}  // namespace

bool is_shell_exchange(std::string_view out) {
  return out.starts_with(kBegin) || out.starts_with(kSeveral);
}

Parsed<HttpExchange> shell_exchange(std::string_view out, std::string_view err) {
  const auto pages = pages_of(out);
  if (!pages) return pages.refusal();
  if (!out.empty())
    return Refusal{.kind = Refusal::Kind::kSeveral,
                   .reason = {"这是多个请求的记录", "these are several exchanges"}};
  return exchange_of(pages.value(), err);
}

Parsed<HttpExchanges> shell_exchanges(std::string_view out, std::string_view err) {
  HttpExchanges exchanges;
  if (const auto parallel = after(out.substr(0, out.find('\n')), kSeveral)) {
    exchanges.parallel =
        static_cast<int>(std::clamp<std::int64_t>(integer_of(*parallel).value_or(1), 1, 1'000'000));
    next_line(out);
  }
  double first = 0, end = 0;
  while (!out.empty()) {
    const auto pages = pages_of(out);
    if (!pages) return pages.refusal();
    auto one = exchange_of(pages.value(), err);
    if (!one) return one.refusal();
    if (exchanges.all.empty() || pages.value().began < first) first = pages.value().began;
    end = std::max(end, pages.value().began + one.value().seconds);
    exchanges.all.push_back(std::move(one.value()));
  }
  if (exchanges.all.empty()) return malformed({"其中没有请求的记录", "there is no exchange in it"});
  exchanges.seconds = end - first;
  return exchanges;
}

}  // namespace touchstone
