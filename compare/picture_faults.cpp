// SPDX-License-Identifier: Apache-2.0
#include "compare/picture_faults.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <string_view>

namespace boarddiff::compare {

namespace {

using imaging::Modality;
using imaging::QualityFault;

struct Words {
  std::string_view what = {};    // "glare", of a place
  std::string_view hides = {};   // "glare hides", 7 % of the board
  std::string_view better = {};  // "move the lamp", for the next picture
};

Words words_for_photo(QualityFault fault) {
  switch (fault) {
    case QualityFault::glare:
      return {"glare", "glare hides", "move the lamp or the camera, or put a diffuser before the lamp"};
    case QualityFault::overexposed:
      return {"overexposed", "too much light hides", "expose less"};
    case QualityFault::too_dark:
      return {"too dark", "darkness hides", "light the board evenly, or expose more"};
    case QualityFault::too_blurred:
      return {"out of focus or shaken", "blur hides", "focus on the board and keep the camera still"};
    case QualityFault::too_coarse:
      return {"too few pixels for the smallest part", "coarse resolution hides small parts on",
              "go nearer or scan finer, compare more pixels (--normalization.max-side-px), or ask for larger parts "
              "alone (--quality.smallest-part-mm)"};
  }
  return {};
}

Words words_for(QualityFault fault, Modality modality) {
  Words words = words_for_photo(fault);
  if (modality == Modality::xray && fault == QualityFault::too_blurred) {
    words.what = "blurred";
    words.better = "use a smaller focal spot, and keep the board still";
  }
  if (modality == Modality::xray && fault == QualityFault::too_coarse) {
    words.better = "magnify more, or ask for larger parts alone (--quality.smallest-part-mm)";
  }
  return words;
}

std::string picture_name(const imaging::FaultyPlaces& faulty) {
  return "the " + std::string(imaging::name_of(faulty.picture));
}

std::string share_text(double share) { return share < 0.01 ? "less than 1 %" : imaging::percent_text(share); }

}  // namespace

std::string reason_for(const imaging::FaultyPlaces& faulty, Modality modality) {
  return std::string(words_for(faulty.fault, modality).what) + " in " + picture_name(faulty);
}

std::vector<std::string> advice_on(const std::vector<imaging::FaultyPlaces>& faults, const cv::Mat1b& board,
                                   Modality modality) {
  constexpr double kWorthNaming = 0.001;
  const double total = std::max(1, cv::countNonZero(board));
  std::vector<std::string> advice;
  for (const imaging::FaultyPlaces& faulty : faults) {
    const double share = cv::countNonZero(faulty.where & board) / total;
    if (share >= kWorthNaming) {
      const Words words = words_for(faulty.fault, modality);
      advice.push_back("In " + picture_name(faulty) + " " + std::string(words.hides) + " " + share_text(share) +
                       " of the board, which was not inspected. For another picture: " + std::string(words.better) +
                       ".");
    }
  }
  return advice;
}

cv::Mat1b without_faults(const cv::Mat1b& board, const std::vector<imaging::FaultyPlaces>& faults) {
  cv::Mat1b rest = board.clone();
  for (const imaging::FaultyPlaces& faulty : faults) {
    rest.setTo(0, faulty.where);
  }
  return rest;
}

}  // namespace boarddiff::compare
