// SPDX-License-Identifier: Apache-2.0
#include "imaging/print_page.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kLeastSide = 16;        // px, of a part with print on it
constexpr int kLeastLetter = 7;       // px: below, strokes run into one another
constexpr double kLetterOnPage = 30;  // px; Tesseract's network was trained at about this height
constexpr double kDarkBody = 0.55;    // of full scale: labels are lighter

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
  const cv::Rect middle(grey.cols / 3, grey.rows / 3, grey.cols / 3, grey.rows / 3);
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

// Connected strokes, whichever way they stand.
struct Shapes {
  cv::Mat1i labels = {};
  cv::Mat1i stats = {};
  int count = 0;

  [[nodiscard]] cv::Rect box(int label) const {
    return {stats(label, cv::CC_STAT_LEFT), stats(label, cv::CC_STAT_TOP), stats(label, cv::CC_STAT_WIDTH),
            stats(label, cv::CC_STAT_HEIGHT)};
  }
  [[nodiscard]] int longer_side(int label) const { return std::max(box(label).width, box(label).height); }
};

Shapes shapes_of(const cv::Mat1b& strokes) {
  Shapes shapes;
  cv::Mat1d centres;
  shapes.count = cv::connectedComponentsWithStats(strokes, shapes.labels, shapes.stats, centres, 8, CV_32S);
  return shapes;
}

// How strongly each shape stands out, against what is around it; noise does not reach 1.
std::vector<float> strengths_of(const Shapes& shapes, const cv::Mat1f& print) {
  std::vector<float> strengths(static_cast<std::size_t>(shapes.count), 0);
  for (int label = 1; label < shapes.count; ++label) {
    if (shapes.longer_side(label) >= kLeastLetter) {
      const cv::Rect box = shapes.box(label);
      strengths[static_cast<std::size_t>(label)] =
          static_cast<float>(cv::mean(print(box), shapes.labels(box) == label)[0]);
    }
  }
  return strengths;
}

// The height that most of the print shares within a quarter, larger letters counting for more. 0 without letters.
double letter_height(const Shapes& shapes, const std::vector<float>& strengths, const cv::Size& body) {
  constexpr float kPrint = 1;
  constexpr double kLike = 1.25;
  constexpr int kLeastLetters = 3;
  std::vector<int> heights;
  for (int label = 1; label < shapes.count; ++label) {
    const int height = shapes.longer_side(label);
    if (strengths[static_cast<std::size_t>(label)] >= kPrint && height <= std::max(body.width, body.height) / 2) {
      heights.push_back(height);
    }
  }
  std::sort(heights.begin(), heights.end());
  int best = 0;
  int most = 0;
  for (const int height : heights) {
    const auto first = std::lower_bound(heights.begin(), heights.end(), cvFloor(height / kLike));
    const auto last = std::upper_bound(heights.begin(), heights.end(), cvCeil(height * kLike));
    const int shared = last - first < kLeastLetters ? 0 : std::accumulate(first, last, 0);
    best = shared > most ? height : best;
    most = std::max(most, shared);
  }
  return best;
}

// 255 where shapes are about as high as letters and about as strong as most of those. What reaches the rim is pins and
// edges; fainter are dots that mark a corner, and noise.
cv::Mat1b letters_in(const Shapes& shapes, std::vector<float> strengths, double height) {
  constexpr double kLeast = 0.45;
  constexpr double kMost = 2.2;
  constexpr double kMostAcross = 1.6;
  constexpr float kFaint = 0.65F;  // of the median letter's strength
  std::vector<float> of_letters;
  for (int label = 1; label < shapes.count; ++label) {
    const cv::Rect box = shapes.box(label);
    const bool inside = box.x > 0 && box.y > 0 && box.br().x < shapes.labels.cols && box.br().y < shapes.labels.rows;
    const double longer = std::max(box.width, box.height);
    const double shorter = std::min(box.width, box.height);
    // Letters that touch are as long as a word, edges are long and thin.
    const bool like_letters = longer >= kLeast * height && shorter <= kMostAcross * height &&
                              (longer <= kMost * height || shorter >= kLeast * height);
    float& strength = strengths[static_cast<std::size_t>(label)];
    if (inside && like_letters) {
      of_letters.push_back(strength);
    } else {
      strength = 0;
    }
  }
  const float least = of_letters.empty() ? 0 : kFaint * median(of_letters);
  cv::Mat1b letters(shapes.labels.size(), uchar{0});
  for (int y = 0; y < letters.rows; ++y) {
    for (int x = 0; x < letters.cols; ++x) {
      const float strength = strengths[static_cast<std::size_t>(shapes.labels(y, x))];
      letters(y, x) = strength > 0 && strength >= least ? 255 : 0;
    }
  }
  return letters;
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
  const cv::Mat1b strokes = strokes_in(light ? difference : cv::Mat1f(-difference));
  // Once more without the print, which had its part in its own ground.
  difference = cv::Mat1f(level - level_around(level, strokes));
  const cv::Mat1f print = evened(light ? difference : cv::Mat1f(-difference));
  const Shapes shapes = shapes_of(strokes_in(print));
  const std::vector<float> strengths = strengths_of(shapes, print);
  const double height = letter_height(shapes, strengths, body.size());
  const cv::Mat1b letters = letters_in(shapes, strengths, height);
  if (height < kLeastLetter || cv::countNonZero(letters) == 0) {
    return std::nullopt;
  }
  // Only the print with a little room around.
  const int room = cvRound(height / 2) | 1;
  cv::Mat1b near_letters;
  cv::dilate(letters, near_letters, cv::getStructuringElement(cv::MORPH_RECT, {room, room}));
  const cv::Rect block = cv::boundingRect(near_letters);
  PrintPage result{.origin_in_place = {double(body.x + block.x), double(body.y + block.y)},
                   .light_on_dark = light && body_level < kDarkBody,
                   .letters = letters(block)};
  // Full strokes become black, the body nearly white, whatever the contrast was; what is not near letters is body.
  const double full = cv::mean(print, letters)[0];
  constexpr double kBodyLevel = 225;
  cv::Mat page;
  print(block).convertTo(page, CV_8U, -kBodyLevel / std::max(full, 1e-3), kBodyLevel);
  page.setTo(kBodyLevel, ~near_letters(block));
  constexpr double kMostScale = 5;
  constexpr double kLongestPage = 1200;  // px; longer print is read with smaller letters
  result.scale = std::min({kMostScale, kLetterOnPage / height, kLongestPage / std::max(block.width, block.height)});
  cv::resize(page, page, {}, result.scale, result.scale, result.scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  constexpr int kMargin = 16;  // px; letters at the very edge are not found
  cv::copyMakeBorder(page, result.page, kMargin, kMargin, kMargin, kMargin, cv::BORDER_CONSTANT,
                     cv::Scalar(kBodyLevel));
  result.origin_in_place -= Point::Constant(kMargin / result.scale);
  return result;
}

}  // namespace boarddiff::imaging
