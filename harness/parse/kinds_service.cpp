#include <array>

#include "harness/parse/kinds_json.h"
#include "harness/parse/processes.h"
#include "harness/parse/service_answers.h"

namespace touchstone {
namespace {

Json service_processes(const ServiceProcesses& value) {
  Json all = Json::array();
  for (const auto& one : value.all)
    all.push_back({{"pid", one.pid},
                   {"parent", one.parent},
                   {"exe", one.exe},
                   {"comm", one.comm},
                   {"arguments", one.arguments},
                   {"started", one.started},
                   {"daemon", one.is_daemon()},
                   {"worker", one.is_worker()},
                   {"npu", or_null(one.npu())}});
  const auto* daemon = value.daemon();
  return {{"daemon", daemon ? Json(daemon->pid) : Json()}, {"processes", std::move(all)}};
}

Json listening(const Listening& value) {
  Json sockets = Json::array();
  for (const auto& socket : value.sockets)
    sockets.push_back({{"address", socket.address}, {"port", socket.port}});
  return {{"sockets", std::move(sockets)}};
}

Json knock(const Knock& value) {
  return {{"to", value.to},
          {"by", value.by},
          {"code", value.code},
          {"connected", value.connected},
          {"status", or_null(value.status)},
          {"message", value.message},
          {"body", value.body}};
}

Json service_log(const ServiceLog& value) {
  Json logs = Json::array();
  for (const auto& file : value.logs) {
    const char* last = file.last == ServiceLog::Last::kSuccess   ? "success"
                       : file.last == ServiceLog::Last::kFailure ? "failure"
                                                                 : "nothing";
    logs.push_back({{"modified", file.modified}, {"last", last}, {"name", file.name}});
  }
  return {{"files", value.files},
          {"success", value.success},
          {"logs", std::move(logs)},
          {"errors", value.errors}};
}

constexpr std::array kServiceKinds = {
    ParseKind{"service-processes",
              "the script of 6.3.3 in the container",
              {"守护进程及其工作进程", "the daemon and its workers"},
              one_to_json<ServiceProcesses, parse_service_processes, service_processes>},
    ParseKind{"listening",
              "ss -ltn",
              {"谁在哪里监听", "who listens where"},
              one_to_json<Listening, parse_listening, listening>},
    ParseKind{"knock",
              "the script of 6.3.6 on a host",
              {"地址能否建立连接", "whether an address takes a connection"},
              one_to_json<Knock, parse_knock, knock>},
    ParseKind{"service-log",
              "the script of 6.3.4 in the container",
              {"MindIE 日志中的内容", "what MindIE's logs keep"},
              one_to_json<ServiceLog, parse_service_log, service_log>},
};

}  // namespace

std::span<const ParseKind> service_kinds() {
  return kServiceKinds;
}

}  // namespace touchstone
