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

// Share of full scale.
cv::Mat1f levels_of(const BoardImage& image) {
  cv::Mat grey = image.pixels;
  if (grey.channels() == 3) {
    cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1f levels;
  grey.convertTo(levels, CV_32F, grey.depth() == CV_16U ? 1.0 / 65535 : 1.0 / 255);
  return levels;
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
  cv::Mat1f dark(image.size(), 0.0F);
  if (frames.dark) {
    require_size(*frames.dark, image, "--dark");
    dark = levels_of(*frames.dark);
  }
  cv::Mat1f beam(cv::Mat1f(image.size(), 1.0F) - dark);
  if (frames.flat) {
    require_size(*frames.flat, image, "--flat");
    beam = cv::Mat1f(levels_of(*frames.flat) - dark);
  }
  double brightest = 0;
  cv::minMaxLoc(beam, nullptr, &brightest);
  const cv::Mat1b reached(beam > kLeastBeam * brightest);
  cv::Mat1f through(levels_of(image) - dark);
  cv::divide(through, cv::max(beam, kLeastBeam * std::max(brightest, 1e-6)), through);
  cv::Mat1w pixels;
  through.convertTo(pixels, CV_16U, 65535 * (frames.flat ? kOpenBeam : 1));
  image.pixels = pixels;
  if (cv::countNonZero(reached) < reached.size().area()) {
    image.usable = image.usable.empty() ? reached : cv::Mat1b(image.usable & reached);
  }
  image.notes.push_back(note_on(frames));
  return image;
}

}  // namespace boarddiff::imaging
