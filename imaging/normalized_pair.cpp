// SPDX-License-Identifier: Apache-2.0
#include "imaging/normalized_pair.h"

#include "imaging/base/error.h"
#include "imaging/illumination.h"
#include "imaging/xray_attenuation.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::imaging {

namespace {

// Values from 0 to 1, three channels for photos, one for X-rays.
cv::Mat as_float(const cv::Mat& pixels, Modality modality) {
  cv::Mat channels = pixels;
  if (modality == Modality::photo && pixels.channels() == 1) {
    cv::cvtColor(pixels, channels, cv::COLOR_GRAY2BGR);
  }
  if (modality == Modality::xray && pixels.channels() == 3) {
    cv::cvtColor(pixels, channels, cv::COLOR_BGR2GRAY);
  }
  cv::Mat result;
  channels.convertTo(result, CV_32F, pixels.depth() == CV_16U ? 1.0 / 65535 : 1.0 / 255);
  return result;
}

cv::Mat1b levels_of(const cv::Mat& light) {
  cv::Mat1f grey;
  cv::cvtColor(light, grey, cv::COLOR_BGR2GRAY);
  cv::Mat1b levels;
  grey.convertTo(levels, CV_8U, 255);
  return levels;
}

}  // namespace

std::vector<OptionProblem> problems(const NormalizationOptions& options) {
  return OptionRules().within("--normalization.max-side-px", options.max_side_px, 256, 20000).problems();
}

NormalizedPair normalize_pair(const BoardImage& reference, const BoardImage& sample, const Registration& registration,
                              Modality modality, const NormalizationOptions& options, const Execution& execution) {
  require(registration.ok(), "normalize_pair: the pictures are aligned");
  execution.begin("normalising");
  const cv::Size full = reference.size();
  NormalizedPair pair;
  pair.scale = std::min(1.0, options.max_side_px / static_cast<double>(std::max(full.width, full.height)));
  cv::Mat shrunk = reference.pixels;
  if (pair.scale < 1) {
    // By the factor, not to the size: the sample is warped by the same factor, and whole pixels round the size.
    cv::resize(reference.pixels, shrunk, {}, pair.scale, pair.scale, cv::INTER_AREA);
  }
  const cv::Size size = shrunk.size();
  pair.raised = raised_path(registration, size, pair.scale);
  pair.reference = as_float(shrunk, modality);
  pair.sample = as_float(warp_to_reference(sample.pixels, registration.plane, size, pair.scale), modality);
  pair.seen = seen_in_reference(sample.size(), sample.usable, registration.plane, size, pair.scale);
  if (!reference.usable.empty()) {
    cv::Mat1b usable;
    cv::resize(reference.usable, usable, size, 0, 0, cv::INTER_AREA);
    cv::compare(usable, 254, usable, cv::CMP_GE);
    cv::bitwise_and(pair.seen, usable, pair.seen);
  }
  if (modality == Modality::xray) {
    pair.reference = attenuation(pair.reference);
    pair.sample = matched_attenuation(pair.reference, attenuation(pair.sample), pair.seen);
  } else {
    pair.reference_levels = levels_of(pair.reference);
    pair.sample_levels = levels_of(pair.sample);
    pair.sample = matched_illumination(pair.reference, pair.sample, pair.seen);
  }
  return pair;
}

}  // namespace boarddiff::imaging
