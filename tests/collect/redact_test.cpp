#include "harness/collect/redact.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(Redact, SecretsGoAndTheRestStays) {
  const std::pair<const char*, const char*> table[] = {
      // Passwords in URLs; a user's name is no secret.
      {"http_proxy=http://me:hunter2@proxy:8080/", "http_proxy=http://me:[redacted]@proxy:8080/"},
      {"HTTPS://u:p@ss@host/ and http://host:80/a@b",
       "HTTPS://u:[redacted]@host/ and http://host:80/a@b"},
      {"http://user@host", "http://user@host"},
      // A proxy without a password, and addresses with ports.
      {"http://10.0.0.1:3128", "http://10.0.0.1:3128"},
      {"http://a:b", "http://a:b"},
      // Headers.
      {"Authorization: Bearer abc.def-ghi", "Authorization: Bearer [redacted]"},
      {"authorization: Basic dXNlcjpwdw==\r\nHost: h",
       "authorization: Basic [redacted]\r\nHost: h"},
      {"Authorization: Token abcdef", "Authorization: Token [redacted]"},
      {"Authorization: abcdef\nAccept: x", "Authorization: [redacted]\nAccept: x"},
      {"{\"authorization\": \"Bearer abc\"}", "{\"authorization\": \"Bearer [redacted]\"}"},
      // Keys and values, in text, in a shell's environment and in JSON.
      {"password=geheim", "password=[redacted]"},
      {"DB_PASSWORD='two words' next", "DB_PASSWORD='[redacted]' next"},
      {"export X_TOKEN=abc; echo", "export X_TOKEN=[redacted]; echo"},
      {"{\"tlsPkPwd\" : \"s3cret\", \"port\": 1025}",
       "{\"tlsPkPwd\" : \"[redacted]\", \"port\": 1025}"},
      {"{\"secret\":\"with \\\"quotes\\\" in it\",\"a\":1}", "{\"secret\":\"[redacted]\",\"a\":1}"},
      {"client_secret: abc", "client_secret: [redacted]"},
      {"aws_secret_access_key = AKIA", "aws_secret_access_key = [redacted]"},
      {"--password hunter2 --host x", "--password [redacted] --host x"},
      {"env: {\\\"token\\\": \\\"abc\\\", \\\"a\\\": 1}",
       "env: {\\\"token\\\": \\\"[redacted]\\\", \\\"a\\\": 1}"},
      {"curl -H 'Authorization: Bearer abc' http://h/?token=x&a=1",
       "curl -H 'Authorization: Bearer [redacted]' http://h/?token=[redacted]&a=1"},
      // Words that only look like it: settings of the model, paths of keys.
      {"{\"maxInputTokenLen\": 2048, \"max_new_tokens\":20}",
       "{\"maxInputTokenLen\": 2048, \"max_new_tokens\":20}"},
      {"\"tokenizer\": \"LlamaTokenizer\"", "\"tokenizer\": \"LlamaTokenizer\""},
      {"usage: prompt_tokens: 5, token: x", "usage: prompt_tokens: 5, token: [redacted]"},
      {"PWD=/root\nOLDPWD=/tmp", "PWD=/root\nOLDPWD=/tmp"},
      {"\"eos_token\": \"<end>\", \"tlsPk\": \"security/keys/server.key.pem\"",
       "\"eos_token\": \"<end>\", \"tlsPk\": \"security/keys/server.key.pem\""},
      {"tls switch[0]", "tls switch[0]"},
      {"the password is asked for", "the password is asked for"},
      // Nothing to hide.
      {"", ""},
      {"password=", "password="},
      {"token", "token"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(redact(text), expected);
}

TEST(Redact, PrivateKeysGoAndCertificatesStay) {
  EXPECT_EQ(
      redact("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb"),
      "a\n-----BEGIN RSA PRIVATE KEY-----\n[redacted]\n-----END RSA PRIVATE KEY-----\nb");
  EXPECT_EQ(redact("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl"),
            "-----BEGIN OPENSSH PRIVATE KEY-----\n[redacted]\n");
  const std::string certificate = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(redact(certificate), certificate);
}

TEST(Redact, TwiceIsAsGoodAsOnce) {
  const std::string once = redact("password=a token: b http://u:p@h Authorization: Bearer x");
  EXPECT_EQ(redact(once), once);
}

// A megabyte that is all secret, or looks so, is no reason to be slow.
TEST(Redact, LongTextsCostLinearTime) {
  for (const std::string piece : {"password=", "password=x ", "token ", "http://", "://:@",
                                  "-----BEGIN ", "bearer x\n", "authorization:x\n", "bearer ",
                                  "token\" ", "-token:", "a", "\"secret\":\"", "authorization: "}) {
    std::string text;
    while (text.size() < (1U << 20)) text += piece;
    const auto start = std::chrono::steady_clock::now();
    redact(text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3)) << piece;
  }
}

// A model's answer has a member of that name, which is a structure.
// A real engine's `docker info` has the first; with it cut, the answer is no JSON any more.
TEST(Redact, LeavesNothingAsItIs) {
  for (const char* text : {R"({"Plugins":{"Authorization":null,"Log":["awslogs"]}})",
                           R"({"Authorization":["img-authz-plugin"],"x":1})",
                           R"({"Authorization": null})", R"({"password":null,"token": null})"})
    EXPECT_EQ(redact(text), text);
  EXPECT_EQ(redact("password=nullable"), "password=[redacted]");
  EXPECT_EQ(redact("Authorization: nullable"), "Authorization: [redacted]");
}

TEST(Redact, LeavesStructuresWhole) {
  const std::string event = R"(data: {"token":{"id":7,"text":"a"},"generated_text":null})";
  EXPECT_EQ(redact(event), event);
  EXPECT_EQ(redact(R"({"token": {"password": "x"}})"), R"({"token": {"password": "[redacted]"}})");
}

}  // namespace
}  // namespace touchstone
