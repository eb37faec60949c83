#include "harness/cli/made_again.h"

#include <algorithm>
#include <optional>

#include "harness/cli/files.h"
#include "reports/page_names.h"
#include "reports/write.h"

namespace touchstone::cli {
namespace {

namespace fs = std::filesystem;

// Nothing where it is no file, or longer than `most`: somebody else may have made it.
std::optional<std::string> text_in(const fs::path& path, std::size_t most) {
  if (fs::symlink_status(path).type() != fs::file_type::regular || fs::file_size(path) > most)
    return std::nullopt;
  return read_input(path.string(), most);
}

// A page says its language in its first line; of pages that do not, the comparison tells.
Language language_of(const fs::path& folder) {
  const auto page = text_in(folder / "index.html", std::size_t{64} << 20);
  return page && page->substr(0, 200).find("lang=\"zh") != std::string::npos ? Language::kZh
                                                                             : Language::kEn;
}

}  // namespace

MadeAgain make_again(const fs::path& folder, const RunRecord& record) {
  const WriteOptions options{.language = language_of(folder),
                             .single = fs::exists(status_of(folder / kSinglePage))};
  const auto made = report_files(record, options);
  const std::string xunit = junit_xml(record, JUnitFlavour::kXunit, options.language);
  MadeAgain again{.files = made.size()};
  for (const auto& [name, text] : made) {
    const auto there = text_in(folder / name, std::max(text.size(), xunit.size()));
    const bool same = there == text || (name == "junit.xml" && there == xunit);
    if (!same) again.others.push_back(name);
  }
  for (const std::string& name : pages_in(folder))
    if (!made.contains(name)) again.others.push_back(name);
  return again;
}

}  // namespace touchstone::cli
