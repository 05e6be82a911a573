// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_scale.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"
#include "imaging/scale_markers.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>

namespace boarddiff::imaging {
namespace {

constexpr double kLeastPixelsPerMm = 0.1;
constexpr double kMostPixelsPerMm = 10000;
constexpr double kMostVariation = 0.02;  // that needs no word

std::string scale_text(double pixels_per_mm) { return number_text(std::round(pixels_per_mm * 1000) / 1000) + " px/mm"; }

std::string measured_sentence(double pixels_per_mm, const std::string& how) {
  return "The scale is " + scale_text(pixels_per_mm) + ", from " + how + ".";
}

[[noreturn]] void fail(const BoardImage& reference, const std::string& reason) {
  throw Error(ErrorCode::invalid_option, reference.source.name + ": " + reason);
}

void check_range(const BoardImage& reference, double pixels_per_mm, const std::string& flag) {
  if (!(pixels_per_mm >= kLeastPixelsPerMm && pixels_per_mm <= kMostPixelsPerMm)) {
    fail(reference, flag + " makes a scale of " + scale_text(pixels_per_mm) + ", and it must be between " +
                        number_text(kLeastPixelsPerMm) + " and " + number_text(kMostPixelsPerMm));
  }
}

BoardScale scale_by_points(const BoardImage& reference, const MeasuredDistance& points) {
  const auto lies_outside = [&](const Point& point) {
    return point.minCoeff() < -0.5 || point.x() > reference.size().width - 0.5 ||
           point.y() > reference.size().height - 0.5;
  };
  for (const Point& point : {points.first_in_reference, points.second_in_reference}) {
    if (lies_outside(point)) {
      fail(reference, "the point " + number_text(point.x()) + "," + number_text(point.y()) +
                          " of --scale-points lies outside the picture of " + std::to_string(reference.size().width) +
                          " x " + std::to_string(reference.size().height) + " pixels");
    }
  }
  const double distance_px = (points.second_in_reference - points.first_in_reference).norm();
  BoardScale scale{.pixels_per_mm = distance_px / points.distance_mm, .origin = "points"};
  scale.notes.push_back(
      measured_sentence(scale.pixels_per_mm, "two points " + number_text(std::round(distance_px * 100) / 100) +
                                                 " pixels and " + number_text(points.distance_mm) + " mm apart"));
  check_range(reference, scale.pixels_per_mm, "--scale-points with --scale-mm");
  return scale;
}

// Pixels per millimetre around one point of the picture; infinite at the horizon.
double scale_at(const Eigen::Matrix3d& mm_from_px, const Point& point) {
  const Eigen::Vector3d mapped = mm_from_px * point.homogeneous();
  // Of x -> (Ax + b) / (cx + d) in the plane the area's factor is det / w^3.
  const double area = std::abs(mm_from_px.determinant() / (mapped.z() * mapped.z() * mapped.z()));
  return 1 / std::sqrt(area);
}

// Whether both points lie on the same side of the plane's horizon.
bool same_side(const Eigen::Matrix3d& mm_from_px, const Point& a, const Point& b) {
  return (mm_from_px * a.homogeneous()).z() * (mm_from_px * b.homogeneous()).z() > 0;
}

std::string not_seen(const std::string& what, const std::string& dictionary, std::size_t seen, std::size_t wanted,
                     const std::string& flag) {
  return "shows no " + what + " with markers of " + dictionary + ": " + std::to_string(seen) + " of up to " +
         std::to_string(wanted) + " markers were found, and no place and size that suits them (" + flag + ")";
}

BoardScale scale_by_charuco(const BoardImage& reference, Modality modality, const CharucoBoard& board) {
  const std::vector<Marker> seen = find_markers(reference, modality, board.dictionary);
  const auto px_from_mm = fit_charuco(reference, modality, seen, board);
  const std::string what =
      "ChArUco board of " + std::to_string(board.columns) + " x " + std::to_string(board.rows) + " squares";
  if (!px_from_mm) {
    const auto of_board = static_cast<std::size_t>(
        std::ranges::count_if(seen, [&](const Marker& marker) { return marker.id < markers_on(board); }));
    fail(reference,
         not_seen(what, board.dictionary, of_board, static_cast<std::size_t>(markers_on(board)), "--scale-charuco"));
  }
  const Eigen::Matrix3d mm_from_px = px_from_mm->inverse();
  const double right = reference.size().width - 1;
  const double bottom = reference.size().height - 1;
  const Point middle(right / 2, bottom / 2);
  BoardScale scale{.pixels_per_mm = scale_at(mm_from_px, middle), .origin = "charuco"};
  scale.notes.push_back(measured_sentence(scale.pixels_per_mm, "a " + what + " in the picture"));
  double least = scale.pixels_per_mm;
  double most = scale.pixels_per_mm;
  bool reaches_horizon = false;
  for (const Point& corner : corners(Box{.width = right, .height = bottom})) {
    reaches_horizon = reaches_horizon || !same_side(mm_from_px, middle, corner);
    least = std::min(least, scale_at(mm_from_px, corner));
    most = std::max(most, scale_at(mm_from_px, corner));
  }
  if (reaches_horizon) {
    scale.notes.emplace_back("The board's plane does not fill the picture, and the scale holds in its middle only.");
  } else if (most / least - 1 > kMostVariation) {
    scale.notes.push_back("The scale varies over the picture from " + scale_text(least) + " to " + scale_text(most) +
                          ", since the camera does not look straight down; millimetres are those of the middle.");
  }
  check_range(reference, scale.pixels_per_mm, "--scale-charuco");
  return scale;
}

BoardScale scale_by_ruler(const BoardImage& reference, Modality modality, const MarkerRuler& ruler) {
  const std::vector<Marker> seen = find_markers(reference, modality, ruler.dictionary);
  const auto fit = fit_ruler(seen, ruler);
  if (!fit) {
    fail(reference, not_seen("ruler of at least three markers side by side", ruler.dictionary, seen.size(),
                             static_cast<std::size_t>(markers_in(ruler.dictionary).value_or(0)), "--scale-ruler"));
  }
  BoardScale scale{.pixels_per_mm = fit->pixels_per_mm, .origin = "ruler"};
  scale.notes.push_back(measured_sentence(scale.pixels_per_mm, "a ruler of markers in the picture"));
  if (fit->most / fit->least - 1 > kMostVariation) {
    scale.notes.push_back("The scale varies along the ruler from " + scale_text(fit->least) + " to " +
                          scale_text(fit->most) + ", since the camera does not look straight down; millimetres are " +
                          "those of the ruler's middle.");
  }
  check_range(reference, scale.pixels_per_mm, "--scale-ruler");
  return scale;
}

void add_markers_problems(const std::string& flag, double marker_mm, const std::string& dictionary, int needed,
                          std::vector<OptionProblem>& found) {
  if (!(marker_mm > 0 && marker_mm <= 1000)) {
    found.push_back({flag, "must have markers of more than 0 and at most 1000 mm", number_text(marker_mm)});
  }
  const auto available = markers_in(dictionary);
  if (!available) {
    found.push_back({flag, "must name one of the dictionaries " + dictionary_names(), "\"" + dictionary + "\""});
  } else if (needed > *available) {
    found.push_back({flag, "must name a dictionary with as many markers as the board has",
                     std::to_string(needed) + " markers of " + dictionary});
  }
}

std::vector<OptionProblem> problems_of(const CharucoBoard& board) {
  std::vector<OptionProblem> found;
  const std::string size = std::to_string(board.columns) + "x" + std::to_string(board.rows);
  if (std::min(board.columns, board.rows) < 2 || std::max(board.columns, board.rows) > 100) {
    found.push_back({"--scale-charuco", "must have 2 to 100 columns and rows", size});
    return found;
  }
  if (!(board.square_mm > board.marker_mm)) {
    found.push_back({"--scale-charuco", "must have squares that are larger than their markers",
                     number_text(board.square_mm) + " and " + number_text(board.marker_mm)});
  }
  add_markers_problems("--scale-charuco", board.marker_mm, board.dictionary, board.columns * board.rows / 2, found);
  return found;
}

std::vector<OptionProblem> problems_of(const MarkerRuler& ruler) {
  std::vector<OptionProblem> found;
  if (!(ruler.pitch_mm > ruler.marker_mm)) {
    found.push_back({"--scale-ruler", "must have a pitch that is larger than the markers",
                     number_text(ruler.marker_mm) + " and " + number_text(ruler.pitch_mm)});
  }
  add_markers_problems("--scale-ruler", ruler.marker_mm, ruler.dictionary, 3, found);
  return found;
}

std::vector<OptionProblem> problems_of(const MeasuredDistance& points) {
  std::vector<OptionProblem> found = OptionRules().within("--scale-mm", points.distance_mm, 0.01, 10000).problems();
  const double distance_px = (points.second_in_reference - points.first_in_reference).norm();
  if (!(distance_px >= 1)) {
    found.push_back({"--scale-points", "must be at least a pixel apart", number_text(distance_px)});
  }
  return found;
}

}  // namespace

std::vector<OptionProblem> problems(const ScaleOptions& options) {
  std::vector<OptionProblem> found;
  const auto append = [&](const std::vector<OptionProblem>& more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  std::string given;
  int count = 0;
  const auto note = [&](bool is_given, const std::string& flag) {
    given += is_given ? (given.empty() ? "" : " and ") + flag : "";
    count += is_given ? 1 : 0;
  };
  note(options.pixels_per_mm.has_value(), "--pixels-per-mm");
  note(options.points.has_value(), "--scale-points");
  note(options.charuco.has_value(), "--scale-charuco");
  note(options.ruler.has_value(), "--scale-ruler");
  if (count > 1) {
    found.push_back({given, "must not be given together", "given " + std::to_string(count) + " scales"});
  }
  if (options.pixels_per_mm) {
    append(OptionRules()
               .within("--pixels-per-mm", *options.pixels_per_mm, kLeastPixelsPerMm, kMostPixelsPerMm)
               .problems());
  }
  append(options.points ? problems_of(*options.points) : std::vector<OptionProblem>());
  append(options.charuco ? problems_of(*options.charuco) : std::vector<OptionProblem>());
  append(options.ruler ? problems_of(*options.ruler) : std::vector<OptionProblem>());
  return found;
}

std::optional<BoardScale> find_board_scale(const BoardImage& reference, Modality modality,
                                           const ScaleOptions& options) {
  throw_on_problems(problems(options));
  if (options.pixels_per_mm) {
    return BoardScale{.pixels_per_mm = *options.pixels_per_mm, .origin = "given"};
  }
  if (options.points) {
    return scale_by_points(reference, *options.points);
  }
  if (options.charuco) {
    return scale_by_charuco(reference, modality, *options.charuco);
  }
  if (options.ruler) {
    return scale_by_ruler(reference, modality, *options.ruler);
  }
  if (const auto dpi = reference.source.resolution_dpi) {
    constexpr double kMillimetresPerInch = 25.4;
    BoardScale scale{.pixels_per_mm = *dpi / kMillimetresPerInch, .origin = "file"};
    scale.notes.push_back(measured_sentence(
        scale.pixels_per_mm, "the file's resolution: " + number_text(std::round(*dpi * 10) / 10) + " dpi"));
    return scale;
  }
  return {};
}

BoardImage with_scale(BoardImage reference, const std::optional<BoardScale>& scale) {
  if (scale) {
    reference.pixels_per_mm = scale->pixels_per_mm;
    reference.pixels_per_mm_origin = scale->origin;
    reference.notes.insert(reference.notes.end(), scale->notes.begin(), scale->notes.end());
  }
  return reference;
}

}  // namespace boarddiff::imaging
