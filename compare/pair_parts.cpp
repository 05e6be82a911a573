// SPDX-License-Identifier: Apache-2.0
#include "compare/pair_parts.h"

#include "compare/part_view.h"

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

PairParts with_sample(PairParts parts, const cv::Mat3f& sample) {
  if (parts.known()) {
    parts.sample = likelihood_of(sample, parts.shown, parts.pixels_per_mm);
  }
  return parts;
}

}  // namespace boarddiff::compare
