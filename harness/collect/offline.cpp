#include "harness/collect/offline.h"

#include <fmt/format.h>

#include "harness/collect/frames.h"
#include "harness/collect/recording.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

constexpr std::string_view kMagic = "#touchstone-answers ";

}  // namespace

std::string offline_script(const Inventory& inventory, const Batch& batch) {
  const std::string nonce = new_nonce();
  std::string text =
      "#!/bin/sh\n# Touchstone: asks this host what the guide asks, and changes nothing on it.\n"
      "# On every host, as root:  sh touchstone-collect.sh HOST >HOST.touchstone   (HOST as in the "
      "inventory;\n"
      "# without it the host's own name, `uname -n`, is taken)\n"
      "# Then, beside the inventory:  touchstone recording import *.touchstone --out recording\n";
  text += script_tools() + "H=${1:-$(uname -n)}\n[ ! -t 1 ] || H=\ncase \"$H\" in\n";
  std::string names;
  for (const Group& group : inventory.groups)
    for (const Host& host : group.hosts) {
      text += shell_quoted(host.name) + ")\n  printf '%s\\n' '" + std::string(kMagic) + nonce +
              " '" + shell_quoted(host.name) + "\n" +
              visit_script(inventory, group, host, batch, nonce) + "  ;;\n";
      names += (names.empty() ? "" : " ") + host.name;
    }
  return text + "*)\n  echo \"usage: sh $0 HOST >HOST.touchstone   HOST is one of: \"" +
         shell_quoted(names) + " >&2\n  exit 64\n  ;;\nesac\n";
}

bool begins_answers(std::string_view text) {
  return text.find(kMagic) != std::string_view::npos;
}

Visit import_answers(const Inventory& inventory, const Batch& batch, std::string_view text) {
  const std::size_t at = text.find(kMagic);
  if (at == std::string_view::npos)
    throw RecordingError(
        Text{"没有 '#touchstone-answers …' 一行:这不是采集脚本的输出",
             "has no line '#touchstone-answers …': this is not what the collection script prints"});
  std::string_view rest = text.substr(at + kMagic.size());
  const std::string nonce(rest.substr(0, rest.find_first_of(" \n")));
  rest.remove_prefix(std::min(nonce.size() + 1, rest.size()));
  const std::string name(rest.substr(0, rest.find_first_of("\r\n")));
  const Group* group = inventory.group_of(name);
  if (!group)
    throw RecordingError(said("是主机 '{}' 的,而清单中没有它",
                              "is of host '{}', which the inventory does not have", name));
  FrameReader reader(nonce, inventory, *group, *group->find(name), batch);
  reader.feed(rest);
  if (!reader.failure().empty())
    throw RecordingError(said("说明脚本已中止:{}", "says that the script gave up: {}",
                              reader.redacted(reader.failure())));
  if (!reader.began())
    throw RecordingError(Text{"在第一个回答之前就结束了", "ends before the first answer"});
  if (reader.host_name() != name)
    throw RecordingError(
        said("先自称 '{}',后自称 '{}':由两个文件拼成",
             "calls itself '{}' first and '{}' then: it was put together from two files", name,
             reader.host_name()));
  Visit visit{.host = name};
  visit.state = reader.finished() ? Visit::State::kAnswered : Visit::State::kDied;
  if (!reader.finished())
    visit.detail = Text{"文件在脚本结束之前就结束了", "the file ends before the script did"};
  if (reader.refused() > 0)
    visit.detail = visit.detail.empty()
                       ? unreadable(reader.refused())
                       : said("{};{}", "{}; {}", visit.detail, unreadable(reader.refused()));
  visit.started = visit.host_time = reader.host_time();
  visit.answers = reader.take_answers();
  for (const auto& [key, answer] : visit.answers)
    visit.seconds = std::max(visit.seconds, answer.start + answer.seconds - visit.started);
  return visit;
}

}  // namespace touchstone
