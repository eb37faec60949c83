#include "harness/collect/batch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>

#include <fmt/format.h>

#include "harness/collect/script_parts.h"

namespace touchstone {
namespace {

constexpr int kHostChains = 4;  // questions of the host that are asked side by side

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

// One call of `q`: key, limit in seconds, limit in bytes (one more, to see that there was more),
// command.
std::string ask(const Question& question, const std::string& key,
                const std::vector<std::string>& argv) {
  std::string line = fmt::format("  q {} {} {}", key, limit_of(question), question.bytes + 1);
  for (const std::string& word : argv) {
    std::string safe = shell_quoted(word);
    // {npu} stands for a shell variable, so that one function serves all NPUs of a host.
    if (!question.literal) replace_all(safe, "{npu}", "'\"$N\"'");
    line += " " + safe;
  }
  return line + "\n";
}

constexpr double kSlow = 60;  // seconds: from then on nobody waits for the other answers

// Questions that are asked one after the other, in a function of their own.
struct Chain {
  std::vector<const Question*> once, twice;

  void add(const Question& question) { (question.second_look ? twice : once).push_back(&question); }
  bool empty() const { return once.empty() && twice.empty(); }
};

// Where the chains of a visit are asked.
struct Place {
  const Inventory& inventory;
  const Group& group;
  const Host& host;

  std::string ask(const Question& question, const std::string& key) const {
    return touchstone::ask(question, key, command_of(question, group, host, inventory.profile, -1));
  }
};

// What is looked at twice is asked first, so that the chain itself takes most of the time between
// the two.
std::string function_of(const Chain& chain, const std::string& head, const Place& place,
                        double second_look_after) {
  std::string body, again;
  for (std::size_t i = 0; i < chain.twice.size(); ++i) {
    const Question* question = chain.twice[i];
    body += place.ask(*question, question->key);
    again += fmt::format("  rest {} {}\n", i + 1, std::lround(second_look_after * 100)) +
             place.ask(*question, question->key + ".again");
  }
  for (const Question* question : chain.once) {
    body += place.ask(*question, question->key);
    if (question->seconds > kSlow) body += "  flush\n";
  }
  const std::size_t count = chain.once.size() + 2 * chain.twice.size();
  const bool flushed = again.empty() && !chain.once.empty() && chain.once.back()->seconds > kSlow;
  return fmt::format("{}\n  begin {}\n{}{}{}}}\n", head, count, body, again,
                     flushed ? "" : "  emit\n");
}

using HostChains = std::array<Chain, kHostChains>;

// The functions of the chains that have something to ask, and the lines that start them.
void add_host_chains(const HostChains& chains, const Place& place, double second_look_after,
                     std::string& functions, std::string& start) {
  for (int i = 0; i < kHostChains; ++i) {
    if (chains[i].empty()) continue;
    functions += function_of(chains[i], fmt::format("chain_h{0}() {{\n  N=-1 C=h{0}", i), place,
                             second_look_after);
    start += fmt::format("  chain_h{} 2>/dev/null & P=\"$P $!\"\n", i);
  }
}

std::string script_of(const Host& host, const std::string& nonce, const std::string& functions,
                      const std::string& start) {
  return fmt::format("K={} R={}\n", nonce, shell_quoted(without_slash(host.sysroot))) + functions +
         std::string(kScriptBegin) + "  hello " + shell_quoted(host.name) + "\n" + start +
         std::string(kScriptEnd);
}

bool asked_of_host(const Question& question, const Host& host) {
  return question.where == Where::kHost ||
         (question.where == Where::kContainer && !host.container.empty());
}

}  // namespace

std::vector<std::string> command_of(const Question& question, const Group& group, const Host& host,
                                    const Profile& profile, int npu) {
  const std::string sysroot = without_slash(host.sysroot);
  std::vector<std::string> argv = question.argv;
  if (question.where == Where::kContainer)
    argv.insert(argv.begin(), {"docker", "exec", "-i", "{container}"});
  if (question.literal) return argv;
  for (std::string& word : argv) {
    if (npu >= 0) replace_all(word, "{npu}", std::to_string(npu));
    replace_all(word, "{sysroot}", sysroot);
    replace_all(word, "{croot}", without_slash(host.container_sysroot));
    replace_all(word, "{container}", host.container);
    replace_all(word, "{rank_table}", group.rank_table);
    replace_all(word, "{weights_path}", profile.weights_path);
    replace_all(word, "{docker_path}", profile.docker_path);
    replace_all(word, "{image}", profile.image);
    replace_all(word, "{mindie}", profile.mindie_path);
  }
  return argv;
}

long limit_of(const Question& question) {
  return std::max(1L, static_cast<long>(std::ceil(question.seconds)));
}

std::string visit_script(const Inventory& inventory, const Group& group, const Host& host,
                         const Batch& batch, const std::string& nonce) {
  Chain npu;
  HostChains hosts;
  std::size_t next = 0;
  for (const Question& question : batch.questions) {
    if (question.where == Where::kNpu)
      npu.add(question);
    else if (asked_of_host(question, host))
      hosts[next++ % kHostChains].add(question);
  }
  const Place place{inventory, group, host};
  std::string functions, start, ids;
  add_host_chains(hosts, place, batch.second_look_after, functions, start);
  for (int i = 0; i < host.npus; ++i) ids += fmt::format(" {}", i);
  if (!npu.empty() && !ids.empty()) {
    functions += function_of(npu, "chain_npu() {\n  N=$1 C=n$1", place, batch.second_look_after);
    start +=
        fmt::format("  for I in{}; do chain_npu \"$I\" 2>/dev/null & P=\"$P $!\"; done\n", ids);
  }
  return script_of(host, nonce, functions, start);
}

std::string turn_script(const Inventory& inventory, const Group& group, const Host& host,
                        const Turn& asked, const std::string& nonce) {
  std::map<int, Chain> npus;
  HostChains hosts;
  std::size_t next = 0;
  for (const FollowUp& one : asked) {
    if (one.host != host.name || one.question.where == Where::kController) continue;
    if (one.npu >= 0)
      npus[one.npu].add(one.question);
    else
      hosts[next++ % kHostChains].add(one.question);
  }
  const Place place{inventory, group, host};
  std::string functions, start;
  add_host_chains(hosts, place, 0, functions, start);
  for (const auto& [npu, chain] : npus) {
    functions += function_of(chain, fmt::format("chain_n{0}() {{\n  N={0} C=n{0}", npu), place, 0);
    start += fmt::format("  chain_n{} 2>/dev/null & P=\"$P $!\"\n", npu);
  }
  return script_of(host, nonce, functions, start);
}

std::string script_tools() {
  return std::string(kScriptTools);
}

std::string collection_script(const Inventory& inventory, const Group& group, const Host& host,
                              const Batch& batch, const std::string& nonce) {
  return script_tools() + visit_script(inventory, group, host, batch, nonce);
}

std::string ready_script(const std::string& nonce) {
  return fmt::format("trap 'exit 143' HUP INT TERM; L=1; printf '\\n@TS %s ready\\n' {}\n", nonce);
}

std::string new_nonce() {
  std::random_device source;  // /dev/urandom, or the processor's own
  std::string nonce;
  for (int i = 0; i < 4; ++i) nonce += fmt::format("{:08x}", source());
  return nonce;
}

}  // namespace touchstone
