// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/scene_light.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

namespace imaging = boarddiff::imaging;
using imaging::Box;
using imaging::SceneLight;

namespace {

constexpr int kSide = 640;
constexpr double kBoardLevel = 0.4;

// A grid of dark bodies on an even board.
struct Scene {
  cv::Mat3f picture = cv::Mat3f(kSide, kSide, cv::Vec3f::all(static_cast<float>(kBoardLevel)));
  cv::Mat1b bare = cv::Mat1b(kSide, kSide, uchar{255});
  std::vector<Box> bodies = {};
};

Scene scene_with_bodies() {
  Scene scene;
  for (int y = 40; y + 60 < kSide; y += 100) {
    for (int x = 40; x + 60 < kSide; x += 100) {
      const cv::Rect place(x, y, 40, 30);
      scene.picture(place) = cv::Vec3f::all(0.08F);
      scene.bare(place).setTo(0);
      scene.bodies.push_back(
          {.x = double(place.x), .y = double(place.y), .width = double(place.width), .height = double(place.height)});
    }
  }
  return scene;
}

}  // namespace

TEST_CASE("The blur of a picture is the blur that its edges were given") {
  for (const double blur_px : {0.8, 1.5, 2.5}) {
    Scene scene = scene_with_bodies();
    cv::GaussianBlur(scene.picture, scene.picture, {}, blur_px);
    const SceneLight light =
        measure_scene_light(scene.picture, cv::Mat1b(scene.picture.size(), uchar{255}), scene.bare, scene.bodies);
    CHECK(light.blur_px == Approx(blur_px).epsilon(0.25));
  }
}

TEST_CASE("The noise of a picture is the noise that its bare board was given") {
  Scene scene = scene_with_bodies();
  imaging::Random random(5);
  for (cv::Vec3f& pixel : scene.picture) {
    const auto noise = static_cast<float>(0.02 * random.normal());
    pixel += cv::Vec3f::all(noise);
  }
  const SceneLight light =
      measure_scene_light(scene.picture, cv::Mat1b(scene.picture.size(), uchar{255}), scene.bare, scene.bodies);
  CHECK(light.noise == Approx(0.02).epsilon(0.15));
}

TEST_CASE("A shadow lies on the side of the bodies where the board is darker") {
  Scene scene = scene_with_bodies();
  CHECK(measure_scene_light(scene.picture, cv::Mat1b(scene.picture.size(), uchar{255}), scene.bare, scene.bodies)
            .shadow_depth == 0);
  for (const Box& body : scene.bodies) {
    const cv::Rect below(cvRound(body.x), cvRound(body.y + body.height), cvRound(body.width), 10);
    scene.picture(below) *= 0.5;
  }
  const SceneLight light =
      measure_scene_light(scene.picture, cv::Mat1b(scene.picture.size(), uchar{255}), scene.bare, scene.bodies);
  CHECK(light.shadow.y() > 0.95);
  CHECK(light.shadow_depth > 0.3);
}

TEST_CASE("The light at a place follows the fall-off of light and not the parts there") {
  Scene scene = scene_with_bodies();
  for (int y = 0; y < kSide; ++y) {
    scene.picture.row(y) *= 1.25 - 0.5 * y / kSide;
  }
  const SceneLight light =
      measure_scene_light(scene.picture, cv::Mat1b(scene.picture.size(), uchar{255}), scene.bare, scene.bodies);
  CHECK(light.local(120, 320) > 1.08);
  CHECK(light.local(320, 320) == Approx(1).margin(0.04));
  CHECK(light.local(520, 320) < 0.92);
  CHECK(light.local(320, 60) == Approx(light.local(320, 110)).margin(0.03));
}

TEST_CASE("A picture without any board has a light all the same") {
  const cv::Mat3f picture(64, 64, cv::Vec3f::all(0.2F));
  const cv::Mat1b nothing(picture.size(), uchar{0});
  const SceneLight light = imaging::measure_scene_light(picture, nothing, nothing, {});
  CHECK(light.local.size() == picture.size());
  CHECK(light.local(30, 30) == 1);
}
