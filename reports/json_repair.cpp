#include "reports/json_parts.h"
#include "reports/repairs.h"

namespace touchstone {

Json to_json(const Repair& repair) {
  Json json{{"id", repair.id}, {"round", repair.round}};
  put(json, "host", repair.host);
  if (repair.npu >= 0) json["npu"] = repair.npu;
  json["steps"] = repair.steps;
  put_some(json, "what", repair.what);
  put_some(json, "interrupts", repair.interrupts);
  json["risk"] = name_of(repair.risk);
  put(json, "change", repair.change);
  put(json, "undo", repair.undo);
  put(json, "outcome", repair.outcome);
  put_some(json, "why", repair.why);
  put_some(json, "was", repair.was);
  put_some(json, "is", repair.is);
  return json;
}

Repair repair_from(const At& at) {
  Repair repair{.id = at.need("id").small(),
                .round = at.need("round").small(),
                .host = at.bytes("host"),
                .steps = at.strings("steps"),
                .what = at.text("what"),
                .interrupts = at.text("interrupts"),
                .risk = risk_of(at.need("risk")),
                .change = at.bytes("change"),
                .undo = at.bytes("undo"),
                .outcome = at.bytes("outcome"),
                .why = at.text("why"),
                .was = at.bytes_or_none("was"),
                .is = at.bytes_or_none("is")};
  if (auto npu = at.find("npu")) repair.npu = npu->small();
  if (!is_outcome(repair.outcome))
    at.need("outcome").wrong(said("\"done\" 之类的结果,而不是 \"{}\"",
                                  "an outcome like \"done\" instead of \"{}\"", repair.outcome));
  return repair;
}

}  // namespace touchstone
