#pragma once

#include <string>
#include <utility>
#include <variant>

#include "harness/model/text.h"

namespace touchstone {

// Why a text was not taken for a value. The kind is for steps to act on; the reason is for people.
struct Refusal {
  enum class Kind {
    kEmpty,   // nothing was printed
    kNotSet,  // the tool says that the thing asked for is not configured (`-ip -g`, exit 13)
    kNoCertificates,  // `-tls -g`, exit 14
    kErrorText,       // an error message of the tool instead of an answer
    kUnsupported,     // another product's form (A3, A5), or "not supported on this product"
    kMasked,          // an address with letters for digits, from a document
    kElided,          // "..." where lines were
    kMalformed,       // none of the forms in the grammar
    kSeveral,         // the answers of several devices where one was asked
  };
  Kind kind = Kind::kMalformed;
  Text reason;   // a sentence: what came, and what would be right
  int line = 0;  // where in the text, from 1; 0: the reason is about all of it
  int column = 0;
};

std::string_view name_of(Refusal::Kind kind);  // "not-set", "masked", …

// A value, or the reason why there is none. Parsers return it and never throw.
template <class T>
class Parsed {
 public:
  Parsed(T value) : content_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Parsed(Refusal refusal) : content_(std::move(refusal)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(content_); }
  explicit operator bool() const { return ok(); }
  const T& value() const { return std::get<T>(content_); }
  T& value() { return std::get<T>(content_); }
  const Refusal& refusal() const { return std::get<Refusal>(content_); }

 private:
  std::variant<T, Refusal> content_;
};

}  // namespace touchstone
