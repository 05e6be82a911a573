// SPDX-License-Identifier: Apache-2.0
#include "cli/case/worker_process.h"

#include "imaging/base/error.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace boarddiff::cli {
namespace {

// A message is its length as 8 bytes of this machine, and its bytes.
constexpr std::size_t kHead = sizeof(std::uint64_t);

std::optional<std::string> whole_message(const std::string& received) {
  std::uint64_t length = 0;
  if (received.size() < kHead) {
    return {};
  }
  std::memcpy(&length, received.data(), kHead);
  return received.size() - kHead >= length ? std::optional(received.substr(kHead, length)) : std::nullopt;
}

// False when the other side is gone.
bool send_message(int descriptor, const std::string& message) {
  const std::uint64_t length = message.size();
  std::string bytes(kHead, '\0');
  std::memcpy(bytes.data(), &length, kHead);
  bytes += message;
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = send(descriptor, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) {
      return false;
    }
    sent += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  return true;
}

// Appends what comes; false at the end.
bool receive_some(int descriptor, std::string& received, int flags) {
  std::array<char, 65536> bytes{};
  const ssize_t count = recv(descriptor, bytes.data(), bytes.size(), flags);
  if (count > 0) {
    received.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
  return count < 0 && (errno == EINTR || errno == EAGAIN);
}

[[noreturn]] void serve(int descriptor, const std::function<std::string(const std::string&)>& work) {
  constexpr int kFailed = 70;
  int status = 0;
  try {
    std::string received;
    while (receive_some(descriptor, received, 0)) {
      const std::optional<std::string> message = whole_message(received);
      if (!message) continue;
      received.clear();  // one at a time
      if (!send_message(descriptor, work(*message))) break;
    }
  } catch (const std::exception&) {
    status = kFailed;
  }
  _exit(status);  // nothing of the process that this is a copy of is ended or written twice
}

}  // namespace

WorkerProcess::WorkerProcess(const std::function<std::string(const std::string&)>& work) {
  std::array<int, 2> ends = {-1, -1};
  imaging::require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0,
                   "WorkerProcess: the system gives us a pair of sockets");
  const pid_t parent = getpid();
  process_ = fork();
  imaging::require(process_ >= 0, "WorkerProcess: the system gives us a process");
  if (process_ == 0) {
    close(ends[0]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches all at a terminal; the other process decides what it means
    if (getppid() != parent) _exit(0);
    serve(ends[1], work);
  }
  close(ends[1]);
  descriptor_ = ends[0];
}

WorkerProcess::~WorkerProcess() {
  if (end_.empty()) {
    kill(process_, SIGKILL);
    gather_end();
  }
  close(descriptor_);
}

void WorkerProcess::ask(const std::string& message) {
  received_.clear();
  send_message(descriptor_, message);  // to one that is gone: take() says so
}

WorkerProcess::State WorkerProcess::take() {
  if (end_.empty() && !receive_some(descriptor_, received_, MSG_DONTWAIT)) {
    gather_end();
  }
  if (!end_.empty()) {
    return State::ended;
  }
  return whole_message(received_) ? State::answered : State::thinking;
}

std::string WorkerProcess::answer() {
  const std::optional<std::string> message = whole_message(received_);
  imaging::require(message.has_value(), "WorkerProcess: an answer that has come");
  received_.clear();
  return *message;
}

void WorkerProcess::gather_end() {
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  end_ = WIFSIGNALED(status) ? "killed by signal " + std::to_string(WTERMSIG(status))
                             : "exit " + std::to_string(WEXITSTATUS(status));
}

double WorkerProcess::peak_memory_mb() const {
  constexpr double kKilobytes = 1024.0 / 1e6;
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      double kilobytes = 0;
      std::istringstream(line.substr(6)) >> kilobytes;
      return kilobytes * kKilobytes;
    }
  }
  return 0;
}

}  // namespace boarddiff::cli
