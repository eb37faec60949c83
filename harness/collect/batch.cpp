#include "harness/collect/batch.h"

#include <array>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "harness/collect/script_parts.h"

namespace touchstone {
namespace {

constexpr int kHostChains = 4;  // questions of the host that are asked side by side

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) text.replace(at, what.size(), by);
}

// One call of `q`: key, NPU, limit in seconds, limit in bytes (one more, to see that there was more), command.
std::string ask(const Question& question, const std::string& key, const std::vector<std::string>& argv) {
  std::string line = fmt::format("  q {} {} {}", key, static_cast<long>(std::ceil(question.seconds)), question.bytes + 1);
  // {npu} stands for a shell variable, so that one function serves all NPUs of a host.
  for (const std::string& word : argv) line += word == "{npu}" ? " \"$N\"" : " " + shell_quoted(word);
  return line + "\n";
}

std::vector<std::string> command_for_script(const Question& question, const Group& group, const Host& host, const Profile& profile) {
  return command_of(question, group, host, profile, -1);
}

std::string npu_chain(const Inventory& inventory, const Group& group, const Host& host, const Batch& batch) {
  std::string body, again;
  // What is looked at twice is asked first, so that the chain itself takes most of the time between the two.
  for (bool twice : {true, false})
    for (const Question& question : batch.questions) {
      if (question.where != Where::kNpu || question.second_look != twice) continue;
      const auto argv = command_for_script(question, group, host, inventory.profile);
      body += ask(question, question.key, argv);
      if (twice) again += ask(question, question.key + ".again", argv);
    }
  if (body.empty()) return "";
  std::string chain = "chain_npu() {\n  N=$1 C=n$1\n  begin\n" + body;
  if (!again.empty()) chain += fmt::format("  rest {}\n", static_cast<long>(batch.second_look_after * 100)) + again;
  return chain + "}\n";
}

std::string host_chains(const Inventory& inventory, const Group& group, const Host& host, const Batch& batch, int& chains) {
  std::array<std::string, kHostChains> bodies;
  std::size_t next = 0;
  for (const Question& question : batch.questions)
    if (question.where == Where::kHost)
      bodies[next++ % kHostChains] += ask(question, question.key, command_for_script(question, group, host, inventory.profile));
  std::string text;
  chains = 0;
  for (const std::string& body : bodies)
    if (!body.empty()) {
      text += fmt::format("chain_h{}() {{\n  N=-1 C=h{}\n  begin\n{}}}\n", chains, chains, body);
      ++chains;
    }
  return text;
}

}  // namespace

std::string shell_quoted(std::string_view word) {
  std::string text = "'";
  for (char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string typed(const std::vector<std::string>& argv) {
  std::string text;
  for (const std::string& word : argv) {
    const bool plain = !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                                               "_-./:=,@%+") == std::string::npos;
    text += (text.empty() ? "" : " ") + (plain ? word : shell_quoted(word));
  }
  return text;
}

std::vector<std::string> command_of(const Question& question, const Group& group, const Host& host, const Profile& profile, int npu) {
  const std::string sysroot = host.sysroot == "/" ? "" : host.sysroot.substr(0, host.sysroot.find_last_not_of('/') + 1);
  std::vector<std::string> argv = question.argv;
  for (std::string& word : argv) {
    if (npu >= 0) replace_all(word, "{npu}", std::to_string(npu));
    replace_all(word, "{sysroot}", sysroot);
    replace_all(word, "{container}", host.container);
    replace_all(word, "{rank_table}", group.rank_table);
    replace_all(word, "{weights_path}", profile.weights_path);
    replace_all(word, "{docker_path}", profile.docker_path);
  }
  return argv;
}

std::string collection_script(const Inventory& inventory, const Group& group, const Host& host, const Batch& batch,
                              const std::string& nonce) {
  int chains = 0;
  const std::string hosts = host_chains(inventory, group, host, batch, chains);
  const std::string npus = npu_chain(inventory, group, host, batch);
  std::string names, start;
  for (int i = 0; i < chains; ++i) start += fmt::format("  chain_h{0} >/dev/null 2>&1 & P=\"$P h{0}:$!\"\n", i);
  std::string ids;
  for (int i = 0; i < host.npus; ++i) ids += fmt::format(" {}", i);
  if (!npus.empty()) start += fmt::format("  for I in{}; do chain_npu \"$I\" >/dev/null 2>&1 & P=\"$P n$I:$!\"; done\n", ids);
  const std::string sysroot = host.sysroot == "/" ? "" : host.sysroot;
  return fmt::format("K={} R={}\n", nonce, shell_quoted(sysroot)) + std::string(kScriptTools) + hosts + npus +
         "visit() {\n  P=\n  hello " + shell_quoted(host.name) + "\n" + start + std::string(kScriptEnd);
}

std::string new_nonce() {
  std::random_device source;  // /dev/urandom, or the processor's own
  std::string nonce;
  for (int i = 0; i < 4; ++i) nonce += fmt::format("{:08x}", source());
  return nonce;
}

}  // namespace touchstone
