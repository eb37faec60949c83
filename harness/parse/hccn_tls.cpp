#include "harness/parse/hccn_tls.h"

#include <utility>

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"

namespace touchstone {
namespace {

constexpr HccnQuestion kTls = {"-tls -g", [](std::string_view line) {
                                 return line.starts_with("dev_id:") &&
                                        line.find("tls switch[") != std::string_view::npos;
                               }};

// What stands in the brackets after a name: "tls switch[0](0:disable, 1:enable)" → "0". Legends are
// in parentheses and do not count.
std::optional<std::string_view> bracketed(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(std::string(name) + "[");
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + name.size() + 1);
  // A subject may have brackets of its own, so the last one closes it, unless a legend follows.
  const std::size_t legend = text.find("](");
  const std::size_t end = legend != std::string_view::npos ? legend : text.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(0, end);
}

std::optional<int> digit_of(std::optional<std::string_view> text, int most) {
  const auto value = text ? integer_of(*text) : std::nullopt;
  if (!value || *value < 0 || *value > most) return std::nullopt;
  return static_cast<int>(*value);
}

// "dev_id:3, " at the beginning of a line
std::optional<int> device_of(std::string_view line) {
  const auto rest = after(line, "dev_id:");
  const auto parts = rest ? split_at(*rest, ',') : std::nullopt;
  return digit_of(parts ? std::optional(parts->first) : std::nullopt, 99);
}

// dev_id:0, tls switch[0](…), tls preconfigured[1](…), tls alarm time threshold[60]days
Parsed<HccnTls> read_tls_head(const Line& line) {
  const std::string_view text = line.trimmed();
  const auto device = device_of(text);
  const auto enabled = digit_of(bracketed(text, "tls switch"), 1);
  if (!device || !enabled)
    return malformed(line,
                     {"\"dev_id:N, tls switch[0]\" 或 [1]", "\"dev_id:N, tls switch[0]\" or [1]"});
  // Every tool ends it so; without that it was cut, and a later digit may be, too.
  if (!text.ends_with("]days"))
    return malformed(line, {"首行以 \"tls alarm time threshold[N]days\" 结尾:是否被截断?",
                            "a first line that ends in \"tls alarm time threshold[N]days\": cut "
                            "off?"});
  HccnTls tls{.device = device, .enabled = *enabled == 1};
  if (const auto preset = bracketed(text, "tls preconfigured")) {
    const auto digit = digit_of(preset, 1);
    if (!digit)
      return malformed(line,
                       {"\"tls preconfigured[0]\" 或 [1]", "\"tls preconfigured[0]\" or [1]"});
    tls.preconfigured = *digit == 1;
  }
  tls.alarm_days = digit_of(bracketed(text, "tls alarm time threshold"), 36500);
  if (!tls.alarm_days) return malformed(line, "\"tls alarm time threshold[N]days\"");
  return tls;
}

const Text kOnce{"证书的每个字段一次:是否漏了下一个证书的首行?",
                 "each field of a certificate once: is the head of the next one missing?"};

// "dev_id:0, [ca1 cert] info:"
std::optional<std::string_view> certificate_name(std::string_view line) {
  const auto rest = line.starts_with("dev_id:") ? split_at(line, ',') : std::nullopt;
  if (!rest || !rest->second.starts_with("[") || !rest->second.ends_with("] info:"))
    return std::nullopt;
  return rest->second.substr(1, rest->second.size() - 8);
}

// What of the certificate at hand was told.
struct Told {
  bool subject = false, issuer = false, start = false, end = false;
};

std::optional<Refusal> read_expiration(const Line& line, HccnTls::Certificate& certificate) {
  if (certificate.expiration) return malformed(line, kOnce);
  certificate.expiration = digit_of(bracketed(line.trimmed(), "tls expiration status"), 2);
  if (!certificate.expiration)
    return malformed(line, {"\"tls expiration status[0]\"、[1] 或 [2]",
                            "\"tls expiration status[0]\", [1] or [2]"});
  return std::nullopt;
}

std::optional<Refusal> read_certificate_line(const Line& line, HccnTls::Certificate& certificate,
                                             Told& told) {
  using Certificate = HccnTls::Certificate;
  struct Field {
    std::string_view name;
    std::string Certificate::*value;
    bool Told::*told;
  };
  static constexpr Field kFields[] = {
      {"subject[", &Certificate::subject, &Told::subject},
      {"issuer[", &Certificate::issuer, &Told::issuer},
      {"start_time[", &Certificate::start, &Told::start},
      {"end_time[", &Certificate::end, &Told::end},
  };
  const std::string_view text = line.trimmed();
  if (text.starts_with("tls expiration status[")) return read_expiration(line, certificate);
  for (const Field& field : kFields)
    if (const auto value = after(text, field.name); value && value->ends_with("]")) {
      if (std::exchange(told.*field.told, true)) return malformed(line, kOnce);
      certificate.*field.value = value->substr(0, value->size() - 1);
      return std::nullopt;
    }
  return malformed(line, {"证书的一行:subject、issuer、start_time、end_time",
                          "a line of a certificate: subject, issuer, start_time, end_time"});
}

// Every certificate has an issuer and its times; older tools tell no subject. The last one of an
// excerpt may lack its end, since the switch, which these texts are about, was read before it.
std::optional<Refusal> half_told(const HccnTls& tls, const Told& told, bool last) {
  if (tls.certificates.empty() || (told.issuer && told.start && (told.end || last)))
    return std::nullopt;
  return malformed(
      said("证书 [{}] 缺少 issuer、start_time 或 end_time:是否有行被删去?",
           "the certificate [{}] lacks its issuer, start_time or end_time: was a line left out?",
           valid_utf8(tls.certificates.back().name)));
}

// The tool prints status 2 (expired) to stderr, without saying of which certificate: those that
// have none on stdout.
void add_expired(std::string_view err, HccnTls& tls) {
  const bool expired = err.find("tls expiration status[2]") != std::string_view::npos;
  if (!expired) return;
  for (HccnTls::Certificate& certificate : tls.certificates)
    if (!certificate.expiration && !certificate.end.empty()) certificate.expiration = 2;
}

Parsed<HccnTls> read_tls(const HccnAnswer& answer, std::string_view err) {
  auto head = read_tls_head(answer.lines.front());
  if (!head) return head;
  HccnTls tls = std::move(head.value());
  Told told;
  for (std::size_t i = 1; i < answer.lines.size(); ++i) {
    const Line& line = answer.lines[i];
    if (is_blank(line.text)) continue;
    if (const auto name = certificate_name(line.trimmed())) {
      if (device_of(line.trimmed()) != tls.device)
        return malformed(line,
                         {"与上面同一设备的证书", "a certificate of the same device as above"});
      if (auto refusal = half_told(tls, told, false)) return *refusal;
      tls.certificates.push_back({.name = std::string(*name)});
      told = {};
      continue;
    }
    if (tls.certificates.empty()) return malformed(line, {"证书", "a certificate"});
    if (auto refusal = read_certificate_line(line, tls.certificates.back(), told)) return *refusal;
  }
  if (auto refusal = half_told(tls, told, true)) return *refusal;
  add_expired(err, tls);
  return tls;
}

}  // namespace

Parsed<HccnTls> parse_hccn_tls(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kTls, read_tls);
}
Parsed<std::vector<OfDevice<HccnTls>>> parse_hccn_tls_each(std::string_view out,
                                                           std::string_view err) {
  return read_hccn_each(out, err, kTls, read_tls);
}

}  // namespace touchstone
