#pragma once

#include <string>

#include "tests/e2e/cluster.h"
#include "tests/endpoint/server.h"

namespace touchstone {

// Shows a folder as Jenkins does: each file under the content policy that the HTML Publisher's
// reports get where nobody has changed `hudson.model.DirectoryBrowserSupport.CSP`.
class Jenkins {
 public:
  static constexpr const char* kPolicy =
      "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

  explicit Jenkins(std::string folder)
      : folder_(std::move(folder)),
        server_([this](const Server::Connection& connection) { serve(connection); }) {}

  std::string url(const std::string& page) const { return server_.url("/" + page); }

 private:
  static std::string type_of(const std::string& path) {
    if (path.ends_with(".css")) return "text/css";
    return path.ends_with(".svg") ? "image/svg+xml" : "text/html;charset=UTF-8";
  }

  void serve(const Server::Connection& connection) const {
    const std::string request = connection.read_request();
    const std::size_t begin = request.find('/'), end = request.find(' ', begin);
    if (!request.starts_with("GET /") || end == std::string::npos) return;
    if (request.starts_with("GET /favicon.ico ")) {  // Jenkins' own, not the report's
      connection.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
      return;
    }
    const std::string path = folder_ + request.substr(begin, end - begin);
    const bool there =
        path.find("..") == std::string::npos && std::filesystem::is_regular_file(path);
    const std::string body = there ? slurp(path) : "no such file";
    connection.send(
        fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n"
                    "Content-Security-Policy: {}\r\nX-Content-Type-Options: nosniff\r\n\r\n{}",
                    there ? "200 OK" : "404 Not Found", type_of(path), body.size(), kPolicy, body));
  }

  std::string folder_;
  Server server_;
};

}  // namespace touchstone
