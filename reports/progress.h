#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>

#include "harness/model/text.h"

namespace touchstone {

// One line that keeps changing while hosts answer, and in later rounds their answers; on anything
// but a terminal nothing is printed at all.
class ConsoleProgress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  ConsoleProgress(std::ostream& out, bool terminal, std::size_t hosts, int width = 80,
                  Clock now = std::chrono::steady_clock::now, Language language = Language::kEn);

  void host_done(const std::string& name, const std::string& state, double seconds,
                 std::size_t done, std::size_t total);
  // A later round begins: what it is for, and how many answers are expected.
  void round(const Text& what, std::size_t answers);
  void answered(std::size_t more);
  void finish();  // clears the line

 private:
  void draw();

  std::ostream& out_;
  bool terminal_;
  std::size_t width_;
  Clock now_;
  Language language_;
  std::chrono::steady_clock::time_point drawn_{};
  bool on_screen_ = false, later_ = false;
  std::size_t done_ = 0, total_ = 0, silent_ = 0;
  std::string last_;
};

}  // namespace touchstone
