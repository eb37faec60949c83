#include "harness/evaluate/reemit.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace touchstone {
namespace {

class Emitted : public testing::Test {
 public:
  explicit Emitted(const StepResult& result) : result_(result) {}

  void TestBody() override {
    switch (result_.verdict) {
      case Verdict::kFail:
        for (const Finding& finding : result_.findings)
          ADD_FAILURE() << fmt::format("{}: expected {}, actual {}; {}", finding.target, finding.expected, finding.actual, finding.why.en);
        break;
      case Verdict::kError: ADD_FAILURE() << "could not tell: " << result_.reason.en; break;
      case Verdict::kPass:
      case Verdict::kFixed: SUCCEED(); break;
      default: GTEST_SKIP() << name_of(result_.verdict) << ": " << result_.blocked_by << " " << result_.reason.en;
    }
  }

 private:
  const StepResult& result_;
};

void clear_inherited() {
  std::vector<std::string> names;
  for (char** entry = environ; *entry; ++entry)
    if (std::strncmp(*entry, "GTEST_", 6) == 0) names.emplace_back(*entry, std::strcspn(*entry, "="));
  for (const std::string& name : names) unsetenv(name.c_str());
}

}  // namespace

Gtest::Gtest(std::vector<std::string>& args) {
  clear_inherited();
  std::vector<char*> argv;
  for (std::string& arg : args) argv.push_back(arg.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(args.size());
  asked_ = std::any_of(args.begin(), args.end(), [](const std::string& a) { return a.starts_with("--gtest_"); });
  testing::InitGoogleTest(&argc, argv.data());
  std::vector<std::string> rest(argv.begin(), argv.begin() + argc);
  args = std::move(rest);
}

bool Gtest::lists_only() const { return testing::GTEST_FLAG(list_tests); }

int Gtest::reemit(const RunRecord& record) const {
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (!asked_) delete listeners.Release(listeners.default_result_printer());
  for (const StepResult& result : record.results) {
    const StepInfo& step = record.steps[result.step];
    const std::string suite = step.id + "_" + step.name;
    testing::RegisterTest(suite.c_str(), result.target.str().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [&result]() -> testing::Test* { return new Emitted(result); });
  }
  return RUN_ALL_TESTS();
}

}  // namespace touchstone
