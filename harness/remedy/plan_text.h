#pragma once

#include <string>

#include "harness/remedy/journal.h"
#include "harness/remedy/plan.h"

namespace touchstone {

// What a change does, as a person would type it: commands, or the difference of the file; and what
// takes it back.
std::string shown_change(const Change& change, const Host* host);
std::string shown_undo(const Change& change, const Host* host, const std::string& run);

// The plan host by host, to be read before it is applied. Text of hosts is not made safe for a
// terminal here.
std::string plan_text(const FixPlan& plan, const Inventory& inventory, Language language);

// The same for what undo would take back, and what a journal tells.
std::string undo_text(const std::vector<JournalStory::Entry>& entries, const Inventory& inventory,
                      const std::string& run, Language language);
std::string journal_text(const JournalStory& story, Language language);

}  // namespace touchstone
