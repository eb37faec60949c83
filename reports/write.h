#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "harness/model/run_record.h"
#include "reports/html.h"
#include "reports/junit.h"
#include "reports/words.h"

namespace touchstone {

struct WriteOptions {
  Language language = Language::kEn;
  JUnitFlavour flavour = JUnitFlavour::kJenkins;
  bool single = false;  // report.html as well: all pages in one file
};

// What a report's folder has of a record, by name; the recording is not among it.
std::map<std::string, std::string> report_files(const RunRecord& record,
                                                const WriteOptions& options = {});

// run.json, junit.xml, the pages with their pictures, and a build's description and badge into
// `folder`, which is made if it is not there. Throws CannotWrite (harness/model/write_file.h).
void write_reports(const std::filesystem::path& folder, const RunRecord& record,
                   const WriteOptions& options = {});

}  // namespace touchstone
