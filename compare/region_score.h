// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace boarddiff::compare {

// log(false calls a board) = offset - slope * weight.
struct CallRate {
  double offset = 0;
  double slope = 1;
};

// What a region's weight comes from.
enum class WeightSource { photo_network, photo_parts_network, xray_network };

// How many false calls of at least this weight an unremarkable board makes, on average over rendered boards.
[[nodiscard]] double false_calls_from(double weight, WeightSource source);

// How many false calls plain bodies (see plain_body.h) make, which have no weight.
[[nodiscard]] double false_plain_bodies();

// A finding's score from the false calls that come with its weight: 1 for none, 0.5 for one on five boards, 0.17 for
// one a board. Scores mean the same whatever they come from.
[[nodiscard]] double score_at(double false_calls_a_board);

}  // namespace boarddiff::compare
