// Files of KEY=VALUE lines.
#include "harness/parse/hccn_conf.h"
#include "harness/parse/version_info.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

TEST(VersionInfo, Reads) {
  const auto info = taken(parse_version_info("Version=24.1.rc3\ncompatible=[a=b],[c]\n", ""));
  EXPECT_EQ(info.version, "24.1.rc3");
  EXPECT_EQ(info.fields.at("compatible"), "[a=b],[c]");  // only the first = separates
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"package_version=24.1.rc3\n", Kind::kMalformed, "Version="},
      {"Version=\n", Kind::kMalformed, "Version="},
      {"Version=24.1 rc3\n", Kind::kMalformed, "one word"},
      {"Version=24.1\n...\n", Kind::kElided, "line 2"},
      {"Version=24.1.rc3\nVersion=23.0.7\n", Kind::kMalformed, "line 2"},
      {"Version=24.1.xx\n", Kind::kMasked, "24.1.xx"},
      {"Version=**.1\n", Kind::kMasked, "real file"},
      {"ipaddr:1.2.3.4\n", Kind::kMalformed, "KEY=VALUE"},
      {"cat: /usr/local/Ascend/driver/version.info: No such file or directory\n", Kind::kNotSet,
       "not there"},
  };
  expect_all_refused(parse_version_info, kTable);
  EXPECT_EQ(taken(parse_version_info("Version=24.1.rc3\nVersion=24.1.rc3\n", "")).version,
            "24.1.rc3");
  expect_refused(parse_version_info("", "cat: version.info: No such file or directory\n"),
                 Kind::kNotSet, "not there");
  expect_refused(parse_version_info("", "cat: version.info: Permission denied\n"), Kind::kErrorText,
                 "root");
}

TEST(InstallInfo, Reads) {
  EXPECT_EQ(taken(parse_install_info("version=v6.0.0\narch=aarch64\n", "")).version, "6.0.0");
  EXPECT_EQ(taken(parse_install_info("package_name=x\nversion=8.0.RC3\n", "")).version, "8.0.RC3");
  const auto driver =
      taken(parse_install_info("UserName=HwHiAiUser\nDriver_Install_Status=complete\n", ""));
  EXPECT_EQ(driver.version, "");
  EXPECT_EQ(driver.fields.at("Driver_Install_Status"), "complete");
  expect_refused(parse_install_info("version=8.0.x\n", ""), Kind::kMasked, "8.0.x");
  expect_refused(parse_install_info("hello world\n", ""), Kind::kMalformed, "KEY=VALUE");
}

TEST(HccnConf, ReadsAsTheToolDoes) {
  const auto conf =
      taken(parse_hccn_conf("\n# address_0=1.1.1.1\n"
                            "address_0=10.20.0.1\naddress_0=10.20.0.2\n"  // first wins
                            "send_arp_status_0=1\n"
                            "arp_7=-i eth7 -s 10.20.0.9 bc:1e:85:d8:ca:dd=x\n"
                            "no value here\nxy\nbond_mode=4\n",
                            ""));
  EXPECT_EQ(conf.by_npu.at(0).at("address"), "10.20.0.1");
  EXPECT_EQ(conf.by_npu.at(0).at("send_arp_status"), "1");
  EXPECT_EQ(conf.by_npu.at(7).at("arp"), "-i eth7 -s 10.20.0.9 bc:1e:85:d8:ca:dd=x");
  EXPECT_EQ(conf.others.at("bond_mode"), "4");
  EXPECT_EQ(conf.by_npu.size(), 2u);
}

TEST(HccnConf, Refuses) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"address_0=1.2.3.4\n...\n", Kind::kElided, "line 2"},
      {"# only a comment\n", Kind::kMalformed, "key_N=value"},
      {"=12345\n", Kind::kMalformed, "key_N"},
      {"a b_0=12345\n", Kind::kMalformed, "key_N"},
      {"bond_mode=4\n", Kind::kMalformed, "of an NPU"},
      {"cat: /etc/hccn.conf: No such file or directory\n", Kind::kNotSet, "not there"},
  };
  expect_all_refused(parse_hccn_conf, kTable);
  static constexpr Refused kValues[] = {
      {"address_0=10.1.1.1\naddress_1=10.xx.1.1\n", Kind::kMasked, "line 2"},
      {"netdetect_0=10.1.1.*\n", Kind::kMasked, "10.1.1.*"},
      {"address_1=10.1.\n", Kind::kMalformed, "IPv4"},
      {"gateway_0=not-an-ip\n", Kind::kMalformed, "IPv4"},
      {"netmask_0=255.0.255.0\n", Kind::kMalformed, "holes"},
      {"tls_enable_0=7\n", Kind::kMalformed, "0 or 1"},
  };
  expect_all_refused(parse_hccn_conf_values, kValues);
  // The step compares these with what is in force.
  for (const Refused& row : kValues) EXPECT_TRUE(parse_hccn_conf(row.text, "").ok()) << row.text;
  // a number that is no NPU is part of the name
  EXPECT_EQ(taken(parse_hccn_conf("address_0=1\naddress_99999999999=1\n", "")).by_npu.size(), 1u);
}

}  // namespace
}  // namespace touchstone
