#pragma once

#include <string>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/later.h"
#include "harness/model/probe.h"
#include "harness/model/shell_words.h"

namespace touchstone {

// All questions of a visit, known before anything is asked.
struct Batch {
  std::vector<Question> questions;
  double second_look_after = 2;  // seconds, at least, between a question and its second look
};

// The question's command on this host, placeholders filled in.
std::vector<std::string> command_of(const Question& question, const Group& group, const Host& host,
                                    const Profile& profile, int npu);

// The script of a visit, for `sh -s` on the host; docs/recording.md tells its frames. `nonce`: 32
// hex digits that nobody on the host can have guessed.
std::string collection_script(const Inventory& inventory, const Group& group, const Host& host,
                              const Batch& batch, const std::string& nonce);
// Its two halves: what is the same for all hosts, and what is not.
std::string script_tools();
std::string visit_script(const Inventory& inventory, const Group& group, const Host& host,
                         const Batch& batch, const std::string& nonce);

// The script of a later turn, for the shell that has read script_tools() already: what `asked` asks
// of this host. A chain with questions that may take minutes tells each answer as it comes.
std::string turn_script(const Inventory& inventory, const Group& group, const Host& host,
                        const Turn& asked, const std::string& nonce);

// The line that is sent ahead of it: the shell says that it is there, so that the time until its
// clock is read is known.
std::string ready_script(const std::string& nonce);

// The question's limit as the script knows it: whole seconds, since not every timeout(1) takes
// others.
long limit_of(const Question& question);

std::string new_nonce();

}  // namespace touchstone
