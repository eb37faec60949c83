#pragma once

#include <string>
#include <string_view>

#include "reports/console.h"
#include "reports/digest.h"
#include "reports/paper.h"
#include "reports/repairs.h"

namespace touchstone {

// How the console's report is put together: a section each, in their order.
class Console {
 public:
  Console(const RunRecord& record, const ConsoleStyle& style)
      : record_(record),
        language_(style.language),
        digest_(digest(record)),
        paper_(style.colour, style.width) {}
  std::string run();

 private:
  // console.cpp: how things stand
  void verdict();
  void causes();
  void cause(std::size_t number, const Cause& cause);
  void observation(const Observation& seen);
  void excerpt(std::string_view text);
  void chapters();
  void blocked();
  void meshes();
  void hosts();
  // console_past.cpp: what has changed, and what was agreed on
  void changes();
  void change(const RepairGroup& group);
  void news();
  void moved();
  void waivers();

  std::string say(Word which) const { return std::string(word(which, language_)); }
  void heading(Word which);
  void field(Word name, std::string_view value, Ink ink = Ink::kPlain) {
    field(say(name), value, ink);
  }
  void field(const std::string& name, std::string_view value, Ink ink = Ink::kPlain);
  // What a list leaves out: run.json and the page have all.
  void more(const char* indent, std::size_t all, std::size_t shown);

  const RunRecord& record_;
  Language language_;
  Digest digest_;
  Paper paper_;
};

inline constexpr std::size_t kLinesOfSection = 40;  // the page and run.json have all

Ink ink_of(Verdict verdict);
// What came from elsewhere: harmless, and cut.
std::string remote(std::string_view text);

}  // namespace touchstone
