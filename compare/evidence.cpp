// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence.h"

#include "compare/appearance.h"
#include "compare/best_match.h"
#include "compare/brightness_step.h"
#include "compare/colour_offset.h"
#include "compare/height_sweep.h"
#include "compare/surroundings.h"
#include "imaging/residual_shift.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

// Cells around each supposed position that are tried: a cell's worth of misalignment and of a low part's height.
constexpr int kReach = 1;

// As far as a part is wide.
constexpr double kCloseCells = 4;

// Difference that even perfectly quiet surroundings are credited with; below it is noise of camera and compression.
constexpr float kQuiet = 0.1F;

// Taller parts hide more than they move.
constexpr int kFarthestCells = 24;

// Cells over which brightness is averaged for steps: bare mask is not flat, and a body is wider.
constexpr double kPlainCells = 1;

// What one picture looks like, with its structure and weighted colour in one vector a cell.
struct Look {
  AppearanceGrid grid = {};
  cv::Mat joined = {};
};

struct BothLooks {
  Look reference = {};
  Look sample = {};
};

// Where the cells of either picture are found in the other.
struct Shifts {
  SweptHeights reference = {};
  SweptHeights sample = {};
};

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

BothLooks looks_of(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& inspected, int cell_px,
                   double colour_weight) {
  BothLooks looks;
  looks.reference.grid = describe_appearance(reference, cell_px);
  looks.sample.grid = describe_appearance(sample, cell_px);
  const cv::Mat sample_colour = colour_without_light(looks.reference.grid, looks.sample.grid, inspected);
  looks.reference.joined = joined(looks.reference.grid.structure, looks.reference.grid.colour, colour_weight);
  looks.sample.joined = joined(looks.sample.grid.structure, sample_colour, colour_weight);
  return looks;
}

// The grid as it would look if every cell were replaced by the one its shift points to.
cv::Mat shifted(const cv::Mat& grid, const cv::Mat2f& shift_cells) {
  cv::Mat2f positions(grid.size());
  for (int y = 0; y < grid.rows; ++y) {
    for (int x = 0; x < grid.cols; ++x) {
      positions(y, x) = cv::Vec2f(static_cast<float>(x), static_cast<float>(y)) + shift_cells(y, x);
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
cv::Mat1b inspected_cells(const imaging::NormalizedPair& pair, const cv::Mat1b& board, int cell_px) {
  const cv::Size cells(pair.size().width / cell_px, pair.size().height / cell_px);
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

// Cut off, or its last row and column repeated.
cv::Mat of_size(const cv::Mat& map, const cv::Size& cells) {
  cv::Mat result;
  cv::copyMakeBorder(map, result, 0, std::max(0, cells.height - map.rows), 0, std::max(0, cells.width - map.cols),
                     cv::BORDER_REPLICATE);
  return result(cv::Rect({0, 0}, cells)).clone();
}

SweptHeights guessed(const cv::Mat2f& shift_px, int cell_px) {
  SweptHeights heights{.shift_cells = cv::Mat2f(shift_px / cell_px), .gain = cv::Mat1f(shift_px.size(), 0.0F)};
  std::vector<cv::Mat> parts;
  cv::split(heights.shift_cells, parts);
  cv::magnitude(parts[0], parts[1], heights.height_cells);
  return heights;
}

// Along the line that raised places move on; where it is not known, in any direction.
Shifts shifts_of(const imaging::NormalizedPair& pair, const BothLooks& looks, int cell_px) {
  const imaging::RaisedPath& raised = pair.raised;
  if (!raised.known) {
    const imaging::ResidualShift shift = imaging::measure_residual_shift(pair, cell_px);
    return {.reference = guessed(shift.sample_from_reference, cell_px),
            .sample = guessed(shift.reference_from_sample, cell_px)};
  }
  const cv::Size cells = looks.reference.joined.size();
  cv::Mat2f way;
  cv::resize(raised.direction, way,
             {raised.direction.cols * imaging::RaisedPath::kSquare_px / cell_px,
              raised.direction.rows * imaging::RaisedPath::kSquare_px / cell_px},
             0, 0, cv::INTER_LINEAR);
  way = of_size(way, cells);
  const int farthest = std::min(kFarthestCells, static_cast<int>(std::ceil(raised.farthest_px / cell_px)) + 1);
  return {.reference = sweep_heights(looks.reference.joined, looks.sample.joined, way, farthest, !raised.upward_known),
          .sample = sweep_heights(looks.sample.joined, looks.reference.joined, cv::Mat2f(-way), farthest,
                                  !raised.upward_known)};
}

MatchDistance matched(const Look& from, const Look& to, const cv::Mat2f& shift_cells) {
  return best_match(from.joined, {to.joined, shifted(to.joined, shift_cells)}, from.grid.structure.channels(), kReach);
}

// Cells of twice the side as those of `cells`; what is left over at the right and below repeats the last ones.
cv::Mat1f on_fine_cells(const cv::Mat1f& coarse, const cv::Size& cells) {
  cv::Mat1f fine;
  cv::resize(coarse, fine, coarse.size() * 2, 0, 0, cv::INTER_LINEAR);
  return of_size(fine, cells);
}

cv::Mat1f whitest_of(const cv::Mat& picture, const cv::Size& cells, int cell_px) {
  cv::Mat1f whitest(cells, 0.0F);
  for (int y = 0; y < cells.height * cell_px; ++y) {
    const float* pixel = picture.ptr<float>(y);
    for (int x = 0; x < cells.width * cell_px; ++x, pixel += picture.channels()) {
      float& most = whitest(y / cell_px, x / cell_px);
      most = std::max(most, *std::min_element(pixel, pixel + picture.channels()));
    }
  }
  return whitest;
}

OneWayEvidence one_way(const Look& from, const Look& to, const SweptHeights& heights, double colour_weight) {
  const MatchDistance match = matched(from, to, heights.shift_cells);
  OneWayEvidence evidence{.difference = match.joint,
                          .structure = match.structure,
                          .height = heights.height_cells,
                          .height_gain = heights.gain,
                          .hidden = covered_by_taller(heights.shift_cells),
                          .texture = from.grid.texture};
  evidence.colour = match.colour / colour_weight;
  return evidence;
}

void add_coarse(OneWayEvidence& evidence, const Look& from, const Look& to, const cv::Mat2f& shift_cells,
                double colour_weight) {
  const MatchDistance match = matched(from, to, shift_cells);
  evidence.coarse_structure = on_fine_cells(match.structure, evidence.structure.size());
  const cv::Mat1f joint = on_fine_cells(match.joint, evidence.structure.size());
  evidence.difference = cv::Mat1f((evidence.difference + joint) * 0.5);
  evidence.coarse_colour = on_fine_cells(cv::Mat1f(match.colour / colour_weight), evidence.structure.size());
}

// Half a cell of height may be a slip; a whole one hides the board below.
void leave_hidden_out(OneWayEvidence& evidence) {
  const cv::Mat seen = cv::max(1 - evidence.hidden, 0);
  cv::multiply(evidence.difference, seen, evidence.difference);
  cv::multiply(evidence.step, seen, evidence.step);
}

// The same once more in cells of twice the side: larger parts are larger than their edges, and noise is less.
void add_coarse(Evidence& evidence, const imaging::NormalizedPair& pair, const Shifts& shifts, double colour_weight) {
  const cv::Size cells = evidence.inspected.size() / 2;
  const cv::Rect whole(0, 0, cells.width * 2 * evidence.cell_px, cells.height * 2 * evidence.cell_px);
  cv::Mat reference;
  cv::Mat sample;
  cv::resize(pair.reference(whole), reference, whole.size() / 2, 0, 0, cv::INTER_AREA);
  cv::resize(pair.sample(whole), sample, whole.size() / 2, 0, 0, cv::INTER_AREA);
  const cv::Rect fine(0, 0, cells.width * 2, cells.height * 2);
  cv::Mat1b inspected;
  cv::resize(evidence.inspected(fine), inspected, cells, 0, 0, cv::INTER_NEAREST);
  const BothLooks looks = looks_of(reference, sample, inspected, evidence.cell_px, colour_weight);
  const auto halved = [&](const cv::Mat2f& shift) {
    cv::Mat2f half;
    cv::resize(shift(fine), half, cells, 0, 0, cv::INTER_AREA);
    half *= 0.5;
    return half;
  };
  add_coarse(evidence.reference, looks.reference, looks.sample, halved(shifts.reference.shift_cells), colour_weight);
  add_coarse(evidence.sample, looks.sample, looks.reference, halved(shifts.sample.shift_cells), colour_weight);
}

void add_steps(Evidence& evidence, const BothLooks& looks, const Shifts& shifts) {
  cv::Mat1f reference;
  cv::Mat1f smooth;
  cv::GaussianBlur(looks.reference.grid.brightness, reference, {}, kPlainCells);
  cv::GaussianBlur(looks.sample.grid.brightness, smooth, {}, kPlainCells);
  const cv::Mat1f sample = without_soft_light(reference, smooth, evidence.inspected, kAroundCells);
  evidence.reference.step = brightness_steps({reference, shifts.reference.shift_cells}, sample);
  evidence.sample.step = brightness_steps({sample, shifts.sample.shift_cells}, reference);
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const EvidenceOptions& options) {
  return imaging::OptionRules()
      .within("--evidence.cell-px", options.cell_px, 2, 64)
      .within("--evidence.colour-weight", options.colour_weight, 0.01, 100)
      .problems();
}

OneWayEvidence copy_of(const OneWayEvidence& evidence) {
  OneWayEvidence copy;
  for (const auto map : kOneWayMaps) {
    copy.*map = (evidence.*map).clone();
  }
  return copy;
}

Evidence against_surroundings(Evidence evidence) {
  cv::Mat1f weight;
  evidence.inspected.convertTo(weight, CV_32F, 1.0 / 255);
  evidence.difference = cv::Mat1f(cv::max(evidence.reference.difference, evidence.sample.difference));
  evidence.usual_most = usual_most(evidence.difference, evidence.inspected);
  const cv::Mat1f capped(cv::min(evidence.difference, evidence.usual_most));
  evidence.close = mean_around(capped, weight, kCloseCells);
  evidence.around = mean_around(capped, weight, kAroundCells);
  evidence.strength = over_surroundings(evidence.difference, evidence.around, kQuiet, evidence.inspected);
  if (!evidence.sample.step.empty()) {
    evidence.step_strength =
        step_strength(cv::Mat1f(cv::max(evidence.reference.step, evidence.sample.step)),
                      cv::Mat1f(cv::max(evidence.reference.texture, evidence.sample.texture)), evidence.inspected);
  }
  return evidence;
}

Evidence measure_evidence(const imaging::NormalizedPair& pair, const cv::Mat1b& board, const EvidenceOptions& options,
                          const imaging::Execution& execution) {
  execution.begin("measuring evidence");
  const double weight = options.colour_weight;
  Evidence evidence{.cell_px = options.cell_px};
  evidence.inspected = inspected_cells(pair, board, options.cell_px);
  if (pair.reference.channels() == 1) {
    evidence.attenuation = measure_attenuation_evidence(pair, board, execution);
    return evidence;
  }
  const BothLooks looks = looks_of(pair.reference, pair.sample, evidence.inspected, options.cell_px, weight);
  const Shifts shifts = shifts_of(pair, looks, options.cell_px);
  evidence.reference = one_way(looks.reference, looks.sample, shifts.reference, weight);
  evidence.sample = one_way(looks.sample, looks.reference, shifts.sample, weight);
  add_coarse(evidence, pair, shifts, weight);
  add_steps(evidence, looks, shifts);
  evidence.reference.whitest = whitest_of(pair.reference, evidence.inspected.size(), options.cell_px);
  evidence.sample.whitest = whitest_of(pair.sample, evidence.inspected.size(), options.cell_px);
  for (OneWayEvidence* way : {&evidence.reference, &evidence.sample}) {
    leave_hidden_out(*way);
    way->difference.setTo(0, evidence.inspected == 0);
    way->step.setTo(0, evidence.inspected == 0);
  }
  return against_surroundings(std::move(evidence));
}

}  // namespace boarddiff::compare
