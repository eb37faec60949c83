#include "harness/collect/offline.h"

#include <fmt/format.h>

#include "harness/collect/frames.h"
#include "harness/collect/recording.h"

namespace touchstone {
namespace {

constexpr std::string_view kMagic = "#touchstone-answers ";

}  // namespace

std::string offline_script(const Inventory& inventory, const Batch& batch) {
  const std::string nonce = new_nonce();
  std::string text =
      "#!/bin/sh\n# Touchstone: asks this host what the guide asks, and changes nothing on it.\n"
      "# On every host, as root:  sh touchstone-collect.sh HOST >HOST.touchstone   (HOST as in the inventory)\n"
      "# Then, beside the inventory:  touchstone recording import *.touchstone --out recording\n";
  std::string names;
  text += "case \"${1:-}\" in\n";
  for (const Group& group : inventory.groups)
    for (const Host& host : group.hosts) {
      // Each host's script in a function of its own: they differ in sysroot and paths.
      text += shell_quoted(host.name) + ")\n  printf '%s\\n' '" + std::string(kMagic) + nonce + " " + host.name + "'\n" +
              collection_script(inventory, group, host, batch, nonce) + "  ;;\n";
      names += (names.empty() ? "" : " ") + host.name;
    }
  return text + "*)\n  echo \"usage: sh $0 HOST >HOST.touchstone   HOST is one of: \"" + shell_quoted(names) + " >&2\n  exit 64\n  ;;\nesac\n";
}

Visit import_answers(const Inventory& inventory, const Batch& batch, std::string_view text) {
  const std::size_t at = text.find(kMagic);
  if (at == std::string_view::npos)
    throw RecordingError("has no line '#touchstone-answers …': this is not what the collection script prints");
  std::string_view rest = text.substr(at + kMagic.size());
  const std::string nonce(rest.substr(0, rest.find_first_of(" \n")));
  rest.remove_prefix(std::min(nonce.size() + 1, rest.size()));
  const std::string name(rest.substr(0, rest.find_first_of("\r\n")));
  const Group* group = inventory.group_of(name);
  if (!group) throw RecordingError(fmt::format("is of host '{}', which the inventory does not have", name));
  FrameReader reader(nonce, inventory, *group, *group->find(name), batch);
  reader.feed(rest);
  if (!reader.began()) throw RecordingError("ends before the first answer");
  Visit visit{.host = name};
  visit.state = reader.finished() ? Visit::State::kAnswered : Visit::State::kDied;
  if (!reader.finished()) visit.detail = "the file ends before the script did";
  visit.started = visit.host_time = reader.host_time();
  visit.answers = reader.take_answers();
  for (const auto& [key, answer] : visit.answers)
    visit.seconds = std::max(visit.seconds, answer.start + answer.seconds - visit.started);
  return visit;
}

}  // namespace touchstone
