// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/features.h"
#include "imaging/fit_candidate.h"
#include "imaging/grey_picture.h"
#include "imaging/grey_pyramid.h"
#include "imaging/registration.h"

#include <optional>

namespace boarddiff::imaging {

// One picture at the two sizes that features are looked for at. Those of the larger are found when they are needed.
struct FeaturePicture {
  GreyPicture full = {};
  GreyPicture small = {};
  Features few = {};  // of `small`
};

// The features are `prepared` where these were found in the same way in the same pixels; else they are found.
[[nodiscard]] FeaturePicture feature_picture(const BoardImage& image, Modality modality,
                                             const RegistrationOptions& options,
                                             const std::optional<PreparedFeatures>& prepared = {});
// Where its `few` come from.
[[nodiscard]] FeatureOrigin origin_of(const FeaturePicture& picture, const BoardImage& image, Modality modality,
                                      const RegistrationOptions& options);
// Whether there is enough to recognise anything by.
[[nodiscard]] bool has_detail(const FeaturePicture& picture);

// Either picture as the search needs it.
struct SearchPicture {
  FeaturePicture features = {};
  GreyPyramid pyramid = {};
};

// The first fit that nothing speaks against, or else the best; none when the pictures have too little in common to try.
// Small pictures are tried first, then full ones, then both with the sample flipped. Where a fit is slanted and
// not accepted, the sample is also seen as it says that the reference's camera would: features are not recognised well
// in a tilted view.
[[nodiscard]] std::optional<FitCandidate> search_board(const SearchPicture& reference, const ReferencePlaces& places,
                                                       const SearchPicture& sample, Modality modality,
                                                       const RegistrationOptions& options);

}  // namespace boarddiff::imaging
