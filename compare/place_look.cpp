// SPDX-License-Identifier: Apache-2.0
#include "compare/place_look.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {

cv::Mat1f log_brightness(const cv::Mat& light) {
  cv::Mat1f grey;
  cv::cvtColor(light, grey, cv::COLOR_BGR2GRAY);
  cv::Mat1f bounded(cv::max(grey, 0.0F) + kLightFloor);
  cv::log(bounded, grey);
  return grey;
}

PlaceLook look_of(const cv::Mat& light) {
  const cv::Mat1f grey = log_brightness(light);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(grey, mean, deviation);
  const cv::Scalar colour = cv::mean(light);
  const double most = std::max({colour[0], colour[1], colour[2]});
  const double least = std::min({colour[0], colour[1], colour[2]});
  return {.brightness = mean[0],
          .unevenness = deviation[0],
          .colour = std::log((std::max(most, 0.0) + kLightFloor) / (std::max(least, 0.0) + kLightFloor))};
}

double BrightnessChange::sharpness() const {
  constexpr double kLeast = 0.02;  // a smaller step is noise
  return slope / (step + kLeast);
}

BrightnessChange brightness_change(const imaging::NormalizedPair& pair, const cv::Rect& place) {
  constexpr int kMargin = 6;  // px
  constexpr double kNearlyAll = 0.95;
  const cv::Rect window = cv::Rect(place.tl() - cv::Point(kMargin, kMargin), place.br() + cv::Point(kMargin, kMargin)) &
                          cv::Rect({0, 0}, pair.size());
  cv::Mat1f change(log_brightness(pair.sample(window)) - log_brightness(pair.reference(window)));
  cv::GaussianBlur(change, change, {}, 1);
  cv::Mat1f along;
  cv::Mat1f across;
  cv::Scharr(change, along, CV_32F, 1, 0, 1.0 / 32);
  cv::Scharr(change, across, CV_32F, 0, 1, 1.0 / 32);
  cv::Mat1f slope;
  cv::magnitude(along, across, slope);
  const cv::Rect inside = place - window.tl();
  cv::Mat1b frame(window.size(), uchar{255});
  frame(inside).setTo(0);
  return {.step = std::abs(cv::mean(change(inside))[0] - cv::mean(change, frame)[0]),
          .slope = imaging::quantile(std::vector<float>(slope.begin(), slope.end()), kNearlyAll)};
}

}  // namespace boarddiff::compare
