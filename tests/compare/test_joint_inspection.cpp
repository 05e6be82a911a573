// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "compare/joint_inspection.h"
#include "compare/report_html.h"
#include "datasets/board_pair.h"

#include <Eigen/QR>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using Catch::Contains;

namespace {

datasets::BoardPair pair_of(imaging::Modality modality, const std::string& changes, std::uint64_t seed = 41) {
  datasets::BoardPairSettings settings{.modality = modality, .megapixels = 1};
  settings.changes = datasets::parse_changes(changes, seed, modality);
  return make_board_pair(settings, seed);
}

compare::BoardPictures pictures_of(const datasets::BoardPair& pair) {
  return {.known_good = {.boards = {pair.reference}}, .sample = pair.sample};
}

compare::JointOptions quick() {
  compare::JointOptions options;
  options.inspection.sensitivity.copies = 0;
  options.inspection.marking.max_places = 0;
  return options;
}

// Where the photograph of the reference, which is hardly tilted, has a place of the board.
imaging::Point in_reference(const datasets::BoardPair& pair, const imaging::Point& in_mm) {
  const auto count = static_cast<Eigen::Index>(pair.points.size());
  Eigen::MatrixX3d board(count, 3);
  Eigen::MatrixX2d picture(count, 2);
  for (Eigen::Index i = 0; i < count; ++i) {
    board.row(i) << pair.points_mm[static_cast<std::size_t>(i)].transpose(), 1;
    picture.row(i) = pair.points[static_cast<std::size_t>(i)].in_reference.transpose();
  }
  const Eigen::Matrix<double, 3, 2> affine = board.colPivHouseholderQr().solve(picture);
  return (Eigen::RowVector3d(in_mm.x(), in_mm.y(), 1) * affine).transpose();
}

// Whether the finding lies on the change, each in the X-ray of the sample.
bool shows(const compare::Finding& finding, const datasets::TrueChange& change) {
  return finding.xray && compare::hits(finding.xray->sample_box, change.sample_box);
}

}  // namespace

TEST_CASE("one report lists what photographs and X-rays show, where the photograph has it",
          "[compare][joint_inspection][long]") {
  const std::string changes = "extra:bare_die@under-part,extra:soic8";
  const datasets::BoardPair photo = pair_of(imaging::Modality::photo, changes);
  const datasets::BoardPair xray = pair_of(imaging::Modality::xray, changes);
  REQUIRE(photo.changes.size() == 1);
  REQUIRE(xray.changes.size() == 2);
  const compare::JointReport joint = inspect_both(pictures_of(photo), pictures_of(xray), quick());
  REQUIRE(joint.laid.found);
  CHECK(joint.report.outcome == compare::Outcome::needs_review);
  CHECK_THAT(joint.report.reason, Contains("in the X-rays alone"));

  const auto& findings = joint.report.findings;
  const auto hidden = std::find_if(findings.begin(), findings.end(),
                                   [&](const compare::Finding& one) { return shows(one, xray.changes.front()); });
  REQUIRE(hidden != findings.end());
  CHECK(hidden->in_xray_alone);
  // The same place of the board, by the truth of the photographs.
  const imaging::Point in_mm = imaging::bounding_box(xray.changes.front().board_polygon_mm).centre();
  CHECK((hidden->reference_box.centre() - in_reference(photo, in_mm)).norm() < 8);
  CHECK(hidden->board_box_mm);

  const auto both = std::find_if(findings.begin(), findings.end(),
                                 [](const compare::Finding& one) { return one.xray && !one.in_xray_alone; });
  REQUIRE(both != findings.end());
  CHECK(compare::hits(both->sample_box, photo.changes.front().sample_box));
  CHECK(joint.xrays.reference.pixels_per_mm);

  const std::string page = compare::report_html(joint, {photo.reference, photo.sample}, {xray.reference, xray.sample});
  CHECK_THAT(page, Contains("\"xray\":{\"reference\":{\"width\""));
}

TEST_CASE("X-rays of another board are not laid on the photograph", "[compare][joint_inspection][long]") {
  const datasets::BoardPair photo = pair_of(imaging::Modality::photo, "none");
  const datasets::BoardPair xray = pair_of(imaging::Modality::xray, "none", 42);
  const compare::JointReport joint = inspect_both(pictures_of(photo), pictures_of(xray), quick());
  CHECK_FALSE(joint.laid.found);
  CHECK(joint.report.outcome == compare::Outcome::not_comparable);
  CHECK_THAT(joint.report.reason,
             Contains("reference.png could not be laid on the photograph reference.jpg") && Contains("--xray-places"));
  CHECK(joint.report.findings.empty());
}

TEST_CASE("where the X-rays cannot be compared, photographs that show nothing are no answer",
          "[compare][joint_inspection][long]") {
  const datasets::BoardPair photo = pair_of(imaging::Modality::photo, "none");
  datasets::BoardPair xray = pair_of(imaging::Modality::xray, "none");
  xray.sample = pair_of(imaging::Modality::xray, "none", 42).sample;
  const compare::JointReport joint = inspect_both(pictures_of(photo), pictures_of(xray), quick());
  REQUIRE(joint.laid.found);
  CHECK(joint.report.outcome == compare::Outcome::not_comparable);
  CHECK_THAT(joint.report.reason, Contains("the X-rays could not be compared") && Contains("the photographs alone"));
}

TEST_CASE("what is ignored on the photograph is ignored on the X-ray", "[compare][joint_inspection][long]") {
  const datasets::BoardPair photo = pair_of(imaging::Modality::photo, "extra:soic8");
  const datasets::BoardPair xray = pair_of(imaging::Modality::xray, "extra:soic8");
  compare::JointOptions options = quick();
  const imaging::Box place = imaging::grown(photo.changes.front().reference_box, 20);
  options.inspection.regions.ignored.regions = {{.why = "known", .reference_rings = {imaging::corners(place)}}};
  const compare::JointReport joint = inspect_both(pictures_of(photo), pictures_of(xray), options);
  CHECK(joint.report.outcome == compare::Outcome::nothing_found);
  CHECK(joint.xrays.coverage.masked > 0);
}
