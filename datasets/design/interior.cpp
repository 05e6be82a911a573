// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/interior.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

constexpr double kFinger = 0.26;
constexpr double kPaddle = 0.20;
constexpr double kWire = 0.16;
constexpr double kWireWidth_mm = 0.045;  // of 25 um gold, as wide as a detector shows it

bool is_metal(const Solid& solid) { return solid.finish.metal > 100; }

std::optional<Solid> die_in(const PartShape& shape) {
  std::optional<Solid> die;
  for (const Solid& solid : shape.inner) {
    if (solid.form != Solid::Form::box || is_metal(solid)) continue;
    if (!die || solid.width_mm * solid.depth_mm > die->width_mm * die->depth_mm) die = solid;
  }
  return die;
}

// The side of the body that a pad is nearest to, as a frame: `out` points there, `along` runs along it.
struct Side {
  Point out = {1, 0};
  Point along = {0, 1};
  double reach_mm = 0;  // from the middle to the body's edge
  double half_mm = 0;   // of the body's length along the side
};

Side side_of(const Pad& pad, const imaging::Box& body) {
  const Point off = pad.centre_mm - body.centre();
  const bool along_y = std::abs(off.x()) * body.height > std::abs(off.y()) * body.width;
  if (along_y) return {{off.x() < 0 ? -1.0 : 1.0, 0}, {0, 1}, body.width / 2, body.height / 2};
  return {{0, off.y() < 0 ? -1.0 : 1.0}, {1, 0}, body.height / 2, body.width / 2};
}

// The moulding: without pins and solder around it.
imaging::Box mould_of(const PartShape& shape) {
  const Solid* largest = nullptr;
  for (const Solid& solid : shape.solids) {
    if (is_metal(solid) || solid.form != Solid::Form::box) continue;
    if (largest == nullptr || solid.width_mm * solid.depth_mm > largest->width_mm * largest->depth_mm) largest = &solid;
  }
  if (largest == nullptr) return shape.body_mm;
  return {largest->centre_mm.x() - largest->width_mm / 2, largest->centre_mm.y() - largest->depth_mm / 2,
          largest->width_mm, largest->depth_mm};
}

void add_lead_frame(Interior& interior, const PartShape& shape, const Solid& die) {
  const imaging::Box body = mould_of(shape);
  const double die_half = std::min(die.width_mm, die.depth_mm) / 2;
  const double paddle_half = std::min(1.25 * die_half, 0.42 * std::min(body.width, body.height));
  Solid paddle = die;
  paddle.width_mm = 2 * paddle_half;
  paddle.depth_mm = 2 * paddle_half;
  paddle.xray = kPaddle;
  interior.solids.push_back(paddle);
  for (const Pad& pad : shape.pads) {
    const Side side = side_of(pad, body);
    const Point off = pad.centre_mm - body.centre();
    const double along = std::clamp(off.dot(side.along), -side.half_mm, side.half_mm);
    if (off.dot(side.out) < 0.8 * side.reach_mm) continue;  // under the die
    const double share = along / side.half_mm;
    const double gap = 0.25 * (side.reach_mm - paddle_half);
    const Point start = body.centre() + side.reach_mm * side.out + along * side.along;
    const Point tip = body.centre() + (paddle_half + gap) * side.out + share * (paddle_half + 0.5 * gap) * side.along;
    const Point bond = body.centre() + 0.85 * die_half * side.out + share * 0.85 * die_half * side.along;
    const double narrow = std::min({pad.width_mm, pad.depth_mm, 0.5});
    interior.lines.push_back({start, tip, 0.75 * narrow, 0.45 * narrow, 0.4 * shape.top_mm, kFinger});
    interior.lines.push_back({tip, bond, kWireWidth_mm, kWireWidth_mm, 0.6 * shape.top_mm, kWire});
  }
}

// Wires fan out from a die on a substrate.
void add_fan(Interior& interior, const Solid& die, double body_half) {
  const double die_half = std::min(die.width_mm, die.depth_mm) / 2;
  const double reach = std::min(1.5 * die_half, 0.9 * body_half);
  const int wires = std::clamp(static_cast<int>(2 * die_half / 0.22), 4, 60);
  for (int side = 0; side < 4; ++side) {
    const double x = side == 0 ? 1 : (side == 1 ? -1 : 0);
    const double y = side == 2 ? 1 : (side == 3 ? -1 : 0);
    const Point out(x, y);
    const Point along(-y, x);
    for (int i = 0; i < wires; ++i) {
      const double share = (2.0 * i + 1) / wires - 1;
      interior.lines.push_back({die.centre_mm + 0.92 * die_half * (out + share * along),
                                die.centre_mm + reach * (out + share * along), kWireWidth_mm, kWireWidth_mm, 0.7,
                                kWire});
    }
  }
}

// Turns of wire: rings, each the difference of two discs.
void add_rings(Interior& interior, const Solid& winding) {
  constexpr int kRings = 4;
  for (int ring = 0; ring < kRings; ++ring) {
    for (const bool outer : {true, false}) {
      Solid disc = winding;
      disc.width_mm = winding.width_mm * (1 - (ring + (outer ? 0.0 : 0.62)) / (kRings + 1.5));
      disc.depth_mm = disc.width_mm;
      disc.xray = (outer ? 1 : -1) * winding.xray;
      interior.solids.push_back(disc);
    }
  }
}

}  // namespace

bool has_ball(const PartShape& shape, const Pad& pad) {
  return std::any_of(shape.inner.begin(), shape.inner.end(), [&](const Solid& solid) {
    return solid.form == Solid::Form::cylinder && (solid.centre_mm - pad.centre_mm).norm() < 0.2;
  });
}

Interior interior_of(const PartShape& shape) {
  Interior interior;
  const std::optional<Solid> die = die_in(shape);
  bool balls = false;
  bool cap = false;
  for (const Solid& solid : shape.solids) {
    cap = cap || (is_metal(solid) && die && solid.width_mm > 1.2 * die->width_mm);
  }
  for (const Solid& solid : shape.inner) {
    const bool cylinder = solid.form == Solid::Form::cylinder;
    if (cylinder && is_metal(solid) && solid.width_mm > 2) {
      add_rings(interior, solid);
    } else if (cylinder || !is_metal(solid) || !die || shape.pads.empty()) {
      balls = balls || cylinder;
      interior.solids.push_back(solid);
    }
  }
  if (!die || shape.pads.empty()) return interior;
  if (!balls) {
    add_lead_frame(interior, shape, *die);
  } else if (!cap) {
    add_fan(interior, *die, std::min(shape.body_mm.width, shape.body_mm.height) / 2);
  }
  return interior;
}

}  // namespace boarddiff::datasets
