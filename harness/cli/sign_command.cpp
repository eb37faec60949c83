// `touchstone sign` and `touchstone verify` (docs/signing.md).
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/judge_again.h"
#include "harness/cli/made_again.h"
#include "harness/cli/read_run.h"
#include "harness/cli/version.h"
#include "harness/model/clean.h"
#include "harness/model/said.h"
#include "harness/sign/manifest.h"
#include "harness/sign/ssh_keygen.h"
#include "reports/summary.h"
#include "reports/words.h"

namespace touchstone::cli {
namespace {

namespace fs = std::filesystem;

void expect_report(const fs::path& folder) {
  if (!fs::is_directory(folder) || !fs::exists(folder / "run.json"))
    throw Failure(kWrongConfiguration,
                  said("{}:不是报告目录:其中没有 run.json",
                       "{}: is no report's folder: it has no run.json", folder.string()));
}

std::string key_of(const SignOptions& options) {
  if (!options.key.empty()) {
    if (!fs::exists(options.key))
      throw Failure(kWrongConfiguration,
                    said("{}:没有这个密钥", "{}: there is no such key", options.key));
    return options.key;
  }
  const char* home = std::getenv("HOME");
  for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"})
    if (const fs::path key = fs::path(home ? home : "") / ".ssh" / name; fs::exists(key))
      return key.string();
  throw Failure(
      kWrongUsage,
      Text{"用哪个密钥?--key FILE 指定私钥,或 ssh agent 中的公钥;~/.ssh 中没有常用名称的密钥",
           "which key? --key FILE names a private key, or a public one of the ssh agent; there is "
           "none of the usual names in ~/.ssh"});
}

// What verify has to say, and how bad it is.
class Telling {
 public:
  explicit Telling(Language language) : language_(language) {}

  void line(const Text& text) { print(harmless_line(in(text, language_)) + "\n"); }
  void wrong(const Text& text) {
    line(text);
    wrong_ = true;
  }
  void doubtful(const Text& text) {
    line(text);
    doubtful_ = true;
  }
  std::string verdict(const std::optional<Verdict>& verdict) const {
    return verdict ? std::string(word_for(*verdict, language_)) : "-";
  }
  int code() const { return wrong_ ? 1 : doubtful_ ? 2 : 0; }

 private:
  Language language_;
  bool wrong_ = false, doubtful_ = false;
};

void tell_signature(const SignatureCheck& check, const VerifyOptions& options, Telling& tell) {
  using Result = SignatureCheck::Result;
  if (check.result == Result::kGood)
    return tell.line(
        said("签名:有效,签署人 {}({})", "Signature: good, of {} ({})", check.signer, check.key));
  if (check.result == Result::kWrong)
    return tell.wrong(said("签名:无效:{}", "Signature: WRONG: {}", check.said));
  if (options.signers.empty())
    return tell.doubtful(
        said("签名:与清单相符,但不知道是谁签的({});用 --signers 指明允许的签署人",
             "Signature: fits, but nobody knows who signed ({}); name the allowed signers with "
             "--signers",
             check.key));
  const std::string who = options.identity.empty() ? "" : " (" + options.identity + ")";
  tell.wrong(said("签名:签署人不在 {} 中{}:{}",
                  "Signature: WRONG SIGNER: not of those that {} allows{}: {}", options.signers,
                  who, check.key));
}

void tell_files(const fs::path& folder, const std::string& manifest, Telling& tell) {
  Sums signed_;
  try {
    signed_ = read_manifest(manifest);
  } catch (const SignError& error) {
    return tell.wrong(
        said("文件:清单无法读取:{}", "Files: the manifest cannot be read: {}", error.what()));
  }
  const std::vector<Difference> all = differences(signed_, sums_of(folder));
  if (all.empty())
    return tell.line(said("文件:全部 {} 个与签署时相同", "Files: all {} are as they were signed",
                          signed_.size()));
  tell.wrong(said("文件:{} 处与签署时不同:", "Files: {} are NOT as they were signed:", all.size()));
  for (const Difference& one : all) {
    using Kind = Difference::Kind;
    const Text what = one.kind == Kind::kChanged   ? Text{"已改动", "changed"}
                      : one.kind == Kind::kMissing ? Text{"缺失", "missing"}
                                                   : Text{"多出", "added"};
    const std::string now = one.now.empty() ? "" : " (" + one.now + ")";
    tell.line(said("  {} {}{}", "  {} {}{}", what, one.path, now));
  }
}

void tell_verdicts(const std::string& folder, Telling& tell) try {
  const RunRecord record = read_run(folder);
  const JudgedAgain again = judge_again(folder, record);
  for (const std::string& fact : again.facts)
    tell.wrong(said("报告与录制数据不一致:{}", "The report and its recording differ: {}", fact));
  if (again.others.empty())
    return tell.line(said("判定:由录制数据重新判定,全部 {} 项相同",
                          "Verdicts: judged again from the recording, all {} are the same",
                          again.results));
  tell.wrong(said("判定:由录制数据重新判定,{1} 项中有 {0} 项不同:",
                  "Verdicts: judged again from the recording, {0} of {1} are OTHERS:",
                  again.others.size(), again.results));
  for (const OtherVerdict& one : again.others) {
    const std::string reported = tell.verdict(one.reported), judged = tell.verdict(one.judged);
    tell.line(said("  {} {}:报告为 {},录制数据为 {}",
                   "  {} {}: the report says {}, the recording gives {}", one.step,
                   one.target.str(), reported, judged));
  }
} catch (const std::exception& error) {  // whatever somebody has made of the files
  tell.wrong(said("判定:无法重新判定:{}", "Verdicts: cannot be judged again: {}", error.what()));
}

// The pages are signed, too, but the signer may have signed pages of another run.
void tell_pages(const fs::path& folder, Telling& tell) try {
  const RunRecord record = read_run(folder.string());
  if (record.tool_version != kVersion)
    return tell.line(said("页面:报告由 {} 版本生成,与本版本({})不可比",
                          "Pages: made by version {}; this is {}, which may write others",
                          record.tool_version, kVersion));
  const MadeAgain again = make_again(folder, record);
  if (again.others.empty())
    return tell.line(said("页面:由 run.json 重新生成,全部 {} 个文件相同",
                          "Pages: made again from run.json, all {} files are the same",
                          again.files));
  tell.wrong(said("页面:与 run.json 不符:{}", "Pages: NOT what run.json gives: {}",
                  fmt::join(again.others, ", ")));
} catch (const std::exception& error) {
  tell.wrong(said("页面:无法重新生成:{}", "Pages: cannot be made again: {}", error.what()));
}

}  // namespace

int sign(const SignOptions& options) {
  const fs::path folder = options.report;
  expect_report(folder);
  const RunRecord record = read_run(options.report);
  const std::string manifest = (folder / kManifestName).string(),
                    signature = (folder / kSignatureName).string();
  if (!options.force && fs::exists(manifest))
    throw Failure(kCannotWrite,
                  said("{}:已经签署;--force 可替换签名",
                       "{}: is signed already; --force replaces the signature", folder.string()));
  const Sums sums = sums_of(folder);
  const std::string text = manifest_text(sums), armour = ssh_sign(text, key_of(options));
  write_output(signature, armour, true);
  write_output(manifest, text, true);
  const std::string what = record.cluster + ", " + description_of(record, options.language);
  Telling(options.language)
      .line(said("已签署 {} 个文件({}):{}", "{} files are signed ({}): {}", sums.size(), what,
                 signature));
  return 0;
}

int verify(const VerifyOptions& options) {
  const fs::path folder = options.report;
  const std::string manifest = (folder / kManifestName).string(),
                    signature = (folder / kSignatureName).string();
  for (const std::string& file : {manifest, signature})
    if (!fs::is_regular_file(file))
      throw Failure(
          kWrongConfiguration,
          said("{}:没有签署:没有 {}", "{}: is not signed: there is no {}", folder.string(), file));
  if (!options.signers.empty()) read_input(options.signers);  // told before anything is judged
  const std::string text = read_input(manifest);
  Telling tell(options.language);
  tell_signature(check_signature(text, signature, options.signers, options.identity), options,
                 tell);
  tell_files(folder, text, tell);
  tell_verdicts(options.report, tell);
  tell_pages(folder, tell);
  return tell.code();
}

}  // namespace touchstone::cli
