#include "harness/parse/rank_table.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"
#include "harness/parse/ipv4.h"
#include "harness/parse/json_text.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

// Takes the members of one object, and keeps the first complaint about its shape.
class Shape {
 public:
  Shape(const JsonNode& node, std::string path) : node_(node), path_(std::move(path)) {
    if (node.type != Type::kObject) complain(node, path_, Type::kObject);
  }

  std::string required(std::string_view key) {
    const JsonNode* member = node_.find(key);
    if (!member) missing(key);
    return member ? text(*member, key) : std::string();
  }
  std::optional<std::string> optional(std::string_view key) {
    const JsonNode* member = node_.find(key);
    return member ? std::optional(text(*member, key)) : std::nullopt;
  }
  const std::vector<JsonNode>& list(std::string_view key) {
    static const std::vector<JsonNode> kNone;
    const JsonNode* member = node_.find(key);
    if (!member) missing(key);
    if (!member || member->type == Type::kArray) return member ? member->items : kNone;
    complain(*member, name(key), Type::kArray);
    return kNone;
  }
  // For objects within: the first complaint of either stays.
  void adopt(const Shape& inner) {
    if (refusal_.reason.empty()) refusal_ = inner.refusal_;
  }
  const Refusal& refusal() const { return refusal_; }
  bool ok() const { return refusal_.reason.empty(); }

 private:
  std::string name(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  }
  static Phrase table_or(std::string_view path) {
    return path.empty() ? Phrase("表", "the table") : Phrase(path);
  }
  std::string text(const JsonNode& member, std::string_view key) {
    if (member.type == Type::kString) return member.text;
    complain(member, name(key), Type::kString);
    return {};
  }
  void missing(std::string_view key) {
    refuse(node_, said("{} 没有键 \"{}\"", "{} has no key \"{}\"", table_or(path_), key));
  }
  void complain(const JsonNode& node, std::string_view what, Type expected) {
    Text wanted = name_of(expected);
    if (node.type == Type::kNumber)
      wanted = wanted + said(":请写作 {}", ": write {}", quoted(node.text));
    if (ok()) refusal_ = wrong_type(node, table_or(what), wanted);
  }
  void refuse(const JsonNode& node, const Text& what) {
    if (ok()) refusal_ = malformed_at(node.position, what);
  }

  const JsonNode& node_;
  std::string path_;
  Refusal refusal_;
};

RankTable::Device read_device(const JsonNode& node, const std::string& path, Shape& outer) {
  Shape shape(node, path);
  RankTable::Device device{.line = node.position.line};
  if (shape.ok()) {
    device.device_id = shape.required("device_id");
    device.device_ip = shape.required("device_ip");
    device.rank_id = shape.required("rank_id");
  }
  outer.adopt(shape);
  return device;
}

RankTable::Server read_server(const JsonNode& node, const std::string& path, Shape& outer) {
  Shape shape(node, path);
  RankTable::Server server{.line = node.position.line};
  if (shape.ok()) {
    server.server_id = shape.required("server_id");
    server.container_ip = shape.optional("container_ip");
    server.host_nic_ip = shape.optional("host_nic_ip");
    for (const JsonNode& item : shape.list("device"))
      server.devices.push_back(
          read_device(item, fmt::format("{}.device[{}]", path, server.devices.size()), shape));
  }
  outer.adopt(shape);
  return server;
}

// Other generations of the table are told by their keys, before this shape is asked of them.
std::optional<Refusal> other_form(const JsonNode& root) {
  const auto unsupported = [](const Text& what) {
    return Refusal{
        .kind = Refusal::Kind::kUnsupported,
        .reason = said("{};指南要求版本 \"1.0\"", "{}; the guide wants version \"1.0\"", what)};
  };
  const JsonNode* version = root.find("version");
  if (version && version->text == "2.0")
    return unsupported({"这是 2.0 版的 rank table,用于 A5 产品",
                        "this is a rank table of version 2.0, for A5 products"});
  if (root.find("group_list"))
    return unsupported({"这是带 \"group_list\" 的旧式 rank table",
                        "this is a rank table of the old form with \"group_list\""});
  return std::nullopt;
}

}  // namespace

Parsed<RankTable> parse_rank_table(std::string_view out, std::string_view err) {
  auto root = read_json_file(out, err, "cat RANKTABLEFILE");
  if (!root) return root.refusal();
  if (auto refusal = other_form(root.value())) return *refusal;
  Shape shape(root.value(), "");
  if (!shape.ok()) return shape.refusal();
  RankTable table{.version = shape.required("version"),
                  .status = shape.optional("status").value_or(""),
                  .server_count = shape.required("server_count")};
  for (const JsonNode& item : shape.list("server_list"))
    table.servers.push_back(
        read_server(item, fmt::format("server_list[{}]", table.servers.size()), shape));
  if (!shape.ok()) return shape.refusal();
  return table;
}

Parsed<RankTable> parse_unmasked_rank_table(std::string_view out, std::string_view err) {
  auto table = parse_rank_table(out, err);
  if (!table) return table;
  std::optional<Refusal> masked;
  const auto look_at = [&masked](const std::string& address, int line) {
    if (!masked && is_masked_address(address)) masked = masked_address(line, address);
  };
  for (const RankTable::Server& server : table.value().servers) {
    look_at(server.server_id, server.line);
    look_at(server.container_ip.value_or(""), server.line);
    look_at(server.host_nic_ip.value_or(""), server.line);
    for (const RankTable::Device& device : server.devices) look_at(device.device_ip, device.line);
  }
  if (masked) return *masked;
  return table;
}

RankTable merge_rank_tables(std::span<const RankTable> tables) {
  RankTable merged;
  for (const RankTable& table : tables)
    merged.servers.insert(merged.servers.end(), table.servers.begin(), table.servers.end());
  number_rank_table(merged);
  return merged;
}

void number_rank_table(RankTable& table) {
  table.version = "1.0";
  table.status = "completed";
  table.server_count = std::to_string(table.servers.size());
  int rank = 0;
  for (RankTable::Server& server : table.servers)
    for (RankTable::Device& device : server.devices) device.rank_id = std::to_string(rank++);
}

}  // namespace touchstone
