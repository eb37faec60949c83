// docs/cluster.schema.json and the reader know the same keys, so that what an editor offers is
// taken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "harness/config/keys.h"
#include "harness/config/profile.h"
#include "harness/transport/transport.h"
#include "tests/config/config_test.h"
#include "tests/places.h"

namespace touchstone::config_test {
namespace {

using nlohmann::json;
using testing::UnorderedElementsAreArray;

std::string file_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(source_dir() + "/docs/" + path).rdbuf();
  return text.str();
}
json schema() {
  return json::parse(file_text("cluster.schema.json"));
}

const json& map_of(const json& schema, const std::string& name) {
  return name == "inventory" ? schema : schema.at("$defs").at(name);
}

TEST(Schema, KnowsTheKeysThatTheReaderTakes) {
  const json all = schema();
  const auto known = known_keys();
  ASSERT_EQ(known.size(), 10u);
  for (const auto& [name, keys] : known) {
    const json& map = map_of(all, name);
    std::vector<std::string> described;
    for (const auto& [key, value] : map.at("properties").items()) described.push_back(key);
    EXPECT_THAT(described, UnorderedElementsAreArray(keys.begin(), keys.end())) << name;
    EXPECT_FALSE(map.at("additionalProperties").get<bool>()) << name;
  }
}

// "the key is missing" of each required key, and of no other.
TEST(Schema, RequiresWhatTheReaderRequires) {
  const json all = schema();
  const auto missing = [](const std::string& text) {
    std::vector<std::string> keys;
    try {
      parse_inventory(text, "c.yaml");
    } catch (const ConfigError& error) {
      for (const Mistake& mistake : error.mistakes)
        if (mistake.message.en.starts_with("the key is missing"))
          keys.push_back(mistake.key.substr(mistake.key.rfind('.') + 1));
    }
    return keys;
  };
  const auto required = [&](const std::string& name) {
    return map_of(all, name).at("required").get<std::vector<std::string>>();
  };
  EXPECT_THAT(missing("simulated: true\n"), UnorderedElementsAreArray(required("inventory")));
  EXPECT_THAT(missing(kHead + "groups: [{master: a}]\n"),
              UnorderedElementsAreArray(required("group")));
  EXPECT_THAT(missing(with_hosts("      - {port: 22}\n")),
              UnorderedElementsAreArray(required("host")));
  EXPECT_THAT(
      missing(kHead + "groups: [{name: g, hosts: [a], npu_network: {rule: {npu_step: 1}}}]"),
      UnorderedElementsAreArray(required("rule")));
}

TEST(Schema, NamesTheProfiles) {
  const json names = schema().at("properties").at("profile").at("anyOf").at(0).at("enum");
  EXPECT_THAT(names.get<std::vector<std::string>>(), UnorderedElementsAreArray(profile_names()));
}

// Those of the registry: what one may write, what the reader takes, and what there is are the same.
TEST(Schema, NamesTheTransports) {
  std::vector<std::string> there_are;
  std::istringstream names(transport_names());  // "exec, local, ssh"
  for (std::string name; std::getline(names >> std::ws, name, ',');) there_are.push_back(name);
  ASSERT_THAT(there_are, testing::Contains("ssh"));
  const json all = schema();
  for (const std::string map : {"host", "defaults"})
    EXPECT_THAT(map_of(all, map).at("properties").at("transport").at("enum"),
                UnorderedElementsAreArray(there_are))
        << map;
  const auto mistakes = [](const std::string& transport) {
    return mistakes_in(
        with_hosts("      - {name: a, command: [x], transport: " + transport + "}\n"));
  };
  for (const std::string& name : there_are) EXPECT_EQ(mistakes(name), "") << name;
  // What the reader takes it names, and there is no more of it.
  std::string taken = mistakes("none");
  taken = taken.substr(taken.find("is not among ") + 13);
  EXPECT_EQ(std::count(taken.begin(), taken.end(), ',') + 1U, there_are.size()) << taken;
}

// An editor complains of the same sums as the reader.
TEST(Schema, TakesTheSumsThatTheReaderTakes) {
  const json all = schema();
  for (const std::string name : {"site", "profile"})
    for (const std::string of : {"image_archive", "driver_package", "firmware_package",
                                 "docker_archive", "docker_runtime_package"}) {
      const std::regex pattern(
          map_of(all, name).at("properties").at(of + "_sha256").at("pattern").get<std::string>());
      for (const std::string& text :
           {std::string("none"), std::string(64, 'a'), std::string(64, 'F'), std::string(63, 'a'),
            std::string(65, 'a'), std::string(64, 'g'), std::string("nonesuch"), std::string()}) {
        const std::string profile =
            "name: x\nbased_on: deepseek-r1-w8a8\n" + of + "_sha256: \"" + text + "\"\n";
        bool taken = true;
        try {
          parse_profile(profile, "p.yaml");
        } catch (const ConfigError&) {
          taken = false;
        }
        EXPECT_EQ(std::regex_search(text, pattern), taken) << name << ' ' << of << ' ' << text;
      }
    }
}

TEST(Schema, ThePageNamesEveryKey) {
  const std::string page = file_text("inventory.md");
  for (const auto& [name, keys] : known_keys()) {
    if (name == "site" || name == "profile") continue;  // `touchstone profile show` explains those
    for (const std::string_view key : keys)
      EXPECT_NE(page.find('`' + std::string(key) + '`'), std::string::npos) << name << ' ' << key;
  }
}

// The example of the page is an inventory.
TEST(Schema, ThePagesExampleIsTaken) {
  const std::string page = file_text("inventory.md");
  const std::size_t begin = page.find("```yaml\n") + 8;
  const Inventory inventory =
      parse_inventory(page.substr(begin, page.find("```", begin) - begin), "c.yaml");
  EXPECT_EQ(inventory.host_count(), 17u);
  EXPECT_EQ(inventory.groups[0].npu_network.at("node-20")[7].address, "10.20.17.17");
}

}  // namespace
}  // namespace touchstone::config_test
