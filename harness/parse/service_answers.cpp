#include "harness/parse/service_answers.h"

#include "harness/parse/json_path.h"
#include "harness/parse/lines.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

std::optional<int> small_count(std::string_view text) {
  const auto number = integer_of(text);
  if (!number || *number < 0 || *number > 1'000'000) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<std::string> server_text(const JsonNode& root, std::string_view key) {
  const JsonNode* node = node_at(root, {"ServerConfig", key});
  if (!node || node->type != JsonNode::Type::kString || node->text.empty()) return std::nullopt;
  return node->text;
}

std::optional<int> port_at(const JsonNode& root, std::string_view section, std::string_view key) {
  const JsonNode* node = node_at(root, {section, key});
  if (!node || node->type != JsonNode::Type::kNumber) return std::nullopt;
  const auto port = small_count(node->text);
  return port && *port > 0 && *port <= 65535 ? port : std::nullopt;
}

bool is_true(const JsonNode* node) {
  return node && node->type == JsonNode::Type::kBoolean && node->text == "true";
}

// "1790000000 success NAME"
std::optional<ServiceLog::File> log_file(std::string_view text) {
  const auto words = words_of(text);
  const auto modified = words.size() == 3 ? integer_of(words[0]) : std::nullopt;
  if (!modified) return std::nullopt;
  ServiceLog::File file{.modified = *modified, .name = valid_utf8(words[2])};
  if (words[1] == "success")
    file.last = ServiceLog::Last::kSuccess;
  else if (words[1] == "failure")
    file.last = ServiceLog::Last::kFailure;
  else if (words[1] != "nothing")
    return std::nullopt;
  return file;
}

}  // namespace

Parsed<ServicePorts> parse_service_ports(std::string_view out, std::string_view err) {
  if (is_blank(out)) {
    if (auto refusal = shell_message(err)) return *refusal;
    return empty_answer("cat conf/config.json");
  }
  const auto json = read_json(out);
  if (!json) return json.refusal();
  const JsonNode& root = json.value();
  if (!root.find("ServerConfig"))
    return malformed({"其中没有 ServerConfig", "there is no ServerConfig in it"});
  return ServicePorts{.address = server_text(root, "ipAddress"),
                      .management_address = server_text(root, "managementIpAddress"),
                      .port = port_at(root, "ServerConfig", "port"),
                      .management_port = port_at(root, "ServerConfig", "managementPort"),
                      .nodes_port = port_at(root, "BackendConfig", "multiNodesInferPort"),
                      .https = is_true(node_at(root, {"ServerConfig", "httpsEnabled"}))};
}

Parsed<Knock> parse_knock(std::string_view out, std::string_view err) {
  auto lines = filled_lines_of(out, err, Text{"连接尝试", "the attempt to connect"});
  if (!lines) return lines.refusal();
  Knock knock;
  std::optional<int> code;
  std::string_view connected;
  for (const Line& line : lines.value()) {
    if (const auto to = after(line.text, "to ")) knock.to = valid_utf8(*to);
    if (const auto by = after(line.text, "by ")) knock.by = valid_utf8(*by);
    if (const auto text = after(line.text, "code ")) code = small_count(*text);
    if (const auto text = after(line.text, "connected ")) connected = *text;
    if (const auto text = after(line.text, "status ")) knock.status = small_count(*text);
    if (const auto text = after(line.text, "message ")) knock.message = valid_utf8(*text);
    if (const auto text = after(line.text, "body ")) knock.body = valid_utf8(*text);
  }
  if (knock.to.empty() || knock.by.empty() || !code || (connected != "yes" && connected != "no"))
    return malformed({"缺少 \"to\"、\"by\"、\"code\" 或 \"connected\"",
                      "one of \"to\", \"by\", \"code\" and \"connected\" is missing"});
  knock.code = *code;
  knock.connected = connected == "yes";
  if (knock.status == 0) knock.status.reset();
  return knock;
}

Parsed<ServiceLog> parse_service_log(std::string_view out, std::string_view err) {
  auto lines = filled_lines_of(out, err, Text{"日志搜索", "the search in the logs"});
  if (!lines) return lines.refusal();
  ServiceLog log;
  std::optional<int> files, success;
  for (const Line& line : lines.value()) {
    if (const auto text = after(line.text, "files ")) files = small_count(*text);
    if (const auto text = after(line.text, "success ")) success = small_count(*text);
    if (const auto text = after(line.text, "log ")) {
      auto file = log_file(*text);
      if (!file) return malformed(line, "log SECONDS success|failure|nothing NAME");
      log.logs.push_back(std::move(*file));
    }
    if (const auto text = after(line.text, "error "))
      log.errors += (log.errors.empty() ? "" : "; ") + valid_utf8(*text);
  }
  if (!files || !success)
    return malformed(
        {"其中没有 \"files\" 或 \"success\"", "there is no \"files\" or \"success\" in it"});
  log.files = *files;
  log.success = *success;
  return log;
}

}  // namespace touchstone
