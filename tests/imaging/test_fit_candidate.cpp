// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/fit_candidate.h"
#include "imaging/plane_fit.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>
#include <functional>

using namespace boarddiff::imaging;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

const cv::Size kSize(960, 720);
constexpr int kTile = 40;

// The picture with each of its tiles also drawn so many pixels farther right, as places of that height would be seen.
cv::Mat3b raised(const cv::Mat3b& picture, const std::function<int(int column, int row)>& height) {
  cv::Mat3b result = picture.clone();
  for (int row = 0; row < kSize.height / kTile; ++row) {
    for (int column = 0; column < kSize.width / kTile; ++column) {
      const cv::Rect tile(column * kTile, row * kTile, kTile, kTile);
      const cv::Rect there = (tile + cv::Point(height(column, row), 0)) & cv::Rect({0, 0}, kSize);
      picture(cv::Rect(tile.tl(), there.size())).copyTo(result(there));
    }
  }
  return result;
}

struct Scenery {
  explicit Scenery(const cv::Mat3b& reference_picture, const cv::Mat3b& sample_picture)
      : reference(grey_pyramid(board_image(reference_picture), Modality::photo)),
        sample(grey_pyramid(board_image(sample_picture), Modality::photo)),
        places(places_of(reference)) {}

  [[nodiscard]] FitScene scene() const {
    return {.reference = reference, .places = places, .sample = sample, .options = options};
  }
  // From the map that takes each pixel to itself.
  [[nodiscard]] FitCandidate candidate() const {
    const PlaneMap start = plane_of(
        (PlaneUnknowns() << 1, 0, 0, 0, 1, 0, 0, 0, Eigen::Matrix<double, 18, 1>::Zero()).finished(), kSize, kSize);
    return fit_candidate(scene(), start, places.few);
  }

  GreyPyramid reference;
  GreyPyramid sample;
  ReferencePlaces places;
  RegistrationOptions options = {};
};

}  // namespace

TEST_CASE("places at many heights of which hardly any lie on one plane are no board", "[imaging][fit_candidate]") {
  const cv::Mat3b reference = textured_picture(kSize, 3);
  Random random(1);
  const FitCandidate loose =
      Scenery(reference, raised(reference, [&](int, int) { return random.integer(0, 22); })).candidate();
  CHECK_FALSE(loose.accepted());
  CHECK_THAT(loose.objection, Catch::Contains("heights"));
  // Of a board of tall parts a part is board.
  const FitCandidate board =
      Scenery(reference, raised(reference, [&](int, int) { return random.chance(0.3) ? 0 : random.integer(0, 22); }))
          .candidate();
  CHECK(board.accepted());
}

TEST_CASE("a fit that is a period off is a rival, though it lies along the parallax", "[imaging][fit_candidate]") {
  // One row of detail, again and again below itself; some columns stand above the board.
  const cv::Mat3b row = textured_picture({kSize.width, kTile}, 3);
  cv::Mat3b reference;
  cv::repeat(row, kSize.height / kTile, 1, reference);
  const Scenery scenery(reference, raised(reference, [](int column, int) { return column % 5 == 2 ? 7 : 0; }));
  const FitCandidate candidate = against_rivals(scenery.scene(), scenery.candidate());
  CHECK_THAT(candidate.objection, Catch::Contains("repeats itself"));
}

TEST_CASE("a fit that confirms far fewer places does not take over from one that confirms more",
          "[imaging][fit_candidate]") {
  // Columns of detail beside each other, a fifth of whose rows are shifted a little: what a period off confirms only
  // because it looked along longer strips is not a better fit.
  const cv::Mat3b column = textured_picture({kTile, kSize.height}, 3);
  cv::Mat3b reference;
  cv::repeat(column, 1, kSize.width / kTile, reference);
  Random random(1);
  const cv::Mat3b sample =
      raised(reference, [&](int, int row) { return row % 5 == 0 ? static_cast<int>(random.integer(6, 9)) : 0; });
  const Registration registration = register_to_reference(board_image(reference), board_image(sample), Modality::photo);
  CHECK_FALSE(registration.ok());
}

TEST_CASE("a map without a middle in front of the camera has no view, and says so", "[imaging][fit_candidate]") {
  PlaneMap map;
  map.sample_from_reference << 1, 0, 0, 0, 1, 0, 0, 0, -1;
  const View view = view_of(map, {});
  CHECK(std::isnan(view.tilt_deg));
  CHECK(std::isnan(view.scale));
}
