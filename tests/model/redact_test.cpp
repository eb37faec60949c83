#include "harness/model/redact.h"

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
      // Names in every style, with what counts them behind.
      {"x-api-key: abc\nApiKey=abc", "x-api-key: [redacted]\nApiKey=[redacted]"},
      {"ADMIN_TOKEN=abc renew_token=abc", "ADMIN_TOKEN=[redacted] renew_token=[redacted]"},
      {"PASSWORD_2=abc DB_PASS=abc bypass=1", "PASSWORD_2=[redacted] DB_PASS=[redacted] bypass=1"},
      {"passcode=a credential=b credentials=c secrets=d passwords=e auth=f Passphrase=g x_pass=h",
       "passcode=[redacted] credential=[redacted] credentials=[redacted] secrets=[redacted] "
       "passwords=[redacted] auth=[redacted] Passphrase=[redacted] x_pass=[redacted]"},
      {"minToken=1 max_token: 2 num-token=3", "minToken=1 max_token: 2 num-token=3"},
      {"{\"auths\": {\"hub\": {\"auth\": \"dTpw\"}}}",
       "{\"auths\": {\"hub\": {\"auth\": \"[redacted]\"}}}"},
      {"Cookie: a=b; c=d\nSet-Cookie: sid=x", "Cookie: [redacted]\nSet-Cookie: [redacted]"},
      // A value to its end: what a shell takes for one word, and JSON for one string.
      {"X_TOKEN=a,b}c next", "X_TOKEN=[redacted] next"},
      {"{token: abc, port: 1}", "{token: [redacted], port: 1}"},
      {"TOKEN=\"abc\"'def'ghi jkl", "TOKEN=\"[redacted]\"[redacted] jkl"},
      {"[\"--api-key\",\n  \"abc\", \"--port\", \"1\"]",
       "[\"--api-key\",\n  \"[redacted]\", \"--port\", \"1\"]"},
      {"A_TOKEN=a\vb\nB=c", "A_TOKEN=[redacted]\nB=c"},
      {R"({"log":"token=abc\nnext"})", R"({"log":"token=[redacted]\nnext"})"},
      {R"("{\"secret\":\"a\\\"b\",\"c\":1}")", R"("{\"secret\":\"[redacted]\",\"c\":1}")"},
      {R"("\\\"token\\\": \\\"abc\\\",")", R"("\\\"token\\\": \\\"[redacted]\\\",")"},
      // In a list every text is one.
      {R"({"passwords": ["a", "b\"c" , ""], "port": 1})",
       R"({"passwords": ["[redacted]", "[redacted]" , ""], "port": 1})"},
      {"{\"api_keys\": [\n  \"a\",\n  \"b\"\n], \"authKey\": \"c\"}",
       "{\"api_keys\": [\n  \"[redacted]\",\n  \"[redacted]\"\n], \"authKey\": \"[redacted]\"}"},
      {R"("{\"secrets\":[\"a\",\"b\"],\"c\":1}")",
       R"("{\"secrets\":[\"[redacted]\",\"[redacted]\"],\"c\":1}")"},
      {R"({"password": {"value": "x", "on": true, "more": ["y", 1e3]}, "a": "b"})",
       R"({"password": {"value": "[redacted]", "on": true, "more": ["[redacted]", 1e3]}, "a": "b"})"},
      {R"("{\"secret\": {\"value\": \"x\"}, \"a\": \"b\"}")",
       R"("{\"secret\": {\"value\": \"[redacted]\"}, \"a\": \"b\"}")"},
      {R"({"secret": {}, "a": "b"})", R"({"secret": {}, "a": "b"})"},
      {R"(secret: [see "below" and "here"])", R"(secret: [see "below" and "here"])"},
      {R"({"token": {"text": "model"}})", R"({"token": {"text": "model"}})"},
      {R"({"passwords": ["never closed)", R"({"passwords": ["[redacted])"},
      {R"({"secrets": [1, {"name": "a"}]})", R"({"secrets": [1, {"name": "[redacted]"}]})"},
      // JSON stays JSON.
      {R"({"password": 12345, "token": null, "secret": true})",
       R"({"password": "[redacted]", "token": null, "secret": true})"},
      // Proxies without a scheme, and users that are tokens.
      {"https_proxy=me:hunter2@proxy:80 no_proxy=a,b",
       "https_proxy=me:[redacted]@proxy:80 no_proxy=a,b"},
      {R"("http-proxy": "me:hunter2@proxy:80")", R"("http-proxy": "me:[redacted]@proxy:80")"},
      {"https://0123456789abcdef0123456789abcdef@host/", "https://[redacted]@host/"},
      // What tokens of well-known services look like, under any name.
      {"hub hf_abcdefghijklmnopqrstuvwx and hf_hub", "hub [redacted] and hf_hub"},
      {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!", "[redacted]!"},
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
            "-----BEGIN OPENSSH PRIVATE KEY-----\n[redacted]");
  // As a variable, and in a string of JSON, which stays one.
  EXPECT_EQ(
      redact("export CA_SECRET=\"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\"\n"),
      "export CA_SECRET=\"-----BEGIN PRIVATE KEY-----\n[redacted]\n-----END PRIVATE KEY-----\"\n");
  EXPECT_EQ(
      redact(R"({"secret":"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"})"),
      R"({"secret":"-----BEGIN PRIVATE KEY-----[redacted]-----END PRIVATE KEY-----\n"})");
  const std::string certificate = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(redact(certificate), certificate);
}

TEST(Redact, TwiceIsAsGoodAsOnce) {
  const std::string once = redact("password=a token: b http://u:p@h Authorization: Bearer x");
  EXPECT_EQ(redact(once), once);
}

// A megabyte that is all secret, or looks so, is no reason to be slow.
TEST(Redact, LongTextsCostLinearTime) {
  for (const std::string piece : {"password=",
                                  "password=x ",
                                  "token ",
                                  "http://",
                                  "://:@",
                                  "-----BEGIN ",
                                  "bearer x\n",
                                  "authorization:x\n",
                                  "bearer ",
                                  "token\" ",
                                  "-token:",
                                  "a",
                                  "\"secret\":\"",
                                  "authorization: ",
                                  "proxy=",
                                  "proxy://",
                                  "token=\\",
                                  "token=''\"",
                                  "--token\"",
                                  "eyJ.",
                                  "hf_"}) {
    std::string text;
    while (text.size() < (1U << 20)) text += piece;
    const auto start = std::chrono::steady_clock::now();
    redact(text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3)) << piece;
  }
}

// A real engine's `docker info` has the first; with it cut, the answer is no JSON any more.
TEST(Redact, LeavesNothingAsItIs) {
  for (const char* text : {R"({"Plugins":{"Authorization":null,"Log":["awslogs"]}})",
                           R"({"Authorization":["img-authz-plugin"],"x":1})",
                           R"({"Authorization": null})", R"({"password":null,"token": null})"})
    EXPECT_EQ(redact(text), text);
  EXPECT_EQ(redact("password=nullable"), "password=[redacted]");
  EXPECT_EQ(redact("Authorization: nullable"), "Authorization: [redacted]");
}

// A model's answer has a member of that name, which is a structure.
TEST(Redact, LeavesStructuresWhole) {
  const std::string event = R"(data: {"token":{"id":7,"text":"a"},"generated_text":null})";
  EXPECT_EQ(redact(event), event);
  EXPECT_EQ(redact(R"({"token": {"password": "x"}})"), R"({"token": {"password": "[redacted]"}})");
}

// What only the site knows to be secret.
TEST(Redact, WhatTheSiteNamesGoes) {
  Secrets secrets;
  secrets.add_name("licence-key");
  secrets.add_value("pa/ss \"word\"+");
  const std::pair<const char*, const char*> table[] = {
      {"LICENCE_KEY=abc key=abc", "LICENCE_KEY=[redacted] key=abc"},
      {"{\"licenceKey\": \"abc\"}", "{\"licenceKey\": \"[redacted]\"}"},
      {"said pa/ss \"word\"+ twice: pa/ss \"word\"+", "said [redacted] twice: [redacted]"},
      {R"({"a": "pa/ss \"word\"+"})", R"({"a": "[redacted]"})"},
      {"?q=pa%2Fss%20%22word%22%2B&a and %2fpa%2fss%20%22word%22%2b",
       "?q=[redacted]&a and %2f[redacted]"},
      // base64 of "pa/ss…" alone, of "me:…" and of "you:…": all that it decides is gone.
      {"cGEvc3MgIndvcmQiKw==", "[redacted]w=="},
      {"bWU6cGEvc3MgIndvcmQiKw==", "bWU6[redacted]w=="},
      {"eW91OnBhL3NzICJ3b3JkIis=", "eW91On[redacted]s="},
      {"eHk6OnBhL3NzICJ3b3JkIis=", "eHk6On[redacted]s="},
      {"DB_PASSWORD=pa/ss \"word\"+123 rest", "DB_PASSWORD=[redacted] rest"},
      {"pa/ss word", "pa/ss word"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(redact(text, secrets), expected);
}

// The forms of a short value would be found everywhere.
TEST(Redact, AShortValueGoesAsItIsOnly) {
  Secrets secrets;
  secrets.add_value("ab/");
  EXPECT_EQ(redact("ab/ ab%2F YWIv", secrets), "[redacted] ab%2F YWIv");
  secrets.add_value("");
  EXPECT_EQ(redact("x", secrets), "x");
}

}  // namespace
}  // namespace touchstone
