#include "suites/with_runtime.h"

#include <algorithm>
#include <regex>
#include <vector>

#include <nlohmann/json.hpp>

#include "harness/model/evidence.h"

namespace touchstone {

using Json = nlohmann::ordered_json;

std::string with_ascend_runtime(const std::string& text, bool as_default) {
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object())
    throw NoEvidence({"daemon.json 不是 JSON 对象,请手工改正",
                      "daemon.json is no JSON object; correct it by hand"});
  bool changed = false;
  Json& runtimes = json["runtimes"];
  if (!runtimes.is_object()) runtimes = Json::object();
  if (!runtimes.contains("ascend")) {
    runtimes["ascend"] = {{"path", "/usr/local/Ascend/Ascend-Docker-Runtime/ascend-docker-runtime"},
                          {"runtimeArgs", Json::array()}};
    changed = true;
  }
  if (as_default && json.value("default-runtime", "") != "ascend") {
    json["default-runtime"] = "ascend";
    changed = true;
  }
  return changed ? json.dump(2) + "\n" : text;
}

std::string runtimes_told(const std::string& info) {
  static const std::regex kTold(R"re("ascend":\{[^}]*\}|"DefaultRuntime":"[^"]*")re");
  std::vector<std::string> told;
  for (std::sregex_iterator at(info.begin(), info.end(), kTold), end; at != end; ++at)
    told.push_back(at->str());
  std::sort(told.begin(), told.end());
  std::string text;
  for (const std::string& one : told) text += one + "\n";
  return text;
}

}  // namespace touchstone
