#include "reports/mesh_svg.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "harness/model/clean.h"
#include "reports/mesh_cell.h"
#include "reports/svg.h"
#include "reports/xml_string.h"

namespace touchstone {
namespace {

using svg::add;
using svg::Cell;
using svg::kInk;
using svg::Look;
using svg::mark;
using svg::number;
using svg::say;

constexpr double kMargin = 16;
constexpr double kWidest = 960;         // of the field of cells
constexpr std::size_t kHostBytes = 28;  // of a host's name

std::string label_of(const std::string& host) {
  return std::string(cut_to(host, kHostBytes)) + (host.size() > kHostBytes ? "…" : "");
}

class MeshPicture {
 public:
  MeshPicture(const Mesh& mesh, bool simulated, Language language)
      : mesh_(mesh), simulated_(simulated), language_(language) {
    for (const MeshNpu& npu : mesh.npus) {
      if (hosts_.empty() || hosts_.back() != npu.host) hosts_.push_back(npu.host);
      places_.push_back({hosts_.size() - 1, static_cast<std::size_t>(std::max(npu.npu, 0))});
      npus_ = std::max(npus_, places_.back().npu + 1);
    }
    rails_ = std::all_of(mesh.pairs.begin(), mesh.pairs.end(), [&](const MeshPair& pair) {
      return places_.at(pair.from).npu == places_.at(pair.to).npu;
    });
    measure();
  }

  std::string draw() {
    pugi::xml_document document;
    const std::size_t legend_rows = 6;
    const double bottom = top_ + field_ + 24 + 20.0 * static_cast<double>(legend_rows);
    const double width = std::max(left_ + field_ + kMargin, 800.0);
    svg_ = add(document, "svg",
               {{"xmlns", "http://www.w3.org/2000/svg"},
                {"viewBox", fmt::format("0 0 {} {}", number(width), number(bottom))},
                {"width", number(width)},
                {"height", number(bottom)},
                {"role", "img"},
                {"font-family", "sans-serif"},
                {"fill", kInk}});
    const std::string headline = title();
    say(svg_.append_child("title"), headline);
    add(svg_, "rect", {{"width", "100%"}, {"height", "100%"}, {"fill", "#ffffff"}});
    write(kMargin, 24, 15, headline);
    write(kMargin, 46, 12, mesh_line(mesh_, language_));
    write(kMargin, 66, 12,
          say_word(Word::kMeshHow) + (rails_ ? " " + say_word(Word::kMeshRails) : ""));
    labels();
    blocks();
    legend(top_ + field_ + 30);
    return xml_string(document, pugi::format_indent | pugi::format_no_declaration);
  }

 private:
  struct Place {
    std::size_t host, npu;
  };

  std::string say_word(Word which) const { return std::string(word(which, language_)); }

  std::string title() const {
    return say_word(Word::kMesh) + simulated_mark(simulated_, language_) + " · " +
           label_of(mesh_.group);
  }

  // Of rails a block shows one cell a rail, in a square; else asking × asked.
  void measure() {
    side_ = npus_;
    if (rails_)
      for (side_ = 1; side_ * side_ < npus_;) ++side_;
    side_ = std::max<std::size_t>(side_, 1);
    const auto cells = static_cast<double>(side_ * std::max<std::size_t>(hosts_.size(), 1));
    cell_ = std::clamp(std::floor(kWidest / cells), 4.0, 14.0);
    gap_ = std::max(2.0, cell_ / 3);
    block_ = cell_ * static_cast<double>(side_) + gap_;
    field_ = block_ * static_cast<double>(hosts_.size());
    std::size_t longest = 4;
    for (const std::string& host : hosts_)
      longest = std::max(longest, columns_of(harmless_line(label_of(host))));
    font_ = std::clamp(block_ - 2, 8.0, 12.0);
    const double room = 0.62 * font_ * static_cast<double>(longest) + 8;
    left_ = kMargin + room;
    top_ = 82 + room;
  }

  pugi::xml_node write(double x, double y, double size, const std::string& text) {
    pugi::xml_node node =
        add(svg_, "text", {{"x", number(x)}, {"y", number(y)}, {"font-size", number(size)}});
    say(node, text);
    return node;
  }

  void labels() {
    for (std::size_t host = 0; host < hosts_.size(); ++host) {
      const double middle = (static_cast<double>(host) + 0.5) * block_ - gap_ / 2 + font_ / 3;
      const std::string name = label_of(hosts_[host]);
      write(left_ - 6, top_ + middle, font_, name).append_attribute("text-anchor").set_value("end");
      write(0, 0, font_, name)
          .append_attribute("transform")
          .set_value(
              fmt::format("translate({} {}) rotate(-90)", number(left_ + middle), number(top_ - 6))
                  .c_str());
    }
  }

  std::string name_of(std::size_t npu) const {
    return fmt::format("{}/npu{}", mesh_.npus[npu].host, mesh_.npus[npu].npu);
  }

  Cell cell_of(const MeshPair& pair) const {
    Cell cell;
    const std::string both = name_of(pair.from) + " → " + name_of(pair.to);
    if (pair.result == MeshPair::Result::kWhole) {
      cell.look = Look::kWhole;
    } else if (pair.result == MeshPair::Result::kLost) {
      cell.look = pair.received > 0 ? Look::kPartial : Look::kLost;
      cell.title = fmt::format("{}: {}/{}", both, pair.received, pair.sent);
    } else {
      cell.look = Look::kNoAnswer;
      cell.title = both + ": " + in(pair.why, language_);
    }
    return cell;
  }

  std::pair<std::size_t, std::size_t> spot(const Place& from, const Place& to) const {
    if (!rails_) return {from.host * side_ + from.npu, to.host * side_ + to.npu};
    return {from.host * side_ + from.npu / side_, to.host * side_ + from.npu % side_};
  }

  void blocks() {
    std::map<std::pair<std::size_t, std::size_t>, Cell> cells;
    for (const MeshPair& pair : mesh_.pairs)
      cells[spot(places_.at(pair.from), places_.at(pair.to))] = cell_of(pair);
    for (std::size_t i = 0; i < mesh_.npus.size(); ++i)
      if (!mesh_.npus[i].left_out.empty()) leave_out(i, cells);
    for (std::size_t row = 0; row < hosts_.size(); ++row)
      for (std::size_t column = 0; column < hosts_.size(); ++column) frame(row, column);
    // Neighbours that look alike are one rectangle: a large cluster stays a small file.
    for (auto at = cells.begin(); at != cells.end();) {
      auto end = std::next(at);
      std::size_t width = 1;
      while (end != cells.end() && at->second.title.empty() && end->second.title.empty() &&
             end->second.look == at->second.look && end->first.first == at->first.first &&
             end->first.second == at->first.second + width && end->first.second % side_ != 0) {
        ++width;
        ++end;
      }
      cell(at->first.first, at->first.second, width, at->second);
      at = end;
    }
  }

  void leave_out(std::size_t npu,
                 std::map<std::pair<std::size_t, std::size_t>, Cell>& cells) const {
    const Cell grey{Look::kLeftOut, name_of(npu) + ": " + in(mesh_.npus[npu].left_out, language_)};
    for (std::size_t other = 0; other < mesh_.npus.size(); ++other) {
      if (places_[other].host == places_[npu].host) continue;
      if (rails_ && places_[other].npu != places_[npu].npu) continue;
      cells.try_emplace(spot(places_[npu], places_[other]), grey);
      cells.try_emplace(spot(places_[other], places_[npu]), grey);
    }
  }

  double along(std::size_t index) const {
    const std::size_t block = index / side_, cell = index % side_;
    return static_cast<double>(block) * block_ + static_cast<double>(cell) * cell_;
  }

  void frame(std::size_t row, std::size_t column) {
    const double size = cell_ * static_cast<double>(side_);
    add(svg_, "rect",
        {{"x", number(left_ + static_cast<double>(column) * block_)},
         {"y", number(top_ + static_cast<double>(row) * block_)},
         {"width", number(size)},
         {"height", number(size)},
         {"fill", row == column ? "#eef1f4" : "#ffffff"},
         {"stroke", "#cfd6dd"},
         {"stroke-width", "0.5"}});
  }

  void cell(std::size_t row, std::size_t column, std::size_t width, const Cell& of) {
    mark(svg_, left_ + along(column), top_ + along(row), cell_, width, of);
  }

  void legend(double y) {
    static constexpr std::pair<Look, Word> kLooks[] = {
        {Look::kWhole, Word::kMeshWhole},     {Look::kPartial, Word::kMeshPartial},
        {Look::kLost, Word::kMeshLost},       {Look::kNoAnswer, Word::kMeshNoAnswer},
        {Look::kLeftOut, Word::kMeshLeftOut}, {Look::kNotAsked, Word::kMeshNotAsked}};
    for (const auto& [look, which] : kLooks) {
      mark(svg_, kMargin, y - 11, 14, 1, {look, ""});
      if (look == Look::kNotAsked)
        add(svg_, "rect",
            {{"x", number(kMargin)},
             {"y", number(y - 11)},
             {"width", "13.4"},
             {"height", "13.4"},
             {"fill", "none"},
             {"stroke", "#8a94a0"},
             {"stroke-width", "0.5"}});
      write(kMargin + 22, y, 12, say_word(which));
      y += 20;
    }
  }

  const Mesh& mesh_;
  bool simulated_;
  Language language_;
  std::vector<std::string> hosts_;
  std::vector<Place> places_;  // of each NPU
  std::size_t npus_ = 0;       // of a host, at most
  bool rails_ = false;         // only pairs of the same index
  std::size_t side_ = 1;       // cells of a block
  double cell_ = 8, gap_ = 2, block_ = 10, field_ = 0, font_ = 10, left_ = 0, top_ = 0;
  pugi::xml_node svg_;
};

}  // namespace

std::string mesh_svg(const Mesh& mesh, bool simulated, Language language) {
  return MeshPicture(mesh, simulated, language).draw();
}

}  // namespace touchstone
