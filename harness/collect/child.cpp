#include "harness/collect/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "harness/model/find_program.h"

namespace touchstone {
namespace {

namespace asio = boost::asio;

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

// What the child is given: its three streams, a group of its own, so that all of it can be stopped
// at once, and signals as a shell expects them. All other descriptors of ours close on exec.
class Spawn {
 public:
  Spawn(const Pipe& in, const Pipe& out, const Pipe& err) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawn_file_actions_adddup2(&files_, in.read, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, out.write, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, err.write, STDERR_FILENO);
    sigset_t none, defaults;
    ::sigemptyset(&none);
    ::sigemptyset(&defaults);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT})
      ::sigaddset(&defaults, number);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Spawn() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&files_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  // Its process id; or 0, with errno.
  pid_t operator()(const std::string& program, const std::vector<std::string>& argv) const {
    std::vector<char*> words;
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_t id = 0;
    errno = ::posix_spawn(&id, program.c_str(), &files_, &attributes_, words.data(), ::environ);
    return errno == 0 ? id : 0;
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
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
  // Not by Boost's launcher, which forks: that copies the page tables of all that was heard so far,
  // for each host, and then every page that is written to (Boost 1.81's vfork_launcher would close
  // the event loop's descriptors in us, too).
  const pid_t id = Spawn(in, out, err)(program, argv);
  if (id == 0) return "`" + argv.front() + "` could not be started: " + std::strerror(errno);
  try {
    process_.emplace(loop_.get_executor(), id);
  } catch (const std::exception& error) {  // no descriptor is left to wait with
    ::kill(-id, SIGKILL);
    ::waitpid(id, nullptr, 0);
    return "`" + argv.front() + "` could not be waited for: " + error.what();
  }
  in_.assign(std::exchange(in.write, -1));
  out_.assign(std::exchange(out.read, -1));
  err_.assign(std::exchange(err.read, -1));
  read(out_, out_buffer_, true);
  read(err_, err_buffer_, false);
  process_->async_wait(
      [self = shared_from_this()](const boost::system::error_code&, int) { self->on_exit(); });
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
