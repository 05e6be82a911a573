// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/kicad_board.h"
#include "compare/placement.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace boarddiff::compare {

inline constexpr std::uint64_t kMostDesignMegabytes = 256;

// The parts of a board's design, from a .kicad_pcb file, a placement table (placement_table.h), an InteractiveHtmlBom
// (interactive_bom.h) or an IPC-D-356 netlist (ipc_netlist.h), told by what stands in it; in UTF-8, UTF-16 or
// Windows-1252. Throws imaging::Error: unreadable_file, too_large (256 MB), unsupported_format for what is no text, and
// as the readers do.
[[nodiscard]] Placement read_placement(const std::filesystem::path& path);

// The same from bytes; `name` stands for the file in messages.
[[nodiscard]] Placement placement_in_bytes(std::string bytes, const std::string& name);

// The footprints with pads that stand for a part: not fiducials, nor drawings. The frame is the board's.
[[nodiscard]] Placement placement_of(const KicadBoard& board);

}  // namespace boarddiff::compare
