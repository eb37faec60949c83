#pragma once

#include <exception>
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

// What an error says, in both languages where it is one of ours.
inline Phrase words_of(const std::exception& error) {
  const auto* ours = dynamic_cast<const SaidError*>(&error);
  return ours ? Phrase(ours->text) : Phrase(error.what());
}

}  // namespace touchstone
