// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/seen_footprint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <string_view>

namespace boarddiff::datasets {
namespace {

using compare::KicadFootprint;
using compare::KicadPad;
using compare::KicadSide;
using imaging::Box;
using imaging::Point;

Point turned(const Point& point, double angle_deg) {
  const double angle = angle_deg * std::numbers::pi / 180;
  return {std::cos(angle) * point.x() - std::sin(angle) * point.y(),
          std::sin(angle) * point.x() + std::cos(angle) * point.y()};
}

bool stands_upright(double angle_deg) { return std::abs(std::sin(angle_deg * std::numbers::pi / 180)) > 0.7072; }

// The whole of a custom pad: its anchor and its areas.
Box extent_of(const KicadPad& pad) {
  Box box{-pad.size_mm.x() / 2, -pad.size_mm.y() / 2, pad.size_mm.x(), pad.size_mm.y()};
  for (const imaging::Polygon& area : pad.areas_mm) {
    box = imaging::hull(box, imaging::bounding_box(area));
  }
  box.x += pad.offset_mm.x();
  box.y += pad.offset_mm.y();
  return box;
}

SeenPad seen_pad(const KicadPad& pad, bool mirrored) {
  SeenPad made;
  const Box extent = extent_of(pad);
  Point centre = pad.position_mm + turned(extent.centre(), pad.angle_deg);
  if (mirrored) centre.x() = -centre.x();
  const bool upright = stands_upright(pad.angle_deg);
  made.pad.centre_mm = centre;
  made.pad.width_mm = upright ? extent.height : extent.width;
  made.pad.depth_mm = upright ? extent.width : extent.height;
  const bool square = std::abs(extent.width - extent.height) < 0.05 * extent.width;
  made.pad.round = pad.shape == KicadPad::Shape::circle || (pad.shape == KicadPad::Shape::oval && square);
  made.drill_mm = pad.drill_mm.minCoeff();
  made.first = pad.number == "1" || pad.number == "A1" || pad.number == "K";
  made.soldered = pad.kind != KicadPad::Kind::bare_hole;
  return made;
}

Box box_of(const Pad& pad) {
  return {pad.centre_mm.x() - pad.width_mm / 2, pad.centre_mm.y() - pad.depth_mm / 2, pad.width_mm, pad.depth_mm};
}

Box body_of(const KicadFootprint& footprint, const std::vector<SeenPad>& pads, bool mirrored) {
  Box body;
  const auto& fab = footprint.body_mm;
  if (fab && fab->width > 0.2 && fab->height > 0.2) {
    body = *fab;
  } else if (footprint.courtyard_mm && footprint.courtyard_mm->width > 0.7 && footprint.courtyard_mm->height > 0.7) {
    body = imaging::grown(*footprint.courtyard_mm, -0.25);
  } else {
    // Symmetric about x = 0 or not: pads are as seen already.
    std::vector<Point> corners;
    for (const SeenPad& pad : pads) {
      const imaging::Polygon own = imaging::corners(box_of(pad.pad));
      corners.insert(corners.end(), own.begin(), own.end());
    }
    return imaging::bounding_box(corners);
  }
  if (mirrored) body.x = -body.x - body.width;
  return body;
}

// How far to turn the frame so that shapes fit: along the body, or from pad 2 to pad 1 where there are two.
double turn_of(const std::vector<SeenPad>& pads, const Box& body) {
  if (pads.size() == 2) {
    const Point way = pads[1].pad.centre_mm - pads[0].pad.centre_mm;
    const Point from_first = pads[1].first ? Point(-way) : way;
    if (std::abs(way.y()) > std::abs(way.x())) return from_first.y() > 0 ? 90 : -90;
    return from_first.x() >= 0 ? 0 : 180;
  }
  return body.height > 1.15 * body.width ? 90 : 0;
}

std::string small_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

std::string letters_of(const std::string& reference) {
  std::string letters;
  for (const char letter : reference) {
    if (letter >= '0' && letter <= '9') break;
    letters += letter;
  }
  return letters;
}

bool names_any(const std::string& name, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

PartKind wired_kind(const SeenFootprint& footprint) {
  const std::string& name = footprint.name;
  if (names_any(name, {"dsub", "rj45", "usb_", "hdmi", "bnc", "phoenix", "terminal", "barrel"})) {
    return PartKind::connector;
  }
  if (names_any(name, {"axial"}) && !names_any(name, {"vertical"})) return PartKind::axial;
  if (names_any(name, {"dip-", "dip_", "dil"})) return PartKind::dual_in_line;
  if (names_any(name, {"to-220", "to220", "to-218", "to-247", "to-3p"})) return PartKind::power_tab;
  if (names_any(name, {"pinheader", "pin_header", "header", "idc", "pin_array", "pinsocket", "hdr"})) {
    return PartKind::header;
  }
  if (names_any(name, {"cp_radial", "elec", "cp_"})) return PartKind::radial_can;
  if (names_any(name, {"button", "sw_push", "tact"})) return PartKind::button;
  if (names_any(name, {"crystal", "hc49", "hc-49", "xtal"})) return PartKind::crystal;
  if (names_any(name, {"led_d", "led-"})) return PartKind::led;
  if (footprint.pads.size() == 2 && (footprint.letter == 'R' || footprint.letter == 'D' || footprint.letter == 'L')) {
    return names_any(name, {"vertical"}) ? PartKind::radial_can : PartKind::axial;
  }
  if (footprint.letter == 'C') return PartKind::radial_block;
  if (footprint.letter == 'J' || footprint.letter == 'P') return PartKind::connector;
  return PartKind::block;
}

// With one pad at each end.
PartKind two_pad_kind(const SeenFootprint& footprint) {
  if (names_any(footprint.name, {"led"})) return PartKind::led;
  switch (footprint.letter) {
    case 'R':
      return PartKind::resistor;
    case 'C':
      return PartKind::capacitor;
    case 'L':
      return footprint.body_mm.minCoeff() > 2.6 ? PartKind::inductor : PartKind::capacitor;
    case 'D':
      return PartKind::diode;
    default:
      return names_any(footprint.name, {"diode", "d_s"}) ? PartKind::diode : PartKind::circuit;
  }
}

PartKind surface_kind(const SeenFootprint& footprint) {
  const std::string& name = footprint.name;
  if (names_any(name, {"crystal", "oscillator", "xtal"}) || footprint.letter == 'Y') return PartKind::crystal;
  if (names_any(name, {"cp_elec", "elec_"})) return PartKind::electrolytic;
  if (footprint.pads.size() <= 2) {
    const PartKind kind = two_pad_kind(footprint);
    if (kind != PartKind::circuit) return kind;
  }
  if (names_any(name, {"button", "sw_", "tact"})) return PartKind::button;
  if (names_any(name, {"led"})) return PartKind::led;
  if (footprint.letter == 'J' || footprint.letter == 'P') return PartKind::connector;
  return footprint.letter == 'L' ? PartKind::inductor : PartKind::circuit;
}

// Of the reference, but for families whose letters say something else.
char letter_of(const KicadFootprint& footprint, const std::string& name) {
  const std::string letters = letters_of(footprint.reference);
  if (letters.empty()) return 'X';
  if (letters == "FB") return 'L';
  if (letters == "CN" || letters == "CON" || letters == "USB") return 'J';
  if (letters == "X" && name.find("cryst") != std::string::npos) return 'Y';
  return letters == "IC" ? 'U' : letters.front();
}

}  // namespace

Point seen(const Point& on_board, KicadSide from, double width_mm) {
  return from == KicadSide::front ? on_board : Point(width_mm - on_board.x(), on_board.y());
}

SeenFootprint seen_footprint(const KicadFootprint& footprint, KicadSide seen_from, double width_mm) {
  SeenFootprint made;
  const bool mirrored = seen_from == KicadSide::back;
  const std::string_view copper = mirrored ? "B.Cu" : "F.Cu";
  made.name = small_letters(footprint.name);
  made.letter = letter_of(footprint, made.name);
  for (const KicadPad& pad : footprint.pads) {
    if (pad.size_mm.minCoeff() <= 0) continue;
    made.wired = made.wired || (pad.kind == KicadPad::Kind::plated_hole && pad.drill_mm.minCoeff() > 0.5);
    const bool on_this_side = pad.kind == KicadPad::Kind::plated_hole || compare::covers(pad.layers, copper);
    if (on_this_side && pad.kind != KicadPad::Kind::bare_hole) made.pads.push_back(seen_pad(pad, mirrored));
  }
  const Box body = body_of(footprint, made.pads, mirrored);
  // Cans carry their mark at the negative pad, and shapes have it at the left.
  const double turn = turn_of(made.pads, body) + (names_any(made.name, {"cp_"}) ? 180 : 0);
  const double own_angle = mirrored ? -footprint.angle_deg : footprint.angle_deg;
  made.angle_deg = own_angle + turn;
  made.middle_mm = seen(footprint.position_mm, seen_from, width_mm) + turned(body.centre(), own_angle);
  made.body_mm = stands_upright(turn) ? Point(body.height, body.width) : Point(body.width, body.height);
  for (SeenPad& pad : made.pads) {
    pad.pad.centre_mm = turned(pad.pad.centre_mm - body.centre(), -turn);
    if (stands_upright(turn)) std::swap(pad.pad.width_mm, pad.pad.depth_mm);
  }
  return made;
}

PartKind kind_of(const SeenFootprint& footprint) {
  constexpr std::array<std::string_view, 10> kNoPart = {{"fiducial", "testpoint", "test_point", "mountinghole",
                                                         "mounting_hole", "nettie", "net-tie", "solderjumper", "logo",
                                                         "bus_"}};
  const bool named_so = std::any_of(kNoPart.begin(), kNoPart.end(), [&](std::string_view start) {
    return std::string_view(footprint.name).substr(0, start.size()) == start;
  });
  if (named_so || footprint.pads.empty() || footprint.body_mm.minCoeff() <= 0.05) return PartKind::nothing;
  return footprint.wired ? wired_kind(footprint) : surface_kind(footprint);
}

}  // namespace boarddiff::datasets
