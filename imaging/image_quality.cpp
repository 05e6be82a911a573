// SPDX-License-Identifier: Apache-2.0
#include "imaging/image_quality.h"

#include "imaging/focus_loss.h"
#include "imaging/light_loss.h"

#include <Eigen/LU>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace boarddiff::imaging {

namespace {

// Without a scale: a resistor of size 0603 on a board of 25 cm that fills a pair of 2400 px.
constexpr double kPart_px = 8;
// A part is judged at this many pixels, or at as many as it has: by its light, which fills areas, and by its blur, of
// which the limit is a quarter of a part and half of that the finest that is asked.
constexpr double kLitPart_px = 4;
constexpr double kSharpPart_px = 8;
// Fewer do not show a part's body between its ends.
constexpr double kLeastPart_px = 3;

// The pair shrunk until the smallest part is a few pixels wide: what is finer decides nothing here.
struct WorkPair {
  NormalizedPair pair = {};
  cv::Mat1b judged = {};
  double part_px = kLitPart_px;
};

cv::Mat resized(const cv::Mat& picture, const cv::Size& size) {
  cv::Mat result = picture;
  if (!picture.empty() && picture.size() != size) {
    cv::resize(picture, result, size, 0, 0, cv::INTER_AREA);
  }
  return result;
}

WorkPair shrunk(const NormalizedPair& pair, const cv::Mat1b& board, double part_px, double wanted_part_px) {
  const double factor = std::min(1.0, wanted_part_px / part_px);
  const cv::Size size(std::max(1, cvRound(pair.size().width * factor)),
                      std::max(1, cvRound(pair.size().height * factor)));
  WorkPair work{.part_px = part_px * factor};
  work.pair = {.reference = resized(pair.reference, size),
               .sample = resized(pair.sample, size),
               .reference_levels = resized(pair.reference_levels, size),
               .sample_levels = resized(pair.sample_levels, size)};
  // Whole pixels only: at the edge of the view the black outside is mixed in.
  work.judged = resized(cv::Mat(board & pair.seen), size) == 255;
  return work;
}

cv::Mat1f grey(const cv::Mat& picture) {
  cv::Mat result = picture;
  if (picture.channels() == 3) {
    cv::cvtColor(picture, result, cv::COLOR_BGR2GRAY);
  }
  return result;
}

// In shares of the range that a board spans. What lies outside shows the same in both, so that its edge is no structure
// that one of them lacks.
std::pair<cv::Mat1f, cv::Mat1f> judged_only(const WorkPair& work) {
  constexpr double kAttenuation = 3;  // behind a board's dense parts about a twentieth of the X-rays is left
  const double full_scale = work.pair.reference.channels() == 1 ? kAttenuation : 1;
  cv::Mat1f reference(grey(work.pair.reference) / full_scale);
  cv::Mat1f sample(grey(work.pair.sample) / full_scale);
  const cv::Mat outside = work.judged == 0;
  reference.setTo(0, outside);
  sample.setTo(0, outside);
  return {reference, sample};
}

class FaultList {
 public:
  explicit FaultList(const cv::Size& size) : size_(size) {}

  // `work_places`: of the size of what is judged, which may be smaller than the pair.
  void add(QualityFault fault, Frame picture, const WorkPair& work, const cv::Mat1b& work_places) {
    const cv::Mat places = work_places & work.judged;
    if (cv::countNonZero(places) > 0) {
      FaultyPlaces faulty{.fault = fault, .picture = picture};
      cv::resize(places, faulty.where, size_, 0, 0, cv::INTER_NEAREST);
      list_.push_back(std::move(faulty));
    }
  }
  [[nodiscard]] std::vector<FaultyPlaces> largest_first() && {
    std::stable_sort(list_.begin(), list_.end(), [](const FaultyPlaces& a, const FaultyPlaces& b) {
      return cv::countNonZero(a.where) > cv::countNonZero(b.where);
    });
    return std::move(list_);
  }

 private:
  cv::Size size_;
  std::vector<FaultyPlaces> list_ = {};
};

void add_light(FaultList& faults, const WorkPair& work) {
  const cv::Mat1b& reference = work.pair.reference_levels;
  const cv::Mat1b& sample = work.pair.sample_levels;
  for (const Frame picture : kFrames) {
    const bool of_sample = picture == Frame::sample;
    const LightLoss loss = light_loss(
        {.picture = of_sample ? sample : reference, .other = of_sample ? reference : sample, .judged = work.judged},
        work.part_px);
    faults.add(QualityFault::glare, picture, work, loss.glare);
    faults.add(QualityFault::overexposed, picture, work, loss.overexposed);
    faults.add(QualityFault::too_dark, picture, work, loss.too_dark);
  }
}

void add_blur(FaultList& faults, const WorkPair& work) {
  // Parts begin to be missed: of 32 parts of size 0603 20 were found in sharp pictures, 8 at a blur of 0.24 of their
  // short side, one at 0.36.
  const double limit_px = work.part_px / 4;
  const auto [reference, sample] = judged_only(work);
  faults.add(QualityFault::too_blurred, Frame::reference, work, focus_loss(reference, sample, limit_px));
  faults.add(QualityFault::too_blurred, Frame::sample, work, focus_loss(sample, reference, limit_px));
}

// Where the sample has fewer pixels to the smallest part than show one; asked every few pixels, since it changes
// slowly.
cv::Mat1b coarse_places(const PlaneMap& plane, double reference_part_px, const cv::Size& reference_size,
                        const cv::Size& size) {
  constexpr int kStep = 16;
  cv::Mat1b coarse((size.height + kStep - 1) / kStep, (size.width + kStep - 1) / kStep, uchar{0});
  for (int y = 0; y < coarse.rows; ++y) {
    for (int x = 0; x < coarse.cols; ++x) {
      const Point reference((x + 0.5) * kStep * reference_size.width / size.width,
                            (y + 0.5) * kStep * reference_size.height / size.height);
      const double sample_px = std::sqrt(std::abs(sample_step(plane, reference).determinant()));
      coarse(y, x) = reference_part_px * sample_px < kLeastPart_px ? 255 : 0;
    }
  }
  cv::Mat1b result;
  cv::resize(coarse, result, {}, kStep, kStep, cv::INTER_NEAREST);
  return result(cv::Rect({0, 0}, size));
}

}  // namespace

std::string_view name_of(QualityFault fault) {
  switch (fault) {
    case QualityFault::glare:
      return "glare";
    case QualityFault::overexposed:
      return "overexposed";
    case QualityFault::too_dark:
      return "too_dark";
    case QualityFault::too_blurred:
      return "too_blurred";
    case QualityFault::too_coarse:
      return "too_coarse";
  }
  return "glare";
}

std::vector<OptionProblem> problems(const QualityOptions& options) {
  return OptionRules().within("--quality.smallest-part-mm", options.smallest_part_mm, 0.05, 100).problems();
}

std::vector<FaultyPlaces> find_quality_faults(const NormalizedPair& pair, const cv::Mat1b& board, const PlaneMap& plane,
                                              const std::optional<double>& reference_px_per_mm,
                                              const QualityOptions& options, const Execution& execution) {
  execution.begin("judging the pictures");
  const double reference_part_px =
      reference_px_per_mm ? options.smallest_part_mm * *reference_px_per_mm : kPart_px / pair.scale;
  const double part_px = reference_part_px * pair.scale;
  const WorkPair lit = shrunk(pair, board, part_px, kLitPart_px);
  FaultList faults(pair.size());
  if (!pair.sample_levels.empty()) {
    add_light(faults, lit);
  }
  add_blur(faults, shrunk(pair, board, part_px, kSharpPart_px));
  if (reference_px_per_mm) {
    // The reference in the pair, which may be coarser than the file.
    const bool is_coarse = part_px < kLeastPart_px;
    const cv::Size reference_size(cvRound(pair.size().width / pair.scale), cvRound(pair.size().height / pair.scale));
    if (is_coarse) {
      faults.add(QualityFault::too_coarse, Frame::reference, lit, lit.judged);
    }
    faults.add(QualityFault::too_coarse, Frame::sample, lit,
               coarse_places(plane, reference_part_px, reference_size, lit.judged.size()));
  }
  return std::move(faults).largest_first();
}

}  // namespace boarddiff::imaging
