#include "harness/evaluate/exhibits.h"

#include <algorithm>

namespace touchstone {
namespace {

constexpr std::size_t kExhibitBytes = 16384;  // of a stream, on a page
constexpr std::size_t kExhibits = 12;         // of one result

std::string clipped(const std::string& stream, bool& cut) {
  if (stream.size() <= kExhibitBytes) return stream;
  cut = true;
  return stream.substr(0, kExhibitBytes);
}

// Whether `one` ("node-01", "node-01/npu3") is in "node-01/npu3" or "node-01 <-> node-02", as a
// whole.
bool names(const std::string& target, const std::string& one) {
  for (std::size_t at = target.find(one); at != std::string::npos; at = target.find(one, at + 1)) {
    const std::size_t end = at + one.size();
    const bool begins = at == 0 || target[at - 1] == ' ';
    if (begins && (end == target.size() || target[end] == '/' || target[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

std::vector<Exhibit> exhibits_of(const Judgement& judged, const EvidenceBook& book) {
  std::vector<Exhibit> exhibits;
  auto named = [&](const std::string& host, int npu) {
    const std::string one = Target{.host = host, .npu = npu}.str();
    return std::any_of(judged.findings.begin(), judged.findings.end(),
                       [&](const Finding& f) { return names(f.target, one); });
  };
  for (bool wanted : {true, false})
    for (const auto& [host, npu, key] : judged.log.read) {
      if (exhibits.size() == kExhibits) return exhibits;
      const Answer* answer =
          named(host, npu) == wanted ? book.find_answer(host, npu, key) : nullptr;
      if (!answer) continue;
      exhibits.push_back({host, npu, key, shown_answer(*answer)});
    }
  return exhibits;
}

Answer shown_answer(const Answer& answer) {
  Answer shown = answer;
  shown.out = clipped(answer.out, shown.cut);
  shown.err = clipped(answer.err, shown.cut);
  return shown;
}

}  // namespace touchstone
