// SPDX-License-Identifier: Apache-2.0
#include "compare/lay_design.h"

#include "compare/design_scale.h"
#include "compare/like_size.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <Eigen/LU>

#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace boarddiff::compare {

namespace {

double scale_by_places(const Placement& design, BoardSide side, const std::vector<NamedPlace>& places) {
  const Eigen::Matrix3d named = picture_from_named(design, side, places);
  return std::sqrt(std::abs(named.topLeftCorner<2, 2>().determinant()));
}

}  // namespace

LaidDesign lay_design(imaging::BoardImage photo, const Placement& design, BoardSide side, const PartOptions& parts,
                      const DesignFitOptions& options, const imaging::Execution& execution) {
  const bool is_scaled = photo.pixels_per_mm.has_value();
  if (!is_scaled) {
    photo.pixels_per_mm =
        options.places.empty() ? scale_by_outline(photo, design) : scale_by_places(design, side, options.places);
  }
  if (!photo.pixels_per_mm) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        photo.source.name + ": neither the picture nor the design tells its scale; give --pixels-per-mm");
  }
  const auto laid_at = [&](double pixels_per_mm) {
    photo.pixels_per_mm = pixels_per_mm;
    LaidDesign laid{.layout = find_parts(photo, parts, execution)};
    execution.begin("laying the design on the picture");
    laid.fit = fit_design(design, side, laid.layout, options);
    return laid;
  };
  constexpr double kLikeScale = 1.1;
  LaidDesign laid = laid_at(*photo.pixels_per_mm);
  if (laid.fit.fits && !within_factor(laid.fit.pixels_per_mm, laid.layout.pixels_per_mm, kLikeScale)) {
    LaidDesign again = laid_at(laid.fit.pixels_per_mm);
    if (again.fit.fits) laid = std::move(again);
  }
  if (!is_scaled) {
    const double scale = laid.fit.fits ? laid.fit.pixels_per_mm : laid.layout.pixels_per_mm;
    laid.layout.notes.push_back("The scale, " + imaging::fixed_text(scale, 2) + " pixels a millimetre, follows from " +
                                (laid.fit.fits ? "where the design lies." : "the board's outline, if it is shown."));
  }
  return laid;
}

}  // namespace boarddiff::compare
