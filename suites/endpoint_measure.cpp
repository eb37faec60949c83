#include "suites/endpoint_measure.h"

#include <algorithm>
#include <cmath>

#include "harness/parse/llm_answer.h"
#include "suites/probes_endpoint.h"

namespace touchstone {
namespace {

// Tokens of a stream: as the service counts them, else as many as events brought text.
double tokens_of(const StreamedAnswer& answer) {
  const double counted = static_cast<double>(answer.usage.completion.value_or(0));
  return counted > 0 ? counted : static_cast<double>(answer.ends.size());
}

void take(const HttpExchange& exchange, const StreamedAnswer& answer, Measured& measured) {
  const double tokens = tokens_of(answer);
  const double first = exchange.arrival_of(answer.ends.front());
  const double last = exchange.arrival_of(answer.ends.back());
  measured.first_token.push_back(first);
  if (tokens > 1) measured.per_token.push_back((last - first) / (tokens - 1));
  measured.whole.push_back(exchange.seconds);
  measured.tokens += tokens;
}

using Numbers = std::map<std::string, double>;

Numbers percentiles(const std::vector<double>& sorted) {
  return {{"p50", percentile(sorted, 0.5)},
          {"p90", percentile(sorted, 0.9)},
          {"p99", percentile(sorted, 0.99)},
          {"min", sorted.front()},
          {"max", sorted.back()}};
}

void add_group(const Group& group, const Measured& measured, RunRecord& record) {
  const auto add = [&](std::string name, std::string unit, Numbers values) {
    record.measurements.push_back(
        {group.name, std::move(name), std::move(unit), std::move(values)});
  };
  const auto seconds = [&](std::string name, const std::vector<double>& sorted) {
    if (!sorted.empty()) add(std::move(name), "s", percentiles(sorted));
  };
  seconds("first_token", measured.first_token);
  seconds("per_token", measured.per_token);
  seconds("request", measured.whole);
  if (measured.tokens > 0) add("throughput", "token/s", {{"total", measured.tokens_per_second}});
  add("requests", "",
      {{"asked", static_cast<double>(measured.asked)},
       {"answered", static_cast<double>(measured.answered())},
       {"parallel", static_cast<double>(measured.parallel)}});
}

}  // namespace

Measured measure(const HttpExchanges& exchanges) {
  Measured measured{.asked = exchanges.all.size(), .parallel = exchanges.parallel};
  for (const HttpExchange& exchange : exchanges.all) {
    const bool whole = exchange.end == HttpExchange::End::kComplete && exchange.status == 200;
    const auto answer =
        whole ? parse_chat_stream(exchange.body, "") : Parsed<StreamedAnswer>(Refusal{});
    if (answer && answer.value().done && !answer.value().ends.empty())
      take(exchange, answer.value(), measured);
    else if (!measured.failed)
      measured.failed = &exchange;
  }
  for (auto* values : {&measured.first_token, &measured.per_token, &measured.whole})
    std::sort(values->begin(), values->end());
  if (exchanges.seconds > 0) measured.tokens_per_second = measured.tokens / exchanges.seconds;
  return measured;
}

double percentile(const std::vector<double>& sorted, double share) {
  const double rank = std::ceil(share * static_cast<double>(sorted.size()));
  return sorted.at(std::clamp<std::size_t>(static_cast<std::size_t>(rank), 1, sorted.size()) - 1);
}

const Measured* measured_of(const EvidenceBook& book, const Group& group) {
  const Host* master = group.master_host(book.inventory().profile);
  if (!master || !book.find_answer(master->name, -1, kMeasured.key)) return nullptr;
  const auto& exchanges = book.parsed(master->name, -1, kMeasured, false);
  if (!exchanges) return nullptr;
  return &book.once(group, "measured", [&] { return measure(exchanges.value()); });
}

void add_measurements(const EvidenceBook& book, RunRecord& record) {
  for (const Group& group : book.inventory().groups) try {
      if (const Measured* measured = measured_of(book, group)) add_group(group, *measured, record);
    } catch (const NoEvidence&) {
      continue;  // the step tells
    }
}

}  // namespace touchstone
