#include "reports/page_names.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace touchstone {
namespace {

constexpr std::size_t kBytes = 80;  // of a host's name; file systems bear 255

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string safe(std::string_view name) {
  std::string out(name.substr(0, kBytes));
  for (char& c : out) {
    const bool plain = is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!plain) c = '-';
  }
  return out;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool is_of_pages(std::string_view file) {
  static constexpr std::array<std::string_view, 6> kNames{
      "index.html", "changes.html", "hosts.html", "report.html", "report.css", "trend.svg"};
  return std::find(kNames.begin(), kNames.end(), file) != kNames.end() ||
         (file.starts_with("host-") && file.ends_with(".html")) ||
         (file.starts_with("mesh-") && file.ends_with(".svg"));
}

}  // namespace

std::vector<std::string> names_of_host_pages(const RunRecord& record) {
  std::vector<std::string> names;
  std::set<std::string> used;
  for (std::size_t i = 0; i < record.hosts.size(); ++i) {
    const std::string plain = safe(record.hosts[i].name);
    std::string name = plain;
    for (std::size_t n = i + 1; !used.insert(lower(name)).second; ++n)
      name = fmt::format("{}-{}", plain, n);
    names.push_back("host-" + name + ".html");
  }
  return names;
}

std::vector<std::string> pages_in(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (std::string name = entry.path().filename().string(); is_of_pages(name))
      found.push_back(std::move(name));
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace touchstone
