#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace touchstone {

// A private folder for the sockets of ssh, removed with the object. Directly below /tmp: the path
// of a socket has at most 107 bytes, and $TMPDIR may be long.
class ControlDir {
 public:
  ControlDir() {
    if (!::mkdtemp(path_.data()))
      throw std::runtime_error("no private folder can be made below /tmp");
  }
  ~ControlDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ControlDir(const ControlDir&) = delete;
  ControlDir& operator=(const ControlDir&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/touchstone-XXXXXX";
};

}  // namespace touchstone
