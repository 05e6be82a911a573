// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/page/page_files.h"

namespace boarddiff::cli {

// The page of `boarddiff review` and of reports in folders, bundled from this folder.
[[nodiscard]] compare::PageFiles review_page();

}  // namespace boarddiff::cli
