#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "harness/endpoint/ask.h"
#include "harness/parse/http_exchange.h"
#include "tests/endpoint/server.h"

namespace touchstone {
namespace {

using End = HttpExchange::End;

// `openssl s_server` with a certificate made for this test, which wants one of its clients, too.
class Tls : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("openssl version >/dev/null 2>&1") != 0) GTEST_SKIP() << "there is no openssl";
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-tls-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const std::string make =
        "cd " + folder_ +
        " && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
        " -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem >/dev/null 2>&1";
    ASSERT_EQ(std::system(make.c_str()), 0);
    {
      port_ = Server([](const Server::Connection&) {}).port();
    }
    server_ = ::fork();
    if (server_ == 0) {
      ASSERT_EQ(::chdir(folder_.c_str()), 0);
      const std::string at = "127.0.0.1:" + std::to_string(port_);
      ::execlp("openssl", "openssl", "s_server", "-quiet", "-accept", at.c_str(), "-cert",
               "cert.pem", "-key", "key.pem", "-CAfile", "cert.pem", "-Verify", "1",
               "-verify_return_error", "-www", nullptr);
      ::_exit(127);
    }
    for (int i = 0; i < 100 && asked(whole()).end == End::kRefused; ++i) ::usleep(50000);
  }
  void TearDown() override {
    if (server_ > 0) ::kill(server_, SIGKILL), ::waitpid(server_, nullptr, 0);
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  EndpointAccess whole() const {
    return {.ca = folder_ + "/cert.pem",
            .certificate = folder_ + "/cert.pem",
            .key = folder_ + "/key.pem"};
  }
  HttpExchange asked(const EndpointAccess& access) const {
    Inventory inventory;
    inventory.groups.push_back({.name = "g", .endpoint = access, .hosts = {{.name = "a"}}});
    FollowUp one{.host = "a"};
    one.question.where = Where::kController;
    one.http = HttpCall{.method = "GET", .url = fmt::format("https://127.0.0.1:{}/", port_)};
    const auto answers = ask({one}, inventory);
    const auto parsed = parse_http_exchange(answers.at(0).second.out, "");
    return parsed ? parsed.value() : HttpExchange{};
  }

  std::string folder_;
  int port_ = 0;
  pid_t server_ = -1;
};

TEST_F(Tls, CertificatesOfBothSidesAreUsedAndChecked) {
  EXPECT_EQ(asked(whole()).status, 200);
  EndpointAccess access = whole();
  access.ca.clear();  // the system's authorities do not know it
  EXPECT_EQ(name_of(asked(access).end), "no-tls");
  access = whole();
  access.certificate = access.key = "";
  EXPECT_NE(asked(access).status, 200);
  access = whole();
  access.ca = folder_ + "/none.pem";
  EXPECT_EQ(name_of(asked(access).end), "no-tls");
}

}  // namespace
}  // namespace touchstone
