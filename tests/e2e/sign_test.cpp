// `touchstone sign` and `verify`, with the ssh-keygen of this machine.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/ssh_agent.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// One report of a small cluster with a fault, made once; each test works on a copy of it.
class Sign : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    cluster_ = new Cluster(2, "--no-service --fault tls-on@node-01/3");
    cluster_->run("--quiet --chapter 3.1");
    shell("cd " + cluster_->root() +
          " && ssh-keygen -q -t ed25519 -N '' -C '' -f key && ssh-keygen -q -t ed25519 -N '' -C '' "
          "-f other && { printf 'site@example.com '; cat key.pub; } >signers");
  }
  static void TearDownTestSuite() {
    delete cluster_;
    cluster_ = nullptr;
  }

  void SetUp() override {
    fs::remove_all(report_);
    fs::copy(cluster_->last_report(), report_, fs::copy_options::recursive);
  }

  Ran sign(const std::string& options = "") const {
    return shell(kTouchstone + " sign " + report_ + " --key " + root_ + "/key " + options);
  }
  Ran verify(const std::string& options = "--signers " + cluster_->root() + "/signers") const {
    return shell(kTouchstone + " verify " + report_ + " " + options);
  }
  // The manifest as it is now, with the same key.
  void sign_by_hand(const std::string& name_space) const {
    const Ran ran = shell("cd " + report_ + " && rm SHA256SUMS.sig && ssh-keygen -q -Y sign -n " +
                          name_space + " -f " + root_ + "/key SHA256SUMS");
    ASSERT_EQ(ran.code, 0) << ran.out;
  }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(report_ + "/" + name, std::ios::binary) << text;
  }
  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = slurp(report_ + "/" + name);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << " is not in " << name;
    put(name, text.replace(at, from.size(), to));
  }
  void flip(const std::string& name, std::size_t at) const {
    std::string text = slurp(report_ + "/" + name);
    ASSERT_LT(at, text.size());
    text[at] = text[at] == 'A' ? 'B' : 'A';
    put(name, text);
  }

  static Cluster* cluster_;
  const std::string root_ = cluster_->root(), report_ = root_ + "/signed";
};

Cluster* Sign::cluster_ = nullptr;

TEST_F(Sign, AllIsAsItWasSigned) {
  const Ran signed_ = sign();
  EXPECT_EQ(signed_.code, 0) << signed_.out;
  EXPECT_THAT(signed_.out, HasSubstr("files are signed")) << signed_.out;
  EXPECT_EQ(shell("cd " + report_ + " && sha256sum --strict --quiet -c SHA256SUMS").code, 0);
  for (const std::string& options :
       {"--signers " + root_ + "/signers",
        "--identity site@example.com --signers " + root_ + "/signers"}) {
    const Ran ran = verify(options);
    EXPECT_EQ(ran.code, 0) << ran.out;
    EXPECT_THAT(ran.out,
                AllOf(HasSubstr("Signature: good, of site@example.com (ED25519 key SHA256:"),
                      HasSubstr("are as they were signed"),
                      HasSubstr("judged again from the recording, all "),
                      HasSubstr("Pages: made again from run.json, all ")));
  }
  EXPECT_THAT(verify("--lang zh --signers " + root_ + "/signers").out,
              AllOf(HasSubstr("签名:有效,签署人 site@example.com"), HasSubstr("与签署时相同"),
                    HasSubstr("项相同"), HasSubstr("个文件相同"), Not(HasSubstr("Verdicts"))));
}

TEST_F(Sign, WithoutAllowedSignersItSaysThatNobodyKnowsWhoSigned) {
  sign();
  const Ran ran = verify("");
  EXPECT_EQ(ran.code, 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("nobody knows who signed (ED25519 key SHA256:"));
  EXPECT_THAT(ran.out, HasSubstr("are as they were signed"));
}

struct Tampering {
  const char* what;
  const char* file;  // a byte of it is flipped
  const char* said;
};

TEST_F(Sign, AByteIsEnough) {
  for (const auto& [what, file, said] :
       {Tampering{"the record", "run.json", "  changed run.json\n"},
        Tampering{"the page", "index.html", "  changed index.html\n"},
        Tampering{"evidence", "recording/hosts/node-02.jsonl",
                  "  changed recording/hosts/node-02.jsonl\n"},
        Tampering{"the inventory", "recording/manifest.json",
                  "  changed recording/manifest.json\n"},
        Tampering{"the manifest", "SHA256SUMS", "Signature: WRONG: "},
        Tampering{"the signature", "SHA256SUMS.sig", "Signature: WRONG: "}}) {
    SetUp();
    sign();
    ASSERT_EQ(verify().code, 0);
    flip(file, fs::file_size(report_ + "/" + file) / 2);
    const Ran ran = verify();
    EXPECT_EQ(ran.code, 1) << what << ": " << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(said)) << what;
  }
}

TEST_F(Sign, FilesThatCameOrWentAreTold) {
  sign();
  put("hosts-\x1b[2J\n.html", "new");
  fs::remove(report_ + "/junit.xml");
  fs::remove(report_ + "/report.css");
  fs::create_symlink("/etc/hostname", report_ + "/report.css");
  const Ran ran = verify();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("Files: 3 are NOT as they were signed:\n"),
                             HasSubstr("  added hosts-\\x1b[2J\\n.html\n"),
                             HasSubstr("  missing junit.xml\n"),
                             HasSubstr("  changed report.css (a link)\n"), HasSubstr("all ")))
      << ran.out;
}

TEST_F(Sign, AReportWithoutItsRecordOrRecordingIsNotJudged) {
  for (const char* gone : {"run.json", "recording/hosts/node-01.jsonl", "recording"}) {
    SetUp();
    sign();
    fs::remove_all(report_ + "/" + gone);
    const Ran ran = verify();
    EXPECT_EQ(ran.code, 1) << gone;
    EXPECT_THAT(ran.out,
                AllOf(HasSubstr("Signature: good"), HasSubstr("  missing " + std::string(gone)),
                      HasSubstr("Verdicts: cannot be judged again: ")))
        << ran.out;
  }
}

TEST_F(Sign, AnotherSignerIsNotTheRightOne) {
  ASSERT_EQ(shell(kTouchstone + " sign " + report_ + " --key " + root_ + "/other").code, 0);
  Ran ran = verify();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("Signature: WRONG SIGNER")) << ran.out;
  ASSERT_EQ(sign("--force").code, 0);
  EXPECT_EQ(verify().code, 0);
  ran = verify("--identity somebody@else --signers " + root_ + "/signers");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("WRONG SIGNER")) << ran.out;
}

// A signature that the same key made for something else.
TEST_F(Sign, ASignatureOfAnotherKindDoesNotCount) {
  sign();
  sign_by_hand("file");
  const Ran ran = verify();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("Signature: WRONG: ")) << ran.out;
}

// Whoever has the key can sign what the hosts never said; the recording gives it away.
TEST_F(Sign, AReportThatItsRecordingContradictsIsFoundOut) {
  const std::string text = slurp(report_ + "/run.json");
  RunRecord record = run_from_json(text);
  for (StepResult& result : record.results)
    if (record.steps[result.step].id == "3.1.8" && result.verdict == Verdict::kFail) {
      result.verdict = Verdict::kPass;
      result.findings.clear();
    }
  record.cluster = "another";
  put("run.json", run_json(record));
  ASSERT_EQ(sign().code, 0);
  const Ran ran = verify();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("Signature: good"), HasSubstr("are as they were signed"),
                             HasSubstr("3.1.8 node-01/npu3: the report says pass, the recording "
                                       "gives fail\n"),
                             HasSubstr("differ: cluster: another, ")))
      << ran.out;
}

// Record and recording are true, and the page that people read is not.
TEST_F(Sign, PagesThatTheRecordDoesNotGiveAreFoundOut) {
  replace("index.html", "tls", "lts");
  put("host-node-77.html", "a page of another run");
  fs::remove(report_ + "/report.css");
  ASSERT_EQ(sign().code, 0);
  const Ran ran = verify();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("Signature: good"), HasSubstr("are as they were signed"),
                             HasSubstr(" are the same\n"),
                             HasSubstr("Pages: NOT what run.json gives: "
                                       "index.html, report.css, "
                                       "host-node-77.html\n")))
      << ran.out;
}

// In whichever language, flavour and form they were made.
TEST_F(Sign, PagesAreComparedWithTheirLike) {
  const Ran made = shell(kTouchstone + " run --replay " + cluster_->last_report() +
                         "/recording --quiet --lang zh --junit-flavour xunit --html=single "
                         "--force --out " +
                         report_);
  ASSERT_EQ(sign().code, 0) << made.out;
  EXPECT_THAT(verify().out, HasSubstr("Pages: made again from run.json, all "));
}

TEST_F(Sign, AManifestThatLeavesTheFolderIsRefused) {
  sign();
  put("SHA256SUMS", slurp(report_ + "/SHA256SUMS") + std::string(64, '0') + "  ../key\n");
  sign_by_hand("touchstone-report");
  const Ran ran = verify();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("the path ../key leaves the folder")) << ran.out;
}

TEST_F(Sign, MistakesAreToldInWords) {
  const std::pair<std::string, std::string> table[] = {
      {"sign " + root_ + "/none --key " + root_ + "/key", "78 no report's folder"},
      {"sign " + root_ + " --key " + root_ + "/key", "78 it has no run.json"},
      {"sign " + report_ + " --key " + root_ + "/nokey", "78 there is no such key"},
      {"sign " + report_ + " --key " + root_ + "/signers", "78 ssh-keygen did not sign with"},
      {"verify " + report_, "78 is not signed"},
      {"verify " + report_ + " --identity x", "64 --identity requires"},
  };
  for (const auto& [arguments, expected] : table) {
    const Ran ran = shell("HOME=/nonexistent " + kTouchstone + " " + arguments);
    EXPECT_EQ(std::to_string(ran.code), expected.substr(0, 2)) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(expected.substr(3))) << arguments;
  }
  const Ran keyless = shell("HOME=/nonexistent " + kTouchstone + " sign " + report_);
  EXPECT_EQ(keyless.code, 64);
  EXPECT_THAT(keyless.out, HasSubstr("which key?"));
  const Ran toolless =
      shell("PATH=/nonexistent " + kTouchstone + " sign " + report_ + " --key " + root_ + "/key");
  EXPECT_EQ(toolless.code, 78);
  EXPECT_THAT(toolless.out, HasSubstr("there is no ssh-keygen in PATH"));
  EXPECT_FALSE(fs::exists(report_ + "/SHA256SUMS")) << "nothing is left of what failed";

  ASSERT_EQ(sign().code, 0);
  const Ran twice = sign();
  EXPECT_EQ(twice.code, 73);
  EXPECT_THAT(twice.out, HasSubstr("is signed already; --force"));
  EXPECT_EQ(sign("--force").code, 0);
  const Ran signerless = verify("--signers " + root_ + "/nobody");
  EXPECT_EQ(signerless.code, 78);
  EXPECT_THAT(signerless.out, HasSubstr("nobody: cannot be opened"));
  fs::remove(report_ + "/SHA256SUMS.sig");
  EXPECT_EQ(verify().code, 78);
}

TEST_F(Sign, TheAgentSignsForAPublicKey) {
  const SshAgent agent(root_ + "/agent");
  ASSERT_EQ(shell("cd " + root_ + " && ssh-add -q key && cp key.pub agent.pub").code, 0);
  const Ran ran = shell(kTouchstone + " sign " + report_ + " --key " + root_ + "/agent.pub");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(verify().code, 0);
}

}  // namespace
}  // namespace touchstone
