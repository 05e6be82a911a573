// SPDX-License-Identifier: Apache-2.0
#include "imaging/read_marking.h"

#include "imaging/print_page.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {

namespace {

// Fewer are noise that was read as letters.
constexpr double kLeastWord = 0.4;

double letters_in(const TextLine& line) {
  return static_cast<double>(std::count_if(line.text.begin(), line.text.end(), [](char c) { return c != ' '; }));
}

// How much was read, and how surely.
double weight_of(const Marking& marking) {
  double weight = 0;
  for (const TextLine& line : marking.lines) {
    weight += line.confidence * line.confidence * letters_in(line);
  }
  return weight;
}

// No other way would read better: print upside down hardly ever makes that many letters of such confidence.
bool is_sure(const Marking& marking) {
  constexpr double kSure = 0.85;
  constexpr double kLetters = 5;
  return marking.confidence >= kSure && weight_of(marking) >= kLetters * kSure * kSure;
}

cv::Mat1b turned(const cv::Mat1b& page, int turn_deg) {
  cv::Mat1b result;
  switch (turn_deg) {
    case 90:
      cv::rotate(page, result, cv::ROTATE_90_CLOCKWISE);
      return result;
    case 180:
      cv::rotate(page, result, cv::ROTATE_180);
      return result;
    case 270:
      cv::rotate(page, result, cv::ROTATE_90_COUNTERCLOCKWISE);
      return result;
    default:
      return page;
  }
}

// The box of a turned page in the page as it was.
Box turned_back(const Box& box, int turn_deg, const cv::Size& page) {
  switch (turn_deg) {
    case 90:
      return {box.y, page.height - box.x - box.width, box.height, box.width};
    case 180:
      return {page.width - box.x - box.width, page.height - box.y - box.height, box.width, box.height};
    case 270:
      return {page.width - box.y - box.height, box.x, box.height, box.width};
    default:
      return box;
  }
}

Marking read_turned(const PrintPage& print, TextReader& reader, int turn_deg) {
  Marking marking{.turn_deg = turn_deg, .light_on_dark = print.light_on_dark};
  double letters = 0;
  for (TextLine& line : reader.read(turned(print.page, turn_deg), kLeastWord)) {
    const Box on_page = turned_back(line.box, turn_deg, print.page.size());
    line.box = {.x = print.origin_in_place.x() + on_page.x / print.scale,
                .y = print.origin_in_place.y() + on_page.y / print.scale,
                .width = on_page.width / print.scale,
                .height = on_page.height / print.scale};
    marking.confidence += line.confidence * letters_in(line);
    letters += letters_in(line);
    marking.lines.push_back(std::move(line));
  }
  marking.confidence /= std::max(letters, 1.0);
  return marking;
}

// How much the sums of rows or columns differ among themselves, against their mean.
double unevenness(const cv::Mat1b& letters, int dimension) {
  cv::Mat1d sums;
  cv::reduce(letters, sums, dimension, cv::REDUCE_SUM, CV_64F);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(sums, mean, deviation);
  return deviation[0] / std::max(mean[0], 1e-9);
}

// Between lines there is no print, so that rows differ more than columns where lines lie.
std::vector<int> turns_to_try(const cv::Mat1b& letters) {
  constexpr double kClear = 1.6;
  const double rows = unevenness(letters, 1);
  const double columns = unevenness(letters, 0);
  if (rows > kClear * columns) {
    return {0, 180};
  }
  if (columns > kClear * rows) {
    return {90, 270};
  }
  return {0, 90, 180, 270};
}

bool is_square(const cv::Size& size) {
  constexpr int kMost = 5;  // to 4
  return 4 * std::max(size.width, size.height) <= kMost * std::min(size.width, size.height);
}

}  // namespace

Marking read_marking(const cv::Mat& place, TextReader& reader, const std::optional<int>& likely_turn_deg) {
  const std::optional<PrintPage> print = print_page(place);
  if (!print) {
    return {};
  }
  Marking best;
  std::vector<int> turns = turns_to_try(print->letters);
  if (likely_turn_deg) {
    best = read_turned(*print, reader, *likely_turn_deg);
    if (is_sure(best)) {
      return best;
    }
    // A part that was swapped may have been turned, by a quarter where its lines say so or it is as long as wide.
    constexpr std::size_t kAll = 4;
    if (turns.size() == kAll && !is_square(place.size())) {
      turns = {(*likely_turn_deg + 180) % 360};
    }
    std::erase(turns, *likely_turn_deg);
  }
  for (const int turn_deg : turns) {
    Marking marking = read_turned(*print, reader, turn_deg);
    if (weight_of(marking) > weight_of(best)) {
      best = std::move(marking);
    }
    if (is_sure(best)) {
      break;
    }
  }
  best.light_on_dark = print->light_on_dark;
  return best;
}

}  // namespace boarddiff::imaging
