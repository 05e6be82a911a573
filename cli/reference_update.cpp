// SPDX-License-Identifier: Apache-2.0
#include "cli/reference_update.h"

#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/output_file.h"
#include "imaging/digest.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <span>
#include <system_error>
#include <thread>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::chrono::seconds kPatience{60};  // others write for a second or two
constexpr std::chrono::milliseconds kAgain{20};
constexpr std::uint64_t kMostMegabytes = 1024;  // of a reference file

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(ErrorCode::unwritable_output, path.string() + ": cannot be changed: " + why);
}

std::string words_for(int reason) { return std::generic_category().message(reason); }

// The file at that path, for one program at a time. The lock is on the file itself, which renaming replaces: who waited
// for it looks whether the path still names the file that was waited for.
class LockedFile {
 public:
  explicit LockedFile(const fs::path& path) : path_(path) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!take()) {
      if (std::chrono::steady_clock::now() > deadline) refuse(path_, "another program is changing it");
      std::this_thread::sleep_for(kAgain);
    }
  }
  ~LockedFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

  // Whether the path names the file as it was when it was locked.
  [[nodiscard]] bool is_in_place() const {
    struct stat named = {};
    return stat(path_.c_str(), &named) == 0 && named.st_dev == locked_.st_dev && named.st_ino == locked_.st_ino &&
           named.st_size == locked_.st_size && named.st_mtim.tv_sec == locked_.st_mtim.tv_sec &&
           named.st_mtim.tv_nsec == locked_.st_mtim.tv_nsec;
  }
  [[nodiscard]] fs::perms permissions() const { return static_cast<fs::perms>(locked_.st_mode) & fs::perms::mask; }

 private:
  // False while another program has it. To write is asked for, though nothing is written here: a file that its owner
  // made read-only stays as it is, and locks of network file systems need it.
  bool take() {
    if (descriptor_ < 0) descriptor_ = open(path_.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor_ < 0) refuse(path_, words_for(errno));
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) refuse(path_, words_for(errno));
      return false;
    }
    if (fstat(descriptor_, &locked_) == 0 && is_in_place()) return true;
    close(descriptor_);
    descriptor_ = -1;
    return false;
  }

  fs::path path_;
  int descriptor_ = -1;
  struct stat locked_ = {};
};

std::string hash_of(const std::string& bytes) { return imaging::sha256_hex(std::as_bytes(std::span(bytes))); }

}  // namespace

ReferenceHashes update_reference_file(const fs::path& path,
                                      const std::function<void(compare::ReferenceFile&)>& change) {
  // The file itself, not a link to it, is what is replaced.
  std::error_code error;
  const fs::path resolved = fs::canonical(path, error);
  if (error) throw Error(ErrorCode::unreadable_file, path.string() + ": cannot be read: " + error.message());
  const LockedFile locked(resolved);
  const std::string before = imaging::read_string(resolved, kMostMegabytes);
  ReferenceHashes hashes{.before = hash_of(before)};
  compare::ReferenceFile file = compare::parse_reference_file(std::as_bytes(std::span(before)), path.string());
  change(file);
  const std::string after = compare::reference_file_bytes(file, path.string());
  static_cast<void>(compare::parse_reference_file(std::as_bytes(std::span(after)), path.string()));
  hashes.after = hash_of(after);
  if (!locked.is_in_place()) refuse(path, "another program has replaced it meanwhile");
  imaging::write_file(resolved, after, imaging::Replace::allow);
  // A new file is everybody's to read: those who may write it stay the same where that can be.
  fs::permissions(resolved, locked.permissions(), error);
  return hashes;
}

}  // namespace boarddiff::cli
