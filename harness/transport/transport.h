#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/text.h"

namespace touchstone {

// What a transport needs to know of the run.
struct TransportContext {
  std::string control_dir;  // a private folder (0700) for sockets; short, since a socket's path has
                            // at most 107 bytes
  std::string ssh_config;   // a configuration file for ssh; empty: the user's own
  double connect_seconds = 20;
};

// How a host is reached. A transport only says which program brings a shell; the collector starts
// and watches it.
class Transport {
 public:
  virtual ~Transport() = default;

  // The argv that starts `sh -s` on that host, with its standard streams connected to ours.
  virtual std::vector<std::string> shell(const Host& host) const = 0;

  // What an exit code (negative: the program could not be started; 128 + the signal's number for a
  // program that a signal ended) and the program's stderr mean when the script never began, and
  // what to do; empty: nothing known.
  virtual Text explain(const Host& host, int exit_code, std::string_view error) const = 0;
};

// Null: there is no transport of that name.
std::unique_ptr<Transport> make_transport(const std::string& name, const TransportContext& context);

// "exec, local, ssh", for messages.
std::string transport_names();

// What sudo complained of, where the host wants it; empty: it did not.
Text explain_sudo(const Host& host, std::string_view error);

// `sh -s`, by `sudo -n` where the host wants that.
std::vector<std::string> shell_words(const Host& host);

}  // namespace touchstone
