// SPDX-License-Identifier: Apache-2.0
#include "compare/alignment_view.h"

#include "compare/display_image.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>

namespace boarddiff::compare {
namespace {

constexpr int kMostFlickerSide = 1600;
constexpr int kBanner_px = 36;
constexpr int kBorder_px = 12;

// One colour-blind-safe pair (blue and orange) for all of the program would be the overlay's; these are its like.
const cv::Scalar kReferenceColour(178, 114, 0);
const cv::Scalar kSampleColour(0, 94, 213);

cv::Mat3b with_light_of(const cv::Mat3b& other, const cv::Mat3b& owner, const cv::Mat1b& shown) {
  const cv::Scalar wanted = cv::mean(owner, shown);
  const cv::Scalar present = cv::mean(other, shown);
  constexpr double kMostGain = 4;  // beyond it only noise would come up
  std::vector<cv::Mat> channels;
  cv::split(other, channels);
  for (int c = 0; c < 3; ++c) {
    const double gain = std::clamp((wanted[c] + 1) / (present[c] + 1), 1 / kMostGain, kMostGain);
    auto& channel = channels[static_cast<std::size_t>(c)];
    channel.convertTo(channel, CV_8U, gain);
  }
  cv::Mat3b result;
  cv::merge(channels, result);
  return result;
}

cv::Mat3b framed(const cv::Mat3b& picture, const std::string& word, const cv::Scalar& colour, bool is_striped) {
  const cv::Size size(picture.cols + 2 * kBorder_px, picture.rows + kBorder_px + kBanner_px);
  cv::Mat3b frame(
      size, cv::Vec3b(static_cast<uchar>(colour[0]), static_cast<uchar>(colour[1]), static_cast<uchar>(colour[2])));
  constexpr int kStripe_px = 8;
  for (int start = -size.height; is_striped && start < size.width; start += 3 * kStripe_px) {
    cv::line(frame, {start, size.height}, {start + size.height, 0}, cv::Scalar::all(255), kStripe_px);
  }
  const int text_width = cv::getTextSize(word, cv::FONT_HERSHEY_SIMPLEX, 0.8, 2, nullptr).width;
  cv::rectangle(frame, cv::Rect(kBorder_px, 3, text_width + 16, kBanner_px - 6), colour, cv::FILLED);
  cv::putText(frame, word, {kBorder_px + 8, kBanner_px - 10}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar::all(255), 2,
              cv::LINE_AA);
  picture.copyTo(frame(cv::Rect({kBorder_px, kBanner_px}, picture.size())));
  return frame;
}

}  // namespace

std::string_view name_of(ViewKind kind) { return kind == ViewKind::checkerboard ? "checkerboard" : "flicker"; }

PicturesInOneFrame pictures_in_one_frame(const imaging::BoardImage& owner, const imaging::WarpedPicture& other,
                                         imaging::Frame frame, imaging::Modality modality) {
  const imaging::BoardImage other_image{.pixels = other.pixels, .usable = other.shown};
  const cv::Mat3b own = display_pixels(owner.pixels, display_range(owner, modality));
  const cv::Mat3b theirs = display_pixels(other.pixels, display_range(other_image, modality));
  cv::Mat1b shown = other.shown;
  if (!owner.usable.empty()) {
    shown = other.shown & owner.usable;
  }
  PicturesInOneFrame result{.shown = shown};
  cv::Mat3b lit = with_light_of(theirs, own, shown);
  result.reference = frame == imaging::Frame::reference ? own : lit;
  result.sample = frame == imaging::Frame::reference ? lit : own;
  return result;
}

cv::Mat3b checkerboard(const PicturesInOneFrame& pictures) {
  constexpr int kSquares = 24;
  const cv::Size size = pictures.reference.size();
  const int side = std::max(8, (std::max(size.width, size.height) + kSquares - 1) / kSquares);
  cv::Mat3b result = pictures.reference.clone();
  for (int y = 0; y < size.height; y += side) {
    for (int x = 0; x < size.width; x += side) {
      if ((x / side + y / side) % 2 == 1) {
        const cv::Rect square = cv::Rect(x, y, side, side) & cv::Rect({0, 0}, size);
        pictures.sample(square).copyTo(result(square), pictures.shown(square));
      }
    }
  }
  return result;
}

std::vector<cv::Mat3b> flicker_frames(const PicturesInOneFrame& pictures) {
  const cv::Size size = pictures.reference.size();
  const double factor = std::min({1.0, static_cast<double>(kMostFlickerSide - 2 * kBorder_px) / size.width,
                                  static_cast<double>(kMostFlickerSide - kBorder_px - kBanner_px) / size.height});
  const cv::Size shrunk(std::max(1, static_cast<int>(size.width * factor)),
                        std::max(1, static_cast<int>(size.height * factor)));
  cv::Mat3b reference;
  cv::Mat3b sample;
  cv::resize(pictures.reference, reference, shrunk, 0, 0, cv::INTER_AREA);
  cv::resize(pictures.sample, sample, shrunk, 0, 0, cv::INTER_AREA);
  cv::Mat1b shown;
  cv::resize(pictures.shown, shown, shrunk, 0, 0, cv::INTER_AREA);
  reference.setTo(cv::Scalar::all(0), shown < 255);
  sample.setTo(cv::Scalar::all(0), shown < 255);
  return {framed(reference, "REFERENCE", kReferenceColour, false), framed(sample, "SAMPLE", kSampleColour, true)};
}

}  // namespace boarddiff::compare
