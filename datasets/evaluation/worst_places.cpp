// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/worst_places.h"

#include "compare/display_image.h"
#include "compare/self_contained_page.h"
#include "compare/whole_pixels.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"
#include "imaging/load.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <optional>

namespace boarddiff::datasets {
namespace {

constexpr std::size_t kPlaces = 3;  // of a case
constexpr double kLeastCrop = 120;  // sample pixels; less shows too little of the neighbourhood
constexpr int kShownSide = 300;

const CaseFinding* best_that_hits(const CaseResult& result, const CaseChange& change) {
  for (const CaseFinding& finding : result.findings) {
    if (std::find(finding.hits.begin(), finding.hits.end(), change.id) != finding.hits.end()) {
      return &finding;
    }
  }
  return nullptr;
}

std::string told(const CaseFinding& finding) {
  return finding.kind + ", score " + imaging::fixed_text(finding.score, 2);
}

std::string told(const CaseChange& change) {
  std::string text = change.id + ": " + change.kind;
  if (change.size_mm.size() >= 2) {
    text +=
        ", " + imaging::fixed_text(change.size_mm[0], 1) + " x " + imaging::fixed_text(change.size_mm[1], 1) + " mm";
  }
  return change.background.empty() ? text : text + ", " + change.background;
}

WorstCase looked_at(const CaseResult& result, std::size_t in_case) {
  WorstCase worst{.in_case = in_case, .refused = was_refused(result)};
  for (const CaseChange& change : result.changes) {
    const CaseFinding* finding = best_that_hits(result, change);
    const bool found = std::any_of(result.findings.begin(), result.findings.end(), [&](const CaseFinding& other) {
      return other.shown && std::find(other.hits.begin(), other.hits.end(), change.id) != other.hits.end();
    });
    if (!found) {
      ++worst.missed;
      worst.places.push_back(
          {change.box, told(change), finding == nullptr ? "nothing" : "only a candidate: " + told(*finding)});
    }
  }
  // One place is kept for a false call: both sorts of mistakes are to be seen.
  const auto is_false = [&](const CaseFinding& finding) {
    return result.exhaustive && finding.shown && finding.hits.empty();
  };
  worst.false_calls = static_cast<int>(std::count_if(result.findings.begin(), result.findings.end(), is_false));
  worst.places.resize(std::min(worst.places.size(), worst.false_calls > 0 ? kPlaces - 1 : kPlaces));
  for (const CaseFinding& finding : result.findings) {
    if (is_false(finding) && worst.places.size() < kPlaces) {
      worst.places.push_back({finding.box, "nothing", told(finding)});
    }
  }
  return worst;
}

std::optional<cv::Matx33d> sample_from_reference(const Case& one, const CaseResult& result) {
  constexpr std::size_t kLeastPoints = 4;
  if (one.points.size() >= kLeastPoints) {
    std::vector<cv::Point2d> in_reference;
    std::vector<cv::Point2d> in_sample;
    for (const PointPair& point : one.points) {
      in_reference.emplace_back(point.in_reference.x(), point.in_reference.y());
      in_sample.emplace_back(point.in_sample.x(), point.in_sample.y());
    }
    const cv::Mat fitted = cv::findHomography(in_reference, in_sample);
    if (!fitted.empty()) {
      return cv::Matx33d(fitted);
    }
  }
  if (result.sample_from_reference) {
    cv::Matx33d matrix;
    cv::eigen2cv(*result.sample_from_reference, matrix);
    return matrix;
  }
  return {};
}

// The part of the sample around a place, and how much it is enlarged.
struct Crop {
  cv::Rect of_sample = {};
  double scale = 1;

  [[nodiscard]] cv::Size shown_size() const {
    return {std::max(1, cvRound(of_sample.width * scale)), std::max(1, cvRound(of_sample.height * scale))};
  }
  [[nodiscard]] cv::Matx33d shown_from_sample() const {
    return {scale, 0, -scale * of_sample.x, 0, scale, -scale * of_sample.y, 0, 0, 1};
  }
};

Crop crop_around(const imaging::Box& box, const cv::Size& sample) {
  const double longer = std::max(box.width, box.height);
  const double side = std::max(3 * longer, kLeastCrop);
  const imaging::Point centre = box.centre();
  Crop crop;
  crop.of_sample = compare::whole_pixels({centre.x() - side / 2, centre.y() - side / 2, side, side}, sample);
  crop.scale = kShownSide / side;
  return crop;
}

std::string drawn(const imaging::BoardImage& picture, const cv::Matx33d& shown_from_picture, const Crop& crop,
                  const imaging::Box& box, const compare::DisplayRange& range) {
  cv::Mat shown;
  cv::warpPerspective(picture.pixels, shown, shown_from_picture, crop.shown_size(), cv::INTER_LINEAR);
  cv::Mat3b pixels = compare::display_pixels(shown, range).clone();
  const auto corner = [&](double x, double y) {
    return cv::Point(cvRound((x - crop.of_sample.x) * crop.scale), cvRound((y - crop.of_sample.y) * crop.scale));
  };
  const cv::Point first = corner(box.x, box.y) - cv::Point(4, 4);
  const cv::Point last = corner(box.x + box.width, box.y + box.height) + cv::Point(4, 4);
  cv::rectangle(pixels, first - cv::Point(2, 2), last + cv::Point(2, 2), cv::Scalar(0, 0, 0));
  cv::rectangle(pixels, first, last, cv::Scalar(255, 255, 255), 2);
  return compare::jpeg_uri(pixels);
}

}  // namespace

std::vector<WorstCase> worst_cases(const Evaluation& evaluation, std::size_t most) {
  std::vector<WorstCase> cases;
  for (std::size_t i = 0; i < evaluation.cases.size(); ++i) {
    const CaseResult& result = evaluation.cases[i];
    if (result.same_board && result.trouble.empty()) {
      WorstCase worst = looked_at(result, i);
      if (!worst.places.empty()) {
        cases.push_back(std::move(worst));
      }
    }
  }
  std::stable_sort(cases.begin(), cases.end(), [](const WorstCase& a, const WorstCase& b) {
    return a.missed + a.false_calls > b.missed + b.false_calls;
  });
  cases.resize(std::min(cases.size(), most));
  return cases;
}

std::vector<PlacePictures> place_pictures(const Case& one, const CaseResult& result,
                                          const std::vector<WorstPlace>& places) {
  std::vector<PlacePictures> pictures(places.size());
  try {
    const imaging::BoardImage reference = imaging::load_board_image(one.reference);
    const imaging::BoardImage sample = imaging::load_board_image(one.sample);
    const auto homography = sample_from_reference(one, result);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const imaging::Box& box = places[i].sample_box;
      const Crop crop = crop_around(box, sample.size());
      if (crop.of_sample.empty()) {
        continue;
      }
      const cv::Matx33d shown_from_sample = crop.shown_from_sample();
      pictures[i].sample = drawn(sample, shown_from_sample, crop, box, compare::display_range(sample, one.modality));
      if (homography) {
        pictures[i].reference = drawn(reference, shown_from_sample * *homography, crop, box,
                                      compare::display_range(reference, one.modality));
      }
    }
  } catch (const imaging::Error&) {
    // A picture that cannot be read: the tool has said so, and the page goes without.
    return std::vector<PlacePictures>(places.size());
  }
  return pictures;
}

}  // namespace boarddiff::datasets
