#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/writable_pipe.hpp>
#define BOOST_PROCESS_V2_HEADER_ONLY
#include <boost/process/v2/process.hpp>

namespace touchstone {

// One child process with its three streams on the event loop, in a process group of its own.
// Passive: it tells what happened and decides nothing. Only collector.cpp includes this: these
// headers are slow to compile.
class Child : public std::enable_shared_from_this<Child> {
 public:
  struct Events {
    std::function<void(std::string_view)> out, err;
    std::function<void(int native_status)> exited;  // as of waitpid; after the streams were drained
  };

  Child(boost::asio::io_context& loop, Events events);

  // Empty when the process runs; else why it could not be started.
  std::string start(const std::vector<std::string>& argv);
  void write(
      std::string text);  // to its standard input, which stays open; after what was written before
  void close_input();
  void kill(int signal);  // the whole group

 private:
  void write_next();
  void read(boost::asio::readable_pipe& pipe, std::vector<char>& buffer, bool is_out);
  void on_exit();
  void finish_when_drained();

  boost::asio::io_context& loop_;
  Events events_;
  boost::asio::readable_pipe out_, err_;
  boost::asio::writable_pipe in_;
  boost::asio::steady_timer drain_;
  std::optional<boost::process::v2::process> process_;
  std::vector<char> out_buffer_, err_buffer_;
  std::deque<std::string> to_write_;  // the first is on its way
  int open_streams_ = 2;
  bool exited_ = false, told_ = false;
  int status_ = 0;
};

}  // namespace touchstone
