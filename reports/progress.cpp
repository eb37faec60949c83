#include "reports/progress.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "harness/model/clean.h"
#include "harness/model/said.h"
#include "reports/words.h"

namespace touchstone {
namespace {

constexpr auto kPause =
    std::chrono::milliseconds(100);  // a thousand hosts answer faster than a person reads
constexpr std::size_t kBar = 20;
constexpr std::string_view kClear = "\r\x1b[K";

}  // namespace

ConsoleProgress::ConsoleProgress(std::ostream& out, bool terminal, std::size_t hosts, int width,
                                 Clock now, Language language)
    : out_(out),
      terminal_(terminal),
      width_(static_cast<std::size_t>(std::max(width, 20))),
      now_(std::move(now)),
      language_(language),
      total_(hosts) {
  if (terminal_) draw();
}

void ConsoleProgress::host_done(const std::string& name, const std::string& state, double seconds,
                                std::size_t done, std::size_t total) {
  if (!terminal_) return;
  done_ = done;
  total_ = total;
  silent_ += state != "answered";
  last_ = fmt::format("{} {} {:.1f} s", harmless_line(name),
                      harmless_line(word_for_state(state, language_)), seconds);
  if (done_ >= total_ || now_() - drawn_ >= kPause) draw();
}

void ConsoleProgress::round(const Text& what, std::size_t answers) {
  if (!terminal_) return;
  later_ = true;
  done_ = silent_ = 0;
  total_ = answers;
  last_ = harmless_line(in(what, language_));
  draw();
}

void ConsoleProgress::answered(std::size_t more) {
  if (!terminal_ || !later_) return;
  done_ = std::min(total_, done_ + more);
  if (done_ >= total_ || now_() - drawn_ >= kPause) draw();
}

void ConsoleProgress::finish() {
  if (on_screen_) out_ << kClear << std::flush;
  on_screen_ = false;
}

void ConsoleProgress::draw() {
  const std::size_t filled = total_ == 0 ? kBar : std::min(kBar, kBar * done_ / total_);
  std::string line = fmt::format("[{}{}] {}/{}", std::string(filled, '#'),
                                 std::string(kBar - filled, '.'), done_, total_);
  if (silent_ != 0) line += in(said(",{} 台无应答", ", {} silent", silent_), language_);
  if (!last_.empty()) line += "  " + last_;
  while (columns_of(line) >= width_)
    line = std::string(cut_to(line, line.size() - 1));  // a wrapped line would stay
  out_ << kClear << line << std::flush;
  drawn_ = now_();
  on_screen_ = true;
}

}  // namespace touchstone
