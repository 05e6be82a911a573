// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence.h"

#include "compare/appearance.h"
#include "compare/best_match.h"
#include "compare/colour_offset.h"
#include "compare/glint.h"
#include "imaging/base/order_statistics.h"
#include "imaging/residual_shift.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace boarddiff::compare {

namespace {

// Cells around each supposed position that are tried: a cell's worth of misalignment and of a low part's height.
constexpr int kReach = 1;

// Surroundings that a place is measured against: wider than a part, narrower than a board's quarter.
constexpr double kSurroundCells = 14;

// What differs most counts in its surroundings no more than this quantile, so that a large new part does not excuse
// itself.
constexpr double kExcuse = 0.9;

// Difference that even perfectly quiet surroundings are credited with; below it is noise of camera and compression.
constexpr float kQuiet = 0.1F;

// Against the logarithms of colour: attenuation varies with every part that the cone of rays lays elsewhere.
constexpr double kAttenuationWeight = 0.25;

// Structure and weighted colour in one vector a cell.
cv::Mat joined(const cv::Mat& structure, const cv::Mat& colour, double colour_weight) {
  std::vector<cv::Mat> parts;
  cv::split(structure, parts);
  std::vector<cv::Mat> colours;
  cv::split(colour * colour_weight, colours);
  parts.insert(parts.end(), colours.begin(), colours.end());
  cv::Mat result;
  cv::merge(parts, result);
  return result;
}

// The grid as it would look if every cell were replaced by the one its shift points to.
cv::Mat shifted(const cv::Mat& grid, const cv::Mat2f& shift_px, int cell_px) {
  cv::Mat2f positions(grid.size());
  for (int y = 0; y < grid.rows; ++y) {
    for (int x = 0; x < grid.cols; ++x) {
      positions(y, x) =
          cv::Vec2f(static_cast<float>(x), static_cast<float>(y)) + shift_px(y, x) / static_cast<float>(cell_px);
    }
  }
  std::vector<cv::Mat> parts;
  cv::split(grid, parts);
  for (cv::Mat& part : parts) {
    cv::Mat moved;
    cv::remap(part, moved, positions, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    part = moved;
  }
  cv::Mat result;
  cv::merge(parts, result);
  return result;
}

// Cells that lie whole inside what both pictures show of the board, some distance from its end.
cv::Mat1b inspected_cells(const imaging::NormalizedPair& pair, const cv::Mat1b& board, const cv::Size& cells,
                          int cell_px) {
  cv::Mat1b both;
  cv::bitwise_and(pair.seen, board, both);
  const cv::Mat1b whole = both(cv::Rect(0, 0, cells.width * cell_px, cells.height * cell_px));
  cv::Mat1b small;
  cv::resize(whole, small, cells, 0, 0, cv::INTER_AREA);
  cv::compare(small, 255, small, cv::CMP_EQ);
  const cv::Mat kernel =
      cv::getStructuringElement(cv::MORPH_RECT, {2 * kUninspectedMarginCells + 1, 2 * kUninspectedMarginCells + 1});
  cv::erode(small, small, kernel, {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  return small;
}

std::vector<float> values_where(const cv::Mat1f& values, const cv::Mat1b& where) {
  std::vector<float> some;
  for (int y = 0; y < values.rows; ++y) {
    for (int x = 0; x < values.cols; ++x) {
      if (where(y, x) != 0) {
        some.push_back(values(y, x));
      }
    }
  }
  return some;
}

cv::Mat1f relative_to_surroundings(const cv::Mat1f& difference, const cv::Mat1b& inspected) {
  const std::vector<float> differences = values_where(difference, inspected);
  const float most = differences.empty() ? 0 : imaging::quantile(differences, kExcuse);
  cv::Mat1f capped;
  cv::Mat1f weight;
  cv::min(difference, cv::Scalar(most), capped);
  inspected.convertTo(weight, CV_32F, 1.0 / 255);
  cv::GaussianBlur(capped, capped, {}, kSurroundCells);
  cv::GaussianBlur(weight, weight, {}, kSurroundCells);
  cv::Mat1f smooth;
  cv::GaussianBlur(difference, smooth, {}, 0.8);
  cv::Mat1f strength(difference.size(), 0.0F);
  for (int y = 0; y < strength.rows; ++y) {
    for (int x = 0; x < strength.cols; ++x) {
      if (inspected(y, x) != 0) {
        strength(y, x) = smooth(y, x) / (capped(y, x) / std::max(weight(y, x), 0.05F) + kQuiet);
      }
    }
  }
  return strength;
}

// Halves what lies on highlights: a part that shines there as well still differs around them.
void weaken(cv::Mat1f& strength, const cv::Mat1b& glints) {
  constexpr float kOnGlint = 0.5F;
  for (int y = 0; y < strength.rows; ++y) {
    for (int x = 0; x < strength.cols; ++x) {
      strength(y, x) *= glints(y, x) != 0 ? kOnGlint : 1.0F;
    }
  }
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const EvidenceOptions& options) {
  return imaging::OptionRules()
      .within("--evidence.cell-px", options.cell_px, 2, 64)
      .within("--evidence.colour-weight", options.colour_weight, 0.01, 100)
      .problems();
}

Evidence measure_evidence(const imaging::NormalizedPair& pair, const cv::Mat1b& board, const EvidenceOptions& options,
                          const imaging::Execution& execution) {
  execution.begin("measuring evidence");
  const bool is_light = pair.reference.channels() == 3;
  const AppearanceGrid reference = describe_appearance(pair.reference, options.cell_px);
  const AppearanceGrid sample = describe_appearance(pair.sample, options.cell_px);
  const imaging::ResidualShift shift = imaging::measure_residual_shift(pair, options.cell_px);
  Evidence evidence{.cell_px = options.cell_px};
  evidence.inspected = inspected_cells(pair, board, reference.structure.size(), options.cell_px);
  const cv::Mat sample_colour = is_light ? colour_without_light(reference, sample, evidence.inspected) : sample.colour;
  const double weight = options.colour_weight * (is_light ? 1 : kAttenuationWeight);
  const cv::Mat in_reference = joined(reference.structure, reference.colour, weight);
  const cv::Mat in_sample = joined(sample.structure, sample_colour, weight);
  const int structure_channels = reference.structure.channels();
  MatchDistance gone =
      best_match(in_reference, {in_sample, shifted(in_sample, shift.sample_from_reference, options.cell_px)},
                 structure_channels, kReach);
  MatchDistance come =
      best_match(in_sample, {in_reference, shifted(in_reference, shift.reference_from_sample, options.cell_px)},
                 structure_channels, kReach);
  const cv::Mat not_inspected = evidence.inspected == 0;
  gone.joint.setTo(0, not_inspected);
  come.joint.setTo(0, not_inspected);
  const cv::Mat colour = cv::max(gone.colour, come.colour) / weight;
  evidence.colour = colour;
  const cv::Mat difference = cv::max(gone.joint, come.joint);
  evidence.strength = relative_to_surroundings(difference, evidence.inspected);
  if (is_light) {
    weaken(evidence.strength, find_glints(pair.reference, pair.sample, options.cell_px));
  }
  evidence.appeared = come.joint;
  evidence.disappeared = gone.joint;
  evidence.reference_texture = reference.texture;
  evidence.sample_texture = sample.texture;
  return evidence;
}

}  // namespace boarddiff::compare
