#include "harness/collect/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/process/v2/stdio.hpp>

#include "harness/model/find_program.h"

namespace touchstone {
namespace {

namespace asio = boost::asio;
namespace process = boost::process::v2;

constexpr auto kDrain = std::chrono::milliseconds(
    300);  // a descriptor that leaked into a grandchild delays the end of file

// A pipe whose ends close in every child that is started later: Boost 1.81 makes its own without.
struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    if (read >= 0) ::close(read);
    if (write >= 0) ::close(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
};

// In the child: a group of its own, so that all of it can be stopped at once, and signals as a
// shell expects them.
struct OwnGroup {
  template <class Launcher>
  process::error_code on_exec_setup(Launcher&, const process::filesystem::path&,
                                    const char* const*) {
    ::setpgid(0, 0);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    return {};
  }
};

}  // namespace

Child::Child(asio::io_context& loop, Events events)
    : loop_(loop),
      events_(std::move(events)),
      out_(loop),
      err_(loop),
      in_(loop),
      drain_(loop),
      out_buffer_(65536),
      err_buffer_(4096) {}

std::string Child::start(const std::vector<std::string>& argv) {
  const std::string program = argv.empty() ? "" : find_program(argv.front());
  if (program.empty())
    return "`" + (argv.empty() ? "" : argv.front()) + "` was not found, or may not be run";
  Pipe in, out, err;
  if (in.read < 0 || out.read < 0 || err.read < 0)
    return std::string("no pipe could be made: ") + std::strerror(errno);
  try {
    process_.emplace(loop_, program, std::vector<std::string>(argv.begin() + 1, argv.end()),
                     process::process_stdio{in.read, out.write, err.write}, OwnGroup{});
  } catch (const std::exception& error) {
    return "`" + argv.front() + "` could not be started: " + error.what();
  }
  in_.assign(std::exchange(in.write, -1));
  out_.assign(std::exchange(out.read, -1));
  err_.assign(std::exchange(err.read, -1));
  read(out_, out_buffer_, true);
  read(err_, err_buffer_, false);
  process_->async_wait([self = shared_from_this()](process::error_code, int) { self->on_exit(); });
  return "";
}

void Child::write(std::string text) {
  to_write_.push_back(std::move(text));
  if (to_write_.size() == 1) write_next();
}

void Child::write_next() {
  asio::async_write(
      in_, asio::buffer(to_write_.front()),
      [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
        // A child that closed its input is told by its exit, so an error here says nothing new.
        if (error) return;
        self->to_write_.pop_front();
        if (!self->to_write_.empty()) self->write_next();
      });
}

void Child::close_input() {
  boost::system::error_code ignored;
  in_.close(ignored);
}

void Child::kill(int signal) {
  if (process_ && !exited_) ::kill(-static_cast<pid_t>(process_->id()), signal);
}

void Child::read(asio::readable_pipe& pipe, std::vector<char>& buffer, bool is_out) {
  pipe.async_read_some(asio::buffer(buffer),
                       [self = shared_from_this(), &pipe, &buffer, is_out](
                           const boost::system::error_code& error, std::size_t n) {
                         const auto& tell = is_out ? self->events_.out : self->events_.err;
                         if (n > 0) tell({buffer.data(), n});
                         if (!error) return self->read(pipe, buffer, is_out);
                         --self->open_streams_;
                         self->finish_when_drained();
                       });
}

void Child::on_exit() {
  // Whatever it has left in its group goes with it; that the group is empty is the usual case.
  ::kill(-static_cast<pid_t>(process_->id()), SIGTERM);
  exited_ = true;
  status_ = process_->native_exit_code();
  drain_.expires_after(kDrain);
  drain_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (error) return;
    boost::system::error_code ignored;
    self->out_.close(ignored);
    self->err_.close(ignored);
  });
  finish_when_drained();
}

void Child::finish_when_drained() {
  if (!exited_ || open_streams_ > 0 || told_) return;
  told_ = true;
  drain_.cancel();
  close_input();
  events_.exited(status_);
}

}  // namespace touchstone
