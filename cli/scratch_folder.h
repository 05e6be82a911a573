// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace boarddiff::cli {

// A new folder where the system keeps temporary files, gone with its content at the end of the scope. Throws
// Error{unwritable_output}.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_ = {};
};

}  // namespace boarddiff::cli
