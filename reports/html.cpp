#include "reports/html.h"

#include <optional>

#include "reports/html_page.h"
#include "reports/html_pages.h"
#include "reports/html_single.h"
#include "reports/mesh_svg.h"
#include "reports/past.h"

namespace touchstone {
namespace {

using Files = std::map<std::string, std::string>;

// mesh-1.svg …, trend.svg
Files pictures_of(const RunRecord& record, Language language) {
  Files pictures;
  for (std::size_t i = 0; i < record.meshes.size(); ++i)
    pictures[mesh_file(i + 1)] = mesh_svg(record.meshes[i], record.simulated, language);
  if (record.past.nights.size() > 1)
    pictures["trend.svg"] = trend_svg(record.past, record.simulated, language);
  return pictures;
}

}  // namespace

HtmlFolder html_report(const RunRecord& record, Language language, bool single) {
  HtmlFolder folder{pictures_of(record, language)};
  const std::string css = html::style_sheet(record, language);
  std::optional<html::SingleFile> file;
  if (single) file.emplace(folder.files, css, language);
  folder.files["report.css"] = css;
  html::make_pages(record, language, [&](html::PageTree page) {
    if (file) file->take(page);
    folder.files[page.name] = html::text_of(page.document);
  });
  if (file) folder.files[kSinglePage] = file->text();
  return folder;
}

std::string html_single(const RunRecord& record, Language language) {
  html::SingleFile file(pictures_of(record, language), html::style_sheet(record, language),
                        language);
  html::make_pages(record, language, [&](const html::PageTree& page) { file.take(page); });
  return file.text();
}

}  // namespace touchstone
