// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "compare/inspection.h"
#include "datasets/board_pair.h"
#include "datasets/design/specimen.h"
#include "datasets/picture/render_xray.h"
#include "imaging/load.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::BoardStyle;

namespace {

compare::InspectionReport inspected(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                    int copies = 0) {
  compare::InspectionOptions options{.modality = imaging::Modality::xray};
  options.sensitivity.copies = copies;
  return compare::inspect(reference, sample, options);
}

BoardDesign bare(BoardDesign design) {
  for (datasets::Part& part : design.parts) part.populated = false;
  return design;
}

// As a cabinet's viewer exports it.
imaging::BoardImage radiograph(const BoardDesign& design, double tilt_deg, double turn_deg, std::uint64_t seed) {
  datasets::XraySettings settings;
  settings.camera.picture_px = {1500, 1100};
  settings.camera.pixels_per_mm = 1200 / design.width_mm;
  settings.camera.distance_mm = 4 * design.width_mm;
  settings.camera.looks_at_mm = {design.width_mm / 2, design.depth_mm / 2};
  settings.camera.tilt_deg = tilt_deg;
  settings.camera.tilt_direction_deg = 120;
  settings.camera.rotation_deg = turn_deg;
  settings.camera.distortion = settings.camera.distortion_4 = 0;
  settings.back = std::make_shared<BoardDesign>(bare(other_side(design, BoardStyle::controller, 77)));
  cv::Mat pixels;
  render_xray(design, settings, seed).pixels.convertTo(pixels, CV_8U, 1 / 257.0);
  std::vector<unsigned char> bytes;
  REQUIRE(cv::imencode(".jpg", pixels, bytes, {cv::IMWRITE_JPEG_QUALITY, 90}));
  return imaging::decode_board_image(std::as_bytes(std::span(bytes)), "radiograph.jpg");
}

datasets::BoardPair pair_with(const std::string& changes, std::uint64_t seed) {
  datasets::BoardPairSettings settings{.modality = imaging::Modality::xray, .megapixels = 1};
  settings.changes = datasets::parse_changes(changes, seed, imaging::Modality::xray);
  return make_board_pair(settings, seed);
}

bool is_found(const datasets::TrueChange& change, const compare::InspectionReport& report) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const compare::Finding& finding) {
    return compare::hits(finding.sample_box, change.sample_box);
  });
}

}  // namespace

TEST_CASE("of bare boards at another tilt, as JPEG, one copper layer is aligned and the other is no finding",
          "[compare][inspect_xrays][long]") {
  const BoardStyle style = GENERATE(BoardStyle::server, BoardStyle::handheld);
  const BoardDesign design = bare(make_board_design(style, 4));
  const imaging::BoardImage reference = radiograph(another_specimen(design, 1), 1, 0, 1);
  const imaging::BoardImage sample = radiograph(another_specimen(design, 2), 8, 3, 2);
  const compare::InspectionReport report = inspected(reference, sample);
  REQUIRE(report.registration.ok());
  CHECK(report.findings.empty());
  CHECK(std::any_of(report.notes.begin(), report.notes.end(),
                    [](const std::string& note) { return note.find("8 bits") != std::string::npos; }));
  // And yet a chip that was added in the middle is found, and nothing else.
  BoardDesign changed = design;
  datasets::Part part;
  part.package = datasets::Package::soic8;
  part.centre_mm = {design.width_mm / 2, design.depth_mm / 2};
  part.has_footprint = false;
  changed.parts.push_back(part);
  const compare::InspectionReport with_chip = inspected(reference, radiograph(another_specimen(changed, 2), 8, 3, 2));
  CHECK_FALSE(with_chip.findings.empty());
  for (const compare::Finding& finding : with_chip.findings) {
    const imaging::Point middle(reference.size().width / 2.0, reference.size().height / 2.0);
    CHECK((finding.reference_box.centre() - middle).norm() < 0.08 * reference.size().width);
  }
}

TEST_CASE("what lies inside parts and between layers is found in X-rays, and nothing on an unchanged board",
          "[compare][inspect_xrays][long]") {
  const datasets::BoardPair pair = pair_with("extra:bare_die@under-part,extra:soic8,missing", 21);
  const compare::InspectionReport report = inspected(pair.reference, pair.sample, 1);
  for (const datasets::TrueChange& change : pair.changes) {
    CAPTURE(change.id);
    CHECK(is_found(change, report));
  }
  CHECK(report.coverage.inspected > 0.9);
  REQUIRE(report.sensitivity);
  CHECK(report.sensitivity->looks.at(2) == "frame");
  const datasets::BoardPair same = pair_with("none", 21);
  CHECK(inspected(same.reference, same.sample).outcome == compare::Outcome::nothing_found);
}

TEST_CASE("an X-ray that is dark where little absorbs is inspected like its negative",
          "[compare][inspect_xrays][long]") {
  const datasets::BoardPair pair = pair_with("extra:soic8", 22);
  const compare::InspectionReport plain = inspected(pair.reference, pair.sample);
  imaging::BoardImage negative = pair.sample;
  negative.pixels = cv::Mat(cv::Scalar(65535) - pair.sample.pixels);
  const compare::InspectionReport turned = inspected(pair.reference, negative);
  REQUIRE(plain.findings.size() == turned.findings.size());
  CHECK(turned.findings.at(0).sample_box == plain.findings.at(0).sample_box);
  CHECK(std::any_of(turned.notes.begin(), turned.notes.end(),
                    [](const std::string& note) { return note.find("inverted") != std::string::npos; }));
}
