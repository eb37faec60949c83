#pragma once

#include <string>
#include <vector>

#include "harness/model/change.h"
#include "harness/model/evidence.h"

// What the remedies of several chapters are made of.
namespace touchstone {

// A path of the guide as the host knows it.
std::string on_host(const Host& host, const std::string& path);
std::string in_container(const Host& host, const std::string& path);
// The way back: a path that the container told, as the guide has it.
std::string without_container_root(const Host& host, const std::string& path);

// What a command printed, as its state is compared: both streams, and the exit code unless it is 0.
// Throws NoEvidence where it was not answered.
std::string state_of(const Evidence& evidence, const Question& question);
std::string state_of(const Answer& answer);
// The same of a shell that runs both, one after the other: it tells the exit code of the last only.
std::string state_of_both(const Evidence& evidence, const Question& first, const Question& last);

// The text of a file as the evidence has it. Absent: there is no such file. Throws NoEvidence where
// it was not answered, cut, or holds a secret that was redacted: nobody may write that back.
std::optional<std::string> text_of_file(const Evidence& host, const Question& cat);

// `sh -c SCRIPT sh WORDS…`
std::vector<std::string> shell(const std::string& script, std::vector<std::string> words = {});

// A change of the host itself.
Change change_of_host(const Evidence& host, std::string subject, Stage stage, Risk risk, Text what);

// A file that the site has brought to its hosts, and what sha256sum says of it.
struct SiteFile {
  std::string path;  // with the sysroot
  std::string sum;
};
// `path`, `sum`: the profile's, under `key` and key_sha256. Throws NoEvidence, naming the keys that
// would allow the change, where the site does not give both.
SiteFile needed_file(const Host& host, const std::string& path, const std::string& sum,
                     const char* key);
// The file is there and has its sum, asked in the same breath as the change.
Change::Guard has_its_sum(const SiteFile& file);

// Mode and owner of what is there, without touching its content; `path` is the guide's, on the host
// or inside. Empty mode or owner: as it is.
struct Rights {
  std::string mode, owner;
  std::string uid = {};  // of an owner that has no name ("UNKNOWN")
};
Change rights_change(const Evidence& host, bool in_container, const std::string& path,
                     const Rights& was, const Rights& wanted);

// What is to be changed on the hosts of a group. `change_of` adds to `left` why it leaves something
// as it is; where no host has anything to change, the first of these reasons is thrown as
// NoEvidence.
std::vector<Change> changes_of_hosts(const Evidence& group,
                                     std::vector<Change> (*change_of)(const Evidence& host,
                                                                      std::vector<Text>& left));

// What a group's hosts lack to be changed together: throws NoEvidence naming those that did not
// answer.
void need_all_hosts(const Evidence& group_or_host);
std::vector<std::string> names_of_hosts(const Group& group);

}  // namespace touchstone
