#include "suites/with_runtime.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/parse/json_path.h"
#include "suites/config_edit.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

// Everything from `begin` to the first `end` behind it, wherever that stands. No std::regex: its
// matcher recurses for every character, and the text is a host's.
void add_told(const std::string& info, std::string_view begin, char end,
              std::vector<std::string>& told) {
  for (std::size_t at = info.find(begin); at != std::string::npos;) {
    const std::size_t last = info.find(end, at + begin.size());
    if (last == std::string::npos) return;
    told.push_back(info.substr(at, last + 1 - at));
    at = info.find(begin, last + 1);
  }
}

}  // namespace

std::string with_ascend_runtime(const std::string& text, bool as_default) {
  const auto root = read_json(text);
  ConfigValues values;
  if (root && root.value().type != Type::kObject)
    throw NoEvidence({"daemon.json 不是 JSON 对象,请手工改正",
                      "daemon.json is no JSON object; correct it by hand"});
  if (root) {
    const JsonNode* runtimes = root.value().find("runtimes");
    if (!runtimes || runtimes->type != Type::kObject) values["runtimes"] = "{}";
    if (!member(runtimes, "ascend"))
      values.insert({{"runtimes.ascend", "{}"},
                     {"runtimes.ascend.path",
                      json_string("/usr/local/Ascend/Ascend-Docker-Runtime/ascend-docker-runtime")},
                     {"runtimes.ascend.runtimeArgs", "[]"}});
    if (as_default && text_at(root.value(), {"default-runtime"}) != "ascend")
      values["default-runtime"] = json_string("ascend");
  }
  return edit_config(text, values, "daemon.json");  // says why where the text cannot be read
}

std::string runtimes_told(const std::string& info) {
  std::vector<std::string> told;
  add_told(info, "\"ascend\":{", '}', told);
  add_told(info, "\"DefaultRuntime\":\"", '"', told);
  std::sort(told.begin(), told.end());
  std::string text;
  for (const std::string& one : told) text += one + "\n";
  return text;
}

}  // namespace touchstone
