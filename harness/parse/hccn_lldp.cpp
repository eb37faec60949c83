#include "harness/parse/hccn_lldp.h"

#include "harness/parse/hccn_answers.h"

namespace touchstone {
namespace {

bool is_title(const Line& line) {
  return !line.text.empty() && line.text.front() != ' ' && line.text.front() != '\t' &&
         line.text.ends_with(" TLV");
}

constexpr HccnQuestion kLldp = {
    "-lldp -g", [](std::string_view line) { return line.starts_with("Chassis ID TLV"); }};
// `hccn_tool … -lldp -g | grep Ifname`, the guide's own loop
constexpr HccnQuestion kGrepped = {
    "-lldp -g | grep Ifname", [](std::string_view line) { return line.starts_with("Ifname:"); }};

// "Ifname: 400GE1/1/5:1": only the first colon separates. Direct fibre may leave the name empty; a
// line alone does not tell that it is direct fibre.
std::optional<Refusal> read_port(const Line& line, bool may_be_empty, HccnLldp& lldp) {
  const auto parts = split_at(line.trimmed(), ':');
  const bool nameless = parts && parts->second.empty();
  if (!parts || parts->first.empty() || (nameless && !(may_be_empty && parts->first == "Ifname")))
    return malformed(line, {"端口及其子类型,\"Ifname: 400GE1/1/5:1\"",
                            "the port with its subtype, \"Ifname: 400GE1/1/5:1\""});
  lldp.port_subtype = parts->first;
  lldp.port_id = parts->second;
  if (lldp.port_subtype == "Ifname" && !nameless) lldp.ifname = lldp.port_id;
  return std::nullopt;
}

struct Tlv {
  Line title;
  std::vector<Line> values;
};

// TLVs by their titles in column 0. The lines of a system description are not indented and may be
// blank.
Parsed<std::vector<Tlv>> tlvs_of(const HccnAnswer& answer) {
  std::vector<Tlv> tlvs;
  for (const Line& line : answer.lines) {
    if (is_title(line))
      tlvs.push_back({line, {}});
    else if (!tlvs.empty())
      tlvs.back().values.push_back(line);
    else
      return malformed(line, {"TLV 的标题", "the title of a TLV"});
  }
  if (tlvs.empty() || tlvs.back().title.text != "End of LLDPDU TLV")
    return malformed({"回答没有以 \"End of LLDPDU TLV\" 结尾:是否被截断?",
                      "the answer does not end with \"End of LLDPDU TLV\": cut off?"});
  return tlvs;
}

std::string joined(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) text.append(text.empty() ? "" : "\n").append(line.trimmed());
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

bool is_switch(const HccnLldp& lldp, std::string_view capabilities) {
  return lldp.system_description.find("Routing") != std::string::npos ||
         capabilities.find("Bridge") != std::string::npos ||
         capabilities.find("Router") != std::string::npos;
}

std::string_view enabled_capabilities(const Tlv& tlv) {
  for (const Line& line : tlv.values)
    if (const auto enabled = after(line.trimmed(), "Enabled capabilities:")) return *enabled;
  return {};
}

Parsed<HccnLldp> read_lldp(const HccnAnswer& answer, std::string_view) {
  auto tlvs = tlvs_of(answer);
  if (!tlvs) return tlvs.refusal();
  HccnLldp lldp;
  std::string_view capabilities;
  for (const Tlv& tlv : tlvs.value()) {
    const std::string_view title = tlv.title.text;
    const bool single = title == "Chassis ID TLV" || title == "Port ID TLV";
    if (single && (tlv.values.empty() || is_blank(tlv.values.front().text)))
      return malformed(tlv.title, {"其下应有值", "a value below it"});
    if (title == "Chassis ID TLV") lldp.chassis = tlv.values.front().trimmed();
    if (title == "Port ID TLV")
      if (auto refusal = read_port(tlv.values.front(), true, lldp)) return *refusal;
    if (title == "System Name TLV") lldp.system_name = joined(tlv.values);
    if (title == "System Description TLV") lldp.system_description = joined(tlv.values);
    if (title == "System Capabilities TLV") capabilities = enabled_capabilities(tlv);
  }
  if (lldp.chassis.empty() || lldp.port_subtype.empty())
    return malformed({"回答没有 \"Port ID TLV\"", "the answer has no \"Port ID TLV\""});
  lldp.neighbour = true;
  lldp.direct_fibre = lldp.system_description.find("AscendNPU") != std::string::npos;
  lldp.is_switch = !lldp.direct_fibre && is_switch(lldp, capabilities);
  return lldp;
}

Parsed<HccnLldp> read_grepped(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  HccnLldp lldp{.neighbour = true};
  if (auto refusal = read_port(line.value(), false, lldp)) return *refusal;
  return lldp;
}

bool is_grepped(std::string_view out) {
  return out.find("TLV") == std::string_view::npos && out.find("Ifname:") != std::string_view::npos;
}

}  // namespace

Parsed<HccnLldp> parse_hccn_lldp(std::string_view out, std::string_view err) {
  return is_grepped(out) ? read_hccn(out, err, kGrepped, read_grepped)
                         : read_hccn(out, err, kLldp, read_lldp);
}
Parsed<std::vector<OfDevice<HccnLldp>>> parse_hccn_lldp_each(std::string_view out,
                                                             std::string_view err) {
  return is_grepped(out) ? read_hccn_each(out, err, kGrepped, read_grepped)
                         : read_hccn_each(out, err, kLldp, read_lldp);
}

}  // namespace touchstone
