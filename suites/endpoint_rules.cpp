#include "suites/endpoint_rules.h"

#include <array>

#include <fmt/format.h>

#include "harness/model/bounded.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "harness/parse/llm_answer.h"

namespace touchstone {
namespace {

using End = HttpExchange::End;

// What people read of each end: what happened, what it most likely is, what to do next.
struct Told {
  End end;
  Text actual;
  Text why, next;
};

const std::array kTold{
    Told{End::kRefused,
         {"连接被拒绝", "connection refused"},
         {"该地址上没有程序在监听:服务未启动、已退出,或端口不是配置中的端口",
          "nobody listens there: the service does not run, has died, or has another port than "
          "configured"},
         {"在主节点上用 ss -ltn 查看监听端口,并查看服务日志",
          "look at `ss -ltn` on the master, and at the service's log"}},
    Told{End::kUnreachable,
         {"无法连接", "no connection"},
         {"没有到达该地址的路由,或防火墙丢弃了报文",
          "there is no way to that address, or a firewall drops the packets"},
         {"检查路由与防火墙;若控制机本就无法访问服务网络,在清单的 endpoint 中写 from: host",
          "check routes and firewall; where the controller is not meant to reach the service, say "
          "`endpoint: {from: host}` in the inventory"}},
    Told{End::kUnresolved,
         {"该名称没有地址", "the name has no address"},
         {"该名称无法解析", "the name cannot be resolved"},
         {"在清单中写明 service_address", "write the service_address into the inventory"}},
    Told{End::kNoTls,
         {"TLS 失败", "TLS failed"},
         {"双方在 TLS 上无法达成一致:证书不受信任,或一方使用 http",
          "the two sides do not agree on TLS: a certificate is not trusted, or one side speaks "
          "http"},
         {"核对 config.json 的 httpsEnabled 与清单 endpoint 的 scheme、ca、certificate",
          "compare httpsEnabled in config.json with scheme, ca and certificate of the inventory's "
          "endpoint"}},
    Told{End::kReset,
         {"应答之前连接被重置", "the connection was reset before an answer"},
         {"服务或中间设备断开了连接:进程可能在处理请求时崩溃",
          "the service or something in between broke the connection: the process may have crashed "
          "on the request"},
         {"查看主节点的服务日志与进程", "look at the service's log and process on the master"}},
    Told{End::kClosed,
         {"连接被接受,随即关闭,没有一个字节",
          "the connection was accepted and closed without a byte"},
         {"监听该端口的程序接受了连接却没有应答:可能崩溃,或并非 HTTP 服务",
          "who listens there took the connection and said nothing: it may have crashed, or is no "
          "HTTP server"},
         {"查看主节点的服务日志与进程", "look at the service's log and process on the master"}},
    Told{End::kHalf,
         {"应答到一半时连接中断", "the connection broke in the middle of the answer"},
         {"应答只到了一半:服务在生成时崩溃,或代理截断了应答",
          "half an answer came: the service crashed while it answered, or a proxy cut it off"},
         {"查看主节点的服务日志", "look at the service's log on the master"}},
    Told{End::kNoAnswer,
         {"连接被接受,但没有应答", "accepted, but no answer"},
         {"服务接受了连接却不应答:推理进程可能卡在集合通信,或从节点已丢失",
          "the service takes requests and never answers: the workers may hang in a collective "
          "operation, or a slave is lost"},
         {"查看各主机的服务日志与 NPU 占用,必要时在所有主机上一起重启服务",
          "look at the service's logs and the NPUs' load on all hosts; restart the service on all "
          "of them together"}},
    Told{End::kStalled,
         {"应答开始后停住", "the answer began and then stopped"},
         {"服务在应答途中停住:推理进程可能卡住",
          "the service fell silent within its answer: the workers may hang"},
         {"查看各主机的服务日志", "look at the service's logs on all hosts"}},
    Told{End::kEndless,
         {"应答没有结束", "the answer does not end"},
         {"应答超出时间或大小的上限仍在继续:生成没有结束符,或生成上限未生效",
          "it was still coming at the limit of time or size: the generation finds no end, or the "
          "limit of tokens is not observed"},
         {"检查 max_tokens 与 maxIterTimes;若只是慢,提高配置档中的 endpoint_seconds",
          "check max_tokens and maxIterTimes; if it is merely slow, raise the profile's "
          "endpoint_seconds"}},
    Told{End::kNotHttp,
         {"应答不是 HTTP", "the answer is not HTTP"},
         {"该端口上的不是 HTTP 服务,或期望的是 https",
          "what listens there speaks no HTTP, or wants https"},
         {"核对端口与 httpsEnabled", "check the port and httpsEnabled"}},
};

std::string seconds_of(const HttpExchange& exchange) {
  return fmt::format("{:.1f} s", exchange.seconds);
}

Text detail_of(const HttpExchange& exchange) {
  switch (exchange.end) {
    case End::kNoAnswer:
      return said("({} 之内)", " within {}", seconds_of(exchange));
    case End::kStalled:
      return said("({} 字节,此后直到 {} 没有动静)", " ({} bytes, then silence until {})",
                  exchange.body.size(), seconds_of(exchange));
    case End::kEndless:
    case End::kHalf:
      return said("({} 字节,{})", " ({} bytes in {})", exchange.body.size(), seconds_of(exchange));
    default:
      return exchange.error.empty() ? Phrase()
                                    : Phrase(": " + valid_utf8(first_line(exchange.error)));
  }
}

// Of a status other than 200.
Finding wrong_status(const HttpExchange& exchange, const Phrase& what) {
  Finding finding{.expected = said("{}:200", "{}: 200", what),
                  .actual = said("状态码 {}", "status {}", exchange.status)};
  const int status = exchange.status;
  if (status >= 300 && status < 400) {
    finding.actual =
        finding.actual + said(",转到 {}", " to {}", valid_utf8(exchange.header("location")));
    finding.why = {"应答是重定向:该地址上的不是 MindIE,而是网关或代理",
                   "it is a redirect: not MindIE answers there, but a gateway or a proxy"};
    finding.next = {"直接访问主节点的服务地址", "ask the master's own service address"};
    return finding;
  }
  if (const auto error = service_error_in(exchange.body))
    finding.actual =
        finding.actual + Phrase(fmt::format(", {}{}", quoted(error->text),
                                            error->type.empty() ? "" : " (" + error->type + ")"));
  else if (!is_blank(exchange.body))
    finding.actual = finding.actual + Phrase(", " + quoted(trim(exchange.body)));
  if (status == 401 || status == 403)
    finding.why = {"服务要求令牌,或令牌无效:在清单 endpoint 中写 token_file",
                   "the service wants a token, or another one: give token_file in the inventory's "
                   "endpoint"};
  else if (status == 404 && finding.actual.en.find("not found in server") == std::string::npos)
    finding.why = {"服务没有这个接口:端口上可能是另一个程序,或是从节点",
                   "there is no such path: another program has the port, or it is a slave"};
  else if (status == 413 || status == 429)
    finding.why = {"中间的网关限制了请求的大小或次数",
                   "a gateway in between limits the size or the number of requests"};
  else if (status == 503)
    finding.why = {"服务尚未就绪、繁忙或正在停止",
                   "the service is not ready yet, is busy, or is being stopped"};
  else if (status >= 500)
    finding.why = {"推理后端失败:从节点可能已丢失",
                   "the inference behind it failed: a slave may be lost"};
  else
    finding.why = {
        "服务拒绝了指南的请求。指南说 modelName 可以随意填写,但请求中的模型名须与"
        "运行中的服务逐字一致:改名后要重启服务",
        "the service refuses the guide's request. The guide calls modelName free to "
        "choose, but a request must have the name of the running service, letter by "
        "letter: after a change it has to be started anew"};
  finding.next = {"查看主节点的服务日志", "look at the service's log on the master"};
  return finding;
}

}  // namespace

std::optional<Finding> no_response(const HttpExchange& exchange, const Phrase& what) {
  if (exchange.end == End::kComplete) return std::nullopt;
  Finding finding{.expected = said("{}:完整的应答", "{}: a whole answer", what),
                  .actual = Text{"请求失败", "the request failed"} + detail_of(exchange),
                  .why = {"请求没有得到应答", "the request got no answer"}};
  for (const Told& told : kTold)
    if (told.end == exchange.end) {
      finding.actual = told.actual + detail_of(exchange);
      finding.why = told.why;
      finding.next = told.next;
    }
  return finding;
}

std::optional<Finding> wrong_response(const HttpExchange& exchange, const Phrase& what, Body body) {
  if (exchange.end == End::kComplete && exchange.status != 200) return wrong_status(exchange, what);
  if (auto finding = no_response(exchange, what)) {
    // A status that is wrong already says more than how the rest of it failed to come.
    if (exchange.status >= 300) return wrong_status(exchange, what);
    return finding;
  }
  const std::string type = exchange.header("content-type");
  const std::string_view wanted = body == Body::kJson ? "json" : "text/event-stream";
  if (type.find(wanted) != std::string::npos || is_blank(exchange.body)) return std::nullopt;
  // A stream that is answered by JSON is an error, mostly: what it says is more than its type.
  if (body == Body::kEvents && service_error_in(exchange.body)) return std::nullopt;
  return Finding{
      .expected = said("{}:content type 为 {}", "{}: content type {}", what,
                       body == Body::kJson ? "application/json" : wanted),
      .actual = type.empty() ? Text{"没有 content type", "no content type"}
                             : said("content type 为 {}", "content type {}", quoted(type)),
      .why = {"应答的不是 MindIE 的接口,或中间的代理改写了应答",
              "who answers is no endpoint of MindIE, or a proxy in between rewrites answers"},
      .next = {"直接访问主节点的服务地址", "ask the master's own service address"}};
}

Finding wrong_body(const HttpExchange& exchange, const Refusal& refusal, const Phrase& what) {
  Finding finding{.expected = said("{}:模型的应答", "{}: an answer of the model", what),
                  .actual = refusal.reason,
                  .next = {"查看主节点的服务日志", "look at the service's log on the master"}};
  switch (refusal.kind) {
    case Refusal::Kind::kEmpty:
      finding.actual =
          said("状态码 {},应答为空", "status {}, and an empty answer", exchange.status);
      finding.why = {"服务应答了 200 却没有内容", "the service says 200 and nothing else"};
      break;
    case Refusal::Kind::kErrorText:
      finding.actual = said("状态码 {},内容却是错误:{}", "status {}, and an error inside: {}",
                            exchange.status, refusal.reason);
      finding.why = {"状态码是 200,应答却是错误:推理后端失败",
                     "the status says 200, the answer is an error: the inference behind it failed"};
      break;
    default:
      finding.actual = said("应答无法读懂:{}", "the answer cannot be read: {}", refusal.reason);
      finding.why = {"应答不是 MindIE 文档所述的形式",
                     "the answer has none of the forms that MindIE documents"};
  }
  return finding;
}

}  // namespace touchstone
