// How daemon.json gets the Ascend runtime (2.2.3), and what Docker's answer tells of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "suites/with_runtime.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

const std::string kAscend =
    R"("ascend": {"path": "/usr/local/Ascend/Ascend-Docker-Runtime/ascend-docker-runtime", )"
    R"("runtimeArgs": []})";

TEST(WithRuntime, AddsToWhatIsThere) {
  const struct {
    const char* what;
    std::string before;
    bool as_default;
    std::string after;
  } rows[] = {
      {"no file yet", "{}", false, "{\"runtimes\": {" + kAscend + "}}"},
      {"numbers, blanks and the order of keys are nobody's to rewrite",
       "{ \"ratio\":0.90,\"max-concurrent-downloads\" :1E1 }\n", false,
       "{ \"ratio\":0.90,\"max-concurrent-downloads\" :1E1,\"runtimes\" :{" + kAscend + "} }\n"},
      {"another runtime stays", "{\"runtimes\": {\"kata\": {\"path\": \"/k\"}}}", false,
       "{\"runtimes\": {\"kata\": {\"path\": \"/k\"}, " + kAscend + "}}"},
      {"as default, too", "{\"default-runtime\": \"runc\", \"runtimes\": {" + kAscend + "}}", true,
       "{\"default-runtime\": \"ascend\", \"runtimes\": {" + kAscend + "}}"},
      {"runtimes that are no object, with which dockerd does not start", "{\"runtimes\": null}",
       false, "{\"runtimes\": {" + kAscend + "}}"},
      {"all is there", "{\"runtimes\":{\"ascend\":{}}}", false, "{\"runtimes\":{\"ascend\":{}}}"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(with_ascend_runtime(row.before, row.as_default), row.after) << row.what;
}

TEST(WithRuntime, RefusesWhatItCannotReadWhole) {
  const struct {
    const char* what;
    std::string text;
    const char* reason;
  } rows[] = {
      {"a list", "[]", "no JSON object"},
      {"nested so deep that a recursive reader or writer has no stack left",
       "{\"a\": " + std::string(250'000, '[') + std::string(250'000, ']') + "}", "64 levels"},
      {"a key twice: which one counts is for a person to say",
       "{\"log-level\": \"info\", \"log-level\": \"debug\"}", "a second time"},
      {"broken off", "{\"runtimes\": {", "daemon.json is no strict JSON"},
      {"empty", "", "daemon.json is no strict JSON"},
  };
  for (const auto& row : rows) try {
      with_ascend_runtime(row.text, true);
      ADD_FAILURE() << row.what;
    } catch (const NoEvidence& missing) {
      EXPECT_THAT(missing.why().en, HasSubstr(row.reason)) << row.what;
    }
}

TEST(WithRuntime, TellsWhatGrepPrints) {
  EXPECT_EQ(runtimes_told(R"({"Runtimes":{"ascend":{"path":"/a"},"runc":{"path":"runc"}},)"
                          R"("DefaultRuntime":"runc","x":1})"),
            "\"DefaultRuntime\":\"runc\"\n\"ascend\":{\"path\":\"/a\"}\n");
  EXPECT_EQ(runtimes_told(R"("ascend":{"path")"), "");
  EXPECT_EQ(runtimes_told(""), "");
}

// As much as a host may answer.
TEST(WithRuntime, LongAnswersAreTaken) {
  const std::string long_one = "\"ascend\":{" + std::string(1 << 20, 'a') + "}";
  EXPECT_EQ(runtimes_told(long_one), long_one + "\n");
}

}  // namespace
}  // namespace touchstone
