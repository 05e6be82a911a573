// SPDX-License-Identifier: Apache-2.0
#include "compare/pair_parts.h"

#include "compare/part_view.h"
#include "compare/whole_pixels.h"

#include <cstddef>
#include <vector>

namespace boarddiff::compare {

namespace {

// As a screen shows the reference, in the values of pairs: dark 16-bit pictures are stretched.
DisplayRange shown_range(const imaging::BoardImage& reference) {
  const DisplayRange range = display_range(reference, imaging::Modality::photo);
  const double whole = reference.pixels.depth() == CV_16U ? 65535 : 255;
  return {.black = range.black / whole, .white = range.white / whole};
}

PartLikelihood likelihood_of(const cv::Mat& picture, const DisplayRange& range, double pixels_per_mm) {
  const PartView view = view_parts(display_pixels(picture, range), pixels_per_mm);
  return {.part = view.maps.part, .part_from_frame = view.maps_from_picture};
}

}  // namespace

imaging::Box PairParts::in_maps(const imaging::Box& box) const {
  // Boxes begin at the edges of pixels, which are at 0 in either.
  const double across = reference.part_from_frame(0, 0);
  const double down = reference.part_from_frame(1, 1);
  return {.x = box.x * across, .y = box.y * down, .width = box.width * across, .height = box.height * down};
}

PairParts find_pair_parts(const imaging::NormalizedPair& pair, const imaging::BoardImage& reference,
                          const imaging::Execution& execution) {
  const double pixels_per_mm = reference.pixels_per_mm.value_or(0) * pair.scale;
  if (!(pixels_per_mm >= kLeastNetworkScale) || pair.reference.channels() != 3) {
    return {};
  }
  execution.begin("finding parts");
  const DisplayRange range = shown_range(reference);
  return {.pixels_per_mm = pixels_per_mm,
          .reference = likelihood_of(pair.reference, range, pixels_per_mm),
          .sample = likelihood_of(pair.sample, range, pixels_per_mm),
          .shown = range};
}

PairParts with_altered(const PairParts& parts, const cv::Mat3f& sample, const std::vector<imaging::Box>& altered) {
  if (!parts.known()) {
    return parts;
  }
  // A part changes what the network says of its neighbourhood, and that depends on what it sees around.
  constexpr double kChanged_px = 32;
  constexpr double kSeen_px = 64;
  const cv::Mat3b shown = shown_to_network(display_pixels(sample, parts.shown), parts.pixels_per_mm);
  std::vector<cv::Rect> changed;
  std::vector<cv::Point> corners;
  std::vector<cv::Mat3b> windows;
  for (const imaging::Box& box : altered) {
    const imaging::Box around = imaging::grown(parts.in_maps(box), kChanged_px);
    const cv::Rect window = whole_pixels(imaging::grown(around, kSeen_px), shown.size());
    const cv::Rect own = whole_pixels(around, shown.size());
    if (own.empty()) {
      continue;
    }
    changed.push_back(own);
    corners.push_back(window.tl());
    windows.push_back(shown(window));
  }
  const std::vector<PartMaps> maps = find_all_part_maps(windows);
  PairParts result = parts;
  result.sample.part = parts.sample.part.clone();
  for (std::size_t i = 0; i < maps.size(); ++i) {
    maps[i].part(changed[i] - corners[i]).copyTo(result.sample.part(changed[i]));
  }
  return result;
}

}  // namespace boarddiff::compare
