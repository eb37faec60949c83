#pragma once

#include <stdexcept>
#include <utility>

#include "harness/model/text.h"

namespace touchstone {

// What keeps us from going on, for whoever called the program: in the language that was asked for.
// what() is the English one, for tests and logs.
struct SaidError : std::runtime_error {
  explicit SaidError(Phrase said) : std::runtime_error(said.en), text(std::move(said)) {}
  Text text;
};

}  // namespace touchstone
