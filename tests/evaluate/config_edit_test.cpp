// How conf/config.json is edited (section 6.2): in the bytes of single values.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "suites/config_edit.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

const std::string kPort = "ServerConfig.port";

struct ConfigRow {
  const char* what;
  std::string before;
  ConfigValues values;
  std::string after;
};

const ConfigRow kConfigRows[] = {
    {"nothing to do", "{\"a\":0.90, \"b\": 1e-5}\n", {}, "{\"a\":0.90, \"b\": 1e-5}\n"},
    {"one value; numbers, order and blanks of the others stay",
     "{\"ServerConfig\" : {\"x\":0.90,\"port\" :1120 , \"y\":1e-5}}",
     {{kPort, "1025"}},
     "{\"ServerConfig\" : {\"x\":0.90,\"port\" :1025 , \"y\":1e-5}}"},
    {"the last key, which the guide's sed lines do not find",
     "{\"ServerConfig\": {\n  \"port\": 1120\n}}\n",
     {{kPort, "1025"}},
     "{\"ServerConfig\": {\n  \"port\": 1025\n}}\n"},
    {"another type",
     "{\"ServerConfig\": {\"port\": \"1025\", \"httpsEnabled\": \"true\"}}",
     {{kPort, "1025"}, {"ServerConfig.httpsEnabled", "false"}},
     "{\"ServerConfig\": {\"port\": 1025, \"httpsEnabled\": false}}"},
    {"the same key in other objects stays",
     "{\"port\": 1, \"BackendConfig\": {\"port\": 2}, \"ServerConfig\": {\"port\": 3}}",
     {{kPort, "1025"}},
     "{\"port\": 1, \"BackendConfig\": {\"port\": 2}, \"ServerConfig\": {\"port\": 1025}}"},
    {"a missing key goes behind the last, in the file's own manner",
     "{\n    \"ServerConfig\" : {\n        \"a\" : 1,\n        \"b\" : \"x\\\"y\"\n    }\n}\n",
     {{kPort, "1025"}},
     "{\n    \"ServerConfig\" : {\n        \"a\" : 1,\n        \"b\" : \"x\\\"y\",\n        "
     "\"port\" : 1025\n    }\n}\n"},
    {"with tabs and line ends of Windows",
     "{\r\n\t\"ServerConfig\": {\r\n\t\t\"a\": [1,\r\n\t\t\t2]\r\n\t}\r\n}",
     {{kPort, "1025"}},
     "{\r\n\t\"ServerConfig\": {\r\n\t\t\"a\": [1,\r\n\t\t\t2],\r\n\t\t\"port\": 1025\r\n\t}\r\n}"},
    {"into an empty object",
     "{\"ServerConfig\": { }}",
     {{kPort, "1"}},
     "{\"ServerConfig\": {\"port\": 1}}"},
    {"two into one object, keys with escapes before them",
     "{\"ServerConfig\": {\"a\\\\\": {}, \"b\\\"\": [[0,\n1]]}}",
     {{kPort, "1"}, {"ServerConfig.q", "\"r\""}},
     "{\"ServerConfig\": {\"a\\\\\": {}, \"b\\\"\": [[0,\n1]], \"port\": 1, \"q\": \"r\"}}"},
    {"in every element of a list, or in one",
     "{\"L\": [{\"w\": 1, \"n\": \"中文\"}, {\"w\": 2}]}",
     {{"L.w", "8"}, {"L[1].n", "\"x\""}},
     "{\"L\": [{\"w\": 8, \"n\": \"中文\"}, {\"w\": 8, \"n\": \"x\"}]}"},
    {"a list as a whole",
     "{\"B\": {\"npuDeviceIds\": [[0,\n 1]], \"z\": 1}}",
     {{"B.npuDeviceIds", "[[0,1,2]]"}},
     "{\"B\": {\"npuDeviceIds\": [[0,1,2]], \"z\": 1}}"},
};

TEST(ConfigEdit, Rows) {
  for (const ConfigRow& row : kConfigRows)
    EXPECT_EQ(edit_config(row.before, row.values), row.after) << row.what;
}

TEST(ConfigEdit, OnceMoreChangesNothing) {
  for (const ConfigRow& row : kConfigRows)
    EXPECT_EQ(edit_config(row.after, row.values), row.after) << row.what;
}

// As MindIE ships it, in parts.
const std::string kShipped = R"({
    "Version" : "1.0.0",
    "ServerConfig" :
    {
        "ipAddress" : "127.0.0.1",
        "port" : 1025,
        "httpsEnabled" : true,
        "kmcKsfMaster" : "tools/pmt/master/ksfa",
        "tlsCaFile" : ["ca.pem"],
        "e2eTimeout" : 600
    },
    "BackendConfig" : {
        "npuDeviceIds" : [[0,1,2,3]],
        "ratio" : 0.90, "epsilon" : 1e-5,
        "ModelDeployConfig" :
        {
            "maxSeqLen" : 2560,
            "ModelConfig" : [
                {
                    "modelName" : "llama_65b",
                    "worldSize" : 4,
                    "plugin_params" : "{\"a\":1}"
                }
            ]
        },
        "ScheduleConfig" : {
            "maxIterTimes": 512
        }
    }
}
)";

// Whatever value is changed: the bytes before it and behind it are the same.
TEST(ConfigEdit, AllOtherBytesAreKept) {
  const std::pair<const char*, const char*> rows[] = {
      {"Version", "\"1.0.0\""},
      {"ServerConfig.ipAddress", "\"127.0.0.1\""},
      {"ServerConfig.port", "1025"},
      {"ServerConfig.httpsEnabled", "true"},
      {"ServerConfig.e2eTimeout", "600"},
      {"BackendConfig.npuDeviceIds", "[[0,1,2,3]]"},
      {"BackendConfig.ratio", "0.90"},
      {"BackendConfig.epsilon", "1e-5"},
      {"BackendConfig.ModelDeployConfig.maxSeqLen", "2560"},
      {"BackendConfig.ModelDeployConfig.ModelConfig[0].worldSize", "4"},
      {"BackendConfig.ModelDeployConfig.ModelConfig.modelName", "\"llama_65b\""},
      {"BackendConfig.ScheduleConfig.maxIterTimes", "512"}};
  for (const auto& [path, old] : rows)
    for (const std::string value : {"7", "\"a longer text than any\"", "[]"}) {
      const std::string after = edit_config(kShipped, {{path, value}});
      const std::size_t size = std::string(old).size(), at = after.find(value);
      const auto same = std::mismatch(after.begin(), after.end(), kShipped.begin());
      const std::size_t begin = static_cast<std::size_t>(same.first - after.begin());
      ASSERT_EQ(after.size() - value.size(), kShipped.size() - size) << path;
      ASSERT_NE(at, std::string::npos) << path;
      // Where the first byte differs the old value stood (or within it, where both begin alike).
      const std::size_t from = kShipped.rfind(old, begin);
      ASSERT_NE(from, std::string::npos) << path;
      EXPECT_EQ(after, kShipped.substr(0, from) + value + kShipped.substr(from + size)) << path;
    }
}

TEST(ConfigEdit, WhatCannotBeEditedIsRefusedWithItsPlace) {
  const std::tuple<const char*, ConfigValues, const char*> rows[] = {
      {"{\n  \"a\": 1, # x\n  \"b\": 2}", {}, "line 2"},
      {"{\"a\": 1,\n ...\n}", {}, "line 2"},
      {"{\"a\": 1,\n\"a\": 2}", {}, "line 2"},
      {"\xEF\xBB\xBF{\"a\": 1}", {}, "byte order mark"},
      {"", {}, "strict JSON"},
      {"{\"a\": 1}", {{kPort, "1"}}, "no object that ServerConfig.port"},
      {"{\"ServerConfig\": 7}", {{kPort, "1"}}, "no object that ServerConfig.port"},
      {"{\"L\": [{\"w\": 1}]}", {{"L[3].w", "1"}}, "no object that L[3].w"},
      // What another host's value would do to the file.
      {"{\"ServerConfig\": {\"port\": 1}}", {{kPort, "1, \"x\": 2"}}, "not what was meant"},
      {"{\"ServerConfig\": {\"port\": 1}}", {{kPort, "1}"}}, "not what was meant"},
  };
  for (const auto& [text, values, why] : rows) try {
      edit_config(text, values);
      ADD_FAILURE() << text;
    } catch (const NoEvidence& refused) {
      EXPECT_THAT(refused.why().en, HasSubstr(why)) << text;
    }
}

}  // namespace
}  // namespace touchstone
