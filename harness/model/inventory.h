#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/profile.h"
#include "harness/model/secrets.h"

namespace touchstone {

// How a host is reached.
struct Access {
  std::string transport = "ssh";  // ssh, exec, local
  std::string user;               // ssh; empty: what ssh itself would take
  std::optional<int> port;        // ssh; absent: what ssh itself would take
  std::string identity;           // ssh: path of a private key
  std::vector<std::string>
      command;              // exec: argv; {host} and {address} are filled in; `sh -s` is appended
  bool sudo = false;        // run the script by `sudo -n`
  double time_limit = 120;  // seconds for one visit
  bool operator==(const Access&) const = default;
};

// What stands before an absolute path of the guide: nothing for "/".
std::string without_slash(const std::string& root);

struct Host {
  std::string name;             // as in reports; unique
  std::string address;          // how we reach it; default: the name
  std::string service_address;  // who it is in the rank table; default: the address
  Access access;
  std::string sysroot = "/";            // prefix of every absolute path of the guide
  std::string container;                // name of the MindIE container
  std::string container_sysroot = "/";  // the same as sysroot, for paths inside the container
  int npus = 8;                         // expected
  bool operator==(const Host&) const = default;
};

// What the site wants of one NPU's port.
struct NpuAddress {
  std::string address, netmask, gateway, netdetect;  // empty: the site does not say
  bool operator==(const NpuAddress&) const = default;
};

// How the endpoints of a group's service are asked. Paths are those of where it is asked from: of
// the controller, or of the master's container.
struct EndpointAccess {
  std::string from = "controller";    // or "host": where the controller cannot reach the service
  std::string scheme;                 // "http", "https"; empty: as the service is configured
  std::string ca, certificate, key;   // PEM; empty: the system's authorities, no client certificate
  std::string token_file, token_env;  // where the bearer token is, when asking; never the token
  std::string proxy;  // empty: none, whatever the environment says; "environment", or a URL
  bool operator==(const EndpointAccess&) const = default;
};

// One MindIE instance: the hosts that share a rank table.
struct Group {
  std::string name;
  std::string master;  // as the site names it; who it is: master_host()
  std::string rank_table = "/data/hm/rank_table_file.json";  // path on the hosts
  std::string service_user = "root";
  std::map<std::string, std::vector<NpuAddress>>
      npu_network;  // host name → by NPU; empty: the site has no plan
  EndpointAccess endpoint;
  std::vector<Host> hosts;
  bool operator==(const Group&) const = default;

  const Host* find(const std::string& host) const;
  int npus() const;  // of all of its hosts
  // The named one, else the first in the order that a rank table of this profile has.
  const Host* master_host(const Profile& profile) const;
  bool is_master(const std::string& host, const Profile& profile) const;
};

struct Inventory {
  std::string cluster;     // its name, on every report
  bool simulated = false;  // reports say so in their title
  bool deep = false;       // `run --deep`: the contents of the weights are compared, too (5.1.2)
  Profile profile;         // the profile with the site's overrides applied
  std::vector<Group> groups;
  Secrets secrets;  // of the site; blanked while answers are taken in, and kept in no recording
  bool operator==(const Inventory&) const = default;

  const Host* find(const std::string& host) const;
  const Group* group_of(const std::string& host) const;
  std::size_t host_count() const;
};

}  // namespace touchstone
