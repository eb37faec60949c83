#pragma once

#include <string>
#include <vector>

#include "harness/model/said_error.h"
#include "harness/remedy/plan.h"

namespace touchstone {

// What is no journal.
class JournalError : public SaidError {
 public:
  using SaidError::SaidError;
};

// What became of one change.
struct ChangeResult {
  int id = 0;
  Outcome outcome = Outcome::kPlanned;
  std::string was, is;  // the states before and after, as the host told them
  std::string said;     // by the commands
  Text why;             // it was not made, or not whole
  int guard = 0;        // the precondition that did not hold, from 1; then nothing was touched
  bool operator==(const ChangeResult&) const = default;
};

// The controller's journal: JSON lines, appended and flushed to the disk before and after every
// change (docs/fix.md). Whatever kills the run, the file tells what was done and what was under
// way.
class Journal {
 public:
  // Creates the file, or goes on with one that is there, behind its last whole line. Throws
  // CannotWrite (harness/model/write_file.h).
  explicit Journal(std::string path);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  const std::string& path() const { return path_; }
  // These two come before anything is begun, and throw CannotWrite. `inventory`: its absolute path,
  // for undo.
  void start(const FixRun& run, const std::string& cluster, const std::string& inventory);
  void plan(const FixPlan& plan);
  // false: it could not be written, so nothing may be begun.
  [[nodiscard]] bool begin(const NumberedChange& change, bool undo);
  void end(const ChangeResult& result, bool undo);
  void finish();
  // Why it can be written no more; empty as long as it can. Half a line may be its last, so nothing
  // follows.
  const Text& trouble() const { return trouble_; }

 private:
  bool write(const std::string& line);
  bool fail(Text why);
  std::string path_;
  Text trouble_;
  int descriptor_ = -1;
};

// A journal, read back.
struct JournalStory {
  struct Entry {
    NumberedChange change;
    ChangeResult result;  // kUndone: made and taken back; kUnderWay: begun without an end
    double at = 0;        // Unix time of the last that is known of it; 0: not begun
    bool operator==(const Entry&) const = default;
  };
  FixRun run;
  std::string cluster, inventory;
  bool simulated = false;
  double started = 0;
  bool finished = false;
  bool cut = false;  // the last line was not written to its end
  std::vector<Entry> entries;
};

// Throws JournalError with the line, where it is no journal.
JournalStory read_journal(const std::string& text);

}  // namespace touchstone
