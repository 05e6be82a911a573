// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/page/page_files.h"

namespace boarddiff::datasets {

// The files of this folder, embedded by compare/page/embed.cmake; no script. The template has the places {{csp}},
// {{css}} and one for each section of evaluation_html.cpp.
[[nodiscard]] compare::PageFiles evaluation_page_files();

}  // namespace boarddiff::datasets
