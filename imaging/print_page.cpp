// SPDX-License-Identifier: Apache-2.0
#include "imaging/print_page.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kLeastSide = 16;        // px, of a part with print on it
constexpr int kLeastLetter = 7;       // px: below, strokes run into one another
constexpr double kLetterOnPage = 30;  // px; Tesseract's network was trained at about this height
constexpr double kDarkBody = 0.4;     // of full scale

cv::Mat1f grey_of(const cv::Mat& place) {
  cv::Mat grey = place;
  if (place.channels() == 3) {
    cv::cvtColor(place, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1f result;
  grey.convertTo(result, CV_32F, place.depth() == CV_16U ? 1.0 / 65535 : 1.0 / 255);
  return result;
}

std::vector<float> values_of(const cv::Mat1f& picture) {
  const cv::Mat1f dense = picture.clone();
  return {dense.begin(), dense.end()};
}

// From the first to the last of the sums that reaches this share of the largest.
cv::Range well_filled(const cv::Mat& sums) {
  constexpr double kShare = 0.6;
  double most = 0;
  cv::minMaxLoc(sums, nullptr, &most);
  cv::Range range(0, 0);
  for (int i = 0; i < static_cast<int>(sums.total()); ++i) {
    if (sums.at<double>(i) >= kShare * most) {
      range = range.empty() ? cv::Range(i, i + 1) : cv::Range(range.start, i + 1);
    }
  }
  return range;
}

// The rectangle around what of the mask is connected with most of the middle.
cv::Rect connected_box(const cv::Mat1b& mask, const cv::Rect& middle) {
  cv::Mat1i labels;
  const int count = cv::connectedComponents(mask, labels, 4, CV_32S);
  int best = 0;
  int most = 0;
  for (int label = 1; label < count; ++label) {
    const int shared = cv::countNonZero(labels(middle) == label);
    best = shared > most ? label : best;
    most = std::max(most, shared);
  }
  if (best == 0) {
    return {};
  }
  const cv::Mat filled = cv::Mat(labels == best);
  cv::Mat1d rows;
  cv::Mat1d columns;
  cv::reduce(filled, rows, 1, cv::REDUCE_SUM, CV_64F);
  cv::reduce(filled, columns, 0, cv::REDUCE_SUM, CV_64F);
  const cv::Range down = well_filled(rows);
  const cv::Range across = well_filled(columns);
  return {across.start, down.start, across.size(), down.size()};
}

// The middle of the picture shows the body: what has its level and is connected, print included. Pins and board would
// be read as letters. Gaps that print leaves are closed by as little as it takes, since pins are close together, too.
cv::Rect body_in(const cv::Mat1f& grey) {
  const cv::Rect whole({0, 0}, grey.size());
  const cv::Rect middle(grey.cols / 4, grey.rows / 4, grey.cols / 2, grey.rows / 2);
  std::vector<float> levels = values_of(grey(middle));
  const float body = median(levels);
  for (float& level : levels) {
    level = std::abs(level - body);
  }
  constexpr float kLeastReach = 0.06F;
  const float reach = std::max(kLeastReach, 3 * median(levels));
  const cv::Mat1b like_body(cv::abs(grey - body) < reach);
  const int side = std::min(grey.cols, grey.rows);
  const auto square = [](int kernel) { return cv::getStructuringElement(cv::MORPH_RECT, {kernel | 1, kernel | 1}); };
  for (const int share : {24, 14, 8, 5}) {
    cv::Mat1b closed;
    cv::morphologyEx(like_body, closed, cv::MORPH_CLOSE, square(std::max(3, side / share)));
    cv::morphologyEx(closed, closed, cv::MORPH_OPEN, square(std::max(3, side / 5)));
    const cv::Rect box = connected_box(closed, middle);
    constexpr double kFilled = 0.85;
    if ((box & middle) == middle && cv::countNonZero(closed(box)) >= kFilled * box.area()) {
      const int rim = std::max(1, std::min(box.width, box.height) / 40);  // bevels are bright
      return {box.x + rim, box.y + rim, box.width - 2 * rim, box.height - 2 * rim};
    }
  }
  return whole;
}

// The body's own level at each pixel, from those around that are not left out.
cv::Mat1f level_around(const cv::Mat1f& body, const cv::Mat1b& left_out) {
  const double sigma = std::max(4.0, std::min(body.cols, body.rows) / 6.0);
  cv::Mat1f weight(body.size(), 1.0F);
  weight.setTo(0, left_out);
  cv::Mat1f sum(body.mul(weight));
  cv::GaussianBlur(sum, sum, {}, sigma, sigma, cv::BORDER_REPLICATE);
  cv::GaussianBlur(weight, weight, {}, sigma, sigma, cv::BORDER_REPLICATE);
  constexpr double kLeastWeight = 1e-3;  // far from any body
  return cv::Mat1f(sum / cv::max(cv::Mat(weight), kLeastWeight));
}

// Dark bodies bear light print and light ones dark print. In between print is the minority: what stands out farther
// lies on its side.
bool is_light_print(const cv::Mat1f& difference, float level) {
  constexpr float kDark = 0.35F;
  constexpr float kLight = 0.65F;
  cv::Mat1f cubed;
  // The rim may hold other things.
  cv::pow(
      difference(cv::Rect(difference.cols / 5, difference.rows / 5, difference.cols * 3 / 5, difference.rows * 3 / 5)),
      3, cubed);
  return level < kDark || (level < kLight && cv::sum(cubed)[0] > 0);
}

// Against the strongest print around, so that faint lines beside strong ones stay, and noise does not grow.
cv::Mat1f evened(const cv::Mat1f& print) {
  cv::Mat1f power;
  const double sigma = std::max(4.0, std::min(print.cols, print.rows) / 6.0);
  cv::GaussianBlur(print.mul(print), power, {}, sigma, sigma, cv::BORDER_REPLICATE);
  cv::sqrt(power, power);
  std::vector<float> sizes = values_of(cv::Mat1f(cv::abs(print)));
  constexpr float kNoise = 2;
  return cv::Mat1f(print / (power + kNoise * median(sizes) + 1e-3F));
}

cv::Mat1b strokes_in(const cv::Mat1f& print) {
  cv::Mat1b levels;
  cv::Mat(cv::max(cv::Mat(evened(print)), 0)).convertTo(levels, CV_8U, 60);
  cv::Mat1b strokes;
  cv::threshold(levels, strokes, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  return strokes;
}

// Median over what is as large as letters, whichever way they stand; 0 for fewer than three of them.
double letter_height(const cv::Mat1b& strokes) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(strokes, labels, stats, centres, 8, CV_32S);
  const int most = std::max(strokes.cols, strokes.rows) / 2;
  std::vector<float> heights;
  for (int label = 1; label < count; ++label) {
    const int width = stats(label, cv::CC_STAT_WIDTH);
    const int height = stats(label, cv::CC_STAT_HEIGHT);
    const int longer = std::max(width, height);
    if (longer >= kLeastLetter && longer <= most) {
      heights.push_back(static_cast<float>(longer));
    }
  }
  return heights.size() < 3 ? 0 : median(heights);
}

}  // namespace

std::optional<PrintPage> print_page(const cv::Mat& place) {
  if (std::min(place.cols, place.rows) < kLeastSide) {
    return std::nullopt;
  }
  const cv::Mat1f grey = grey_of(place);
  const cv::Rect body = body_in(grey);
  if (std::min(body.width, body.height) < kLeastSide) {
    return std::nullopt;
  }
  const cv::Mat1f level = grey(body);
  cv::Mat1f difference(level - level_around(level, cv::Mat1b(level.size(), uchar{0})));
  const float body_level = median(values_of(level));
  const bool light = is_light_print(difference, body_level);
  cv::Mat1b strokes = strokes_in(light ? difference : cv::Mat1f(-difference));
  // Once more without the print, which had its part in its own ground.
  difference = cv::Mat1f(level - level_around(level, strokes));
  const cv::Mat1f print = evened(light ? difference : cv::Mat1f(-difference));
  strokes = strokes_in(print);
  PrintPage result{.origin_in_place = {double(body.x), double(body.y)},
                   .light_on_dark = light && body_level < kDarkBody,
                   .strokes = cv::Mat1b(place.size(), uchar{0})};
  strokes.copyTo(result.strokes(body));
  const double height = letter_height(strokes);
  if (height < kLeastLetter || cv::countNonZero(strokes) == 0) {
    return std::nullopt;
  }
  constexpr double kMostScale = 5;
  constexpr double kLongestPage = 1200;  // px; longer print is read with smaller letters
  result.scale = std::min({kMostScale, kLetterOnPage / height, kLongestPage / std::max(body.width, body.height)});
  // Full strokes become black, the body nearly white, whatever the contrast was.
  const double full = cv::mean(print, strokes)[0];
  constexpr double kBodyLevel = 225;
  cv::Mat page;
  print.convertTo(page, CV_8U, -kBodyLevel / std::max(full, 1e-3), kBodyLevel);
  cv::resize(page, page, {}, result.scale, result.scale, result.scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  constexpr int kMargin = 12;  // px; letters at the very edge are not found
  cv::copyMakeBorder(page, result.page, kMargin, kMargin, kMargin, kMargin, cv::BORDER_CONSTANT,
                     cv::Scalar(kBodyLevel));
  result.origin_in_place -= Point::Constant(kMargin / result.scale);
  return result;
}

}  // namespace boarddiff::imaging
