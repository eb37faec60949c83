#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/parse/rank_table.h"

namespace touchstone {
namespace {

using Json = nlohmann::ordered_json;

// A string as JSON, whatever is in it.
std::string literal(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string guide_device(const RankTable::Device& device) {
  return fmt::format(R"({{"device_id": {}, "device_ip": {}, "rank_id": {}}})",
                     literal(device.device_id), literal(device.device_ip), literal(device.rank_id));
}

std::string guide_server(const RankTable::Server& server) {
  std::string text = fmt::format("    {{\n      \"server_id\": {},\n", literal(server.server_id));
  // container_ip is what MindIE finds its own server by; without one of its own, a host is its
  // server_id (guide 3.2).
  text += fmt::format("      \"container_ip\": {},\n",
                      literal(server.container_ip.value_or(server.server_id)));
  text += "      \"device\": [";
  for (std::size_t i = 0; i < server.devices.size(); ++i)
    text += fmt::format("{}\n        {}", i == 0 ? "" : ",", guide_device(server.devices[i]));
  return text + (server.devices.empty() ? "]\n    }" : "\n      ]\n    }");
}

std::string guide_form(const RankTable& table) {
  std::string text =
      fmt::format("{{\n  \"version\": {},\n  \"server_count\": {},\n  \"server_list\": [",
                  literal(table.version), literal(table.server_count));
  for (std::size_t i = 0; i < table.servers.size(); ++i)
    text += fmt::format("{}\n{}", i == 0 ? "" : ",", guide_server(table.servers[i]));
  text += table.servers.empty() ? "],\n" : "\n  ],\n";
  return text + fmt::format("  \"status\": {}\n}}\n", literal(table.status));
}

std::string tools_form(const RankTable& table) {
  Json json = {{"version", table.version},
               {"server_count", table.server_count},
               {"server_list", Json::array()},
               {"status", table.status}};
  for (const RankTable::Server& server : table.servers) {
    Json devices = Json::array();
    for (const RankTable::Device& device : server.devices)
      devices.push_back({{"device_id", device.device_id},
                         {"device_ip", device.device_ip},
                         {"rank_id", device.rank_id}});
    json["server_list"].push_back({{"server_id", server.server_id},
                                   {"device", std::move(devices)},
                                   {"host_nic_ip", server.host_nic_ip.value_or("reserve")}});
  }
  return json.dump(4, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string write_rank_table(const RankTable& table, RankTableForm form) {
  return form == RankTableForm::kGuide ? guide_form(table) : tools_form(table);
}

}  // namespace touchstone
