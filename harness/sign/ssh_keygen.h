#pragma once

#include <string>

namespace touchstone {

// Signatures as OpenSSH makes them (`ssh-keygen -Y`, OpenSSH 8.1 and later), with the namespace
// "touchstone-report": a signature that was made for something else does not count. Both throw
// SignError where there is no ssh-keygen; files are named by their paths and never by a shell.

// The signature of the text, in armour. `key`: a private key, or a public one whose private half
// the agent has. A passphrase is asked for on the terminal. Throws SignError in ssh-keygen's words.
std::string ssh_sign(const std::string& text, const std::string& key);

struct SignatureCheck {
  enum class Result {
    kGood,           // of one of the allowed signers
    kUnknownSigner,  // it fits the text, and no allowed signer made it, or none were named
    kWrong,          // it does not fit the text, or is no signature at all
  };
  Result result = Result::kWrong;
  std::string signer;  // the principal in the file of allowed signers; empty: unknown
  std::string key;     // "ED25519 key SHA256:…"; empty where the signature is wrong
  std::string said;    // by ssh-keygen, where it is not good
};

// `signers`: a file of ALLOWED SIGNERS as ssh-keygen(1) describes it; empty: none is known.
// `identity`: who of them it has to be; empty: any.
SignatureCheck check_signature(const std::string& text, const std::string& signature_file,
                               const std::string& signers, const std::string& identity);

}  // namespace touchstone
