// Addresses that look like some and are no host's: of a document, or of nobody.
#include <gmock/gmock.h>

#include "tests/config/config_test.h"

namespace touchstone::config_test {
namespace {

TEST(Addresses, ThatLeadToNoHostAreToldWithTheirPlace) {
  const std::string masked = " is a masked address; write the one that the host really has",
                    nobody = " is no host's own address; write one that leads to the host";
  struct Row {
    std::string host, told;  // an item of `hosts`, which begins in line 7; how its mistake begins
  };
  for (const auto& [host, wanted] : std::vector<Row>{
           {"{name: a, address: 10.xx.xx.10}",
            "28: groups[0].hosts[0].address: \"10.xx.xx.10\"" + masked},
           {"{name: a, address: 10.20.X.X}",
            "28: groups[0].hosts[0].address: \"10.20.X.X\"" + masked},
           {"{name: a, address: 10.20.*.10}",
            "28: groups[0].hosts[0].address: \"10.20.*.10\"" + masked},
           {"{name: a, address: 0.0.0.0}", "28: groups[0].hosts[0].address: \"0.0.0.0\"" + nobody},
           {"{name: a, address: 0.0.0.9}", "28: groups[0].hosts[0].address: \"0.0.0.9\"" + nobody},
           {"{name: a, address: 255.255.255.255}",
            "28: groups[0].hosts[0].address: \"255.255.255.255\"" + nobody},
           {"{name: a, address: 224.0.0.1}",
            "28: groups[0].hosts[0].address: \"224.0.0.1\"" + nobody},
           {"{name: a, address: \"::\"}", "28: groups[0].hosts[0].address: \"::\"" + nobody},
           // The same address, written out.
           {"{name: a, address: \"0:0:0:0:0:0:0:0\"}",
            "28: groups[0].hosts[0].address: \"0:0:0:0:0:0:0:0\"" + nobody},
           {"{name: a, address: \"ff02::1\"}",
            "28: groups[0].hosts[0].address: \"ff02::1\"" + nobody},
           {"{name: a, service_address: 10.xx.xx.10}",
            "36: groups[0].hosts[0].service_address: \"10.xx.xx.10\"" + masked},
           {"{name: a, service_address: 0.0.0.0}",
            "36: groups[0].hosts[0].service_address: \"0.0.0.0\"" + nobody},
           // One of a pattern is enough.
           {"{name: \"a[1-2]\", address: \"0.0.0.[0-1]\"}",
            "35: groups[0].hosts[0].address: \"0.0.0.0\"" + nobody},
           {"{name: \"10.xx.xx.[1-2]\"}", "16: groups[0].hosts[0].name: \"10.xx.xx.1\"" + masked},
           // Without an address a host is reached by its name.
           {"10.xx.xx.10", "9: groups[0].hosts[0]: \"10.xx.xx.10\"" + masked},
           {"0.0.0.0", "9: groups[0].hosts[0]: \"0.0.0.0\"" + nobody}}) {
    const std::string told = mistakes_in(with_hosts("      - " + host + "\n"));
    EXPECT_THAT(told, testing::StartsWith("c.yaml:7:" + wanted));
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 0) << told;
  }
}

TEST(Addresses, ThatOnlyLookLikeThoseAreTaken) {
  for (const char* host :
       {"{name: a, address: x.xx.example}", "{name: a, address: 10-xx-xx-10.example.com}",
        "{name: a, address: 1.0.0.0}", "{name: a, address: 127.0.0.1}",
        "{name: a, address: 223.255.255.254}", "{name: a, address: \"::1\"}",
        "{name: a, address: \"fe80::1%eth0\"}",
        // It is a name, and nobody is asked there.
        "{name: 10.xx.xx.10, address: 10.0.0.10}", "xx.x.xx"})
    EXPECT_EQ(mistakes_in(with_hosts("      - " + std::string(host) + "\n")), "") << host;
}

}  // namespace
}  // namespace touchstone::config_test
