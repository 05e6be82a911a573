// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/worker_process.h"
#include "imaging/load.h"

#include <filesystem>
#include <map>
#include <memory>

namespace boarddiff::cli {

// How large pictures are, by their headers. These are read in a process of their own, as the pictures are: what a
// damaged one does to it happens to no other.
class PictureSizes {
 public:
  explicit PictureSizes(imaging::LoadOptions load) : load_(std::move(load)) {}

  // 0: of what is no picture, or does not tell.
  [[nodiscard]] double megapixels(const std::filesystem::path& path);

 private:
  imaging::LoadOptions load_;
  std::unique_ptr<WorkerProcess> process_ = {};
  std::map<std::filesystem::path, double> known_ = {};
};

}  // namespace boarddiff::cli
