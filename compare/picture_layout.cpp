// SPDX-License-Identifier: Apache-2.0
#include "compare/picture_layout.h"

#include "compare/display_image.h"
#include "compare/part_boxes.h"
#include "compare/part_view.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <tuple>

namespace boarddiff::compare {

namespace {

// Three quarters of an 0402, the smallest part that the network was taught: what is smaller is a piece of a letter or
// of a terminal.
constexpr double kLeastLength_mm = 0.75;
constexpr double kLeastWidth_mm = 0.35;

void check_scale(PictureLayout& layout, const std::string& name) {
  const std::string shown =
      name + " shows a millimetre with " + imaging::fixed_text(layout.pixels_per_mm, 1) + " pixels";
  if (layout.pixels_per_mm < kLeastPixelsPerMm) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, shown +
                                                                 ", if its scale is right: parts are looked for from " +
                                                                 imaging::fixed_text(kLeastPixelsPerMm, 0) + " on");
  }
  if (layout.pixels_per_mm < kLeastNetworkScale) {
    layout.notes.push_back(shown + ": the smallest parts may not be seen.");
  }
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const PartOptions& options) {
  return imaging::OptionRules().within("--parts.min-confidence", options.min_confidence, 0.5, 1).problems();
}

imaging::Polygon outline_of(const SeenPart& part) {
  const double angle = part.angle_deg * std::numbers::pi / 180;
  const imaging::Point along = 0.5 * part.size.x() * imaging::Point(std::cos(angle), std::sin(angle));
  const imaging::Point across = 0.5 * part.size.y() * imaging::Point(-std::sin(angle), std::cos(angle));
  return {part.centre - along - across, part.centre + along - across, part.centre + along + across,
          part.centre - along + across};
}

bool PictureLayout::shows(const imaging::Point& picture) const {
  const bool inside =
      picture.x() >= -0.5 && picture.y() >= -0.5 && picture.x() < size.width - 0.5 && picture.y() < size.height - 0.5;
  return inside && (usable.empty() || usable(std::min(cvRound(picture.y()), size.height - 1),
                                             std::min(cvRound(picture.x()), size.width - 1)) != 0);
}

PictureLayout find_parts(const imaging::BoardImage& photo, const PartOptions& options,
                         const imaging::Execution& execution) {
  imaging::throw_on_problems(problems(options));
  imaging::require(photo.pixels_per_mm && *photo.pixels_per_mm > 0, "find_parts: the photograph has a scale");
  execution.begin("finding parts");
  PictureLayout layout{.size = photo.size(), .usable = photo.usable, .pixels_per_mm = *photo.pixels_per_mm};
  check_scale(layout, photo.source.name);
  const PartView view =
      view_parts(display_pixels(photo.pixels, display_range(photo, imaging::Modality::photo)), layout.pixels_per_mm);
  layout.likelihood = {.part = view.maps.part, .part_from_frame = view.maps_from_picture};
  const Eigen::Matrix3d picture_from_maps = view.maps_from_picture.inverse();
  for (SeenPart part : part_boxes(view.maps)) {
    part.centre = imaging::apply(picture_from_maps, part.centre);
    part.size /= view.maps_from_picture(0, 0);
    const bool large_enough = part.size.x() >= kLeastLength_mm * layout.pixels_per_mm &&
                              part.size.y() >= kLeastWidth_mm * layout.pixels_per_mm;
    if (large_enough && part.confidence >= options.min_confidence && layout.shows(part.centre)) {
      layout.parts.push_back(part);
    }
  }
  std::sort(layout.parts.begin(), layout.parts.end(), [](const SeenPart& a, const SeenPart& b) {
    return std::tuple(a.centre.y(), a.centre.x(), a.size.x(), a.size.y()) <
           std::tuple(b.centre.y(), b.centre.x(), b.size.x(), b.size.y());
  });
  return layout;
}

}  // namespace boarddiff::compare
