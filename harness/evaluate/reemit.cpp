#include "harness/evaluate/reemit.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/clean.h"

namespace touchstone {
namespace {

class Emitted : public testing::Test {
 public:
  explicit Emitted(const StepResult& result) : result_(result) {}

  void TestBody() override {
    switch (result_.verdict) {
      case Verdict::kFail:
        for (const Finding& finding : result_.findings)
          ADD_FAILURE() << harmless(fmt::format("{}: expected {}, actual {}; {}", finding.target,
                                                finding.expected.en, finding.actual.en,
                                                finding.why.en));
        break;
      case Verdict::kError:
        ADD_FAILURE() << "could not tell: " << harmless(result_.reason.en);
        break;
      case Verdict::kPass:
      case Verdict::kFixed:
        SUCCEED();
        break;
      default:
        GTEST_SKIP() << name_of(result_.verdict) << ": " << result_.blocked_by << " "
                     << harmless(result_.reason.en);
    }
  }

 private:
  const StepResult& result_;
};

void clear_inherited() {
  std::vector<std::string> names;
  for (char** entry = environ; *entry; ++entry)
    if (std::strncmp(*entry, "GTEST_", 6) == 0)
      names.emplace_back(*entry, std::strcspn(*entry, "="));
  for (const std::string& name : names) unsetenv(name.c_str());
}

}  // namespace

Gtest::Gtest(std::vector<std::string>& args) {
  clear_inherited();
  // gtest sees its own words only: it would answer --help, too.
  std::vector<std::string> own{args.empty() ? "touchstone" : args.front()};
  auto rest = std::stable_partition(
      args.begin(), args.end(), [](const std::string& a) { return !a.starts_with("--gtest_"); });
  asked_ = rest != args.end();
  own.insert(own.end(), rest, args.end());
  std::vector<char*> argv;
  argv.reserve(own.size() + 1);
  for (std::string& arg : own) argv.push_back(arg.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(own.size());
  testing::InitGoogleTest(&argc, argv.data());
  args.erase(rest, args.end());
  // What gtest did not know is left for the command line to complain of.
  for (int i = 1; i < argc; ++i) args.emplace_back(argv[static_cast<std::size_t>(i)]);
}

bool Gtest::lists_only() const {
  return testing::GTEST_FLAG(list_tests);
}

int Gtest::reemit(const RunRecord& record) const {
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (!asked_) delete listeners.Release(listeners.default_result_printer());
  for (const StepResult& result : record.results) {
    const StepInfo& step = record.steps[result.step];
    const std::string suite = step.id + "_" + step.name;
    testing::RegisterTest(suite.c_str(), result.target.str().c_str(), nullptr, nullptr, __FILE__,
                          __LINE__, [&result]() -> testing::Test* { return new Emitted(result); });
  }
  return RUN_ALL_TESTS();
}

}  // namespace touchstone
