// SPDX-License-Identifier: Apache-2.0
#include "cli/scratch_folder.h"

#include "imaging/base/error.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace boarddiff::cli {

ScratchFolder::ScratchFolder() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "boarddiff-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    throw imaging::Error(imaging::ErrorCode::unwritable_output,
                         "cannot create " + name + ": " + std::generic_category().message(errno));
  }
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace boarddiff::cli
