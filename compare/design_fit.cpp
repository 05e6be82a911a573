// SPDX-License-Identifier: Apache-2.0
#include "compare/design_fit.h"

#include "compare/design_guesses.h"
#include "imaging/base/error.h"
#include "imaging/base/frames.h"
#include "imaging/base/order_statistics.h"

#include <Eigen/LU>
#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Point;

constexpr std::size_t kLeastMatches = 6;  // a homography from four is right for any four

struct Fitted {
  Eigen::Matrix3d picture_from_faced = Eigen::Matrix3d::Identity();
  std::vector<GuessMatch> matches = {};
  Point middle_mm = Point::Zero();  // of the parts that are matched
  double scale = 0;                 // pixels per millimetre there
};

std::vector<Point> places_of(const std::vector<FacedPart>& parts, const std::vector<GuessMatch>& matches) {
  std::vector<Point> places;
  places.reserve(matches.size());
  for (const GuessMatch& match : matches) {
    places.push_back(parts[match.part].centre_mm);
  }
  return places;
}

// The homography through most matches, then through all that it suits.
std::optional<Eigen::Matrix3d> homography_of(const std::vector<FacedPart>& parts, const std::vector<SeenPart>& seen,
                                             const std::vector<GuessMatch>& matches, double reach_px) {
  if (matches.size() < kLeastMatches) {
    return std::nullopt;
  }
  std::vector<cv::Point2d> board;
  std::vector<cv::Point2d> picture;
  board.reserve(matches.size());
  picture.reserve(matches.size());
  for (const GuessMatch& match : matches) {
    board.emplace_back(parts[match.part].centre_mm.x(), parts[match.part].centre_mm.y());
    picture.emplace_back(seen[match.seen].centre.x(), seen[match.seen].centre.y());
  }
  const cv::Mat found = cv::findHomography(board, picture, cv::RANSAC, reach_px);
  if (found.empty()) {
    return std::nullopt;
  }
  Eigen::Matrix3d homography;
  cv::cv2eigen(found, homography);
  return homography.allFinite() ? std::optional(homography) : std::nullopt;
}

// Whether it is the map of a camera that looks at the parts: not flipped, and of about one scale all over them.
bool is_plausible(const Eigen::Matrix3d& picture_from_faced, const imaging::Box& parts, double scale) {
  constexpr double kMostScale = 1.6;
  const imaging::Polygon places = imaging::corners(parts);
  return scale > 0 && std::isfinite(scale) && std::all_of(places.begin(), places.end(), [&](const Point& place) {
           const double there = scale_at(picture_from_faced, place);  // not a number where it is flipped
           return there > scale / kMostScale && there < scale * kMostScale;
         });
}

// Takes over a map, and finds its matches; false where it cannot be right.
bool set_map(Fitted& fitted, const Eigen::Matrix3d& map, const std::vector<FacedPart>& parts,
             const std::vector<SeenPart>& seen, double reach_mm) {
  const imaging::Box around = imaging::bounding_box(places_of(parts, fitted.matches));
  fitted.picture_from_faced = map;
  fitted.middle_mm = around.centre();
  fitted.scale = scale_at(map, fitted.middle_mm);
  if (!is_plausible(map, around, fitted.scale)) {
    return false;
  }
  fitted.matches = SeenIndex(seen, reach_mm * fitted.scale).matches(parts, map, fitted.scale);
  return fitted.matches.size() >= kLeastMatches;
}

// Matches and map in turn, with less and less room between a part and its match.
std::optional<Fitted> refined(const std::vector<FacedPart>& parts, const std::vector<SeenPart>& seen,
                              const Eigen::Matrix3d& guess, double max_distance_mm) {
  Fitted fitted;
  // A similarity has one scale.
  if (!set_map(fitted, guess, parts, seen, 3 * max_distance_mm)) {
    return std::nullopt;
  }
  for (const double room : {2.0, 1.5, 1.0, 1.0}) {
    // Tall parts lean away from the middle; those on the board's plane agree among themselves.
    const auto map = homography_of(parts, seen, fitted.matches, 0.5 * max_distance_mm * fitted.scale);
    if (!map || !set_map(fitted, *map, parts, seen, room * max_distance_mm)) {
      return std::nullopt;
    }
  }
  return fitted;
}

std::vector<Fitted> candidates_of(const std::vector<FacedPart>& parts, const PictureLayout& layout,
                                  double max_distance_mm) {
  std::vector<Fitted> candidates;
  for (const Eigen::Matrix3d& guess : guess_places(parts, layout)) {
    if (std::optional<Fitted> candidate = refined(parts, layout.parts, guess, max_distance_mm)) {
      candidates.push_back(std::move(*candidate));
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Fitted& a, const Fitted& b) { return a.matches.size() > b.matches.size(); });
  return candidates;
}

// Large parts are often tall and lean farther, and where their middle is drawn is less certain: the rest of them is
// looked for within a quarter of their shorter side.
std::vector<GuessMatch> large_matches(const Fitted& fitted, const std::vector<FacedPart>& parts,
                                      const std::vector<SeenPart>& seen) {
  constexpr double kReach = 0.25;
  constexpr double kMost_mm = 5;
  std::vector<bool> matched(parts.size(), false);
  std::vector<bool> taken(seen.size(), false);
  for (const GuessMatch& match : fitted.matches) {
    matched[match.part] = taken[match.seen] = true;
  }
  std::vector<SeenPart> free_parts;
  std::vector<std::size_t> free_indices;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (taken[i]) continue;
    free_parts.push_back(seen[i]);
    free_indices.push_back(i);
  }
  std::vector<FacedPart> rest;
  std::vector<std::size_t> rest_indices;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (matched[i] || !parts[i].sides_mm) continue;
    rest.push_back(parts[i]);
    rest_indices.push_back(i);
  }
  std::vector<GuessMatch> more;
  for (const GuessMatch& match :
       SeenIndex(free_parts, kMost_mm * fitted.scale).matches(rest, fitted.picture_from_faced, fitted.scale)) {
    if (match.distance_px <= kReach * rest[match.part].sides_mm->y() * fitted.scale) {
      more.push_back({rest_indices[match.part], free_indices[match.seen], match.distance_px});
    }
  }
  return more;
}

// What stands on pads that are to stay empty, of what is no part of the design.
std::vector<PartMatch> matches_on_pads(const Fitted& fitted, const std::vector<FacedPart>& unfitted,
                                       const std::vector<PartMatch>& matches, const std::vector<SeenPart>& seen,
                                       double max_distance_mm) {
  std::vector<bool> taken(seen.size(), false);
  for (const PartMatch& match : matches) {
    taken[match.seen] = true;
  }
  std::vector<PartMatch> on_pads;
  const SeenIndex index(seen, max_distance_mm * fitted.scale);
  for (const GuessMatch& match : index.matches(unfitted, fitted.picture_from_faced, fitted.scale)) {
    if (!taken[match.seen]) on_pads.push_back({unfitted[match.part].placed, match.seen});
  }
  return on_pads;
}

double median_mm(const Fitted& fitted) {
  if (fitted.matches.empty()) return 0;
  std::vector<float> distances;
  distances.reserve(fitted.matches.size());
  for (const GuessMatch& match : fitted.matches) {
    distances.push_back(static_cast<float>(match.distance_px / fitted.scale));
  }
  return imaging::median(distances);
}

DesignFit described(const Fitted& best, const std::vector<FacedPart>& parts, const std::vector<FacedPart>& unfitted,
                    BoardSide side, const PictureLayout& layout, double max_distance_mm) {
  DesignFit fit{.picture_from_board = best.picture_from_faced * board_from_faced(side).inverse(),
                .pixels_per_mm = best.scale,
                .median_mm = median_mm(best)};
  std::vector<GuessMatch> matches = best.matches;
  const std::vector<GuessMatch> large = large_matches(best, parts, layout.parts);
  matches.insert(matches.end(), large.begin(), large.end());
  for (const GuessMatch& match : matches) {
    fit.matches.push_back({parts[match.part].placed, match.seen});
  }
  fit.on_pads = matches_on_pads(best, unfitted, fit.matches, layout.parts, max_distance_mm);
  const auto shown = std::count_if(parts.begin(), parts.end(), [&](const FacedPart& part) {
    return layout.shows(imaging::apply(best.picture_from_faced, part.centre_mm));
  });
  fit.expected = std::max(static_cast<int>(shown), static_cast<int>(fit.matches.size()));
  return fit;
}

DesignFit refused(std::string reason) { return {.reason = std::move(reason)}; }

// As the places say, and better where parts that are seen agree with them.
DesignFit fit_at_places(const Placement& design, BoardSide side, const PictureLayout& layout,
                        const DesignFitOptions& options) {
  const Eigen::Matrix3d named = picture_from_named(design, side, options.places);
  const std::vector<FacedPart> parts = faced_parts(design, side, true);
  if (parts.empty()) {
    return refused("the design has no fitted part on its " + std::string(name_of(side)));
  }
  const std::optional<Fitted> better =
      refined(parts, layout.parts, named * board_from_faced(side), options.max_distance_mm);
  const auto agrees = [&](const NamedPlace& place) {
    constexpr double kNear_mm = 3;
    const Point board = imaging::apply(named.inverse(), place.picture);
    const Point there = imaging::apply(better->picture_from_faced * board_from_faced(side).inverse(), board);
    return (there - place.picture).norm() < kNear_mm * better->scale;
  };
  if (!better || !std::all_of(options.places.begin(), options.places.end(), agrees)) {
    return match_design(design, side, layout, named, options);
  }
  DesignFit fit = described(*better, parts, faced_parts(design, side, false), side, layout, options.max_distance_mm);
  fit.fits = true;
  return fit;
}

// Why there is nothing to try; empty where there is.
std::string too_little(const std::vector<FacedPart>& parts, BoardSide side, const PictureLayout& layout) {
  if (parts.size() < kLeastMatches) {
    return "the design has " + std::to_string(parts.size()) + " fitted parts on its " + std::string(name_of(side)) +
           ", too few to find its place by";
  }
  if (layout.parts.size() < kLeastMatches) {
    return "the picture shows " + std::to_string(layout.parts.size()) + " parts, too few to find the design's place by";
  }
  const auto sized = std::count_if(parts.begin(), parts.end(), [](const auto& part) { return part.sides_mm; });
  return sized < 2 ? "the design says of hardly a part how large it is, neither as a size nor by a package's name" : "";
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const DesignFitOptions& options) {
  return imaging::OptionRules()
      .within("--cad.max-distance-mm", options.max_distance_mm, 0.05, 2)
      .within("--cad.min-matched-share", options.min_matched_share, 0.05, 1)
      .problems();
}

DesignFit fit_design(const Placement& design, BoardSide side, const PictureLayout& layout,
                     const DesignFitOptions& options) {
  imaging::throw_on_problems(problems(options));
  if (!options.places.empty()) {
    return fit_at_places(design, side, layout, options);
  }
  const std::vector<FacedPart> parts = faced_parts(design, side, true);
  if (std::string reason = too_little(parts, side, layout); !reason.empty()) {
    return refused(std::move(reason));
  }
  const std::vector<Fitted> candidates = candidates_of(parts, layout, options.max_distance_mm);
  if (candidates.empty()) {
    return refused("no place of the design suits the parts that the picture shows");
  }
  const Fitted& best = candidates.front();
  DesignFit fit = described(best, parts, faced_parts(design, side, false), side, layout, options.max_distance_mm);
  const std::string matched =
      std::to_string(fit.matches.size()) + " of " + std::to_string(fit.expected) + " parts that it should show";
  if (static_cast<double>(fit.matches.size()) < options.min_matched_share * fit.expected) {
    fit.reason = "the picture shows no more than " + matched + ", at the best place for the design";
    return fit;
  }
  constexpr double kAsGood = 0.8;
  const auto rival = std::find_if(candidates.begin(), candidates.end(), [&](const Fitted& candidate) {
    return are_unlike(best.picture_from_faced, candidate.picture_from_faced, best.middle_mm);
  });
  if (rival != candidates.end() &&
      static_cast<double>(rival->matches.size()) > kAsGood * static_cast<double>(best.matches.size())) {
    fit.reason = "the picture shows " + matched + ", but at another place of the design " +
                 std::to_string(rival->matches.size()) + ": which one is right cannot be told";
    return fit;
  }
  fit.fits = true;
  return fit;
}

DesignFit match_design(const Placement& design, BoardSide side, const PictureLayout& layout,
                       const Eigen::Matrix3d& picture_from_board, const DesignFitOptions& options) {
  imaging::throw_on_problems(problems(options));
  const std::vector<FacedPart> parts = faced_parts(design, side, true);
  DesignFit fit{.picture_from_board = picture_from_board};
  if (!parts.empty()) {
    Fitted known{.picture_from_faced = picture_from_board * board_from_faced(side)};
    const Point middle_px = 0.5 * Point(layout.size.width - 1, layout.size.height - 1);
    known.middle_mm = imaging::apply(known.picture_from_faced.inverse(), middle_px);
    known.scale = scale_at(known.picture_from_faced, known.middle_mm);
    imaging::require(known.scale > 0, "match_design: the map takes the design to the picture");
    known.matches = SeenIndex(layout.parts, options.max_distance_mm * known.scale)
                        .matches(parts, known.picture_from_faced, known.scale);
    fit = described(known, parts, faced_parts(design, side, false), side, layout, options.max_distance_mm);
  }
  fit.fits = true;
  return fit;
}

}  // namespace boarddiff::compare
