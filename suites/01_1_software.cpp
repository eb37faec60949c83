// The second half of section 1.1: the versions that its table names, which are inside the
// container.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"
#include "harness/model/said.h"
#include "harness/model/version_range.h"
#include "suites/known.h"
#include "suites/probes_container.h"
#include "suites/requirements.h"

namespace touchstone {
namespace {

// What a version file says, or the finding that there is none.
template <class T, class Pick>
void expect_version(const Evidence& host, const Probe<T>& probe, const std::string& name,
                    const std::string& wanted, Pick version_in) {
  const auto& parsed = host.parsed(probe);
  const bool missing = refused_as(parsed, Refusal::Kind::kNotSet);
  const std::string version = missing ? "" : version_in(host[probe]);
  EXPECT_TRUE(!missing && version_fits(version, wanted)) << Finding{
      .expected = name + " " + wanted,
      .actual = missing           ? Phrase("没有版本文件", "no version file")
                : version.empty() ? Phrase("文件中没有版本", "the file names none")
                                  : Phrase(version),
      .why = missing ? Text{"镜像中没有安装它,或装在别处",
                            "the image does not have it, or keeps it elsewhere"}
                     : Text{"与指南的版本表不符", "the guide's table names another version"}};
}

void expect_toolkit(const Evidence& host) {
  expect_version(host, kToolkitInfo, "cann-toolkit", host.profile().cann_toolkit,
                 [](const InstallInfo& info) { return info.version; });
}

void expect_kernels(const Evidence& host) {
  expect_version(host, kKernelsInfo, "cann-kernels", host.profile().cann_kernels, kernels_version);
}

void expect_nnal(const Evidence& host) {
  expect_version(host, kNnalInfo, "cann-nnal", host.profile().cann_nnal,
                 [](const AscendVersion& info) { return info.version; });
}

void expect_mindie(const Evidence& host) {
  expect_version(host, kMindieInfo, "mindie", host.profile().mindie,
                 [](const AscendVersion& info) { return info.version; });
}

void expect_mindie_for_weights(const Evidence& host) {
  const std::string& version = host[kMindieInfo].version;
  const std::string& wanted = host.profile().mindie_for_w8a8;
  EXPECT_TRUE(version_fits(version, wanted))
      << Finding{.expected = said("mindie {}(W8A8 权重)", "mindie {} for W8A8 weights", wanted),
                 .actual = version,
                 .why = {"更早的 MindIE 不能加载 DeepSeek 的 W8A8 权重;指南 1.1 的版本表(1.0.T71)"
                         "只适用于 BF16",
                         "an earlier MindIE cannot load the W8A8 weights of DeepSeek; the table "
                         "of guide 1.1, which names 1.0.T71, fits BF16 only"}};
}

std::optional<Text> not_quantised(const Evidence& host) {
  if (host.profile().weights == "w8a8") return std::nullopt;
  return Text{"权重不是 W8A8", "the weights are not W8A8"};
}

}  // namespace

std::string kernels_version(const VersionInfo& info) {
  const auto release = info.fields.find("version_dir");
  return release == info.fields.end() ? info.version : release->second;
}

void add_software_steps(Chapter& chapter) {
  const auto step = [&chapter](const char* id, const char* name, const char* package,
                               Question question, void (*expect)(const Evidence&)) {
    chapter.step(
        {.id = id,
         .name = name,
         .title = {fmt::format("{} 为配置档规定的版本", package),
                   fmt::format("{} is the profile's version", package)},
         .requirement = {fmt::format("容器内 {} 的版本与配置档一致", package),
                         fmt::format("{} inside the container has the version of the "
                                     "profile",
                                     package)},
         .place = "1.1, the table",
         .on = Scope::kHost,
         .probes = {std::move(question)},
         .stands_on = {"0.2", "4.2.1"},
         .expect = expect,
         .remedy = {.text = {"换用版本正确的镜像", "use an image with the right version"}}});
  };
  step("1.1.6", "ToolkitIsTheProfiles", "cann-toolkit", kToolkitInfo, expect_toolkit);
  step("1.1.7", "KernelsAreTheProfiles", "cann-kernels", kKernelsInfo, expect_kernels);
  step("1.1.8", "NnalIsTheProfiles", "cann-nnal", kNnalInfo, expect_nnal);
  step("1.1.9", "MindieIsTheProfiles", "mindie", kMindieInfo, expect_mindie);
  chapter.step({.id = "1.1.10",
                .name = "MindieRunsTheWeights",
                .title = {"W8A8 权重用足够新的 MindIE", "MindIE is new enough for W8A8 weights"},
                .requirement = {"W8A8 权重需要 mindie 2.0.T3 或更新",
                                "W8A8 weights run on mindie 2.0.T3 or later"},
                .place = "1.1, first paragraph",
                .on = Scope::kHost,
                .probes = {kMindieInfo},
                .stands_on = {"0.2", "4.2.1"},
                .expect = expect_mindie_for_weights,
                .not_applicable = not_quantised,
                .remedy = {.text = {"换用 mindie 2.0.T3 或更新的镜像",
                                    "use an image with mindie 2.0.T3 or later"}}});
}

}  // namespace touchstone
