// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_good.h"
#include "compare/reference_file.h"
#include "imaging/load.h"

#include <string>

namespace boarddiff::compare {

// The pictures of the boards, decoded, with their maps. Throws Error as the loader does, and damaged_file for a
// picture of another size than the file says; `shown_name` stands for the reference file.
[[nodiscard]] LaidBoards decoded_boards(const ReferenceFile& file, const std::string& shown_name,
                                        const imaging::LoadOptions& options = {});

}  // namespace boarddiff::compare
