// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/output_file.h"

#include "imaging/base/error.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace boarddiff::imaging {
namespace {

[[noreturn]] void fail(const std::filesystem::path& target, int reason) {
  const std::string why = std::generic_category().message(reason);
  if (reason == EEXIST) {
    throw Error(ErrorCode::output_exists, "will not replace " + target.string() + ": " + why);
  }
  throw Error(ErrorCode::unwritable_output, "cannot write " + target.string() + ": " + why);
}

// A new file beside the target, removed again unless it took the target's name. Its own name is short: the target's
// may already be as long as the file system allows.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& target) : target_(target) {
    constexpr int kAttempts = 1000;  // names left behind by killed processes with the same process id
    for (int attempt = 0; attempt < kAttempts && descriptor_ < 0; ++attempt) {
      path_ =
          target.parent_path() / (".boarddiff-" + std::to_string(getpid()) + "-" + std::to_string(attempt) + ".tmp");
      descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
      if (descriptor_ < 0 && errno != EEXIST && errno != EINTR) {
        fail(target_, errno);
      }
    }
    if (descriptor_ < 0) {
      fail(target_, EBUSY);
    }
  }
  ~TemporaryFile() {
    if (descriptor_ >= 0) {
      close(descriptor_);
    }
    if (!moved_) {
      unlink(path_.c_str());
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) {
        fail(target_, errno);
      }
      if (written > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      }
    }
  }

  void flush_and_close() {
    if (fsync(descriptor_) != 0) {
      fail(target_, errno);
    }
    const int descriptor = descriptor_;
    descriptor_ = -1;  // Linux releases it even when close() reports an error
    if (close(descriptor) != 0) {
      fail(target_, errno);
    }
  }

  void move_to_target(Replace replace) {
    if (replace == Replace::allow) {
      if (rename(path_.c_str(), target_.c_str()) != 0) {
        fail(target_, errno);
      }
      moved_ = true;
      return;
    }
    if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) {
      moved_ = true;
      return;
    }
    // Some file systems know no such flag; a second link is refused just as surely, and the first one goes away.
    const bool unknown_flag = errno == EINVAL || errno == ENOSYS;
    if (!unknown_flag || link(path_.c_str(), target_.c_str()) != 0) {
      fail(target_, errno);
    }
  }

 private:
  std::filesystem::path target_;
  std::filesystem::path path_ = {};
  int descriptor_ = -1;
  bool moved_ = false;
};

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view bytes, Replace replace) {
  struct stat existing = {};
  if (replace == Replace::refuse && lstat(path.c_str(), &existing) == 0) {
    fail(path, EEXIST);  // early, to spare the writing; move_to_target is what decides
  }
  TemporaryFile temporary(path);
  temporary.write_all(bytes);
  temporary.flush_and_close();
  temporary.move_to_target(replace);
}

}  // namespace boarddiff::imaging
