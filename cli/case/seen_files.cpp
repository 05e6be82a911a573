// SPDX-License-Identifier: Apache-2.0
#include "cli/case/seen_files.h"

#include <sys/stat.h>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;

std::int64_t nanoseconds_of(const timespec& time) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return std::int64_t{time.tv_sec} * kSecond + time.tv_nsec;
}

std::string kept_hash(Database& database, const std::string& place, const FileStamp& stamp) {
  Statement row(database, "SELECT sha256, size, modified_ns, changed_ns, inode FROM seen_file WHERE path = ?");
  row.bind(0, std::string_view(place));
  if (!row.step()) {
    return {};
  }
  const FileStamp kept{
      .size = row.integer(1), .modified_ns = row.integer(2), .changed_ns = row.integer(3), .inode = row.integer(4)};
  return kept == stamp ? row.bytes(0) : std::string();
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::filesystem::path& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return {};
  }
  return FileStamp{.size = status.st_size,
                   .modified_ns = nanoseconds_of(status.st_mtim),
                   .changed_ns = nanoseconds_of(status.st_ctim),
                   .inode = static_cast<std::int64_t>(status.st_ino)};
}

bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point now) {
  constexpr std::chrono::seconds kStep{2};
  const std::chrono::nanoseconds before = (now - kStep).time_since_epoch();
  return stamp.modified_ns <= before.count() && stamp.changed_ns <= before.count();
}

SeenFile seen_file(Database& database, const std::filesystem::path& path, const std::string& place, bool read_all) {
  const std::optional<FileStamp> before = stamp_of(path);
  if (before && !read_all) {
    if (std::string hash = kept_hash(database, place, *before); !hash.empty()) {
      return {.hash = {.sha256 = std::move(hash)}};
    }
  }
  const auto begin = std::chrono::system_clock::now();
  SeenFile seen{.hash = hash_of_file(path), .was_read = true};
  if (seen.hash.trouble.empty() && before && before == stamp_of(path) && is_settled(*before, begin)) {
    seen.keep = before;
  }
  return seen;
}

void keep_seen(Database& database, const std::string& place, const SeenFile& seen) {
  if (!seen.was_read) {
    return;
  }
  if (!seen.keep) {
    Statement(database, "DELETE FROM seen_file WHERE path = ?").bind(0, std::string_view(place)).step();
    return;
  }
  Statement(
      database,
      "INSERT OR REPLACE INTO seen_file(path, sha256, size, modified_ns, changed_ns, inode) VALUES(?, ?, ?, ?, ?, "
      "?)")
      .bind(0, std::string_view(place))
      .bind(1, std::string_view(seen.hash.sha256))
      .bind(2, seen.keep->size)
      .bind(3, seen.keep->modified_ns)
      .bind(4, seen.keep->changed_ns)
      .bind(5, seen.keep->inode)
      .step();
}

}  // namespace boarddiff::cli
