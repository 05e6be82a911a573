// SPDX-License-Identifier: Apache-2.0
#include "imaging/open_beam.h"

#include "imaging/base/order_statistics.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kWorkSide = 480;          // px; a board's outline needs no more
constexpr double kBrightest = 0.02;     // share of the picture that is taken for open beam at first
constexpr float kBeamVaries = 0.04F;    // within that, at first
constexpr float kBoardAbsorbs = 0.07F;  // a third of what 1.6 mm of bare laminate does
constexpr int kMostRounds = 12;
constexpr int kLevelRounds = 2;   // a surface through a few corners would tilt
constexpr int kLeastPixels = 50;  // less is a hole, or dust on the detector
constexpr int kInside_px = 3;     // from its edge on
constexpr double kSmooth_px = 2;  // what is coarser than noise
constexpr double kEven = 0.012;   // deviation from the surface: tracks and planes make a bare board less even

using Terms = Eigen::Matrix<double, 6, 1>;

// Tubes and detectors fall off as a low polynomial.
Terms terms_at(const cv::Point& at, const cv::Size& size) {
  const double x = at.x / static_cast<double>(size.width) - 0.5;
  const double y = at.y / static_cast<double>(size.height) - 0.5;
  return (Terms() << 1, x, y, x * x, x * y, y * y).finished();
}

// Of `attenuation` where the mask is set.
Terms fitted_surface(const cv::Mat1f& attenuation, const cv::Mat1b& mask) {
  Eigen::Matrix<double, 6, 6> squares = 1e-6 * Eigen::Matrix<double, 6, 6>::Identity();
  Terms sums = Terms::Zero();
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      if (mask(y, x) != 0) {
        const Terms terms = terms_at({x, y}, mask.size());
        squares += terms * terms.transpose();
        sums += attenuation(y, x) * terms;
      }
    }
  }
  return squares.ldlt().solve(sums);
}

cv::Mat1b near_surface(const cv::Mat1f& attenuation, const Terms& surface) {
  cv::Mat1b near(attenuation.size(), uchar{0});
  for (int y = 0; y < near.rows; ++y) {
    for (int x = 0; x < near.cols; ++x) {
      const double above = attenuation(y, x) - surface.dot(terms_at({x, y}, near.size()));
      near(y, x) = above < kBoardAbsorbs ? 255 : 0;
    }
  }
  return near;
}

// Holes through the board are no border of it.
cv::Mat1b connected_with_border(const cv::Mat1b& mask) {
  cv::Mat1i labels;
  const int count = cv::connectedComponents(mask, labels, 4, CV_32S);
  std::vector<bool> touches(static_cast<std::size_t>(count), false);
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      // Detectors often have a dark rim of a pixel.
      if (x <= 1 || y <= 1 || x >= mask.cols - 2 || y >= mask.rows - 2) {
        touches[static_cast<std::size_t>(labels(y, x))] = true;
      }
    }
  }
  cv::Mat1b connected(mask.size(), uchar{0});
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      const int label = labels(y, x);
      connected(y, x) = label > 0 && touches[static_cast<std::size_t>(label)] ? 255 : 0;
    }
  }
  return connected;
}

// A close-up has no open beam, and the board itself must not be taken for it.
bool is_even(const cv::Mat1f& attenuation, const cv::Mat1b& open) {
  const Terms surface = fitted_surface(attenuation, open);
  cv::Mat1f above(attenuation.size());
  for (int y = 0; y < above.rows; ++y) {
    for (int x = 0; x < above.cols; ++x) {
      above(y, x) = attenuation(y, x) - static_cast<float>(surface.dot(terms_at({x, y}, above.size())));
    }
  }
  cv::GaussianBlur(above, above, {}, kSmooth_px, 0, cv::BORDER_REPLICATE);
  cv::Mat1b inside;
  const int side = 2 * kInside_px + 1;
  cv::erode(open, inside, cv::getStructuringElement(cv::MORPH_RECT, {side, side}), {-1, -1}, 1, cv::BORDER_CONSTANT,
            cv::Scalar(255));
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(above, mean, deviation, cv::countNonZero(inside) > 0 ? inside : open);
  return deviation[0] < kEven;
}

}  // namespace

cv::Mat1b find_open_beam(const cv::Mat1f& attenuation) {
  const double shrink = std::min(1.0, kWorkSide / static_cast<double>(std::max(attenuation.cols, attenuation.rows)));
  const cv::Size small(std::max(8, cvRound(attenuation.cols * shrink)),
                       std::max(8, cvRound(attenuation.rows * shrink)));
  cv::Mat1f work;
  cv::resize(attenuation, work, small, 0, 0, cv::INTER_AREA);
  cv::medianBlur(work, work, 3);
  const float brightest = quantile(std::vector<float>(work.begin(), work.end()), kBrightest);
  cv::Mat1b open(work < brightest + kBeamVaries);
  for (int round = 0; round < kMostRounds; ++round) {
    Terms surface = Terms::Zero();
    if (round < kLevelRounds) {
      surface[0] = median(values_where(work, open));
    } else {
      surface = fitted_surface(work, open);
    }
    const cv::Mat1b next = connected_with_border(near_surface(work, surface));
    if (cv::countNonZero(next) < kLeastPixels) {
      return cv::Mat1b(attenuation.size(), uchar{0});
    }
    const bool settled = round >= kLevelRounds && cv::countNonZero(next != open) == 0;
    open = next;
    if (settled) {
      break;
    }
  }
  if (!is_even(work, open)) {
    return cv::Mat1b(attenuation.size(), uchar{0});
  }
  cv::Mat1b result;
  cv::resize(open, result, attenuation.size(), 0, 0, cv::INTER_LINEAR);
  cv::compare(result, 127, result, cv::CMP_GT);
  return result;
}

}  // namespace boarddiff::imaging
