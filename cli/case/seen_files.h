// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/sample_identity.h"
#include "compare/database.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace boarddiff::cli {

// What the file system says of a file without reading it. Whoever changes one changes some of this; the time of change
// (of content, name or rights) cannot be set by programs, but not every network has it.
struct FileStamp {
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;  // since 1970
  std::int64_t changed_ns = 0;   // likewise
  std::int64_t inode = 0;

  bool operator==(const FileStamp&) const = default;
};

// Nothing where there is no such file, or it is none.
[[nodiscard]] std::optional<FileStamp> stamp_of(const std::filesystem::path& path);

// Whether a file that is changed after `now` will have another stamp: file systems count time in steps of up to two
// seconds, and one that was changed within the last step may be changed once more in it.
[[nodiscard]] bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point now);

// A file's hash, and what is to be kept of it: nothing where it was kept before, or cannot be relied on.
struct SeenFile {
  FileHash hash = {};
  bool was_read = false;
  std::optional<FileStamp> keep = {};
};

// `place`: the path as the case file has it. The file is not read where its stamp is the one that was kept with its
// hash, unless `read_all`.
[[nodiscard]] SeenFile seen_file(compare::Database& database, const std::filesystem::path& path,
                                 const std::string& place, bool read_all);

// Keeps hash and stamp for the next time; forgets those of before where there is none to keep.
void keep_seen(compare::Database& database, const std::string& place, const SeenFile& seen);

}  // namespace boarddiff::cli
