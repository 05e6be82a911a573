// SPDX-License-Identifier: Apache-2.0
#include "compare/further_boards.h"

#include "compare/best_explained.h"
#include "compare/openings.h"
#include "compare/picture_faults.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

namespace {

using imaging::BoardImage;
using imaging::FaultyPlaces;

// Where the frame shows what is to be inspected and the sample can be judged, whatever the first board's own picture
// lacks.
cv::Mat1b open_to_judgement(const Comparison& first) {
  std::vector<FaultyPlaces> of_sample;
  std::copy_if(first.faults.begin(), first.faults.end(), std::back_inserter(of_sample),
               [](const FaultyPlaces& faulty) { return faulty.picture == imaging::Frame::sample; });
  return without_faults(cv::Mat1b(first.board & first.pair.seen & ~first.ignored), of_sample);
}

Evidence evidence_against(const BoardImage& board, const BoardImage& sample, const imaging::Registration& registration,
                          const cv::Mat1b& frame_board, const cv::Mat1b& open, const InspectionOptions& options,
                          const imaging::Execution& execution) {
  const imaging::NormalizedPair pair =
      normalize_pair(board, sample, registration, options.modality, options.normalization, execution);
  cv::Mat1b shown = open.clone();
  shown.setTo(0, find_openings(pair, frame_board));
  const std::vector<FaultyPlaces> faults =
      find_quality_faults(pair, shown, registration.plane, board.pixels_per_mm, options.quality, execution);
  return measure_evidence(pair, without_faults(shown, faults), options.evidence, execution);
}

}  // namespace

FurtherBoards compare_further_boards(const KnownGood& known_good, const BoardImage& sample, const Comparison& first,
                                     const InspectionOptions& options, const imaging::Execution& execution) {
  const cv::Mat1b open = open_to_judgement(first);
  FurtherBoards result{.unused = {""}};
  std::vector<Evidence> by_board = {first.evidence};
  for (std::size_t i = 1; i < known_good.boards.size(); ++i) {
    const BoardImage& board = known_good.boards[i];
    const imaging::PreparedReference reference(board, options.modality, options.registration,
                                               features_of(known_good, i));
    const imaging::Registration registration = register_to_reference(reference, sample, execution);
    result.unused.push_back(registration.ok() ? "" : registration.reason);
    if (registration.ok()) {
      by_board.push_back(evidence_against(board, sample, registration, first.board, open, options, execution));
    }
  }
  result.evidence = best_explained(by_board);
  return result;
}

std::vector<FaultyPlaces> without_made_good(std::vector<FaultyPlaces> faults, const Evidence& evidence) {
  for (FaultyPlaces& faulty : faults) {
    if (faulty.picture == imaging::Frame::reference) {
      const cv::Size cells = evidence.inspected.size();
      const cv::Rect whole({0, 0}, cells * evidence.cell_px);
      cv::Mat1b compared;
      cv::resize(evidence.inspected, compared, whole.size(), 0, 0, cv::INTER_NEAREST);
      cv::Mat1b where = faulty.where.clone();
      where(whole).setTo(0, compared);
      faulty.where = where;
    }
  }
  return faults;
}

}  // namespace boarddiff::compare
