#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// What a run says of one instruction of the guide: the worst that any of its steps found.
struct GuideRow {
  const DocumentSection* section = nullptr;
  std::size_t number = 0;  // within the section, from 1
  const Instruction* instruction = nullptr;
  bool asserted = false;  // by steps; otherwise a reason says why not
  // Good only where all of its steps were judged: else it is not selected, whatever the others say.
  Verdict verdict = Verdict::kNotSelected;
  bool not_run = false;  // nothing bad so far, and not all is judged yet
};

// The rows point into the document that they were made from.
struct GuideTable {
  std::vector<GuideRow> rows;
  std::size_t asserted = 0;
  std::map<Verdict, std::size_t> counts;  // of the asserted ones, those not run yet left out
  std::size_t not_run = 0;
};

GuideTable guide_table(const RunRecord& record);  // of record.document
GuideTable guide_table(const Document& document, const RunRecord& record);

// "153 of 172 instructions of the guide asserted: 2 fail · 151 pass"
std::string guide_line(const GuideTable& table, Language language);

}  // namespace touchstone
