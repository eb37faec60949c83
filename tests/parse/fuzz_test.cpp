// Texts that nobody has printed: samples with pieces cut out, doubled, swapped and spoilt. Seeded,
// so that a failure comes again.
#include <nlohmann/json.hpp>
#include <random>

#include "harness/parse/kinds.h"
#include "harness/parse/rank_table.h"
#include "tests/parse/expect.h"
#include "tests/parse/samples.h"

namespace touchstone {
namespace {

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (std::size_t i = 0, n = 1 + below(3); i < n; ++i) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void change(std::string& text) {
    static constexpr std::string_view kJunk[] = {"\n",
                                                 "\r\n",
                                                 "...\n",
                                                 "|",
                                                 ":",
                                                 "=",
                                                 "[",
                                                 "]",
                                                 "{",
                                                 "}",
                                                 "\"",
                                                 "\\",
                                                 "#",
                                                 "-1",
                                                 "0",
                                                 "99999999999999999999",
                                                 "1e400",
                                                 "\xff",
                                                 "\xEF\xBB\xBF",
                                                 "…",
                                                 "\x1b[0m",
                                                 " ",
                                                 "\t",
                                                 "hccn_tool -i 3 -g\n",
                                                 "Command execute failed!\n",
                                                 "not supported",
                                                 "NA",
                                                 "xx",
                                                 "%",
                                                 ",",
                                                 "TLV",
                                                 "dev_id:",
                                                 "[devid ",
                                                 std::string_view("\0", 1)};
    const std::size_t at = below(text.size() + 1),
                      length = below(std::min<std::size_t>(text.size() - at, 40) + 1);
    switch (below(6)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(at, length));
        break;
      case 2:
        text.insert(at, kJunk[below(std::size(kJunk))]);
        break;
      case 3:
        text.resize(at);
        break;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      default:
        text.replace(at, length, kJunk[below(std::size(kJunk))]);
        break;
    }
  }

  std::mt19937 random_;
};

void expect_sane(std::string_view kind, const std::string& text) {
  const auto parsed = parse_to_json(kind, text);
  if (parsed) {
    EXPECT_TRUE(nlohmann::json::accept(parsed.value())) << kind << " gives no JSON for:\n" << text;
    return;
  }
  const Text& reason = parsed.refusal().reason;
  EXPECT_FALSE(reason.en.empty()) << kind << " refuses without a reason:\n" << text;
  EXPECT_TRUE(has_chinese(reason.zh)) << kind << ": " << reason.zh;
  for (const std::string* said : {&reason.zh, &reason.en}) {
    EXPECT_LT(said->size(), 2000u) << kind;
    EXPECT_NO_THROW((void)nlohmann::json(*said).dump()) << kind;
  }
}

TEST(Fuzz, MutatedSamples) {
  Mutator mutator(20250303);
  constexpr int kRounds = 600;  // times 38 kinds
  for (int round = 0; round < kRounds; ++round)
    for (const auto& [kind, sample] : samples()) {
      expect_sane(kind, mutator.mutate(sample));
      if (testing::Test::HasFailure()) FAIL() << "in round " << round;
    }
}

TEST(Fuzz, EveryPrefixOfEverySample) {
  for (const auto& [kind, sample] : samples())
    for (std::size_t length = 0; length < sample.size(); ++length)
      expect_sane(kind, sample.substr(0, length));
}

TEST(Fuzz, EverySampleInEveryKind) {
  for (const ParseKind& kind : parse_kinds())
    for (const auto& [other, sample] : samples()) expect_sane(kind.name, sample + sample);
}

TEST(Fuzz, CheckedTablesNeverCrash) {
  Mutator mutator(7);
  const std::string& sample = samples().at("rank-table");
  int taken_tables = 0;
  for (int round = 0; round < 3000; ++round) {
    const auto table = parse_rank_table(mutator.mutate(sample), "");
    if (!table) continue;
    ++taken_tables;
    for (const auto& problem : check_rank_table(table.value()))
      EXPECT_NO_THROW((void)nlohmann::json({problem.message.zh, problem.message.en}).dump());
    (void)write_rank_table(table.value(), RankTableForm::kGuide);
  }
  EXPECT_GT(taken_tables, 100);  // or nothing was tried
}

TEST(Fuzz, LargeTexts) {
  const std::string texts[] = {std::string(1 << 18, '|'),       std::string(1 << 18, '\n'),
                               std::string(1 << 18, '['),       std::string(1 << 18, '\\'),
                               std::string(1 << 18, ' ') + "x", std::string(1 << 18, '.')};
  for (const ParseKind& kind : parse_kinds())
    for (const std::string& text : texts) {
      expect_sane(kind.name, text);
      expect_sane(kind.name, samples().at(kind.name) + text);
    }
}

}  // namespace
}  // namespace touchstone
