// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"
#include "imaging/grey_picture.h"
#include "imaging/plane_map.h"

#include <vector>

namespace boarddiff::imaging {

// Sub-pixel correspondences measured on the pictures themselves: corners spread over the reference are followed into
// the sample as the map shows it (Lucas and Kanade 1981, in Bouguet's pyramid), there and back. Pairs are in full
// pixels of both pictures; corners that do not come back to themselves are left out.
[[nodiscard]] std::vector<PointPair> measure_pairs(const GreyPicture& reference, const GreyPicture& sample,
                                                   const PlaneMap& map);

// How well the pictures agree under the map: the share of the textured cells of the overlap whose best normalised
// correlation, within a few pixels, is that of the same thing seen again. Cells outside the region (full pixels of the
// reference) do not count.
struct Agreement {
  int cells = 0;     // textured cells that both pictures show
  double share = 0;  // of them, 0 to 1
};
[[nodiscard]] Agreement measure_agreement(const GreyPicture& reference, const GreyPicture& sample, const PlaneMap& map,
                                          const Polygon& region_in_reference);

}  // namespace boarddiff::imaging
