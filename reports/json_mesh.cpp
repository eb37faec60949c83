#include "reports/json_parts.h"

namespace touchstone {
namespace {

constexpr Named<Mesh::Form> kForms[] = {
    {Mesh::Form::kAll, "all"},
    {Mesh::Form::kRail, "rail"},
    {Mesh::Form::kSample, "sample"},
};
constexpr Named<MeshPair::Result> kPings[] = {
    {MeshPair::Result::kWhole, "whole"},
    {MeshPair::Result::kLost, "lost"},
    {MeshPair::Result::kNoAnswer, "no_answer"},
};

Json to_json(const MeshNpu& npu) {
  Json json = Json::object();
  put(json, "host", npu.host);
  json["npu"] = npu.npu;
  put_some(json, "address", npu.address);
  put_some(json, "left_out", npu.left_out);
  if (npu.suspect) json["suspect"] = true;
  return json;
}

Json to_json(const MeshPair& pair) {
  Json json{{"from", pair.from},
            {"to", pair.to},
            {"result", name_in(kPings, pair.result)},
            {"sent", pair.sent},
            {"received", pair.received}};
  put_some(json, "why", pair.why);
  return json;
}

}  // namespace

Json to_json(const Mesh& mesh) {
  Json json = Json::object();
  put(json, "group", mesh.group);
  json["form"] = name_in(kForms, mesh.form);
  json["same_index"] = mesh.same_index;
  json["asked"] = mesh.pairs.size();
  json["there_are"] = mesh.there_are;
  json["npus"] = Json::array();
  for (const MeshNpu& npu : mesh.npus) json["npus"].push_back(to_json(npu));
  json["pairs"] = Json::array();
  for (const MeshPair& pair : mesh.pairs) json["pairs"].push_back(to_json(pair));
  return json;
}

Mesh mesh_from(const At& at) {
  Mesh mesh{.group = at.bytes("group"),
            .form = value_in(kForms, at.need("form")),
            .same_index = at.need("same_index").boolean(),
            .there_are = at.need("there_are").count()};
  at.need("npus").each([&](const At& one) {
    mesh.npus.push_back({.host = one.bytes("host"),
                         .npu = static_cast<int>(one.need("npu").integer(0, 1023)),
                         .address = one.bytes_or_none("address"),
                         .left_out = one.text("left_out"),
                         .suspect = one.find("suspect") && one.need("suspect").boolean()});
  });
  at.need("pairs").each([&](const At& one) {
    mesh.pairs.push_back({.from = index_below(one.need("from"), mesh.npus.size(), "NPUs"),
                          .to = index_below(one.need("to"), mesh.npus.size(), "NPUs"),
                          .result = value_in(kPings, one.need("result")),
                          .sent = one.need("sent").small(),
                          .received = one.need("received").small(),
                          .why = one.text("why")});
  });
  return mesh;
}

Json to_json(const Measurement& one) {
  Json json = Json::object();
  put(json, "group", one.group);
  put(json, "name", one.name);
  put(json, "unit", one.unit);
  json["values"] = Json::object();
  for (const auto& [key, value] : one.values) put(json["values"], key, value);
  return json;
}

Measurement measurement_from(const At& at) {
  Measurement one{.group = at.bytes("group"), .name = at.bytes("name"), .unit = at.bytes("unit")};
  at.need("values").each_member(
      [&](const std::string& key, const At& value) { one.values[key] = value.number(); });
  return one;
}

}  // namespace touchstone
