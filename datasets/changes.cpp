// SPDX-License-Identifier: Apache-2.0
#include "datasets/changes.h"

#include "datasets/occupancy.h"
#include "imaging/base/error.h"
#include "imaging/base/random.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using compare::FindingKind;
using imaging::Box;
using imaging::Point;
using imaging::Random;

constexpr double kCell_mm = 0.1;

Place place_of(const Part& part) {
  const PartShape shape = shape_of(part);
  return {outline_on_board(part, shape.body_mm), shape.top_mm};
}

// Plants one change after the other and remembers which parts and places are used up.
class Planter {
 public:
  Planter(const BoardDesign& design, Random random)
      : board_{design, {}},
        random_(random),
        taken_(design.width_mm, design.depth_mm, kCell_mm),
        copper_(design.width_mm, design.depth_mm, kCell_mm),
        used_(design.parts.size(), false) {
    for (const Part& part : design.parts) {
      const PartShape shape = shape_of(part);
      taken_.take(imaging::grown(imaging::bounding_box(outline_on_board(part, shape.courtyard_mm)), 0.2));
    }
    for (const Disc& hole : design.holes) {
      taken_.take(imaging::grown({hole.centre_mm.x(), hole.centre_mm.y(), 0, 0}, hole.diameter_mm / 2 + 1));
    }
    for (const Trace& trace : design.traces) {
      mark(trace);
    }
  }

  void plant(const WantedChange& wanted) {
    switch (wanted.kind) {
      case FindingKind::extra_component:
        wanted.ground == Ground::empty_footprint ? populate(wanted) : add(wanted);
        return;
      case FindingKind::missing_component:
        remove(wanted);
        return;
      case FindingKind::moved_component:
        move(wanted);
        return;
      case FindingKind::replaced_component:
        replace(wanted);
        return;
      case FindingKind::changed_surface:
        stick(wanted);
        return;
      default:
        imaging::require(false, "plant_changes makes extra, missing, moved, replaced and surface changes only");
    }
  }

  [[nodiscard]] ChangedBoard take() { return std::move(board_); }

 private:
  void mark(const Trace& trace) {
    for (std::size_t i = 1; i < trace.points_mm.size(); ++i) {
      const Point from = trace.points_mm[i - 1];
      const Point way = trace.points_mm[i] - from;
      const int steps = std::max(1, static_cast<int>(way.norm() / kCell_mm));
      for (int k = 0; k <= steps; ++k) {
        copper_.take(copper_.cell_at(from + way * (static_cast<double>(k) / steps)));
      }
    }
  }

  void record(FindingKind kind, const Part& part, const std::string& name, std::vector<Place> also) {
    const PartShape shape = shape_of(part);
    record(kind, place_of(part), name, {shape.body_mm.width, shape.body_mm.height}, std::move(also));
  }

  void record(FindingKind kind, const Place& place, const std::string& name, const Point& size_mm,
              std::vector<Place> also) {
    const std::string id =
        std::string(compare::name_of(kind)) + "-" + std::to_string(board_.changes.size() + 1) + "-" + name;
    board_.changes.push_back({id, kind, place, std::move(also), size_mm});
  }

  void add(const WantedChange& wanted) {
    Part part;
    part.package = wanted.package.value_or(Package::r0603);
    if (shape_of(part).text_width_mm > 0) {
      part.marking = static_cast<char>('A' + random_.integer(0, 25)) + std::to_string(random_.integer(10, 999));
    }
    part.has_footprint = false;
    std::vector<Part> wanted_ground;
    std::vector<Part> any_ground;
    for (const Part& candidate : free_places(part)) {
      any_ground.push_back(candidate);
      const Box body = imaging::bounding_box(outline_on_board(candidate, shape_of(part).body_mm));
      if (copper_.is_free(body) != (wanted.ground == Ground::across_traces)) wanted_ground.push_back(candidate);
    }
    const std::vector<Part>& places = wanted_ground.empty() ? any_ground : wanted_ground;
    if (places.empty()) return;
    const Part& chosen = places[static_cast<std::size_t>(random_.integer(0, static_cast<int>(places.size()) - 1))];
    taken_.take(imaging::grown(imaging::bounding_box(outline_on_board(chosen, shape_of(part).body_mm)), 0.3));
    board_.design.parts.push_back(chosen);
    used_.push_back(true);
    record(FindingKind::extra_component, chosen, std::string(name_of(part.package)), {});
  }

  // The part at every free place of a grid, in either direction.
  [[nodiscard]] std::vector<Part> free_places(Part part) {
    const double step_mm = 0.4;
    const Point shift(random_.uniform(0, step_mm), random_.uniform(0, step_mm));
    const Box body_in_part = shape_of(part).body_mm;
    std::vector<Part> places;
    const int rows = static_cast<int>(std::ceil((board_.design.depth_mm - shift.y()) / step_mm));
    const int columns = static_cast<int>(std::ceil((board_.design.width_mm - shift.x()) / step_mm));
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        part.centre_mm = shift + step_mm * Point(column, row);
        part.angle_deg = random_.chance(0.5) ? 90 : 0;
        if (taken_.is_free(imaging::bounding_box(outline_on_board(part, body_in_part)))) places.push_back(part);
      }
    }
    return places;
  }

  // Parts of the design that may be changed: small enough for an implanter's tweezers, and not used yet.
  [[nodiscard]] std::optional<std::size_t> choose(const WantedChange& wanted, bool populated) {
    std::vector<std::size_t> eligible;
    for (std::size_t i = 0; i < board_.design.parts.size(); ++i) {
      const Part& part = board_.design.parts[i];
      const bool fits = wanted.package ? part.package == *wanted.package : shape_of(part).body_mm.area() < 60;
      if (fits && !used_[i] && part.populated == populated) eligible.push_back(i);
    }
    if (eligible.empty()) return std::nullopt;
    const std::size_t chosen =
        eligible[static_cast<std::size_t>(random_.integer(0, static_cast<int>(eligible.size()) - 1))];
    used_[chosen] = true;
    return chosen;
  }

  void populate(const WantedChange& wanted) {
    const std::optional<std::size_t> chosen = choose(wanted, false);
    if (!chosen) return add({wanted.kind, wanted.package, Ground::bare_mask});
    Part& part = board_.design.parts[*chosen];
    part.populated = true;
    record(FindingKind::extra_component, part, std::string(name_of(part.package)), {});
  }

  void remove(const WantedChange& wanted) {
    const std::optional<std::size_t> chosen = choose(wanted, true);
    if (!chosen) return;
    Part& part = board_.design.parts[*chosen];
    part.populated = false;
    record(FindingKind::missing_component, part, std::string(name_of(part.package)), {});
  }

  void move(const WantedChange& wanted) {
    const std::optional<std::size_t> chosen = choose(wanted, true);
    if (!chosen) return;
    Part& part = board_.design.parts[*chosen];
    const Place before = place_of(part);
    const PartShape shape = shape_of(part);
    if (random_.chance(0.5) && shape.solids.size() > 6) {
      part.slip_deg += 180;  // a chip put in the wrong way round
    } else {
      const double by = std::min(1.2, 0.6 + 0.1 * shape.body_mm.width);
      part.slip_mm += by * Point(random_.chance(0.5) ? 1 : -1, random_.chance(0.5) ? 0.5 : -0.5);
      part.slip_deg += random_.uniform(12, 30);
    }
    record(FindingKind::moved_component, part, std::string(name_of(part.package)), {before});
  }

  void replace(const WantedChange& wanted) {
    const std::optional<std::size_t> chosen = choose(wanted, true);
    if (!chosen) return;
    Part& part = board_.design.parts[*chosen];
    part.marking = part.marking.empty() ? "" : "7X";
    part.tone = part.tone > 0 ? part.tone - 2.5 : part.tone + 2.5;
    record(FindingKind::replaced_component, part, std::string(name_of(part.package)), {});
  }

  void stick(const WantedChange& wanted) {
    static_cast<void>(wanted);
    Patch patch;
    patch.width_mm = random_.uniform(3, 6);
    patch.depth_mm = random_.uniform(2, 4);
    patch.angle_deg = random_.uniform(-30, 30);
    patch.centre_mm = {random_.uniform(4, board_.design.width_mm - 4), random_.uniform(4, board_.design.depth_mm - 4)};
    patch.finish = random_.chance(0.5) ? Finish{{50, 190, 225}, 90, 0} : Finish{{40, 36, 190}, 110, 0};
    patch.opacity = 0.95;
    board_.design.patches.push_back(patch);
    Part frame;
    frame.centre_mm = patch.centre_mm;
    frame.angle_deg = patch.angle_deg;
    const Place place{
        outline_on_board(frame, {-patch.width_mm / 2, -patch.depth_mm / 2, patch.width_mm, patch.depth_mm}), 0.2};
    record(FindingKind::changed_surface, place, "tape", {patch.width_mm, patch.depth_mm}, {});
  }

  ChangedBoard board_;
  Random random_;
  Occupancy taken_;
  Occupancy copper_;
  std::vector<bool> used_;
};

}  // namespace

ChangedBoard plant_changes(const BoardDesign& design, const std::vector<WantedChange>& wanted, std::uint64_t seed) {
  Planter planter(design, Random(seed).stream("changes"));
  for (const WantedChange& change : wanted) {
    planter.plant(change);
  }
  return planter.take();
}

std::vector<WantedChange> usual_changes() {
  using K = FindingKind;
  using P = Package;
  return {{K::extra_component, P::r0603, Ground::across_traces},
          {K::extra_component, P::c0402, Ground::bare_mask},
          {K::extra_component, P::sot23, Ground::across_traces},
          {K::extra_component, P::qfn3x3, Ground::bare_mask},
          {K::extra_component, P::soic8, Ground::across_traces},
          {K::extra_component, std::nullopt, Ground::empty_footprint},
          {K::missing_component, std::nullopt, Ground::bare_mask},
          {K::moved_component, std::nullopt, Ground::bare_mask}};
}

}  // namespace boarddiff::datasets
