// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"
#include "imaging/base/execution.h"

#include <catch2/catch.hpp>
#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::Alteration;
using datasets::BoardPair;
using datasets::BoardPairSettings;
using datasets::TrueChange;

namespace {

BoardPairSettings small_pair(std::uint64_t seed) {
  BoardPairSettings settings;
  settings.megapixels = 0.3;
  settings.changes = datasets::usual_changes(seed);
  return settings;
}

bool inside(const imaging::Box& box, const cv::Size& size) {
  return box.x >= -box.width && box.y >= -box.height && box.x + box.width < size.width + box.width &&
         box.y + box.height < size.height + box.height;
}

// White within the polygon, grown by a margin.
cv::Mat1b mask_of(const imaging::Polygon& polygon, double margin_px, const cv::Size& size) {
  std::vector<cv::Point> corners;
  for (const imaging::Point& corner : polygon) {
    corners.emplace_back(static_cast<int>(std::lround(corner.x())), static_cast<int>(std::lround(corner.y())));
  }
  cv::Mat1b mask(size, static_cast<unsigned char>(0));
  cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(255));
  const int thickness = static_cast<int>(std::lround(2 * margin_px));
  if (thickness > 0) cv::polylines(mask, corners, true, cv::Scalar(255), thickness);
  return mask;
}

cv::Mat1b largest_channel(const cv::Mat& difference) {
  std::vector<cv::Mat> channels;
  cv::split(difference, channels);
  const cv::Mat1b largest(cv::max(cv::max(channels[0], channels[1]), channels[2]));
  return largest;
}

cv::Matx33d plane_of(const BoardPair& pair) {
  std::vector<cv::Point2d> from;
  std::vector<cv::Point2d> to;
  for (const datasets::PointPair& point : pair.points) {
    from.emplace_back(point.in_reference.x(), point.in_reference.y());
    to.emplace_back(point.in_sample.x(), point.in_sample.y());
  }
  return cv::Matx33d(cv::findHomography(from, to));
}

double highest_mm(const datasets::Place& place) {
  double top_mm = place.top_mm;
  for (const double height_mm : place.heights_mm) {
    top_mm = std::max(top_mm, height_mm);
  }
  return top_mm;
}

imaging::Point mapped(const cv::Matx33d& plane, const imaging::Point& point) {
  const cv::Vec3d to = plane * cv::Vec3d(point.x(), point.y(), 1);
  return {to[0] / to[2], to[1] / to[2]};
}

}  // namespace

TEST_CASE("the same seed gives the same pair for one and for two threads", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(11);
  settings.specimens = 2;
  imaging::set_thread_count(1);
  const BoardPair first = make_board_pair(settings, 11);
  imaging::set_thread_count(2);
  const BoardPair again = make_board_pair(settings, 11);
  imaging::set_thread_count(0);
  REQUIRE(first.files.size() == 3);
  for (std::size_t i = 0; i < first.files.size(); ++i) {
    CHECK(first.files[i].bytes == again.files[i].bytes);
  }
  REQUIRE(first.changes.size() == again.changes.size());
  CHECK(first.changes.front().sample_box == again.changes.front().sample_box);
}

TEST_CASE("a pair shows its changes inside the sample, each with a size", "[datasets][board_pair]") {
  const auto seed = GENERATE(range(1U, 4U));
  const BoardPair pair = make_board_pair(small_pair(seed), seed);
  CHECK(pair.same_board);
  CHECK(pair.changes.size() >= 9);
  for (const TrueChange& change : pair.changes) {
    CAPTURE(change.id);
    CHECK(inside(change.sample_box, pair.sample.size()));
    CHECK(change.sample_box.area() > 4);
    CHECK(change.size_mm.maxCoeff() >= 0.49);
    CHECK(change.sample_box == imaging::bounding_box(change.sample_polygon));
    CHECK(change.reference_box == imaging::bounding_box(change.reference_polygon));
    CHECK(change.board_polygon_mm.size() >= 4);
  }
}

TEST_CASE("a change is seen where its truth says, and only its light and shadow beyond", "[datasets][board_pair]") {
  const auto what = GENERATE(from_range(datasets::kAlterations.begin(), datasets::kAlterations.end()));
  CAPTURE(name_of(what));
  if (what == Alteration::other_die) return;  // no photograph shows it
  const datasets::BoardDesign design = make_board_design(datasets::BoardStyle::controller, 4);
  const datasets::ChangedBoard changed = plant_changes(design, {{what}}, 1);
  REQUIRE(changed.changes.size() == 1);
  datasets::PhotoSettings settings;
  settings.camera.picture_px = {420, 320};
  settings.camera.pixels_per_mm = 6;
  settings.camera.tilt_deg = 8;
  settings.camera.noise = 0;
  const datasets::RenderedPicture before = render_photo(design, settings, 1);
  const datasets::RenderedPicture after = render_photo(changed.design, settings, 1);
  cv::Mat difference;
  cv::absdiff(before.pixels, after.pixels, difference);
  cv::Mat1b changed_by = largest_channel(difference);
  const datasets::PlantedChange& change = changed.changes.front();
  // Ambient shading reaches 4 mm; a lamp 50 degrees high, 4 degrees wide, throws shadows as long as things are high.
  const double reach_px = std::max(4.5, 0.5 + highest_mm(change.place)) * settings.camera.pixels_per_mm;
  cv::Mat1b near(changed_by.size(), static_cast<unsigned char>(0));
  std::vector<datasets::Place> places = change.also;
  places.push_back(change.place);
  cv::Mat1b on(changed_by.size(), static_cast<unsigned char>(0));
  for (const datasets::Place& place : places) {
    const imaging::Polygon polygon = polygon_in(after.camera, place);
    on |= mask_of(polygon, 0, on.size());
    near |= mask_of(polygon, reach_px, near.size());
  }
  cv::Mat1b far_off = changed_by.clone();
  far_off.setTo(0, near);
  // Rays leap over tiles of 2 mm at this scale, and what is new in one changes where the next are looked at: at edges a
  // few pixels in ten thousand.
  CHECK(cv::countNonZero(far_off > 3) < 3e-4 * static_cast<double>(far_off.total()));
  double most = 0;
  cv::minMaxLoc(changed_by, nullptr, &most, nullptr, nullptr, on);
  CHECK(most > 3);  // of traces under the mask, little more
  // What is changed by more than its shadow lies within the outline.
  CHECK(cv::mean(changed_by, on).val[0] > cv::mean(changed_by, near & ~on).val[0]);
}

TEST_CASE("what no camera can see is not part of a photograph's truth", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(3);
  settings.changes = {{Alteration::extra_part, {}, datasets::Ground::under_part}, {Alteration::missing_part}};
  CHECK(make_board_pair(settings, 3).changes.size() == 1);
  settings.modality = imaging::Modality::xray;
  CHECK(make_board_pair(settings, 3).changes.size() == 2);
  settings.changes = {{Alteration::sticker}, {Alteration::missing_part}};
  CHECK(make_board_pair(settings, 3).changes.size() == 1);
}

TEST_CASE("points of the board's plane lie inside both pictures", "[datasets][board_pair]") {
  const BoardPair pair = make_board_pair(small_pair(2), 2);
  CHECK(pair.points.size() > 40);
  for (const datasets::PointPair& point : pair.points) {
    CHECK((point.in_reference.x() >= 0 && point.in_reference.x() < pair.reference.size().width));
    CHECK((point.in_sample.y() >= 0 && point.in_sample.y() < pair.sample.size().height));
  }
}

TEST_CASE("every part of the design is listed where both pictures show it", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(2);
  settings.changes.clear();
  const BoardPair pair = make_board_pair(settings, 2);
  const datasets::BoardDesign design = make_board_design(settings.style, 2);
  REQUIRE(pair.components.size() == design.parts.size());
  const cv::Matx33d plane = plane_of(pair);
  int compared = 0;
  for (std::size_t i = 0; i < design.parts.size(); ++i) {
    const datasets::TrueComponent& component = pair.components[i];
    CHECK(component.designator == design.parts[i].designator);
    CHECK(component.package == name_of(design.parts[i].package));
    CHECK(component.populated == design.parts[i].populated);
    if (shape_of(design.parts[i]).top_mm > 0.6) continue;
    const imaging::Point in_reference = imaging::bounding_box(component.reference_polygon).centre();
    const imaging::Point in_sample = imaging::bounding_box(component.sample_polygon).centre();
    // Less than a pixel for the lens and half a millimetre of height, and two deviations of placement in either unit.
    CHECK((mapped(plane, in_reference) - in_sample).norm() < 2);
    ++compared;
  }
  CHECK(compared > 20);
}

TEST_CASE("a stranger is marked as one and has no truth", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(2);
  settings.sample_board = GENERATE(datasets::SampleBoard::other_design, datasets::SampleBoard::other_side);
  const BoardPair pair = make_board_pair(settings, 2);
  CHECK_FALSE(pair.same_board);
  CHECK(pair.changes.empty());
  CHECK(pair.points.empty());
  CHECK(pair.components.empty());
}

TEST_CASE("a pair can be asked for a view", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(2);
  settings.scale = 0.5;
  settings.rotation_deg = 90;
  const BoardPair pair = make_board_pair(settings, 2);
  CHECK(pair.sample.size().width == Approx(pair.reference.size().width / 2.0).margin(1));
  REQUIRE(pair.points.size() > 10);
  const imaging::Point across_in_reference = pair.points.at(1).in_reference - pair.points.at(0).in_reference;
  const imaging::Point across_in_sample = pair.points.at(1).in_sample - pair.points.at(0).in_sample;
  // The board's x axis runs down in the sample; severity adds at most 8 degrees of turn and 8 of tilt.
  CHECK(across_in_reference.x() > 5 * std::abs(across_in_reference.y()));
  CHECK(across_in_sample.y() > 5 * std::abs(across_in_sample.x()));
}

TEST_CASE("further known-good units differ from the first and between themselves", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(2);
  settings.specimens = 3;
  const BoardPair pair = make_board_pair(settings, 2);
  REQUIRE(pair.further_references.size() == 2);
  REQUIRE(pair.files.size() == 4);
  CHECK(pair.files[3].name == "reference-3.jpg");
  CHECK(pair.files[2].bytes != pair.files[3].bytes);
  CHECK(pair.further_references[0].size() == pair.reference.size());
  CHECK(pair.further_references[0].source.name == "reference-2.jpg");
  settings.specimens = 1;
  CHECK(make_board_pair(settings, 2).files[1].bytes == pair.files[1].bytes);  // the pair itself stays the same
}

TEST_CASE("a harder severity is farther from the reference", "[datasets][board_pair]") {
  const datasets::BoardDesign design = make_board_design(datasets::BoardStyle::controller, 1);
  std::array<double, 3> tilt_deg = {};
  std::array<double, 3> quality = {};
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const imaging::Random random(seed);
    const datasets::Circumstances reference = reference_settings(design, 1, random.stream(1));
    for (std::size_t i = 0; i < 3; ++i) {
      const datasets::Circumstances sample =
          sample_settings(reference, {.severity = datasets::kSeverities.at(i)}, design, random.stream(2));
      tilt_deg.at(i) += sample.photo.camera.tilt_deg / 40;
      quality.at(i) += sample.jpeg_quality / 40.0;
      CHECK((sample.jpeg_quality >= 80 && sample.jpeg_quality <= 94));
      CHECK(sample.photo.camera.tilt_deg <= 15);
    }
  }
  CHECK((tilt_deg[0] < 2 && tilt_deg[0] < tilt_deg[1] && tilt_deg[1] < tilt_deg[2]));
  CHECK((quality[0] > quality[1] && quality[1] > quality[2]));
}

TEST_CASE("a design from outside keeps its name and has no style", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(2);
  settings.changes = {{Alteration::missing_part}};
  const datasets::BoardDesign design = make_board_design(datasets::BoardStyle::controller, 9);
  const BoardPair pair = make_board_pair(design, "my-board", settings, 2);
  CHECK(pair.board == "my-board");
  CHECK(pair.style.empty());
  CHECK(pair.changes.size() == 1);
  CHECK(pair.components.size() == design.parts.size());
}

TEST_CASE("an X-ray pair keeps 16 bits", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(2);
  settings.modality = imaging::Modality::xray;
  const BoardPair pair = make_board_pair(settings, 2);
  CHECK(pair.files.front().name == "reference.png");
  CHECK(pair.sample.pixels.type() == CV_16UC1);
  CHECK(pair.sample.source.bits_per_channel == 16);
  double least = 0;
  double most = 0;
  cv::minMaxLoc(pair.sample.pixels, &least, &most);
  CHECK(most > 3 * least);
}

TEST_CASE("the truth of a mirrored sample is mirrored as its picture is", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(4);
  const BoardPair plain = make_board_pair(settings, 4);
  settings.mirrored = true;
  const BoardPair pair = make_board_pair(settings, 4);
  const int right = pair.sample.size().width - 1;
  REQUIRE(pair.points.size() == plain.points.size());
  for (std::size_t i = 0; i < pair.points.size(); ++i) {
    CHECK(pair.points[i].in_sample.x() == Approx(right - plain.points[i].in_sample.x()));
    CHECK(pair.points[i].in_reference == plain.points[i].in_reference);
  }
  cv::Mat flipped;
  cv::flip(pair.sample.pixels, flipped, 1);
  cv::absdiff(flipped, plain.sample.pixels, flipped);
  CHECK(cv::mean(flipped)[1] < 8);  // noise, shake and JPEG blocks are not mirrored
}

TEST_CASE("a sample among other boards shows all of its own", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair(5);
  settings.among_others = true;
  const BoardPair pair = make_board_pair(settings, 5);
  CHECK(pair.same_board);
  CHECK(pair.points.size() == make_board_pair(small_pair(5), 5).points.size());
  std::vector<imaging::Point> in_sample;
  for (const datasets::PointPair& point : pair.points) {
    in_sample.push_back(point.in_sample);
  }
  const cv::Size size = pair.sample.size();
  CHECK(imaging::bounding_box(in_sample).area() < 0.7 * size.area());
}
