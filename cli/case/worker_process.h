// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>

namespace boarddiff::cli {

// A process of its own that answers messages, one at a time: what a damaged picture does to it happens to no other.
// It begins as a copy of this one, so that this process has no other threads; and it ends with this one, however that
// ends.
class WorkerProcess {
 public:
  // `work` makes the answer to a message, in the new process; what it throws ends that.
  explicit WorkerProcess(const std::function<std::string(const std::string&)>& work);
  ~WorkerProcess();  // ends it
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  void ask(const std::string& message);

  // Readable when something has come.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  enum class State { thinking, answered, ended };
  // Takes what has come, without waiting.
  [[nodiscard]] State take();
  // After `answered`: the answer, which is handed over.
  [[nodiscard]] std::string answer();
  // After `ended`: how, as "killed by signal 11".
  [[nodiscard]] const std::string& end() const { return end_; }

  // The most memory that it ever had at once.
  [[nodiscard]] double peak_memory_mb() const;

 private:
  void gather_end();

  pid_t process_ = -1;
  int descriptor_ = -1;
  std::string received_ = {};
  std::string end_ = {};
};

}  // namespace boarddiff::cli
