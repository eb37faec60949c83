#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/remedies.h"
#include "suites/weights_rules.h"

namespace touchstone {
namespace {

constexpr std::size_t kAtOnce = 40;  // paths of one change: a person reads them, and the host keeps
                                     // a line for each
constexpr std::size_t kAtMost = 400;  // in all

struct Wrong {
  std::string path;
  Rights was, wanted;            // the owner before is a number: it may have no name
  std::string was_shown, shown;  // mode and owner as `stat` prints them, before and after
};

// What 6.3.1 finds fault with. Links are left out of it: what they name may be anybody's.
void look_at(const Evidence& host, const WeightsFile& file, const std::string& path,
             std::vector<Wrong>& all) {
  const int limit = mode_of_digits(host.profile().weights_mode);
  const std::string& user = host.group().service_user;
  const bool open = !mode_within(file.stat.mode, limit);
  const bool foreign = is_foreign(file.stat, user);
  if (!file.there || (!open && !foreign)) return;
  if (file.link)
    throw NoEvidence(
        {path + " 是符号链接,先处理 5.1.4", path + " is a symbolic link; see to 5.1.4 first"});
  // A mode may lose permissions here, and never gains any.
  all.push_back({.path = path,
                 .was = {mode_text(file.stat.mode), std::to_string(file.stat.uid)},
                 .wanted = {mode_text(open ? file.stat.mode & limit : file.stat.mode),
                            foreign ? user : std::to_string(file.stat.uid)},
                 .was_shown = mode_text(file.stat.mode) + " " + file.stat.owner,
                 .shown = mode_text(open ? file.stat.mode & limit : file.stat.mode) + " " +
                          (foreign ? user : file.stat.owner)});
}

std::vector<Wrong> wrong_rights(const Evidence& host) {
  const std::string& folder = host[kWeightsPath].path;
  std::vector<Wrong> all;
  if (const WeightsFile* own = host[kWeightsFolders].find(folder))
    look_at(host, *own, in_container(host.host(), folder), all);
  const std::string below = folder.ends_with('/') ? folder : folder + "/";
  for (const WeightsFile& file : host[kWeightsFiles].files)
    look_at(host, file, in_container(host.host(), below + file.name), all);
  return all;
}

// One command for all paths that change alike.
void add_commands(Change& change, const char* program, const std::vector<Wrong>& part,
                  std::string Rights::*what) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> alike;
  for (const Wrong& one : part)
    if (one.was.*what != one.wanted.*what)
      alike[{one.was.*what, one.wanted.*what}].push_back(one.path);
  for (const auto& [values, paths] : alike) {
    HostCommand command{.does = {program, values.second}, .undoes = {program, values.first}};
    command.does.insert(command.does.end(), paths.begin(), paths.end());
    command.undoes.insert(command.undoes.end(), paths.begin(), paths.end());
    change.commands.push_back(std::move(command));
  }
}

Change change_of(const Evidence& host, const std::vector<Wrong>& part, std::size_t number) {
  const std::string& folder = host[kWeightsPath].path;
  Change change{.host = host.target().host,
                .in_container = true,
                .subject = fmt::format("rights of weights {}", number),
                .stage = Stage::kWeights,
                .what = {fmt::format("权重 {}:{} 个文件或目录的权限与属主", folder, part.size()),
                         fmt::format("weights at {}: mode and owner of {} files and folders",
                                     folder, part.size())},
                .reads = {"stat", "-c", "%a %U %n"}};
  for (const Wrong& one : part) {
    change.reads.push_back(one.path);
    change.was += fmt::format("{} {}\n", one.was_shown, one.path);
    change.becomes += fmt::format("{} {}\n", one.shown, one.path);
  }
  // Before the modes: chown takes set-uid bits away.
  add_commands(change, "chown", part, &Rights::owner);
  add_commands(change, "chmod", part, &Rights::mode);
  // `df` tells no kind of file system; that it is one of this host alone is asked once more.
  change.guards = {
      {.argv = {"docker", "exec", "-i", host.host().container, "sh", "-c",
                // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one word of the shell
                "case $(df -PT \"$1\" | tail -n 1 | tr -s ' ' | cut -d' ' -f2) in "
                "ext[234]|xfs|btrfs|zfs|f2fs|tmpfs|overlay) exit 0;; esac; exit 1",
                "sh", part.front().path},
       .otherwise = {"权重不在本机磁盘上,修改权限会影响其他使用者,须人工处理",
                     "the weights are not on a disk of this host alone: others would be locked "
                     "out, and a person decides"}}};
  return change;
}

}  // namespace

std::vector<Change> fix_weights_rights(const Evidence& host) {
  const DiskFree& mount = host[kWeightsMount];
  if (!is_local(mount))
    throw NoEvidence(
        {fmt::format("权重在共享文件系统 {} 上,修改权限会影响其他使用者,须人工处理",
                     mount.filesystem),
         fmt::format("the weights are on a shared file system ({}): others would be locked out, "
                     "and a person decides",
                     mount.filesystem)});
  const std::vector<Wrong> all = wrong_rights(host);
  if (all.size() > kAtMost)
    throw NoEvidence({fmt::format("{} 个文件,请手工执行 chmod -R 与 chown -R", all.size()),
                      fmt::format("{} files: run chmod -R and chown -R by hand", all.size())});
  std::vector<Change> changes;
  for (std::size_t at = 0; at < all.size(); at += kAtOnce) {
    const std::vector<Wrong> part(
        all.begin() + static_cast<std::ptrdiff_t>(at),
        all.begin() + static_cast<std::ptrdiff_t>(std::min(at + kAtOnce, all.size())));
    changes.push_back(change_of(host, part, changes.size() + 1));
  }
  return changes;
}

// By bind mount it is the host's file as a rule, which 3.2.9 sees to; then nothing is left to do.
std::vector<Change> fix_rank_table_rights_inside(const Evidence& host) {
  const FileStat& file = host[kRankTableInside];
  if (!file.is_regular())
    throw NoEvidence({"容器内的 rank table 不是普通文件,请手工处理",
                      "inside the container the rank table is no regular file; see to it by hand"});
  const int limit = mode_of_digits(host.profile().rank_table_mode);
  Change change =
      rights_change(host, true, host.group().rank_table, {mode_text(file.mode), file.owner},
                    {.mode = mode_text(file.mode & limit), .owner = ""});
  change.subject += " inside";
  change.stage = Stage::kWeights;
  return {change};
}

}  // namespace touchstone
