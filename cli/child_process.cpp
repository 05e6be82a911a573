// SPDX-License-Identifier: Apache-2.0
#include "cli/child_process.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>

namespace boarddiff::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kKeptOutput = 2000;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close_now(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  void close_now() {
    if (number_ >= 0) {
      close(number_);
    }
    number_ = -1;
  }

 private:
  int number_;
};

// What posix_spawn does in the child before the program begins.
class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void read_nothing() { posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0); }
  void print_to(int descriptor) {
    posix_spawn_file_actions_adddup2(&actions_, descriptor, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, descriptor, STDERR_FILENO);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_ = {};
};

// The read end of a pipe, whose last bytes are kept.
class Tail {
 public:
  explicit Tail(int descriptor) : descriptor_(descriptor) {}

  // Takes what is there; false at the end of the pipe, and when there is nothing yet.
  bool take() {
    std::array<char, 4096> bytes{};
    const ssize_t count = read(descriptor_, bytes.data(), bytes.size());
    if (count <= 0) {
      ended_ = count == 0 || (errno != EAGAIN && errno != EINTR);
      return false;
    }
    text_.append(bytes.data(), static_cast<std::size_t>(count));
    text_.erase(0, text_.size() - std::min(text_.size(), kKeptOutput));
    return true;
  }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  int descriptor_;
  bool ended_ = false;
  std::string text_ = {};
};

// It and what it started, and what these started. A process group of its own would be simpler, and would take the
// child away from the terminal: Ctrl-C would end this program and leave it running.
void kill_with_children(pid_t process) {
  kill(process, SIGSTOP);  // starts no more while the list is read
  const std::string number = std::to_string(process);
  std::ifstream list("/proc/" + number + "/task/" + number + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) {
    children.push_back(child);
  }
  for (const pid_t child : children) {
    kill_with_children(child);
  }
  kill(process, SIGKILL);
}

int milliseconds_until(const std::optional<Clock::time_point>& end) {
  if (!end) {
    return -1;
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*end - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

bool has_ended(pid_t process) {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == process;
}

// Until the child ends: true; or its time is over: false. Empties the pipe meanwhile, so that it never waits for us.
bool ends_in_time(pid_t process, int pipe, Tail& tail, const std::optional<Clock::time_point>& end) {
  // Wakes us when the child ends; where a container forbids it we look every now and then.
  // The call itself: <sys/pidfd.h> of glibc 2.36 cannot be used from C++.
  const Descriptor child(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
  constexpr int kGlance_ms = 20;
  while (!has_ended(process)) {
    std::array<pollfd, 2> events = {pollfd{child.number(), POLLIN, 0}, pollfd{tail.ended() ? -1 : pipe, POLLIN, 0}};
    const int left = milliseconds_until(end);
    const bool glances = child.number() < 0 && (left < 0 || left > kGlance_ms);
    if (poll(events.data(), events.size(), glances ? kGlance_ms : left) > 0 && events[1].revents != 0) {
      tail.take();
    }
    if (end && Clock::now() >= *end) {
      return false;
    }
  }
  return true;
}

double seconds_of(const timeval& time) {
  constexpr double kMicroseconds = 1e-6;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * kMicroseconds;
}

void wait_for(pid_t process, ChildResult& result) {
  int status = 0;
  rusage usage = {};
  while (wait4(process, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  constexpr double kKilobytes = 1024.0 / 1e6;
  result.processor_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  result.peak_memory_mb = static_cast<double>(usage.ru_maxrss) * kKilobytes;
  if (result.end != ChildEnd::timed_out) {
    result.end = WIFEXITED(status) ? ChildEnd::exited : ChildEnd::killed_by_signal;
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  }
}

int open_output(const std::filesystem::path& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    throw imaging::Error(imaging::ErrorCode::unwritable_output,
                         "cannot write " + path.string() + ": " + std::generic_category().message(errno));
  }
  return descriptor;
}

std::vector<char*> as_argv(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) {
    pointers.push_back(word.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

ChildResult run_child(const ChildRequest& request) {
  std::array<int, 2> ends = {-1, -1};
  imaging::require(pipe2(ends.data(), O_CLOEXEC) == 0, "run_child: the system gives us a pipe");
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  fcntl(reading.number(), F_SETFL, O_NONBLOCK);
  Descriptor file(request.output.empty() ? -1 : open_output(request.output));

  SpawnActions actions;
  actions.read_nothing();
  actions.print_to(request.output.empty() ? writing.number() : file.number());
  std::vector<std::string> words = {request.program.string()};
  words.insert(words.end(), request.arguments.begin(), request.arguments.end());
  pid_t process = 0;
  ChildResult result;
  const auto start = Clock::now();
  const int error =
      posix_spawn(&process, request.program.c_str(), actions.get(), nullptr, as_argv(words).data(), environ);
  if (error != 0) {
    result.last_output = std::generic_category().message(error);
    return result;
  }
  writing.close_now();
  file.close_now();

  std::optional<Clock::time_point> end;
  if (request.timeout_s) {
    end = start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*request.timeout_s));
  }
  Tail tail(reading.number());
  if (!ends_in_time(process, reading.number(), tail, end)) {
    result.end = ChildEnd::timed_out;
    kill_with_children(process);
  }
  wait_for(process, result);
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  while (tail.take()) {
  }
  result.last_output = tail.text();
  return result;
}

std::string end_of(const ChildResult& result, const std::optional<double>& timeout_s) {
  const std::string words = result.last_output.empty() ? "" : ": " + result.last_output;
  switch (result.end) {
    case ChildEnd::exited:
      return "exit " + std::to_string(result.status) + words;
    case ChildEnd::killed_by_signal:
      return "killed by signal " + std::to_string(result.status) + words;
    case ChildEnd::timed_out:
      return "no answer in " + imaging::number_text(timeout_s.value_or(0)) + " s" + words;
    case ChildEnd::not_started:
      break;
  }
  return "cannot be run" + words;
}

}  // namespace boarddiff::cli
