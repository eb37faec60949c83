#include "harness/sign/ssh_keygen.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#define BOOST_PROCESS_V2_HEADER_ONLY
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>

#include "harness/model/find_program.h"
#include "harness/model/said.h"
#include "harness/sign/manifest.h"

namespace touchstone {
namespace {

namespace process = boost::process::v2;

constexpr const char* kNamespace = "touchstone-report";

// A file without a name, in memory: unlike a pipe it takes all that is written to it, whoever reads
// when.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view text = "")
      : descriptor_(::memfd_create("touchstone", MFD_CLOEXEC)) {
    while (descriptor_ >= 0 && !text.empty()) {
      const ssize_t count = ::write(descriptor_, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) break;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    if (descriptor_ < 0 || !text.empty())
      throw SignError(said("无法把输入交给 ssh-keygen:{}",
                           "ssh-keygen cannot be given its input: {}", std::strerror(errno)));
    ::lseek(descriptor_, 0, SEEK_SET);
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string text() const {
    std::string all;
    char buffer[4096];
    for (ssize_t count = 0;
         (count = ::pread(descriptor_, buffer, sizeof buffer, static_cast<off_t>(all.size()))) > 0;)
      all.append(buffer, static_cast<std::size_t>(count));
    return all;
  }

 private:
  int descriptor_;
};

struct Ran {
  int code = -1;
  std::string out, err;
};

Ran ssh_keygen(const std::vector<std::string>& arguments, const std::string& input) {
  const std::string program = find_program("ssh-keygen");
  if (program.empty())
    throw SignError(
        Text{"PATH 中没有 ssh-keygen;它随 OpenSSH 提供(Debian:openssh-client)",
             "there is no ssh-keygen in PATH; it comes with OpenSSH (Debian: openssh-client)"});
  const MemoryFile in(input), out, err;
  boost::asio::io_context loop;
  try {
    process::process child(
        loop, program, arguments,
        process::process_stdio{in.descriptor(), out.descriptor(), err.descriptor()});
    const int code = child.wait();
    return {code, out.text(), err.text()};
  } catch (const std::exception& error) {
    throw SignError(
        said("无法运行 ssh-keygen:{}", "ssh-keygen could not be run: {}", error.what()));
  }
}

std::string one_line(std::string text) {
  text.erase(text.find_last_not_of(" \r\n") + 1);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;)
    text.replace(at, 1, "; ");
  return text;
}

// "Good "touchstone-report" signature for WHO with ED25519 key SHA256:…"
std::string key_in(const std::string& said) {
  const std::size_t at = said.rfind(" with ");
  return at == std::string::npos ? "" : one_line(said.substr(at + 6));
}

std::vector<std::string> principals(const std::string& text, const std::string& signature_file,
                                    const std::string& signers) {
  const Ran ran = ssh_keygen({"-Y", "find-principals", "-s", signature_file, "-f", signers}, text);
  std::vector<std::string> all;
  for (std::size_t at = 0; ran.code == 0 && at < ran.out.size();) {
    const std::size_t end = std::min(ran.out.find('\n', at), ran.out.size());
    if (end > at) all.push_back(ran.out.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

}  // namespace

std::string ssh_sign(const std::string& text, const std::string& key) {
  const Ran ran = ssh_keygen({"-Y", "sign", "-f", key, "-n", kNamespace}, text);
  if (ran.code != 0 || ran.out.empty())
    throw SignError(said("ssh-keygen 没有用 {} 签署:{}", "ssh-keygen did not sign with {}: {}", key,
                         one_line(ran.err)));
  return ran.out;
}

SignatureCheck check_signature(const std::string& text, const std::string& signature_file,
                               const std::string& signers, const std::string& identity) {
  using Result = SignatureCheck::Result;
  const Ran fits =
      ssh_keygen({"-Y", "check-novalidate", "-n", kNamespace, "-s", signature_file}, text);
  if (fits.code != 0) return {Result::kWrong, "", "", one_line(fits.err)};
  SignatureCheck check{Result::kUnknownSigner, "", key_in(fits.out), ""};
  if (signers.empty()) return check;
  const std::vector<std::string> candidates =
      identity.empty() ? principals(text, signature_file, signers) : std::vector{identity};
  for (const std::string& who : candidates) {
    const Ran ran = ssh_keygen(
        {"-Y", "verify", "-f", signers, "-I", who, "-n", kNamespace, "-s", signature_file}, text);
    if (ran.code == 0) return {Result::kGood, who, check.key, ""};
    check.said = one_line(ran.err + ran.out);
  }
  return check;
}

}  // namespace touchstone
