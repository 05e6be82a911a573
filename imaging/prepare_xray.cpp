// SPDX-License-Identifier: Apache-2.0
#include "imaging/prepare_xray.h"

#include "imaging/base/order_statistics.h"
#include "imaging/detector_faults.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kWorkSide = 800;
constexpr double kWiderThanParts = 6;  // px of the picture that is looked at
constexpr int kBorder = 8;

cv::Mat1w sixteen_bits(const cv::Mat& pixels) {
  cv::Mat grey = pixels;
  if (pixels.channels() == 3) {
    cv::cvtColor(pixels, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1w result;
  grey.convertTo(result, CV_16U, grey.depth() == CV_16U ? 1 : 257);
  return result;
}

cv::Mat1f work_picture(const cv::Mat1w& pixels) {
  const double shrink = std::min(1.0, kWorkSide / static_cast<double>(std::max(pixels.cols, pixels.rows)));
  cv::Mat small;
  cv::resize(pixels, small, {}, shrink, shrink, cv::INTER_AREA);
  cv::Mat1f work;
  small.convertTo(work, CV_32F, 1.0 / 65535);
  return work;
}

// Of what is finer than parts: below 0 where single things are darker than what is around them.
double skewness(const cv::Mat1f& work) {
  cv::Mat1f smooth;
  cv::GaussianBlur(work, smooth, {}, kWiderThanParts, 0, cv::BORDER_REPLICATE);
  cv::Mat1f fine(work - smooth);
  fine -= cv::mean(fine)[0];
  const cv::Mat1f square(fine.mul(fine));
  const double variance = cv::mean(square)[0];
  return variance > 0 ? cv::mean(square.mul(fine))[0] / std::pow(variance, 1.5) : 0;
}

// How much brighter the border is than most of the picture, in deviations of all.
double border_brightness(const cv::Mat1f& work) {
  cv::Mat1b border(work.size(), uchar{255});
  const cv::Rect inner(kBorder, kBorder, work.cols - 2 * kBorder, work.rows - 2 * kBorder);
  border(inner).setTo(0);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(work, mean, deviation);
  const float usual = median(std::vector<float>(work.begin(), work.end()));
  return deviation[0] > 0 ? (cv::mean(work, border)[0] - usual) / deviation[0] : 0;
}

bool is_inverted(const cv::Mat1w& pixels) {
  const cv::Mat1f work = work_picture(pixels);
  if (std::min(work.cols, work.rows) <= 2 * kBorder) {
    return false;
  }
  return border_brightness(work) - skewness(work) < 0;
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string sentence_on(const DetectorFaults& faults) {
  std::vector<std::string> said;
  const auto lines = static_cast<std::size_t>(faults.rows) + static_cast<std::size_t>(faults.columns);
  if (lines > 0) said.push_back(counted(lines, "line", "lines"));
  if (faults.pixels > 0) said.push_back(counted(faults.pixels, "pixel", "pixels"));
  return "Faults of the detector were filled in from what is around them: " + said.front() +
         (said.size() > 1 ? " and " + said.back() : "") + ".";
}

}  // namespace

BoardImage prepared_xray(BoardImage image) {
  cv::Mat1w pixels = sixteen_bits(image.pixels);
  if (image.pixels.depth() == CV_8U) {
    image.values.per_step /= 257;
  }
  if (image.source.bits_per_channel <= 8) {
    image.notes.emplace_back(
        "It has 8 bits: behind dense parts whole steps of attenuation fall into one grey level, and what lies there "
        "may not show. Cabinets keep 12 to 16 bits, as TIFF or DICOM.");
  }
  if (is_inverted(pixels)) {
    pixels = cv::Mat1w(cv::Scalar(65535) - pixels);
    image.values = image.values.inverted(65535);
    image.notes.emplace_back("It is dark where little absorbs; it was inverted.");
  }
  RepairedPixels repaired = repair_detector_faults(pixels);
  if (repaired.faults.any()) {
    image.notes.push_back(sentence_on(repaired.faults));
  }
  image.pixels = repaired.pixels;
  return image;
}

BoardImage prepared(BoardImage image, Modality modality) {
  return modality == Modality::xray ? prepared_xray(std::move(image)) : image;
}

}  // namespace boarddiff::imaging
