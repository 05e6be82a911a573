// SPDX-License-Identifier: Apache-2.0
#include "compare/best_explained.h"

#include "imaging/base/error.h"

#include <utility>

namespace boarddiff::compare {

namespace {

// A step of brightness that a board does not show is none, whichever board is more alike otherwise.
cv::Mat1f smaller_step(const OneWayEvidence& best, const cv::Mat1b& best_inspected, const OneWayEvidence& other,
                       const cv::Mat1b& other_inspected) {
  if (best.step.empty()) {
    return {};
  }
  cv::Mat1f step = best.step.clone();
  other.step.copyTo(step, cv::Mat1b(((other.step < best.step) | ~best_inspected) & other_inspected));
  return step;
}

void take_better(OneWayEvidence& best, const cv::Mat1b& best_inspected, const OneWayEvidence& other,
                 const cv::Mat1b& other_inspected) {
  const cv::Mat1b better(((other.difference < best.difference) | ~best_inspected) & other_inspected);
  const cv::Mat1f step = smaller_step(best, best_inspected, other, other_inspected);
  for (const auto map : kOneWayMaps) {
    if (!(other.*map).empty()) {
      (other.*map).copyTo(best.*map, better);
    }
  }
  best.step = step;
}

Evidence best_explained_xrays(const std::vector<Evidence>& by_board) {
  Evidence best{.cell_px = by_board.front().cell_px, .inspected = by_board.front().inspected.clone()};
  std::vector<AttenuationEvidence> attenuation;
  for (const Evidence& one : by_board) {
    imaging::require(one.cell_px == best.cell_px && one.inspected.size() == best.inspected.size(),
                     "best_explained: the same cells of one frame");
    best.inspected |= one.inspected;
    attenuation.push_back(one.attenuation);
  }
  best.attenuation = best_explained(attenuation);
  return best;
}

}  // namespace

Evidence best_explained(const std::vector<Evidence>& by_board) {
  imaging::require(!by_board.empty(), "best_explained: at least one board");
  const Evidence& first = by_board.front();
  if (by_board.size() == 1) {
    return first;
  }
  if (first.attenuation.known()) {
    return best_explained_xrays(by_board);
  }
  Evidence best{.cell_px = first.cell_px,
                .sample = copy_of(first.sample),
                .reference = copy_of(first.reference),
                .inspected = first.inspected.clone()};
  for (std::size_t i = 1; i < by_board.size(); ++i) {
    const Evidence& other = by_board[i];
    imaging::require(other.cell_px == best.cell_px && other.inspected.size() == best.inspected.size(),
                     "best_explained: the same cells of one frame");
    take_better(best.sample, best.inspected, other.sample, other.inspected);
    take_better(best.reference, best.inspected, other.reference, other.inspected);
    best.inspected |= other.inspected;
  }
  return against_surroundings(std::move(best));
}

}  // namespace boarddiff::compare
