// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_file.h"

#include "compare/interactive_bom.h"
#include "compare/ipc_netlist.h"
#include "compare/placement_table.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/printable_text.h"
#include "imaging/base/text_encoding.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace boarddiff::compare {

namespace {

constexpr std::size_t kStart = 1000;  // within which a board of KiCad says that it is one

double full_turn(double angle_deg) {
  const double angle = std::fmod(angle_deg, 360);
  return angle < 0 ? angle + 360 : angle;
}

PlacedPart placed(const KicadFootprint& footprint) {
  PlacedPart part{.designator = imaging::printable_text(footprint.reference),
                  .value = imaging::printable_text(footprint.value),
                  .package = imaging::printable_text(footprint.name),
                  .side = footprint.side == KicadSide::front ? BoardSide::top : BoardSide::bottom,
                  .centre_mm = footprint.position_mm,
                  .angle_deg = full_turn(footprint.angle_deg),
                  .populated = !footprint.do_not_populate};
  // The anchor of a connector is its first pin.
  if (const auto& body = footprint.body_mm ? footprint.body_mm : footprint.courtyard_mm) {
    part.centre_mm = footprint.on_board(body->centre());
    part.size_mm = imaging::Point(body->width, body->height);
  }
  return part;
}

}  // namespace

Placement placement_of(const KicadBoard& board) {
  Placement placement{.outline_mm = board.outline_mm, .notes = board.notes};
  for (const KicadFootprint& footprint : board.footprints) {
    if (!footprint.pads.empty() && !footprint.not_in_position_files) {
      placement.parts.push_back(placed(footprint));
    }
  }
  return placement;
}

Placement placement_in_bytes(std::string bytes, const std::string& name) {
  std::string text = imaging::as_utf8(std::move(bytes));
  if (text.substr(0, kStart).find('\0') != std::string::npos) {
    throw imaging::Error(
        imaging::ErrorCode::unsupported_format,
        name + ": is no design: neither a .kicad_pcb, a table of placements, an InteractiveHtmlBom nor IPC-D-356");
  }
  if (text.substr(0, kStart).find("(kicad_pcb") != std::string::npos) {
    return placement_of(parse_kicad_board(std::move(text), name));
  }
  if (is_interactive_bom(text)) {
    return parse_interactive_bom(text, name);
  }
  return is_ipc_netlist(text) ? parse_ipc_netlist(text, name) : parse_placement_table(text, name);
}

Placement read_placement(const std::filesystem::path& path) {
  return placement_in_bytes(imaging::read_string(path, kMostDesignMegabytes), path.string());
}

}  // namespace boarddiff::compare
