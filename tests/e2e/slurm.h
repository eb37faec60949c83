#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/daemon.h"

namespace touchstone {

// A real Slurm cluster whose nodes are the hosts of a simulated one: a controller, a slurmd for
// each host, and their munged. Configuration, keys, sockets and spool are in the cluster's folder;
// nothing of a Slurm of this machine is read or changed. Everything is stopped by its process id.
//
// Slurm daemons listen where the name of their machine leads. So that each has a name and a
// loopback address of its own, libnss_wrapper tells them both.
class Slurm {
 public:
  Slurm(const Cluster& cluster, int hosts)
      : root_(cluster.root() + "/slurm"), network_(cluster.network()) {
    for (int number = 1; number <= hosts; ++number)
      nodes_["node-" + std::string(number < 10 ? "0" : "") + std::to_string(number)] =
          network_ + "." + std::to_string(10 + number);
    if (!why_not().empty()) return;
    write_files();
    start();
  }
  ~Slurm() {
    stop();
    // Only where a test failed: a step whose slurmd has gone waits for it.
    for (const std::string& pid : processes()) shell("kill -KILL " + pid);
  }
  Slurm(const Slurm&) = delete;
  Slurm& operator=(const Slurm&) = delete;

  // Why it cannot run on this machine; empty: it can.
  static std::string why_not() {
    if (::geteuid() != 0) return "only root can be many nodes at once";
    for (const char* program : {"slurmctld", "slurmd", "munged", "srun"})
      if (shell(std::string("command -v ") + program).code != 0)
        return std::string("there is no ") + program + " (slurmctld, slurmd, slurm-client, munge)";
    if (shell("LD_PRELOAD=libnss_wrapper.so true").out.find("libnss_wrapper") != std::string::npos)
      return "there is no libnss_wrapper.so (libnss-wrapper)";
    return "";
  }
  bool runs() const { return runs_; }
  std::string log() const { return why_not() + shell("tail -n 5 " + root_ + "/*.log").out; }

  // The word before a client's own, such as srun: it tells the client of this cluster.
  std::string with() const { return root_ + "/with"; }
  Ran client(const std::string& command) const { return shell(with() + " " + command); }

  // The node's slurmd ends, and the controller takes the node for dead.
  void take_down(const std::string& node) {
    nodes_up_.erase(node);
    const Ran down = client("scontrol update NodeName=" + node + " State=DOWN Reason=test");
    EXPECT_EQ(down.code, 0) << down.out;
  }

  void stop() {
    nodes_up_.clear();
    controller_.reset();
    munged_.reset();
  }

  // Whether no job is left, within a minute: those of clients that were killed are still ending.
  bool jobs_end() {
    return controller_->wait_until([&] { return client("squeue --noheader").out.empty(); });
  }

  // The ids of all processes that belong to it: its daemons, its clients, and what runs in jobs as
  // far as that has kept its environment.
  std::set<std::string> processes() const {
    std::istringstream found(
        shell("grep -alF SLURM_CONF=" + root_ + " /proc/[0-9]*/environ 2>/dev/null").out);
    std::set<std::string> pids;
    for (std::string path; std::getline(found, path);)
      pids.insert(std::filesystem::path(path).parent_path().filename());
    return pids;
  }

 private:
  void write_files() const {
    for (const auto& [node, address] : nodes_)
      std::filesystem::create_directories(root_ + "/spool-" + node);
    std::filesystem::create_directories(root_ + "/state");
    shell("head -c 128 /dev/urandom >" + root_ + "/munge.key; chmod 400 " + root_ + "/munge.key");
    std::ofstream hosts(root_ + "/hosts");
    hosts << "127.0.0.1 localhost\n" << controller() << " controller\n";
    for (const auto& [node, address] : nodes_) hosts << address << " " << node << "\n";
    // A client says the name it is told here; it then listens on 127.0.0.1, from where it also
    // calls.
    std::ofstream(with()) << "#!/bin/sh\nexport SLURM_CONF=" << root_
                          << "/slurm.conf LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_HOSTS=" << root_
                          << "/hosts NSS_WRAPPER_HOSTNAME=${NSS_WRAPPER_HOSTNAME:-localhost}\n"
                             "exec \"$@\"\n";
    std::filesystem::permissions(with(), std::filesystem::perms{0755});
    // Nothing is asked of the control groups of this machine, so they need not be there.
    std::ofstream(root_ + "/cgroup.conf")
        << "CgroupPlugin=cgroup/v1\nCgroupMountpoint=" << root_ << "/none\n";
    write_config();
  }

  void write_config() const {
    std::ofstream config(root_ + "/slurm.conf");
    config << "ClusterName=touchstone\nSlurmctldHost=controller(" << controller() << ")\n"
           << "SlurmctldPort=" << free_port() << "\nSlurmdPort=" << free_port() << "\n"
           << "SlurmUser=root\nAuthType=auth/munge\nAuthInfo=socket=" << root_ << "/munge.socket\n"
           << "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny\n"
           << "StateSaveLocation=" << root_ << "/state\nSlurmdSpoolDir=" << root_ << "/spool-%n\n"
           << "SlurmctldPidFile=" << root_ << "/slurmctld.pid\nSlurmdPidFile=" << root_
           << "/slurmd-%n.pid\n"
           << "ProctrackType=proctrack/pgid\nTaskPlugin=task/none\nMpiDefault=none\n"
           << "JobAcctGatherType=jobacct_gather/none\n"
           << "AccountingStorageType=accounting_storage/none\n"
           << "SelectType=select/cons_tres\nSelectTypeParameters=CR_Core\n"
           << "SlurmdParameters=config_overrides\nKillWait=1\n";
    for (const auto& [node, address] : nodes_)
      config << "NodeName=" << node << " NodeAddr=" << address << " CPUs=8 State=UNKNOWN\n";
    config << "PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP\n";
  }

  void start() {
    const std::string munge = root_ + "/munge.";
    munged_ = std::make_unique<Daemon>(
        std::vector<std::string>{with(), "munged", "--foreground", "--force",
                                 "--socket=" + munge + "socket", "--key-file=" + munge + "key",
                                 "--log-file=" + munge + "log", "--pid-file=" + munge + "pid",
                                 "--seed-file=" + munge + "seed"},
        root_ + "/munged.log");
    if (!munged_->wait_until([&] { return std::filesystem::exists(munge + "socket"); })) return;
    controller_ = daemon("controller", "slurmctld");
    if (!controller_->wait_until([&] { return client("scontrol ping").code == 0; })) return;
    for (const auto& [node, address] : nodes_) nodes_up_[node] = daemon(node, "slurmd");
    runs_ = controller_->wait_until([&] { return idle() == nodes_.size(); });
  }

  std::unique_ptr<Daemon> daemon(const std::string& name, const std::string& program) const {
    return std::make_unique<Daemon>(
        std::vector<std::string>{"env", "NSS_WRAPPER_HOSTNAME=" + name, with(), program, "-D"},
        root_ + "/" + name + ".log");
  }

  std::size_t idle() const {
    std::istringstream states(client("sinfo --Node --noheader --format=%T").out);
    std::size_t count = 0;
    for (std::string state; std::getline(states, state);) count += state == "idle";
    return count;
  }

  std::string controller() const { return network_ + ".201"; }

  std::string root_, network_;
  std::map<std::string, std::string> nodes_;  // and their addresses
  std::unique_ptr<Daemon> munged_, controller_;
  std::map<std::string, std::unique_ptr<Daemon>> nodes_up_;
  bool runs_ = false;
};

}  // namespace touchstone
