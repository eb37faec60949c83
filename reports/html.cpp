#include "reports/html.h"

#include "reports/html_page.h"
#include "reports/html_pages.h"
#include "reports/mesh_svg.h"
#include "reports/past.h"

namespace touchstone {

std::map<std::string, std::string> html_pictures(const RunRecord& record, Language language) {
  std::map<std::string, std::string> pictures;
  for (std::size_t i = 0; i < record.meshes.size(); ++i)
    pictures[mesh_file(i + 1)] = mesh_svg(record.meshes[i], record.simulated, language);
  if (record.past.nights.size() > 1)
    pictures["trend.svg"] = trend_svg(record.past, record.simulated, language);
  return pictures;
}

HtmlFolder html_report(const RunRecord& record, Language language) {
  HtmlFolder folder{html_pictures(record, language)};
  folder.files["report.css"] = html::style_sheet(record, language);
  html::make_pages(record, language, [&](html::PageTree page) {
    folder.files[page.name] = html::text_of(page.document);
  });
  return folder;
}

}  // namespace touchstone
