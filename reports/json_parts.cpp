#include "reports/json_parts.h"

namespace touchstone {

Json map_json(const std::map<std::string, std::string>& map) {
  Json json = Json::object();
  for (const auto& [key, value] : map) put(json, key, value);
  return json;
}

Json counts_json(const std::map<Verdict, std::size_t>& counts) {
  Json json = Json::object();
  for (const auto& [verdict, count] : counts) json[std::string(name_of(verdict))] = count;
  return json;
}

// Values are the same in both languages, and are written once.
void put_phrase(Json& json, const std::string& name, const Phrase& phrase) {
  put(json, name, phrase.en);
  if (phrase.zh != phrase.en) put(json, name + "_zh", phrase.zh);
}

Phrase phrase_or_none(const At& at, const std::string& name) {
  const std::string en = at.bytes_or_none(name), zh = at.bytes_or_none(name + "_zh");
  return {zh.empty() ? en : zh, en};
}

Phrase phrase_from(const At& at, const std::string& name) {
  at.need(name);
  return phrase_or_none(at, name);
}

Json to_json(const Target& target) {
  Json json = Json::object();
  put_some(json, "group", target.group);
  put_some(json, "host", target.host);
  if (target.npu >= 0) json["npu"] = target.npu;
  return json;
}

Target target_from(const At& at) {
  Target target{.group = at.bytes_or_none("group"), .host = at.bytes_or_none("host")};
  if (auto npu = at.find("npu")) target.npu = npu->small();
  return target;
}

Verdict verdict_of(const At& at) {
  const auto verdict = verdict_from(at.string());
  if (!verdict)
    at.wrong(said("\"pass\" 之类的结论,而不是 \"{}\"", "a verdict like \"pass\" instead of \"{}\"",
                  at.string()));
  return *verdict;
}

Risk risk_of(const At& at) {
  if (const auto risk = risk_from(at.string())) return *risk;
  at.wrong({"\"safe\"、\"service\"、\"disruptive\" 或 \"hands\"",
            "\"safe\", \"service\", \"disruptive\" or \"hands\""});
}

// Reports look things up by these numbers.
std::size_t index_below(const At& at, std::size_t size, const char* what) {
  const std::size_t index = at.count();
  if (index >= size) at.wrong(said("{} 个 {} 之一的序号", "the index of one of {} {}", size, what));
  return index;
}

}  // namespace touchstone
