// SPDX-License-Identifier: Apache-2.0
#include "compare/design_guesses.h"

#include "compare/like_size.h"
#include "compare/package_size.h"
#include "imaging/base/error.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace boarddiff::compare {

namespace {

using imaging::Point;

// The scale by a part's size, or by the distance of two, against that of the picture, which may be a guess.
constexpr double kLikeScale = 1.5;

// How far apart two directions are that mean the same after every `turn`.
double angle_between(double a_deg, double b_deg, double turn_deg) {
  return std::abs(std::remainder(a_deg - b_deg, turn_deg));
}

// The indices of the largest: they are few, found surely and far from each other.
template <typename Area>
std::vector<std::size_t> largest(std::size_t count, std::size_t most, const Area& area) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return area(a) > area(b); });
  order.resize(std::min(count, most));
  return order;
}

// So many of all sizes: every one in as many as it takes, from the largest on.
std::vector<FacedPart> some_of_each_size(const std::vector<FacedPart>& parts, const std::vector<std::size_t>& by_size,
                                         std::size_t most) {
  std::vector<FacedPart> some;
  const std::size_t every = std::max<std::size_t>(1, (by_size.size() + most - 1) / most);
  for (std::size_t i = 0; i < by_size.size(); i += every) {
    some.push_back(parts[by_size[i]]);
  }
  return some;
}

// Pixels per millimetre by the sizes alone; nothing where the shapes are unlike.
std::optional<double> scale_by_size(const SeenPart& seen, const FacedPart& part) {
  if (!part.sides_mm) return std::nullopt;
  const double along = seen.size.x() / part.sides_mm->x();
  const double across = seen.size.y() / part.sides_mm->y();
  return within_factor(along, across, kLikeSide) ? std::optional(std::sqrt(along * across)) : std::nullopt;
}

// Whether the design turned by so much has the part the way it is seen.
bool stands_alike(const SeenPart& seen, const FacedPart& part, double turned_deg) {
  constexpr double kLikeAngle_deg = 12;
  const double turn = is_oblong(*part.sides_mm) ? 180 : 90;
  return angle_between(seen.angle_deg, part.angle_deg + turned_deg, turn) < kLikeAngle_deg;
}

struct Similarity {
  double scale = 1;
  double turned_deg = 0;
  Eigen::Matrix3d map = Eigen::Matrix3d::Identity();
};

// Takes two points to two others.
Similarity similarity_of(const Point& a_mm, const Point& b_mm, const Point& a_px, const Point& b_px) {
  const Point mm = b_mm - a_mm;
  const Point px = b_px - a_px;
  Similarity similarity;
  similarity.scale = px.norm() / mm.norm();
  const double angle = std::atan2(px.y(), px.x()) - std::atan2(mm.y(), mm.x());
  similarity.turned_deg = angle * 180 / std::numbers::pi;
  const double c = similarity.scale * std::cos(angle);
  const double s = similarity.scale * std::sin(angle);
  similarity.map << c, -s, a_px.x() - c * a_mm.x() + s * a_mm.y(), s, c, a_px.y() - s * a_mm.x() - c * a_mm.y(), 0, 0,
      1;
  return similarity;
}

// A part, and one seen that it may be.
struct Anchor {
  std::size_t part = 0;
  std::size_t seen = 0;
};

std::vector<Anchor> anchors_of(const std::vector<FacedPart>& parts, const std::vector<std::size_t>& by_size,
                               const PictureLayout& layout) {
  constexpr std::size_t kMostParts = 40;
  constexpr std::size_t kMostSeen = 30;
  const std::vector<std::size_t> seen_by_size =
      largest(layout.parts.size(), kMostSeen, [&](std::size_t i) { return layout.parts[i].size.prod(); });
  std::vector<Anchor> anchors;
  for (const std::size_t i : seen_by_size) {
    for (std::size_t k = 0; k < std::min(kMostParts, by_size.size()); ++k) {
      const std::optional<double> scale = scale_by_size(layout.parts[i], parts[by_size[k]]);
      if (scale && within_factor(*scale, layout.pixels_per_mm, kLikeScale)) anchors.push_back({by_size[k], i});
    }
  }
  return anchors;
}

std::optional<Similarity> guess_from(const Anchor& a, const Anchor& b, const std::vector<FacedPart>& parts,
                                     const PictureLayout& layout) {
  constexpr double kLeastApart_mm = 4;
  const FacedPart& part_a = parts[a.part];
  const FacedPart& part_b = parts[b.part];
  if (a.part == b.part || a.seen == b.seen || (part_b.centre_mm - part_a.centre_mm).norm() < kLeastApart_mm) {
    return std::nullopt;
  }
  const SeenPart& seen_a = layout.parts[a.seen];
  const SeenPart& seen_b = layout.parts[b.seen];
  const Similarity guess = similarity_of(part_a.centre_mm, part_b.centre_mm, seen_a.centre, seen_b.centre);
  const bool suits = within_factor(guess.scale, layout.pixels_per_mm, kLikeScale) &&
                     stands_alike(seen_a, part_a, guess.turned_deg) && stands_alike(seen_b, part_b, guess.turned_deg);
  return suits ? std::optional(guess) : std::nullopt;
}

}  // namespace

std::vector<FacedPart> faced_parts(const Placement& design, BoardSide side, bool populated) {
  std::vector<FacedPart> faced;
  const double mirrored = side == BoardSide::bottom ? -1 : 1;
  for (std::size_t i = 0; i < design.parts.size(); ++i) {
    const PlacedPart& part = design.parts[i];
    if (part.side != side || part.populated != populated) continue;
    FacedPart one{.placed = i,
                  .centre_mm = {mirrored * part.centre_mm.x(), part.centre_mm.y()},
                  .angle_deg = mirrored * part.angle_deg};
    if (part.size_mm && part.size_mm->minCoeff() > 0) {
      one.sides_mm = Point(part.size_mm->maxCoeff(), part.size_mm->minCoeff());
      if (part.size_mm->x() < part.size_mm->y()) one.angle_deg += 90;
    } else {
      // Libraries draw two-terminal parts along their x axis, most others anyhow, but these are hardly oblong.
      one.sides_mm = size_in_package_name(part.package);
    }
    faced.push_back(one);
  }
  return faced;
}

Eigen::Matrix3d board_from_faced(BoardSide side) {
  Eigen::Matrix3d map = Eigen::Matrix3d::Identity();
  map(0, 0) = side == BoardSide::bottom ? -1 : 1;
  return map;
}

double scale_at(const Eigen::Matrix3d& picture_from_board, const Point& board) {
  constexpr double kStep_mm = 0.5;
  const Point here = imaging::apply(picture_from_board, board);
  const Point right = imaging::apply(picture_from_board, board + Point(kStep_mm, 0)) - here;
  const Point down = imaging::apply(picture_from_board, board + Point(0, kStep_mm)) - here;
  return std::sqrt(right.x() * down.y() - right.y() * down.x()) / kStep_mm;
}

bool are_unlike(const Eigen::Matrix3d& a, const Eigen::Matrix3d& b, const Point& board) {
  constexpr double kApart_mm = 2;
  constexpr double kArm_mm = 10;
  const double scale = scale_at(a, board);
  const auto apart = [&](const Point& point) {
    return (imaging::apply(a, point) - imaging::apply(b, point)).norm() > kApart_mm * scale;
  };
  return apart(board) || apart(board + Point(kArm_mm, 0));
}

bool has_size_of(const SeenPart& seen, const FacedPart& part, double pixels_per_mm) {
  return !part.sides_mm || (within_factor(seen.size.x(), part.sides_mm->x() * pixels_per_mm, kLikeSide) &&
                            within_factor(seen.size.y(), part.sides_mm->y() * pixels_per_mm, kLikeSide));
}

SeenIndex::SeenIndex(const std::vector<SeenPart>& seen, double reach_px) : seen_(seen), reach_px_(reach_px) {
  imaging::require(reach_px > 0, "SeenIndex: a reach above 0");
  for (std::size_t i = 0; i < seen.size(); ++i) {
    cells_[cell_of(seen[i].centre)].push_back(i);
  }
}

SeenIndex::Cell SeenIndex::cell_of(const Point& point) const {
  return {static_cast<int>(std::floor(point.x() / reach_px_)), static_cast<int>(std::floor(point.y() / reach_px_))};
}

std::optional<SeenIndex::Near> SeenIndex::nearest(const Point& picture, const FacedPart& part, double scale) const {
  constexpr double kFarthest_px = 1e6;  // beyond any picture, and where cells have no number
  if (!picture.allFinite() || picture.cwiseAbs().maxCoeff() > kFarthest_px) return std::nullopt;
  std::optional<Near> best;
  const auto [column, row] = cell_of(picture);
  for (int y = row - 1; y <= row + 1; ++y) {
    for (int x = column - 1; x <= column + 1; ++x) {
      const auto cell = cells_.find({x, y});
      if (cell == cells_.end()) continue;
      for (const std::size_t i : cell->second) {
        const double distance = (seen_[i].centre - picture).norm();
        if (distance <= reach_px_ && (!best || distance < best->distance_px) && has_size_of(seen_[i], part, scale)) {
          best = Near{i, distance};
        }
      }
    }
  }
  return best;
}

std::vector<GuessMatch> SeenIndex::matches(const std::vector<FacedPart>& parts,
                                           const Eigen::Matrix3d& picture_from_faced, double scale) const {
  std::vector<GuessMatch> near;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (const auto found = nearest(imaging::apply(picture_from_faced, parts[i].centre_mm), parts[i], scale)) {
      near.push_back({i, found->seen, found->distance_px});
    }
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const GuessMatch& a, const GuessMatch& b) { return a.distance_px < b.distance_px; });
  std::vector<bool> taken(seen_.size(), false);
  std::vector<GuessMatch> found;
  for (const GuessMatch& match : near) {
    if (!taken[match.seen]) {
      taken[match.seen] = true;
      found.push_back(match);
    }
  }
  return found;
}

int SeenIndex::count(const std::vector<FacedPart>& parts, const Eigen::Matrix3d& picture_from_faced,
                     double scale) const {
  return static_cast<int>(std::count_if(parts.begin(), parts.end(), [&](const FacedPart& part) {
    return nearest(imaging::apply(picture_from_faced, part.centre_mm), part, scale).has_value();
  }));
}

std::vector<Eigen::Matrix3d> guess_places(const std::vector<FacedPart>& parts, const PictureLayout& layout) {
  constexpr double kReach_mm = 1.5;
  constexpr std::size_t kWitnesses = 80;
  constexpr std::size_t kMostGuesses = 20;
  const std::vector<std::size_t> by_size = largest(
      parts.size(), parts.size(), [&](std::size_t i) { return parts[i].sides_mm ? parts[i].sides_mm->prod() : 0; });
  const std::vector<FacedPart> witnesses = some_of_each_size(parts, by_size, kWitnesses);
  const std::vector<Anchor> anchors = anchors_of(parts, by_size, layout);
  const SeenIndex index(layout.parts, kReach_mm * layout.pixels_per_mm);
  struct Scored {
    int count = 0;
    Eigen::Matrix3d map = Eigen::Matrix3d::Identity();
    Point about = Point::Zero();  // in the design
  };
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    for (std::size_t k = i + 1; k < anchors.size(); ++k) {
      if (const auto guess = guess_from(anchors[i], anchors[k], parts, layout)) {
        scored.push_back(
            {index.count(witnesses, guess->map, guess->scale), guess->map, parts[anchors[i].part].centre_mm});
      }
    }
  }
  std::stable_sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.count > b.count; });
  std::vector<Eigen::Matrix3d> places;
  for (const Scored& one : scored) {
    if (places.size() == kMostGuesses) break;
    if (std::all_of(places.begin(), places.end(),
                    [&](const Eigen::Matrix3d& other) { return are_unlike(one.map, other, one.about); })) {
      places.push_back(one.map);
    }
  }
  return places;
}

}  // namespace boarddiff::compare
