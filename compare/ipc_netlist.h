// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <string>

namespace boarddiff::compare {

// Whether a text begins with records of IPC-D-356.
[[nodiscard]] bool is_ipc_netlist(const std::string& text);

// The parts of an IPC-D-356 or IPC-D-356A file (netlists for testing bare boards, which most programs for boards
// write), as far as their pads tell them: a part is the pads of one designator, its place and size those of the box
// around them, not turned. What has one pad alone is no part. Through-hole parts are taken to stand on the top, and
// designators end after six letters; notes say so. There y points up: here it does not. `name` stands for the file in
// messages. Throws imaging::Error: damaged_file with "NAME:LINE" and the reason; unsupported_format without pads.
[[nodiscard]] Placement parse_ipc_netlist(const std::string& text, const std::string& name);

}  // namespace boarddiff::compare
