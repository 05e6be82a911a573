// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/region_view.h"
#include "imaging/board_image.h"

namespace boarddiff::compare {

// log(false calls a board) = offset - slope * weight.
struct CallRate {
  double offset = 0;
  double slope = 1;
};

// How much speaks for a region of an X-ray to be a change: the logarithm of its strength, on a scale without limits.
[[nodiscard]] double xray_weight_of(const EvidenceRegion& region, const RegionView& view);

// The weight of a plain body (see plain_body.h): that with which as many false calls come as such bodies make.
[[nodiscard]] double plain_body_weight();

// How many false calls of at least this weight an unremarkable board makes, on average over rendered boards.
[[nodiscard]] double false_calls_from(double weight, imaging::Modality modality);

// A finding's score from the false calls that come with its weight: 1 for none, 0.5 for one on five boards, 0.17 for
// one a board. Scores of photographs and X-rays mean the same.
[[nodiscard]] double score_at(double false_calls_a_board);

}  // namespace boarddiff::compare
