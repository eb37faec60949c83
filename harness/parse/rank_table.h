#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/model/text.h"

namespace touchstone {

// The rank table of HCCL, form 1.0 (guide 3.2): who is in the cluster, in which order.
// All numbers are strings in the file and stay strings here; `line` is where the object begins in
// the text.
struct RankTable {
  struct Device {
    std::string device_id;
    std::string device_ip;
    std::string rank_id;
    int line = 0;
    bool operator==(const Device&) const = default;
  };
  struct Server {
    std::string server_id;
    std::optional<std::string> container_ip;  // hccl_tools.py writes none, MindIE wants one
    std::optional<std::string> host_nic_ip;   // hccl_tools.py writes "reserve"; harmless
    std::vector<Device> devices;
    int line = 0;
    bool operator==(const Server&) const = default;
  };
  std::string version;
  std::string status;        // empty: the key is missing
  std::string server_count;  // as written
  std::vector<Server> servers;
  bool operator==(const RankTable&) const = default;
};

// Refuses what is not strict JSON or not of this shape, with line and column. What has the shape
// but is wrong is for check_rank_table. A missing file ("No such file", of cat): kNotSet.
// Version 2.0 (A5): kUnsupported.
Parsed<RankTable> parse_rank_table(std::string_view out, std::string_view err);
// The same, and refuses a table with masked addresses: a document's, of no cluster. To the steps it
// is a wrong table, of which check_rank_table tells each place.
Parsed<RankTable> parse_unmasked_rank_table(std::string_view out, std::string_view err);

struct RankTableProblem {
  enum class Code {
    kVersion,             // not "1.0"
    kStatus,              // not "completed"
    kServerCount,         // no number, or not the length of the list
    kServerCountRange,    // MindIE takes 2 to 60 servers
    kServerId,            // no IPv4 address, or one of the loopback
    kServerDuplicate,     // the same server_id or container_ip twice
    kContainerIpMissing,  // missing or empty
    kContainerIpInvalid,  // no IPv4 address
    kContainerIpDiffers,  // not the server_id; a site may want that
    kDevicesDiffer,       // servers with different numbers of devices, or none
    kDeviceId,            // not 0, 1, 2 … within its server
    kDeviceIpInvalid,     // "-.-.-.-", or another text that is no address
    kDeviceIpDuplicate,
    kRankId,         // no number, or over 511
    kRankDuplicate,  // the same rank twice
    kRankGap,        // ranks do not count from 0 without a gap
    kRankOrder,  // no gap, but not in the order of the list; rank 0 is not with the first server
  };
  Code code = Code::kVersion;
  Text message;     // names server and device
  int line = 0;     // 0: of the whole table
  int server = -1;  // index in RankTable::servers; -1: of the whole table
  int device = -1;  // index in Server::devices
};
std::string_view name_of(RankTableProblem::Code code);  // "server-count", "rank-gap", …

// In the order of the text; empty: nothing wrong. Knows the table alone: neither the inventory nor
// the profile's order.
std::vector<RankTableProblem> check_rank_table(const RankTable& table);

enum class RankTableForm {
  kGuide,      // the shape of the guide: container_ip, one device a line
  kHcclTools,  // as hccl_tools.py and merge_hccl.py write: host_nic_ip "reserve", no container_ip,
               // indented by four
};
// JSON text, ending in a line feed. Counts and ranks are written as they are in the table: see
// number_rank_table.
std::string write_rank_table(const RankTable& table, RankTableForm form);

// The servers of all tables in the order of the arguments (so the first one becomes the master, as
// merge_hccl.py has it), numbered anew.
RankTable merge_rank_tables(std::span<const RankTable> tables);

// Sets version, status, server_count, and rank_id from 0 in the order of the list.
void number_rank_table(RankTable& table);

}  // namespace touchstone
