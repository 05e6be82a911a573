// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/input_file.h"

#include "imaging/base/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

namespace boarddiff::imaging {
namespace {

class OpenFile {
 public:
  // Without O_NONBLOCK, opening a named pipe would wait for a writer.
  explicit OpenFile(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

[[noreturn]] void unreadable(const std::filesystem::path& path, const std::string& reason) {
  throw Error(ErrorCode::unreadable_file, path.string() + ": " + reason);
}

std::string system_reason(int error) { return std::generic_category().message(error); }

struct stat status_of(const OpenFile& file, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) {
    unreadable(path, "cannot be read: " + system_reason(errno));
  }
  return status;
}

// Appends up to `wanted` bytes; fewer only at the end of the file.
void read_some(const OpenFile& file, const std::filesystem::path& path, std::uint64_t wanted,
               std::vector<std::byte>& bytes) {
  std::size_t filled = bytes.size();
  bytes.resize(filled + wanted);
  while (filled < bytes.size()) {
    const ssize_t got = ::read(file.descriptor(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      unreadable(path, "cannot be read: " + system_reason(errno));
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
}

bool is_same_state(const struct stat& before, const struct stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

// Opened, and a regular file.
struct stat checked_status(const OpenFile& file, const std::filesystem::path& path) {
  if (file.descriptor() < 0) {
    unreadable(path, "cannot be opened: " + system_reason(errno));
  }
  const struct stat status = status_of(file, path);
  if (!S_ISREG(status.st_mode)) {
    unreadable(path, S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file");
  }
  return status;
}

}  // namespace

std::vector<std::byte> read_start(const std::filesystem::path& path, std::size_t most_bytes) {
  const OpenFile file(path);
  const struct stat status = checked_status(file, path);
  std::vector<std::byte> bytes;
  read_some(file, path, std::min(static_cast<std::uint64_t>(status.st_size), std::uint64_t{most_bytes}), bytes);
  return bytes;
}

std::vector<std::byte> read_file(
    const std::filesystem::path& path, std::size_t start_bytes,
    const std::function<void(std::span<const std::byte> start, std::uint64_t size)>& check) {
  const OpenFile file(path);
  const struct stat before = checked_status(file, path);
  const auto size = static_cast<std::uint64_t>(before.st_size);
  std::vector<std::byte> bytes;
  read_some(file, path, std::min(size, std::uint64_t{start_bytes}), bytes);
  check(bytes, size);
  bytes.reserve(size);
  read_some(file, path, size - bytes.size(), bytes);
  if (bytes.size() != size || !is_same_state(before, status_of(file, path))) {
    unreadable(path, "changed while it was read");
  }
  return bytes;
}

std::string read_string(const std::filesystem::path& path, std::uint64_t most_megabytes) {
  constexpr unsigned kMegabyte = 20;  // bits
  const std::vector<std::byte> bytes =
      read_file(path, 0, [&](std::span<const std::byte> /*start*/, std::uint64_t size) {
        if (size > most_megabytes << kMegabyte) {
          throw Error(ErrorCode::too_large,
                      path.string() + ": has more than " + std::to_string(most_megabytes) + " MB");
        }
      });
  std::string text(bytes.size(), '\0');
  std::transform(bytes.begin(), bytes.end(), text.begin(), [](std::byte byte) { return static_cast<char>(byte); });
  return text;
}

}  // namespace boarddiff::imaging
