// SPDX-License-Identifier: Apache-2.0
#include "imaging/flat_field.h"

#include "imaging/base/error.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>

namespace boarddiff::imaging {

namespace {

constexpr double kOpenBeam = 0.8;    // of full scale, so that noise and scatter above it are kept
constexpr double kLeastBeam = 0.01;  // of the brightest: less reaches dead pixels and the shade of the cabinet's frame

double full_scale(const BoardImage& image) { return image.pixels.depth() == CV_16U ? 65535 : 255; }

// Levels that all of a picture and its frames share: 0 and 1 are the picture's own black and white. Where all files
// hold plain numbers these are compared as shares of what their bits can hold, otherwise by what they stand for.
class SharedLevels {
 public:
  SharedLevels(const BoardImage& image, const DetectorFrames& frames) {
    const auto is_plain = [](const std::optional<BoardImage>& frame) { return !frame || frame->values.is_plain(); };
    by_share_ = image.values.is_plain() && is_plain(frames.dark) && is_plain(frames.flat);
    black_ = by_share_ ? 0 : image.values.at_zero;
    range_ = by_share_ ? 1 : image.values.per_step * full_scale(image);
  }

  [[nodiscard]] cv::Mat1f of(const BoardImage& image) const {
    cv::Mat grey = image.pixels;
    if (grey.channels() == 3) {
      cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
    }
    const ValueScale values = by_share_ ? ValueScale{.per_step = 1 / full_scale(image)} : image.values;
    cv::Mat1f levels;
    grey.convertTo(levels, CV_32F, values.per_step / range_, (values.at_zero - black_) / range_);
    return levels;
  }

  [[nodiscard]] double of_nothing() const { return -black_ / range_; }
  // The file's high values are dark, and whether the beam makes them so or a viewer is not said.
  [[nodiscard]] bool may_be_inverted() const { return range_ < 0; }

 private:
  bool by_share_ = true;
  double black_ = 0;
  double range_ = 1;
};

void mark_unusable(BoardImage& image, const cv::Mat1b& usable) {
  if (!usable.empty() && cv::countNonZero(usable) < usable.size().area()) {
    image.usable = image.usable.empty() ? usable : cv::Mat1b(image.usable & usable);
  }
}

void require_size(const BoardImage& frame, const BoardImage& image, const std::string& flag) {
  if (frame.size() != image.size()) {
    throw Error(ErrorCode::invalid_option,
                flag + " " + frame.source.name + " has " + std::to_string(frame.size().width) + " x " +
                    std::to_string(frame.size().height) + " pixels and " + image.source.name + " " +
                    std::to_string(image.size().width) + " x " + std::to_string(image.size().height));
  }
}

std::string named(const BoardImage& frame) { return frame.source.name + " (sha256:" + frame.source.sha256 + ")"; }

std::string note_on(const DetectorFrames& frames) {
  const std::string dark = frames.dark ? "the dark frame " + named(*frames.dark) : "";
  const std::string flat = frames.flat ? "the flat frame " + named(*frames.flat) : "";
  return "It was corrected with " + dark + (frames.dark && frames.flat ? " and " : "") + flat + ".";
}

}  // namespace

BoardImage flat_fielded(BoardImage image, const DetectorFrames& frames) {
  if (!frames.any()) {
    return image;
  }
  const SharedLevels levels(image, frames);
  cv::Mat1f dark(image.size(), static_cast<float>(levels.of_nothing()));
  if (frames.dark) {
    require_size(*frames.dark, image, "--dark");
    dark = levels.of(*frames.dark);
    mark_unusable(image, frames.dark->usable);
  }
  cv::Mat1f beam(cv::Mat1f(image.size(), 1.0F) - dark);
  if (frames.flat) {
    require_size(*frames.flat, image, "--flat");
    beam = cv::Mat1f(levels.of(*frames.flat) - dark);
    mark_unusable(image, frames.flat->usable);
  }
  cv::Mat1f through(levels.of(image) - dark);
  if (levels.may_be_inverted() && cv::mean(beam)[0] < 0) {
    beam *= -1;
    through *= -1;
  }
  double brightest = 0;
  cv::minMaxLoc(beam, nullptr, &brightest);
  mark_unusable(image, cv::Mat1b(beam > kLeastBeam * brightest));
  cv::divide(through, cv::max(beam, kLeastBeam * std::max(brightest, 1e-6)), through);
  const double white = 65535 * (frames.flat ? kOpenBeam : 1);
  cv::Mat1w pixels;
  through.convertTo(pixels, CV_16U, white);
  image.pixels = pixels;
  image.values = {.per_step = 1 / white};
  image.notes.push_back(note_on(frames));
  return image;
}

}  // namespace boarddiff::imaging
