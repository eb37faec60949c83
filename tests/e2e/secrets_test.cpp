// Secrets planted everywhere on a simulated cluster, and looked for in every byte that is kept or
// printed.
#include <filesystem>

#include "harness/model/base64.h"
#include "tests/e2e/cluster.h"
#include "tests/endpoint/server.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

// Unlike each other from the first character on, so that a finding tells which one it was.
const std::string kProxyPassword = "Qz7proxyhunter1", kUnitPassword = "Rt8unithunter2",
                  kTokenOfBashrc = "Wk9bashrchunter3", kPemBody = "MIIEhunter4PemBodyVx0",
                  kConfigPassword = "Jm1confighunter5", kNumber = "918273645564738291",
                  kOfOutput = "Yb2outputhunter6", kOfErrors = "Hc3stderrhunter7",
                  kOfCommand = "Ud4commandhunter8", kOfName = "Lf5namedhunter9",
                  kOfSite = "Gp6/site+\"hunter10\"", kOfEnvironment = "Xn7environhunter11",
                  kToken = "Dv8tokenhunter12/+", kArgument = "Zs9argvhunter13",
                  kOfWaiver = "Ma4waiverhunter15", kOfApprover = "Bo5approverhunter16";

std::string percent_encoded(const std::string& text) {
  std::string all;
  for (const char c : text)
    all +=
        std::isalnum(static_cast<unsigned char>(c)) ? std::string(1, c) : fmt::format("%{:02X}", c);
  return all;
}

// As it is, as JSON has it, in base64 at each of its three places, percent-encoded.
std::vector<std::string> forms_of(const std::string& secret) {
  std::string json = secret;
  for (std::size_t at = 0; (at = json.find('"', at)) != std::string::npos; at += 2)
    json.insert(at, "\\");
  const std::string one = to_base64("." + secret), two = to_base64(".." + secret);
  const auto middle = [](const std::string& text) { return text.substr(4, text.size() - 8); };
  return {secret,      json,        middle("...." + to_base64(secret)),
          middle(one), middle(two), percent_encoded(secret)};
}

void put(const std::string& file, const std::string& text) {
  fs::create_directories(fs::path(file).parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

class Secrets : public testing::Test {
 protected:
  // A file of a host or its container, with a text at its beginning or at its end.
  std::string host(const std::string& path) const {
    return cluster_.dir() + "/hosts/node-01" + path;
  }
  void append(const std::string& path, const std::string& text) const {
    put(host(path), slurp(host(path)) + text);
  }
  void first_member(const std::string& path, const std::string& member) const {
    const std::string text = slurp(host(path));
    ASSERT_TRUE(text.starts_with("{")) << path;
    put(host(path), "{" + member + "," + text.substr(1));
  }

  void plant() {
    first_member("/root/etc/docker/daemon.json",
                 "\"proxies\": {\"http-proxy\": \"http://ops:" + kProxyPassword + "@proxy:3128\"}");
    append(
        "/root/usr/lib/systemd/system/docker.service",
        "\n[Service]\nEnvironment=\"HTTPS_PROXY=http://ops:" + kUnitPassword + "@proxy:3128\"\n");
    append("/container/root/.bashrc",
           "export HF_TOKEN=\"" + kTokenOfBashrc + "\"\nexport SITE_LICENCE=" + kOfName +
               "\nexport CA_SECRET=\"-----BEGIN PRIVATE KEY-----\n" + kPemBody +
               "\n-----END PRIVATE KEY-----\"\nexport BLOB=" + to_base64("me:" + kOfSite) +
               " QUERY='?k=" + percent_encoded(kOfSite) + "'\n");
    first_member("/container/usr/local/Ascend/mindie/latest/mindie-service/conf/config.json",
                 "\"adminPassword\": \"" + kConfigPassword + "\", \"pinPwd\": " + kNumber);
    append("/root/usr/local/Ascend/driver/version.info",
           "upload_password=" + kOfOutput + "\nlicence " + kOfSite + "\nseen " + kOfEnvironment +
               "\nasked with " + kToken + "\n");
    put(host("/login"), "echo 'token=" + kOfErrors + "' >&2\n");
    put(root_ + "/site-secrets", kOfSite + "\n");
    put(root_ + "/token", kToken + "\n");
    // What people write beside a failure: of a form that is known, and what the inventory names.
    put(root_ + "/waivers.yaml",
        "touchstone: 1\nwaivers:\n"
        "  - steps: [\"3.1.8\"]\n    targets: [node-01/npu3]\n"
        "    justification: log in with password=" +
            kOfWaiver + " or " + kOfEnvironment + "\n    approver: 'Li Wei " + kOfSite +
            "'\n    expires: 2199-12-31 UTC\n"
            "  - steps: [\"9.9\"]\n    targets: [node-99]\n    justification: 'gone: " +
            kOfSite + "'\n    approver: Li Wei token=" + kOfApprover +
            "\n    expires: 2199-12-31 UTC\n");
    fs::create_directory(kept_);
  }

  // node-03 cannot be reached: what its transport says is kept, and how it is reached.
  void name_in_inventory(const Server& proxy) {
    cluster_.edit_inventory(
        "    hosts:\n",
        "    endpoint: {token_file: " + root_ +
            "/token, scheme: http, proxy: \"http://127.0.0.1:" + std::to_string(proxy.port()) +
            "\"}\n    hosts:\n"
            "      - {name: node-03, address: 127.0.0.1, command: [sh, -c, \"echo password=" +
            kOfErrors + " for $1 >&2; exit 7\", \"--password\", \"" + kArgument + "\"]}\n");
    cluster_.edit_inventory("addresses:\n",
                            "addresses:\n        node-03: [10.20.3.10, 10.20.3.11, 10.20.3.12, "
                            "10.20.3.13, 10.20.3.14, 10.20.3.15, 10.20.3.16, 10.20.3.17]\n");
    cluster_.edit_inventory("command: [\"", "command: [\"env\", \"DB_KEY=" + kOfCommand + "\", \"");
    cluster_.edit_inventory("groups:\n",
                            "secrets: {names: [site-licence], files: [" + root_ +
                                "/site-secrets], env: [TOUCHSTONE_PLANTED]}\ngroups:\n");
  }

  Ran touchstone(const std::string& arguments) {
    Ran ran = shell("cd " + root_ + " && TOUCHSTONE_PLANTED=" + kOfEnvironment + " " + kTouchstone +
                    " " + arguments);
    put(kept_ + "/printed-" + std::to_string(++printed_) + ".txt", arguments + "\n" + ran.out);
    return ran;
  }

  // Leaves a file beside the others that are searched.
  void expect_made(const std::string& arguments, const std::string& ending) {
    const std::string file = kept_ + "/made-" + std::to_string(printed_) + "." + ending;
    const Ran ran = touchstone(arguments + file);
    EXPECT_TRUE(ran.code == 0 && fs::exists(file)) << ran.out;
  }

  void expect_nowhere(const std::string& secret) const {
    for (const std::string& form : forms_of(secret)) {
      put(root_ + "/pattern", form);
      const Ran found = shell("grep -rlaF -f " + root_ + "/pattern " + kept_);
      EXPECT_EQ(found.out, "") << form;
    }
  }

  Cluster cluster_{2, "--fault tls-on@node-01/3 --fault variable-missing@node-01"};
  const std::string root_ = cluster_.root();
  const std::string kept_ = root_ + "/kept";  // all that is printed, and all that is written
  int printed_ = 0;
};

// The service's words, with all that was sent to it.
void echo_token(const Server::Connection& connection) {
  const std::string request = connection.read_request();
  const std::size_t at = request.find("Bearer ");
  const std::string token =
      at == std::string::npos ? "none" : request.substr(at + 7, request.find("\r\n", at) - at - 7);
  const std::string body = "{\"error\": \"not for " + token + " or " + to_base64("a:" + token) +
                           " or " + percent_encoded(token) + "\", \"session_token\": \"" +
                           kConfigPassword + "\"}";
  connection.send(
      fmt::format("HTTP/1.1 401 Unauthorized\r\nX-Api-Key: {}\r\nSet-Cookie: sid={}\r\n"
                  "X-Echo: {}\r\nContent-Length: {}\r\n\r\n{}",
                  kConfigPassword, kConfigPassword, token, body.size(), body));
}

TEST_F(Secrets, AreInNothingThatIsKeptOrPrinted) {
  const Server service(echo_token);
  plant();
  name_in_inventory(service);
  const std::string inventory = " -i " + cluster_.inventory(), one = kept_ + "/one",
                    two = kept_ + "/two", waivers = " --waivers " + root_ + "/waivers.yaml",
                    recording = one + "/recording/hosts/node-01.jsonl";
  Ran ran = touchstone("run --second-look 0 --out " + one + inventory + waivers +
                       " --html=single --plan=disruptive --history " + kept_ + "/h.db --metrics " +
                       kept_ + "/m.prom --gtest_output=xml:" + kept_ + "/gtest.xml");
  ASSERT_TRUE(fs::exists(one + "/run.json")) << ran.out;
  // Each of them was asked about: its place is there, blanked.
  const std::string said = slurp(recording) + slurp(one + "/recording/hosts/node-02.jsonl");
  for (const char* place :
       {"http://ops:[redacted]@proxy", "HTTPS_PROXY=http://ops:[redacted]@proxy",
        R"(HF_TOKEN=\"[redacted]\")", "SITE_LICENCE=[redacted]", "BEGIN PRIVATE KEY-----",
        "BLOB=", "?k=[redacted]", R"(\"adminPassword\": \"[redacted]\")",
        R"(\"pinPwd\": \"[redacted]\")", "upload_password=[redacted]", "licence [redacted]",
        "seen [redacted]", "asked with [redacted]", "not for [redacted] or",
        R"(\\\"session_token\\\": \\\"[redacted]\\\")", R"([\"X-Api-Key\",\"[redacted])",
        R"(\"X-Echo\",\"[redacted])"})
    EXPECT_NE(said.find(place), said.npos) << place << ": nothing was planted there";
  EXPECT_NE(slurp(one + "/recording/hosts/node-03.jsonl").find("password=[redacted] for"),
            std::string::npos);

  const std::string accepted = slurp(one + "/run.json");
  for (const char* place : {"with password=[redacted] or [redacted]", "Li Wei [redacted]",
                            "gone: [redacted]", "token=[redacted]"})
    EXPECT_NE(accepted.find(place), accepted.npos) << place << ": not of a waiver";

  ran = touchstone("run --second-look 0 --out " + two + inventory + waivers +
                   " --html=single --fix=disruptive --yes --lang zh "
                   "--history " +
                   kept_ + "/h.db --baseline " + one);
  EXPECT_TRUE(fs::exists(two + "/journal.jsonl")) << ran.out;
  for (const std::string format : {"console", "html", "junit", "json", "metrics", "ctrf"})
    for (const std::string language : {"en", "zh"})
      touchstone("report " + two + " --lang " + language + " --format " + format +
                 (format == "html" ? " --out " + kept_ + "/html-" + language : ""));
  for (const std::string language : {" --lang en", " --lang zh"}) {
    touchstone("report " + two + " --format junit --junit-flavour xunit" + language);
    expect_made("report " + two + " --format html --html=single" + language + " --out ", "html");
    for (const std::string what : {"show ", "trend ", "compare "})
      EXPECT_EQ(touchstone("history " + what + kept_ + "/h.db" +
                           (what == "compare " ? " 1 2" : "") + language)
                    .code,
                0);
    for (const std::string as : {"", " --json"})
      EXPECT_EQ(touchstone("coverage --run " + two + as + language).code, 0);
  }
  touchstone("run --out " + kept_ + "/again --replay " + one);
  touchstone("diff " + one + " " + two);
  touchstone("journal show " + two);
  touchstone("fix " + one + "/plan.json --yes --out " + kept_ + "/fixed" + inventory);
  touchstone("undo " + two + " --yes");
  ran = shell("cd " + root_ +
              " && ssh-keygen -q -t ed25519 -N '' -C '' -f key && { printf "
              "'site@example.com '; cat key.pub; } >signers");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(touchstone("sign " + two + " --key " + root_ + "/key").code, 0);
  ran = touchstone("verify " + two + " --signers " + root_ + "/signers");
  EXPECT_NE(ran.out.find("site@example.com"), ran.out.npos) << ran.out;

  // By hand: what the script prints may have them, what is imported may not.
  put(root_ + "/collect.sh", touchstone("script" + inventory).out);
  shell(host("/enter") + " sh " + root_ + "/collect.sh node-01 >" + root_ + "/node-01.touchstone");
  ran = touchstone("recording import " + root_ + "/node-01.touchstone --out " + kept_ +
                   "/imported" + inventory);
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_NE(slurp(kept_ + "/imported/hosts/node-01.jsonl").find("licence [redacted]"),
            std::string::npos);

  ran = shell("sqlite3 " + kept_ + "/h.db .dump >" + kept_ + "/history.sql && test -s " + kept_ +
              "/history.sql");
  EXPECT_EQ(ran.code, 0) << ran.out;
  // The host's own journal; the copies of its files beside it are the host's.
  for (const char* name : {"node-01", "node-02"})
    if (const std::string journal =
            cluster_.dir() + "/hosts/" + name + "/root/var/lib/touchstone/journal.jsonl";
        fs::exists(journal))
      fs::copy_file(journal, kept_ + "/" + name + ".jsonl");
  EXPECT_TRUE(fs::exists(kept_ + "/node-01.jsonl")) << "nothing was repaired there";
  for (const std::string& secret :
       {kProxyPassword, kUnitPassword, kTokenOfBashrc, kPemBody, kConfigPassword, kNumber,
        kOfOutput, kOfErrors, kOfCommand, kOfName, kOfSite, kOfEnvironment, kToken, kArgument,
        kOfWaiver, kOfApprover})
    expect_nowhere(secret);
}

// Asked from the container, only the shell there knows the token.
TEST_F(Secrets, TheTokenOfAContainerStaysThereThoughTheServiceRepeatsIt) {
  const std::string token = "Ei1innerhunter14";
  for (const char* name : {"node-01", "node-02"}) {
    const std::string box = cluster_.dir() + "/hosts/" + name;
    put(box + "/container/root/token", token + "\n");
    const std::string curl = box + "/container-bin/curl";
    put(curl,
        "#!/bin/sh\nread -r l\nprintf 'HTTP/1.1 401 No\\r\\nX: %s\\r\\n\\r\\n%s and %s' \"$l\" "
        "\"$l\" \"$l\"\n");
    fs::permissions(curl, fs::perms::all);
  }
  cluster_.edit_inventory("    hosts:\n",
                          "    endpoint: {from: host, token_file: /root/token}\n    hosts:\n");
  touchstone("run --second-look 0 --out " + kept_ + "/one --chapter 6.4 -i " +
             cluster_.inventory());
  EXPECT_NE(slurp(kept_ + "/one/recording/hosts/node-02.jsonl").find("Bearer [redacted]"),
            std::string::npos);
  expect_nowhere(token);
}

}  // namespace
}  // namespace touchstone
