#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/model/clean.h"
#include "reports/html_page.h"
#include "reports/svg.h"

namespace touchstone::html {
namespace {

// In units of the drawing: a row of the board is port, wire, chip.
constexpr int kInARow = 4;
constexpr double kPitch = 264, kWide = 254, kPort = 26, kWire = 32, kHead = 32, kLine = 20;
constexpr double kGap = 20;
constexpr std::size_t kBytes = 22;  // of a value; all of it is in its title

// A fact, and the question by which it was asked: what the steps that ask it first say of the NPU
// is the verdict of the fact.
struct Shown {
  Word name;
  const char* key;
  const char* question;
};
constexpr Shown kPortFact{Word::kSwitchPort, "switch_port", "hccn-lldp"};
constexpr Shown kLinkFact{Word::kLink, "link", "hccn-link"};
constexpr std::array<Shown, 6> kChip{{{Word::kTls, "tls", "hccn-tls"},
                                      {Word::kNetHealth, "net_health", "hccn-net_health"},
                                      {Word::kHealth, "health", "npu-smi-info"},
                                      {Word::kAddress, "address", "hccn-ip"},
                                      {Word::kSpeed, "speed", "hccn-speed"},
                                      {Word::kFirmware, "firmware", "npu-smi-board"}}};
constexpr double kChipHigh = kHead + kLine * (kChip.size() + 1) + 4;
constexpr double kRow = kPort + kWire + kChipHigh + kGap;

using Facts = std::map<std::string, std::string>;

class Board {
 public:
  Board(pugi::xml_node drawing, const Page& page) : drawing_(drawing), page_(page) {
    for (const NpuFacts& npu : page.record.npus) facts_[npu.npu] = npu.facts;
    for (std::size_t i = 0; i < page.record.results.size(); ++i) note(i);
  }

  void draw(int npu) {
    const int column = npu % kInARow, row = npu / kInARow;
    const double x = kPitch * column + (kPitch - kWide) / 2;
    const double y = kRow * row + 2;
    const Worst& all = npus_[npu];
    at_ = svg::add(drawing_, "g", {{"id", fmt::format("npu-{}", npu)}});
    if (all.cause != Digest::kNone) {
      at_ = svg::add(at_, "a", {{"href", "#" + anchor_of_cause(all.cause)}});
    }
    box(x, y, kPort, "port", verdict_of(npu, kPortFact));
    line(npu, kPortFact, x, y + 17, kWide);
    wire(npu, x, y + kPort);
    chip(npu, x, y + kPort + kWire, all);
  }

 private:
  void note(std::size_t i) {
    const StepResult& result = page_.record.results[i];
    const int npu = result.target.npu;
    if (npu < 0) return;
    const bool pending = not_run(page_.record, result);
    npus_[npu].note(result.verdict, pending, page_.digest.cause_of[i]);
    const auto& questions = page_.step(result.step).questions;
    if (!pending && result.verdict < Verdict::kPass)
      not_good_[npu].emplace(result.verdict, page_.step(result.step).id);
    if (!questions.empty())
      asked_[{npu, questions.front()}].note(result.verdict, pending, Digest::kNone);
  }

  Worst verdict_of(int npu, const Shown& fact) const {
    const auto at = asked_.find({npu, fact.question});
    return at == asked_.end() ? Worst{} : at->second;
  }

  void box(double x, double y, double high, const char* what, const Worst& worst) {
    svg::add(at_, "rect",
             {{"class", fmt::format("{} {}", what, css_of(worst))},
              {"x", svg::number(x)},
              {"y", svg::number(y)},
              {"width", svg::number(kWide)},
              {"height", svg::number(high)},
              {"rx", "5"}});
  }

  pugi::xml_node text(double x, double y, const std::string& css, std::string_view what) {
    pugi::xml_node node =
        svg::add(at_, "text", {{"class", css}, {"x", svg::number(x)}, {"y", svg::number(y)}});
    svg::say(node, what);
    return node;
  }
  void text_to(double x, double y, const std::string& css, std::string_view what) {
    set(text(x, y, css, what), "text-anchor", "end");
  }

  // What was answered, or that nothing was; HBM stands beside the health, of the same answer.
  std::string value_of(int npu, const Shown& fact) const {
    const auto facts = facts_.find(npu);
    if (facts == facts_.end()) return "";
    const auto get = [&](const char* key) {
      const auto at = facts->second.find(key);
      if (at == facts->second.end()) return std::string();
      return at->second.empty() ? page_.say(Word::kNotSet) : harmless_line(at->second);
    };
    const std::string value = get(fact.key), hbm = get("hbm");
    return fact.name == Word::kHealth && !value.empty() && !hbm.empty() ? value + " · " + hbm
                                                                        : value;
  }

  void line(int npu, const Shown& fact, double x, double y, double wide) {
    const Worst worst = verdict_of(npu, fact);
    const std::string whole = value_of(npu, fact);
    text(x + 10, y, "name", page_.say(fact.name));
    pugi::xml_node value =
        text(x + 76, y, whole.empty() ? "unknown" : fmt::format("fact {}", css_of(worst)),
             whole.empty() ? page_.say(Word::kUnknown) : shortened(whole, kBytes));
    if (whole.size() > kBytes) svg::say(value.append_child("title"), shortened(whole, 200));
    if (worst.verdict)  // else no step asked this first
      text_to(x + wide - 10, y, std::string("sign ") + css_of(worst), sign_of(worst));
  }

  // Whole where the link is up, broken where it is not, or nobody knows.
  void wire(int npu, double x, double y) {
    const Worst worst = verdict_of(npu, kLinkFact);
    const bool whole = value_of(npu, kLinkFact) == "UP";
    svg::add(
        at_, "path",
        {{"class", fmt::format("wire {}", css_of(worst))},
         {"d", fmt::format("M{} {}v{}", svg::number(x + 20), svg::number(y), svg::number(kWire))},
         {"stroke-dasharray", whole ? "none" : "4 5"}});
    line(npu, kLinkFact, x + 32, y + 20, kWide - 32);
  }

  void chip(int npu, double x, double y, const Worst& all) {
    box(x, y, kChipHigh, "chip", all);
    text(x + 10, y + 21, "title", fmt::format("NPU {}", npu));
    text_to(x + kWide - 10, y + 21, std::string("title ") + css_of(all),
            fmt::format("{} {}", sign_of(all), html::word_for(all, page_.language)));
    for (std::size_t i = 0; i < kChip.size(); ++i)
      line(npu, kChip[i], x, y + kHead + 14 + kLine * static_cast<double>(i), kWide);
    not_good(npu, x, y + kHead + 14 + kLine * static_cast<double>(kChip.size()));
  }

  // By id, since most steps have no line of their own on the chip.
  void not_good(int npu, double x, double y) {
    const auto& all = not_good_[npu];
    std::string shown, whole;
    for (const auto& [verdict, id] : all) {
      const std::string one = fmt::format("{} {}", sign_of(verdict), id);
      whole += (whole.empty() ? "" : "  ") + one;
      if (shown.size() < kBytes) shown = whole;
    }
    if (shown.empty()) return;
    pugi::xml_node ids =
        text(x + 10, y, css_of(npus_[npu]), shown.size() < whole.size() ? shown + " …" : shown);
    if (shown.size() < whole.size()) svg::say(ids.append_child("title"), shortened(whole, 400));
  }

  pugi::xml_node drawing_, at_;
  const Page& page_;
  std::map<int, Facts> facts_;
  std::map<int, Worst> npus_;
  std::map<int, std::set<std::pair<Verdict, std::string>>> not_good_;
  std::map<std::pair<int, std::string>, Worst> asked_;
};

}  // namespace

void add_board(pugi::xml_node body, const Page& page, const HostInfo& host) {
  pugi::xml_node section = add_section(body, "board", page.say(Word::kNpus));
  const int npus = std::clamp(host.npus, 0, HostRows::kNpus);
  if (npus == 0) {
    add(section, "p", "none", page.say(Word::kNoNpus));
    return;
  }
  if (page.record.npus.empty()) add(section, "p", "notice", page.say(Word::kNothingKnown));
  pugi::xml_node drawing = add(section, "svg", "board");
  const int rows = (npus + kInARow - 1) / kInARow;
  set(drawing, "viewBox", fmt::format("0 0 {} {}", kPitch * kInARow, kRow * rows - kGap + 4));
  Board board(drawing, page);
  for (int npu = 0; npu < npus; ++npu) board.draw(npu);
}

}  // namespace touchstone::html
