// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/page/page_files.h"

namespace boarddiff::cli {

// The page of `boarddiff review` and of reports, bundled from this folder. The template has the places {{style}} and
// {{scripts}}: links to both files, or they themselves.
[[nodiscard]] compare::PageFiles review_page();

}  // namespace boarddiff::cli
