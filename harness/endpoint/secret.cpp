#include "harness/endpoint/secret.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "harness/model/said.h"
#include "harness/model/said_error.h"

namespace touchstone {
namespace {

constexpr std::size_t kLongest = 16384;  // bytes of a token

// The token without what editors put around it. What would break the header is refused.
std::string checked(std::string token, const Text& where) {
  const char* blanks = " \t\r\n";
  token.erase(0, std::min(token.find_first_not_of(blanks), token.size()));
  token.erase(token.find_last_not_of(blanks) + 1);
  if (token.empty()) throw SaidError(said("{}中没有令牌", "{} has no token in it", where));
  if (token.size() > kLongest)
    throw SaidError(said("{}过长,不是令牌", "{} is too long for a token", where));
  if (std::any_of(token.begin(), token.end(),
                  [](unsigned char c) { return c <= 0x20 || c >= 0x7f; }))
    throw SaidError(said("{}不是令牌:应为一个由可打印字符组成的词",
                         "{} is no token: one word of printable characters is wanted", where));
  return token;
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kLongest + 2, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad() || (file.fail() && !file.eof()))
    throw SaidError(said("token_file {}:{}", "token_file {}: {}", path, std::strerror(errno)));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

std::optional<std::string> bearer_token(const EndpointAccess& access) {
  if (!access.token_file.empty())
    return checked(file_text(access.token_file), Phrase("token_file " + access.token_file));
  if (access.token_env.empty()) return std::nullopt;
  const char* value = std::getenv(access.token_env.c_str());
  if (!value)
    throw SaidError(
        said("token_env:环境中没有 {}", "token_env: the environment has no {}", access.token_env));
  return checked(value, said("环境变量 {} ", "the environment's {}", access.token_env));
}

}  // namespace touchstone
