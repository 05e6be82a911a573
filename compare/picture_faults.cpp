// SPDX-License-Identifier: Apache-2.0
#include "compare/picture_faults.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <string_view>

namespace boarddiff::compare {

namespace {

using imaging::QualityFault;

struct Words {
  std::string_view what = {};    // "glare in the sample"
  std::string_view covers = {};  // "glare hides 7 % of the board"
  std::string_view to_do = {};
};

Words words_for(QualityFault fault) {
  switch (fault) {
    case QualityFault::glare:
      return {"glare", "glare hides", "move the lamp or the camera, or put a diffuser before the lamp"};
    case QualityFault::overexposed:
      return {"overexposed", "too much light hides", "expose less"};
    case QualityFault::too_dark:
      return {"too dark", "darkness hides", "light it evenly, or expose more"};
    case QualityFault::too_blurred:
      return {"out of focus or shaken", "blur hides", "focus on the board and keep the camera still"};
    case QualityFault::too_coarse:
      return {"too few pixels for the smallest part", "too few pixels show",
              "go nearer, or use a camera with more pixels"};
  }
  return {};
}

std::string picture_name(const imaging::FaultyPlaces& faulty) {
  return "the " + std::string(imaging::name_of(faulty.picture));
}

std::string share_text(double share) {
  return share < 0.01 ? "less than 1 %" : imaging::fixed_text(100 * share, 0) + " %";
}

}  // namespace

std::string reason_for(const imaging::FaultyPlaces& faulty) {
  return std::string(words_for(faulty.fault).what) + " in " + picture_name(faulty);
}

std::vector<std::string> advice_on(const std::vector<imaging::FaultyPlaces>& faults, const cv::Mat1b& board) {
  constexpr double kWorthNaming = 0.001;
  const double total = std::max(1, cv::countNonZero(board));
  std::vector<std::string> advice;
  for (const imaging::FaultyPlaces& faulty : faults) {
    const double share = cv::countNonZero(faulty.where & board) / total;
    if (share >= kWorthNaming) {
      const Words words = words_for(faulty.fault);
      advice.push_back("In " + picture_name(faulty) + " " + std::string(words.covers) + " " + share_text(share) +
                       " of the board, which was not inspected. To photograph it again: " + std::string(words.to_do) +
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
