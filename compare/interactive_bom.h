// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <string>

namespace boarddiff::compare {

// Whether a text begins like JSON or like a page of InteractiveHtmlBom.
[[nodiscard]] bool is_interactive_bom(const std::string& text);

// The parts of an InteractiveHtmlBom: its page, made without compression, its pcbdata as JSON, or the JSON that other
// programs hand to it, with what its DATAFORMAT.md says. Bodies are the boxes that it draws around footprints, in
// millimetres; parts that are left out of its list are not fitted. `name` stands for the file in messages. Throws
// imaging::Error: unsupported_format for compressed pages and other JSON; damaged_file; too_large (200,000 parts,
// 64 MB).
[[nodiscard]] Placement parse_interactive_bom(const std::string& text, const std::string& name);

}  // namespace boarddiff::compare
