// SPDX-License-Identifier: Apache-2.0
#include "compare/region_notes.h"

#include "imaging/base/text.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

constexpr double kWorthNaming = 0.05;  // of the board

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
  std::vector<std::string> notes;
  if (masked > kWorthNaming) {
    notes.push_back(imaging::percent_text(masked) + " of the board is ignored (" +
                    shown_name("--ignore", regions.ignored) + "): nothing there was inspected.");
  }
  note_those_off_board(regions.ignored, shown_name("--ignore", regions.ignored), board, scale, notes);
  note_those_off_board(regions.watched, shown_name("--watch", regions.watched), board, scale, notes);
  return notes;
}

double varied_share(const std::vector<UsedVariation>& variations, const cv::Mat1b& board, double scale) {
  cv::Mat1b varied(board.size(), uchar{0});
  for (const UsedVariation& variation : variations) {
    const imaging::Box core = scaled(variation.core, scale);
    varied(cv::Rect2d(core.x, core.y, core.width, core.height) & cv::Rect2d({}, cv::Size2d(board.size()))) = 255;
  }
  return cv::countNonZero(varied & board) / std::max(1.0, static_cast<double>(cv::countNonZero(board)));
}

std::vector<std::string> notes_on_variations(const std::vector<UsedVariation>& variations, double share) {
  if (variations.empty()) {
    return {};
  }
  std::string seen;
  std::size_t count = 0;
  for (const UsedVariation& variation : variations) {
    if (!variation.is_seen) continue;
    ++count;
    seen.append(seen.empty() ? "" : ", ").append(std::to_string(variation.number));
    if (!variation.why.empty()) seen.append(" (").append(variation.why).append(")");
  }
  const bool is_one = variations.size() == 1;
  std::vector<std::string> notes = {"Of the reference file's " + std::to_string(variations.size()) +
                                    (is_one ? " variation" : " variations") + " the sample shows " +
                                    (count == 0 ? "none" : std::to_string(count) + ": " + seen) + "."};
  if (share > kWorthNaming) {
    notes.push_back("Variations lie on " + imaging::percent_text(share) +
                    " of the board: so much of it may look otherwise than on the known-good board.");
  }
  return notes;
}

}  // namespace boarddiff::compare
