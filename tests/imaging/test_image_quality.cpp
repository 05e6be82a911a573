// SPDX-License-Identifier: Apache-2.0
#include "imaging/image_quality.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

using boarddiff::imaging::FaultyPlaces;
using boarddiff::imaging::find_quality_faults;
using boarddiff::imaging::Frame;
using boarddiff::imaging::Modality;
using boarddiff::imaging::normalize_pair;
using boarddiff::imaging::NormalizedPair;
using boarddiff::imaging::PlaneMap;
using boarddiff::imaging::QualityFault;
using boarddiff::imaging::Registration;
using boarddiff::imaging::RegistrationStatus;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

const cv::Size kSize(640, 480);
const cv::Rect kWhole({0, 0}, kSize);

// Detail of parts and not of whole boards: the picture's seed is the same in all tests.
cv::Mat3b board() { return textured_picture(kSize, 5); }

NormalizedPair pair_of(const cv::Mat3b& reference, const cv::Mat3b& sample, Modality modality) {
  Registration registration;
  registration.status = RegistrationStatus::aligned;
  return normalize_pair(board_image(reference), board_image(sample), registration, modality);
}

std::vector<FaultyPlaces> faults_between(const cv::Mat3b& reference, const cv::Mat3b& sample,
                                         Modality modality = Modality::photo,
                                         const std::optional<double>& pixels_per_mm = {}) {
  const NormalizedPair pair = pair_of(reference, sample, modality);
  return find_quality_faults(pair, cv::Mat1b(kSize, uchar{255}), PlaneMap(), pixels_per_mm);
}

// Share of the area that this fault of this picture covers.
double share_of(const std::vector<FaultyPlaces>& faults, QualityFault fault, Frame picture,
                const cv::Rect& area = kWhole) {
  double share = 0;
  for (const FaultyPlaces& faulty : faults) {
    if (faulty.fault == fault && faulty.picture == picture) {
      share += cv::countNonZero(faulty.where(area)) / static_cast<double>(area.area());
    }
  }
  return share;
}

// All faults in words, for messages.
std::string text_of(const std::vector<FaultyPlaces>& faults) {
  std::string text;
  for (const FaultyPlaces& faulty : faults) {
    text += std::string(name_of(faulty.fault)) + " in the " + std::string(name_of(faulty.picture)) + " on " +
            std::to_string(cv::countNonZero(faulty.where)) + " px; ";
  }
  return text;
}

// Each pixel's light changed by a function of it and of the place; levels are light to the power 1/2.2.
cv::Mat3b relit(const cv::Mat3b& picture, const std::function<double(double light, int x, int y)>& change) {
  cv::Mat3b result(picture.size());
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double light = change(std::pow(picture(y, x)[c] / 255.0, 2.2), x, y);
        result(y, x)[c] = cv::saturate_cast<uchar>(255 * std::pow(std::clamp(light, 0.0, 1.0), 1 / 2.2));
      }
    }
  }
  return result;
}

double distance_to_middle(int x, int y) { return std::hypot(x - kSize.width / 2, y - kSize.height / 2); }

cv::Mat3b with_lamp(const cv::Mat3b& picture) {
  return relit(picture, [](double light, int x, int y) {
    const double far = distance_to_middle(x, y) / 40;
    return light + 3 * std::exp(-far * far / 2);
  });
}

cv::Mat3b covered(const cv::Mat3b& picture, const cv::Rect& place, uchar level) {
  cv::Mat3b result = picture.clone();
  result(place).setTo(cv::Scalar::all(level));
  return result;
}

cv::Mat3b blurred(const cv::Mat3b& picture, const cv::Rect& place, double blur_px) {
  cv::Mat3b soft;
  cv::GaussianBlur(picture, soft, {}, blur_px);
  cv::Mat3b result = picture.clone();
  soft(place).copyTo(result(place));
  return result;
}

const cv::Rect kMiddle(290, 210, 60, 60);
const cv::Rect kLeftHalf(0, 0, kSize.width / 2, kSize.height);
const cv::Rect kWellLeft(0, 0, kSize.width / 2 - 40, kSize.height);
const cv::Rect kWellRight(kSize.width / 2 + 40, 0, kSize.width / 2 - 40, kSize.height);

}  // namespace

TEST_CASE("two good pictures have no fault", "[imaging][image_quality]") {
  CHECK(text_of(faults_between(board(), board())) == "");
  // A little softer, darker and of another colour.
  const cv::Mat3b other = relit(blurred(board(), kWhole, 1), [](double light, int, int) { return 0.6 * light; });
  CHECK(text_of(faults_between(board(), other)) == "");
}

TEST_CASE("the lamp's reflection is glare where it hides the board, in whichever picture it is",
          "[imaging][image_quality]") {
  const auto of_sample = faults_between(board(), with_lamp(board()));
  CHECK(share_of(of_sample, QualityFault::glare, Frame::sample, kMiddle) > 0.95);
  CHECK(share_of(of_sample, QualityFault::glare, Frame::sample) < 0.06);  // a circle of 60 pixels
  CHECK(share_of(of_sample, QualityFault::glare, Frame::reference) == 0);
  const auto of_reference = faults_between(with_lamp(board()), board());
  CHECK(share_of(of_reference, QualityFault::glare, Frame::reference, kMiddle) > 0.95);
  CHECK(share_of(of_reference, QualityFault::glare, Frame::sample) == 0);
}

TEST_CASE("a white label and a black chip are things, not light", "[imaging][image_quality]") {
  for (const uchar level : {uchar{255}, uchar{0}}) {
    for (const cv::Rect& place : {cv::Rect(300, 200, 20, 20), cv::Rect(200, 150, 200, 120)}) {
      CAPTURE(static_cast<int>(level), place);
      CHECK(text_of(faults_between(board(), covered(board(), place, level))) == "");
      CHECK(text_of(faults_between(covered(board(), place, level), board())) == "");
    }
  }
}

TEST_CASE("things stay things where the board is lit unevenly", "[imaging][image_quality]") {
  for (const uchar level : {uchar{255}, uchar{0}}) {
    for (const int x : {60, 300, 540}) {
      CAPTURE(static_cast<int>(level), x);
      const cv::Mat3b with_thing = covered(board(), cv::Rect(x, 200, 40, 40), level);
      // Half as much light at the left as in the middle, twice as much at the right.
      const cv::Mat3b sample = relit(
          with_thing, [](double light, int at, int) { return 0.6 * light * std::pow(2, 2.0 * at / kSize.width - 1); });
      CHECK(text_of(faults_between(board(), sample)) == "");
    }
  }
}

TEST_CASE("a white thing in a lighter one has an edge", "[imaging][image_quality]") {
  const cv::Mat3b can = covered(covered(board(), cv::Rect(280, 180, 90, 90), 180), cv::Rect(310, 210, 30, 30), 255);
  CHECK(text_of(faults_between(board(), can)) == "");
  CHECK(text_of(faults_between(can, board())) == "");
}

TEST_CASE("where more exposure than the sensor takes hides the board, it is said", "[imaging][image_quality]") {
  // Detail four times as large, so that there are areas that can hold a part.
  cv::Mat3b wide;
  cv::resize(textured_picture(kSize / 4, 5), wide, kSize, 0, 0, cv::INTER_CUBIC);
  cv::Mat grey;
  cv::cvtColor(wide, grey, cv::COLOR_BGR2GRAY);
  cv::cvtColor(grey, wide, cv::COLOR_GRAY2BGR);
  const auto faults = faults_between(wide, relit(wide, [](double light, int, int) { return 6 * light; }));
  CAPTURE(text_of(faults));
  CHECK(share_of(faults, QualityFault::overexposed, Frame::sample) > 0.1);
  CHECK(share_of(faults, QualityFault::overexposed, Frame::sample) < 0.8);
  CHECK(share_of(faults, QualityFault::overexposed, Frame::reference) == 0);
}

TEST_CASE("a shadow that fades out is too dark, and so is what less exposure loses", "[imaging][image_quality]") {
  const auto shadow = faults_between(board(), relit(board(), [](double light, int x, int y) {
                                       const double inside = (60 - distance_to_middle(x, y)) / 2;
                                       return light * (1 - 0.9995 / (1 + std::exp(-inside)));
                                     }));
  CHECK(share_of(shadow, QualityFault::too_dark, Frame::sample, kMiddle) > 0.9);
  CHECK(share_of(shadow, QualityFault::too_dark, Frame::sample) < 0.06);
  const auto dark = faults_between(board(), relit(board(), [](double light, int, int) { return 0.002 * light; }));
  CHECK(share_of(dark, QualityFault::too_dark, Frame::sample) > 0.3);
}

TEST_CASE("blur is a fault from where small parts are missed", "[imaging][image_quality]") {
  // The smallest part is 8 pixels wide without a scale, so the limit is a deviation of 2.
  for (const double blur_px : {3, 8, 10}) {
    CAPTURE(blur_px);
    const auto strong = faults_between(board(), blurred(board(), kLeftHalf, blur_px));
    CHECK(share_of(strong, QualityFault::too_blurred, Frame::sample, kWellLeft) > 0.9);
    CHECK(share_of(strong, QualityFault::too_blurred, Frame::sample, kWellRight) == 0);
    CHECK(share_of(strong, QualityFault::too_blurred, Frame::reference) == 0);
    const auto swapped = faults_between(blurred(board(), kLeftHalf, blur_px), board());
    CHECK(share_of(swapped, QualityFault::too_blurred, Frame::reference, kWellLeft) > 0.9);
  }
  CHECK(text_of(faults_between(board(), blurred(board(), kLeftHalf, 1))) == "");
}

TEST_CASE("how much blur is a fault follows from the smallest part", "[imaging][image_quality]") {
  // 0.8 mm: 16 pixels, so the limit is a deviation of 4.
  const auto blur_of = [](double blur_px, double pixels_per_mm) {
    const auto faults = faults_between(board(), blurred(board(), kLeftHalf, blur_px), Modality::photo, pixels_per_mm);
    return share_of(faults, QualityFault::too_blurred, Frame::sample, kWellLeft);
  };
  CHECK(blur_of(3, 20) == 0);
  CHECK(blur_of(6, 20) > 0.8);
  CHECK(blur_of(3, 10) > 0.8);  // a part of 8 pixels
}

TEST_CASE("a plain cover has no detail and is no blur", "[imaging][image_quality]") {
  for (const uchar level : {uchar{60}, uchar{200}}) {
    CAPTURE(static_cast<int>(level));
    CHECK(text_of(faults_between(board(), covered(board(), cv::Rect(150, 100, 300, 250), level))) == "");
  }
}

TEST_CASE("an X-ray is judged by its blur alone", "[imaging][image_quality]") {
  const auto light = faults_between(board(), with_lamp(board()), Modality::xray);
  CHECK(share_of(light, QualityFault::glare, Frame::sample) == 0);
  const auto blur = faults_between(board(), blurred(board(), kLeftHalf, 8), Modality::xray);
  CHECK(share_of(blur, QualityFault::too_blurred, Frame::sample, kWellLeft) > 0.9);
}

TEST_CASE("parts far smaller than a pixel are too coarse to be seen, and nothing worse", "[imaging][image_quality]") {
  const auto faults = faults_between(board(), board(), Modality::photo, 0.1);
  CHECK(share_of(faults, QualityFault::too_coarse, Frame::sample) == 1);
}

TEST_CASE("too few pixels for the smallest part are a fault where the scale is known", "[imaging][image_quality]") {
  CHECK(text_of(faults_between(board(), board(), Modality::photo, 10)) == "");
  // Two pixels to 0.8 mm in both.
  const auto coarse = faults_between(board(), board(), Modality::photo, 2.5);
  CHECK(share_of(coarse, QualityFault::too_coarse, Frame::reference) == 1);
  CHECK(share_of(coarse, QualityFault::too_coarse, Frame::sample) == 1);
}

TEST_CASE("a pair that is compared at too few pixels is too coarse, however fine the files are",
          "[imaging][image_quality]") {
  NormalizedPair pair = pair_of(board(), board(), Modality::photo);
  pair.scale = 0.2;  // of files of 10 pixels a millimetre
  const auto faults = find_quality_faults(pair, cv::Mat1b(kSize, uchar{255}), PlaneMap(), 10);
  CHECK(share_of(faults, QualityFault::too_coarse, Frame::reference) == 1);
  CHECK(share_of(faults, QualityFault::too_coarse, Frame::sample) == 0);
}
