// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"
#include "imaging/prepare_xray.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>

namespace datasets = boarddiff::datasets;
using namespace boarddiff::imaging;

namespace {

BoardImage rendered_xray() {
  datasets::BoardPairSettings settings;
  settings.modality = Modality::xray;
  settings.megapixels = 0.3;
  return datasets::make_board_pair(settings, 5).reference;
}

bool notes(const BoardImage& image, const std::string& words) {
  return std::any_of(image.notes.begin(), image.notes.end(),
                     [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

double most_apart(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF); }

}  // namespace

TEST_CASE("an X-ray that is as it should be stays as it is", "[imaging][prepare_xray]") {
  const BoardImage image = rendered_xray();
  const BoardImage result = prepared_xray(image);
  CHECK(most_apart(result.pixels, image.pixels) == 0);
  CHECK(result.notes == image.notes);
}

TEST_CASE("an X-ray that is dark where little absorbs is inverted, and that is said", "[imaging][prepare_xray]") {
  const BoardImage image = rendered_xray();
  BoardImage negative = image;
  negative.pixels = cv::Mat(cv::Scalar(65535) - image.pixels);
  const BoardImage result = prepared_xray(negative);
  CHECK(most_apart(result.pixels, image.pixels) == 0);
  CHECK(notes(result, "inverted"));
}

TEST_CASE("a close-up without open beam is told by what stands out", "[imaging][prepare_xray]") {
  const BoardImage image = rendered_xray();
  const cv::Rect middle(image.pixels.cols / 4, image.pixels.rows / 4, image.pixels.cols / 2, image.pixels.rows / 2);
  BoardImage close_up = image;
  close_up.pixels = image.pixels(middle).clone();
  CHECK_FALSE(notes(prepared_xray(close_up), "inverted"));
  BoardImage negative = close_up;
  negative.pixels = cv::Mat(cv::Scalar(65535) - close_up.pixels);
  CHECK(notes(prepared_xray(negative), "inverted"));
}

TEST_CASE("eight bits become sixteen, with a note on what they cost", "[imaging][prepare_xray]") {
  BoardImage image = rendered_xray();
  image.pixels.convertTo(image.pixels, CV_8U, 1.0 / 257);
  cv::cvtColor(image.pixels, image.pixels, cv::COLOR_GRAY2BGR);
  image.source.bits_per_channel = 8;
  const BoardImage result = prepared_xray(image);
  CHECK(result.pixels.type() == CV_16UC1);
  CHECK(notes(result, "8 bits"));
}

TEST_CASE("faults of the detector are said", "[imaging][prepare_xray]") {
  BoardImage image = rendered_xray();
  image.pixels = image.pixels.clone();
  image.pixels.row(40) = 0;
  cv::Mat1w(image.pixels)(100, 100) = 65535;
  CHECK(notes(prepared_xray(image), "1 line and 1 pixel"));
}

TEST_CASE("photographs are not prepared", "[imaging][prepare_xray]") {
  BoardImage image;
  image.pixels = cv::Mat3b(20, 30, cv::Vec3b(1, 2, 3));
  CHECK(prepared(image, Modality::photo).pixels.type() == CV_8UC3);
  CHECK(prepared(image, Modality::xray).pixels.type() == CV_16UC1);
}
