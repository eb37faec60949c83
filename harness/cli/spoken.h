#pragma once

#include <string>
#include <vector>

#include "harness/model/text.h"

namespace CLI {
class App;
}  // namespace CLI

namespace touchstone::cli {

// What the help says, in one of the two languages.
class Spoken {
 public:
  explicit Spoken(Language language) : language_(language) {}

  std::string operator()(const char* zh, const char* en) const {
    return language_ == Language::kZh ? zh : en;
  }
  Language language() const { return language_; }

 private:
  Language language_;
};

// What the words ask for with --lang, wherever it stands: texts of the help are wanted before the
// library reads a word. A language that is none is told by the library, later.
Language language_in(const std::vector<std::string>& args);

// The library's own words, for an application without commands yet (they inherit them).
void speak(CLI::App& app, const Spoken& say);
// -h stands among the other options. A command gets its own before it inherits anything.
void gather(CLI::App& app, const Spoken& say);

}  // namespace touchstone::cli
