// SPDX-License-Identifier: Apache-2.0
#include "compare/region_notes.h"

#include "imaging/base/text.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

std::string shown_name(const std::string& flag, const RegionSet& set) {
  std::string name = flag;
  for (const RegionSource& source : set.sources) {
    name += (&source == &set.sources.front() ? " " : " and ") + source.name;
  }
  return name;
}

bool covers_some(const MarkedRegion& region, const cv::Mat1b& board, double scale) {
  const cv::Rect window = window_around(region, board.size(), scale);
  return !window.empty() && cv::countNonZero(pixels_of(region, window, scale) & board(window)) > 0;
}

void note_those_off_board(const RegionSet& set, const std::string& name, const cv::Mat1b& board, double scale,
                          std::vector<std::string>& notes) {
  const auto off_board = std::count_if(set.regions.begin(), set.regions.end(),
                                       [&](const MarkedRegion& region) { return !covers_some(region, board, scale); });
  if (set.regions.empty() && !set.sources.empty()) {
    notes.push_back(name + " marks nothing.");
  } else if (off_board > 0) {
    notes.push_back("Of the regions of " + name + " " + std::to_string(off_board) + " of " +
                    std::to_string(set.regions.size()) + (off_board == 1 ? " lies" : " lie") + " off the board.");
  }
}

}  // namespace

std::vector<std::string> notes_on_regions(const MarkedRegions& regions, double masked, const cv::Mat1b& board,
                                          double scale) {
  constexpr double kWorthNaming = 0.05;
  std::vector<std::string> notes;
  if (masked > kWorthNaming) {
    notes.push_back(imaging::percent_text(masked) + " of the board is ignored (" +
                    shown_name("--ignore", regions.ignored) + "): nothing there was inspected.");
  }
  note_those_off_board(regions.ignored, shown_name("--ignore", regions.ignored), board, scale, notes);
  note_those_off_board(regions.watched, shown_name("--watch", regions.watched), board, scale, notes);
  return notes;
}

}  // namespace boarddiff::compare
