#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <fmt/format.h>

namespace touchstone {

// A server on loopback that does with each connection what the test says, right or wrong.
class Server {
 public:
  // The connection; closed when it returns.
  struct Connection {
    int socket;
    const Server& server;

    std::string read_request() const {
      std::string text;
      char buffer[4096];
      std::size_t length = 0;
      while (text.find("\r\n\r\n") == std::string::npos ||
             text.size() < text.find("\r\n\r\n") + 4 + length) {
        const ssize_t n = ::recv(socket, buffer, sizeof buffer, 0);
        if (n <= 0) break;
        text.append(buffer, static_cast<std::size_t>(n));
        const std::size_t at = text.find("Content-Length: ");
        if (at != std::string::npos) length = std::stoul(text.substr(at + 16));
      }
      return text;
    }
    bool send(const std::string& text) const {
      return ::send(socket, text.data(), text.size(), MSG_NOSIGNAL) ==
             static_cast<ssize_t>(text.size());
    }
    void wait(double seconds) const {
      for (double t = 0; t < seconds && !server.over_; t += 0.01) ::usleep(10000);
    }
    void reset() const {
      const linger hard{1, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
  };
  using Handler = std::function<void(const Connection&)>;

  explicit Server(Handler handler) : handler_(std::move(handler)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listening_, 64) != 0)
      throw std::runtime_error("no server on the loopback");
    socklen_t size = sizeof address;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~Server() {
    over_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    acceptor_.join();
    for (std::thread& one : connections_) one.join();
    ::close(listening_);
  }

  std::string url(const std::string& path = "/") const {
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
  }
  int port() const { return port_; }
  int most_at_once() const { return most_; }

  // A response with its length.
  static std::string response(const std::string& body, const std::string& status = "200 OK",
                              const std::string& type = "application/json") {
    return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", status,
                       type, body.size(), body);
  }

 private:
  void accept_all() {
    while (!over_) {
      const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      const timeval limit{10, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
      connections_.emplace_back([this, socket] {
        const int now = ++running_;
        for (int most = most_; now > most && !most_.compare_exchange_weak(most, now);) {
        }
        handler_({socket, *this});
        --running_;
        ::close(socket);
      });
    }
  }

  friend struct Connection;
  Handler handler_;
  int listening_ = -1, port_ = 0;
  std::atomic<bool> over_{false};
  std::atomic<int> running_{0}, most_{0};
  std::thread acceptor_;
  std::vector<std::thread> connections_;
};

}  // namespace touchstone
