#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/lines.h"
#include "harness/parse/of_device.h"

namespace touchstone {

// The part of a text that one device answered.
struct HccnAnswer {
  std::optional<int> device;       // from a command line above it
  std::vector<Line> lines;         // as printed, blank ones too, but neither first nor last
  std::optional<Refusal> refusal;  // it is a message; otherwise there is at least one line
};

// How the answers of one question are told apart.
struct HccnQuestion {
  std::string_view option;                // "-link -g", for reasons
  bool (*begins)(std::string_view line);  // is this (trimmed) line the first of an answer?
  // Messages that may stand beside an answer: ping's "Command execute failed!", optical's "not
  // present".
  bool (*may_accompany)(std::string_view line) = nullptr;
};

// Cuts a text into answers: at command lines (`hccn_tool -i 3 -ip -g`, with whatever prompt), else
// at first lines. Refuses texts without an answer (messages, tables of A5, nothing at all), with
// lines left out, or with a message on stderr.
Parsed<std::vector<HccnAnswer>> hccn_answers(std::string_view out, std::string_view err,
                                             const HccnQuestion& question);

Refusal several_answers(std::size_t count, const HccnQuestion& question);
Refusal refusal_of_answer(Refusal refusal, std::size_t index, std::size_t count,
                          std::optional<int> device);
Refusal other_device(int asked, long long answered);

// The line of an answer that has one.
Parsed<Line> only_line(const HccnAnswer& answer);
Refusal masked_address(int line, std::string_view value);
Parsed<std::string> address_of(const Line& line, std::string_view value);
Parsed<std::string> netmask_of(const Line& line, std::string_view value);

template <class T>
using HccnReader = Parsed<T> (*)(const HccnAnswer& answer, std::string_view err);

template <class T>
Parsed<OfDevice<T>> read_hccn_answer(const HccnAnswer& answer, std::string_view err,
                                     HccnReader<T> read) {
  if (answer.refusal) return *answer.refusal;
  auto value = read(answer, err);
  if (!value) return value.refusal();
  OfDevice<T> answered{answer.device, std::move(value.value())};
  if constexpr (requires(T t) { t.device; }) {
    const auto& told = answered.value.device;
    if (answer.device && told && *told != *answer.device)
      return other_device(*answer.device, *told);
    if (told) answered.device = static_cast<int>(*told);
  }
  return answered;
}

template <class T>
Parsed<T> read_hccn(std::string_view out, std::string_view err, const HccnQuestion& question,
                    HccnReader<T> read) {
  auto answers = hccn_answers(out, err, question);
  if (!answers) return answers.refusal();
  if (answers.value().size() > 1) return several_answers(answers.value().size(), question);
  auto answer = read_hccn_answer(answers.value().front(), err, read);
  if (!answer) return answer.refusal();
  return std::move(answer.value().value);
}

template <class T>
Parsed<std::vector<OfDevice<T>>> read_hccn_each(std::string_view out, std::string_view err,
                                                const HccnQuestion& question, HccnReader<T> read) {
  auto answers = hccn_answers(out, err, question);
  if (!answers) return answers.refusal();
  std::vector<OfDevice<T>> values;
  for (const HccnAnswer& answer : answers.value()) {
    auto value = read_hccn_answer(answer, err, read);
    if (!value)
      return refusal_of_answer(value.refusal(), values.size(), answers.value().size(),
                               answer.device);
    values.push_back(std::move(value.value()));
  }
  return values;
}

}  // namespace touchstone
