// SPDX-License-Identifier: Apache-2.0
#include "compare/report_json.h"
#include "tests/support/sample_report.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>
#include <set>
#include <string>
#include <vector>

using boarddiff::compare::InspectionReport;
using boarddiff::compare::report_json;
using boarddiff::test::read_text;
using boarddiff::test::sample_joint_report;
using boarddiff::test::sample_report;
using Json = nlohmann::ordered_json;

namespace {

Json written(const InspectionReport& report) { return Json::parse(report_json(report)); }

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) {
    names.push_back(item.key());
  }
  return names;
}

// Every field as `a.b`, lists as `a[].b`; options hold names of their own.
void collect_fields(const Json& value, const std::string& path, std::set<std::string>& fields) {
  if (value.is_object() && path != "options") {
    for (const auto& item : value.items()) {
      const std::string field = path.empty() ? item.key() : path + "." + item.key();
      fields.insert(field);
      collect_fields(item.value(), field, fields);
    }
  } else if (value.is_array()) {
    for (const Json& element : value) {
      collect_fields(element, path + "[]", fields);
    }
  }
}

}  // namespace

TEST_CASE("the report has the documented fields in their order", "[compare][report_json]") {
  const Json report = written(sample_report());
  CHECK(keys(report) == std::vector<std::string>{"schema", "tool", "outcome", "reason", "modality", "reference",
                                                 "sample", "registration", "design", "coverage", "sensitivity", "xray",
                                                 "findings", "candidates", "notes", "options"});
  CHECK(keys(report["sample"]) == std::vector<std::string>{"file", "sha256", "format", "bits", "width", "height",
                                                           "pixels_per_mm", "pixels_per_mm_origin", "exif_orientation",
                                                           "accepted_damage", "codes"});
  CHECK(keys(report["registration"]) ==
        std::vector<std::string>{"status", "reason", "confidence", "inliers", "confirmed", "layout_differs",
                                 "residual_px", "stability_px", "overlap", "rotation_deg", "scale", "tilt_deg",
                                 "mirrored", "reference_from_sample", "sample_from_reference", "reference_lens",
                                 "sample_lens", "smooth_residual"});
  CHECK(keys(report["registration"]["sample_lens"]) ==
        std::vector<std::string>{"centre", "half_diagonal_px", "k1", "k2"});
  CHECK(keys(report["coverage"]) == std::vector<std::string>{"inspected", "masked", "not_inspected", "masks",
                                                             "not_inspected_regions", "watched", "varied",
                                                             "variations"});
  CHECK(keys(report["coverage"]["variations"][0]) ==
        std::vector<std::string>{"number", "who", "why", "when", "seen", "reference_polygon"});
  CHECK(report["coverage"]["variations"][0]["number"] == 3);
  CHECK(report["coverage"]["variations"][0]["seen"] == true);
  CHECK(report["coverage"]["variations"][0]["reference_polygon"][2] == Json{340.0, 230.0});
  CHECK(keys(report["coverage"]["masks"][0]) == std::vector<std::string>{"who", "why", "reference_polygon"});
  CHECK(keys(report["findings"][0]) == std::vector<std::string>{"id", "kind", "score", "sample_box", "reference_box",
                                                                "board_box_mm", "near", "design", "watch", "marking",
                                                                "extra_part", "also_at", "seen_in", "xray", "reason"});
  CHECK(keys(report["findings"][0]["design"]) ==
        std::vector<std::string>{"side", "centre_mm", "has", "designator", "near"});
  CHECK(keys(report["design"]) == std::vector<std::string>{"file", "sha256", "side", "fits", "reason", "matched",
                                                           "expected", "median_mm", "reference_from_board", "sample"});
  CHECK(keys(report["findings"][0]["marking"]) ==
        std::vector<std::string>{"difference", "reference", "sample", "reference_confidence", "sample_confidence"});
  CHECK(keys(report["findings"][0]["extra_part"]) ==
        std::vector<std::string>{"size_px", "size_mm", "reference_outline", "terminals", "colour", "ground"});
}

TEST_CASE("every field of a report is described in docs/report-format.md", "[compare][report_json]") {
  const std::string page = read_text(BOARDDIFF_DOCS "/report-format.md");
  std::set<std::string> fields;
  collect_fields(Json::parse(report_json(sample_joint_report())), "", fields);
  CHECK(fields.size() > 50);
  for (std::string field : fields) {
    // Candidates are described as findings, the sample and its lens as the reference's.
    if (field.starts_with("candidates[]")) {
      field.replace(0, std::string("candidates").size(), "findings");
    }
    if (field.starts_with("sample.") || field.starts_with("registration.sample_lens.")) {
      continue;
    }
    // And the X-rays as the photographs, but for how they lie on these.
    if (field.starts_with("xray.") && field != "xray.laid" && !field.starts_with("xray.laid.")) {
      field.replace(0, std::string("xray.").size(), "");
      if (field.starts_with("sample.") || field.starts_with("registration.sample_lens.")) continue;
    }
    if (field.starts_with("xray.laid.photo_lens.") || field.starts_with("xray.laid.xray_lens.")) continue;
    INFO(field);
    CHECK(page.find("| `" + field + "` |") != std::string::npos);
  }
}

TEST_CASE("a finding says what shows it", "[compare][report_json]") {
  InspectionReport report = sample_report();
  CHECK(written(report)["xray"].is_null());
  CHECK(written(report)["findings"][0]["seen_in"] == Json{"photo"});
  CHECK(written(report)["findings"][0]["xray"].is_null());
  report.modality = boarddiff::imaging::Modality::xray;
  CHECK(written(report)["findings"][0]["seen_in"] == Json{"xray"});

  const Json joint = Json::parse(report_json(sample_joint_report()));
  CHECK(joint["findings"][0]["seen_in"] == Json{"photo", "xray"});
  CHECK(joint["findings"][0]["xray"]["kind"] == "changed_interior");
  CHECK(joint["findings"][0]["xray"]["reference_box"] == Json{70.0, 80.0, 20.0, 10.0});
  CHECK(joint["findings"][0]["xray"]["also_at"].size() == 1);
  CHECK(joint["findings"][1]["seen_in"] == Json{"xray"});
  CHECK(joint["xray"]["laid"]["status"] == "aligned");
  CHECK(joint["xray"]["laid"]["agreeing"] == 71);
  CHECK(joint["xray"]["laid"]["xray_from_photo"] == Json{2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0});
  CHECK(joint["xray"]["sample"]["file"] == "sample.png");
  CHECK(joint["xray"]["outcome"] == "needs_review");
}

TEST_CASE("the sensitivity stands in the report by size and colour, or is null", "[compare][report_json]") {
  InspectionReport report = sample_report();
  const Json sensitivity = written(report)["sensitivity"];
  CHECK(sensitivity["unit"] == "mm");
  CHECK(sensitivity["smallest"] == Json{3.0, 3.0});
  CHECK(sensitivity["smallest_by_look"]["dark"].is_null());
  CHECK(sensitivity["smallest_by_look"]["grey"] == Json{1.0, 0.5});
  CHECK(sensitivity["share_of_board"] == 0.8123);
  CHECK(sensitivity["sizes"][0]["size"] == Json{1.0, 0.5});
  CHECK(sensitivity["sizes"][0]["planted"] == 33);
  CHECK(sensitivity["sizes"][0]["found"] == 9);
  CHECK(sensitivity["sizes"][0]["grey"] == Json{{"planted", 11}, {"found", 3}});
  CHECK(sensitivity["sizes"][1]["on_parts"] == Json{{"planted", 6}, {"found", 1}});
  CHECK(sensitivity["missed"] == Json{{40.0, 50.0, 30.0, 30.0}});
  report.sensitivity->smallest.reset();
  CHECK(written(report)["sensitivity"]["smallest"].is_null());
  report.sensitivity.reset();
  CHECK(written(report)["sensitivity"].is_null());
}

TEST_CASE("what the design says stands in the report, or is null", "[compare][report_json]") {
  InspectionReport report = sample_report();
  const Json design = written(report)["design"];
  CHECK(design["file"] == "x200.kicad_pcb");
  CHECK(design["side"] == "bottom");
  CHECK(design["median_mm"] == 0.123);
  CHECK(design["reference_from_board"][2] == 20.0);
  CHECK(design["sample"]["missing"] == Json{"R12", "C7"});
  CHECK(design["sample"]["unclear"] == Json::array({"C1"}));
  CHECK(design["sample"]["on_empty_pads"] == Json::array({"J3"}));
  CHECK(design["sample"]["in_sample_alone"] == 2);
  const Json place = written(report)["findings"][0]["design"];
  CHECK(place["centre_mm"] == Json{9.2, 6.4});
  CHECK(place["has"] == "part");
  CHECK(place["designator"] == "U4");
  CHECK(place["near"][0] == Json{{"designator", "R12"}, {"distance_mm", 2.346}});
  CHECK(written(report)["findings"][1]["design"].is_null());

  report.design->fits = false;
  report.design->reason = "too few parts";
  report.design->sample.reset();
  const Json refused = written(report)["design"];
  CHECK(refused["reason"] == "too few parts");
  CHECK(refused["reference_from_board"].is_null());
  CHECK(refused["sample"].is_null());
  report.design.reset();
  CHECK(written(report)["design"].is_null());
}

TEST_CASE("values stand in the report with their rounding", "[compare][report_json]") {
  const Json report = written(sample_report());
  CHECK(report["schema"] == "boarddiff.report/1");
  CHECK(report["tool"]["name"] == "boarddiff");
  CHECK(report["outcome"] == "needs_review");
  CHECK(report["registration"]["residual_px"]["median"] == 0.46);
  CHECK(report["registration"]["residual_px"]["p95"] == 1.23);
  CHECK(report["registration"]["overlap"] == 0.9543);
  CHECK(report["registration"]["tilt_deg"] == 3.14);
  CHECK(report["registration"]["rotation_deg"].dump() == "0.0");  // not -0.0
  CHECK(report["reference"]["pixels_per_mm"] == 12.5);
  CHECK(report["sample"]["pixels_per_mm"].is_null());
  CHECK(report["sample"]["accepted_damage"] == true);
  CHECK(report["findings"][0]["score"] == 0.9123);
  CHECK(report["findings"][0]["sample_box"] == Json{132.0, 95.0, 30.0, 20.0});
  CHECK(report["findings"][0]["near"] == "at U4, 2.3 mm right of R12");
  CHECK(report["findings"][1]["near"].is_null());
  CHECK(report["findings"][0]["watch"].is_null());
  CHECK(report["findings"][0]["marking"]["difference"] == "part_differs");
  CHECK(report["findings"][0]["marking"]["reference"] == "XK4071 / 2319 A");
  CHECK(report["findings"][0]["marking"]["sample"].is_null());
  CHECK(report["findings"][0]["marking"]["reference_confidence"] == 0.9312);
  CHECK(report["findings"][1]["marking"].is_null());
  CHECK(report["findings"][0]["extra_part"]["size_mm"] == Json{2.323, 1.48});
  CHECK(report["findings"][0]["extra_part"]["reference_outline"][1] == Json{150.0, 101.0});
  CHECK(report["findings"][0]["extra_part"]["terminals"] == 2);
  CHECK(report["findings"][0]["extra_part"]["ground"] == "across_traces");
  CHECK(report["findings"][1]["extra_part"].is_null());
  CHECK(report["findings"][0]["also_at"].empty());
  CHECK(report["candidates"][0]["also_at"] ==
        Json{{{"sample_box", {232.0, 245.0, 10.0, 10.0}}, {"reference_box", {220.0, 250.0, 10.0, 10.0}}}});
  CHECK(report["reference"]["codes"] ==
        Json{{{"format", "Code128"}, {"text", "SNQX0417733"}, {"box", {10.0, 20.0, 60.5, 12.0}}}});
  CHECK(report["sample"]["codes"].empty());
  CHECK(report["findings"][1]["watch"] == "debug port");
  CHECK(report["coverage"]["masked"] == 0.05);
  CHECK(report["coverage"]["masks"][0]["who"] == "A. Reviewer");
  CHECK(report["coverage"]["masks"][0]["why"] == "serial number");
  CHECK(report["coverage"]["masks"][0]["reference_polygon"][0] == Json{50.0, 200.0});
  CHECK(report["coverage"]["watched"][0]["who"].is_null());
  CHECK(report["coverage"]["watched"][0]["why"].is_null());
  CHECK(report["findings"][1]["board_box_mm"].is_null());
  CHECK(report["options"]["false-calls-per-board"] == "0.2");
}

TEST_CASE("the mapping of points can be repeated from the report", "[compare][report_json]") {
  InspectionReport report = sample_report();
  auto& plane = report.registration.plane;
  plane.sample_from_reference << 0.98123456789, -0.1112345678, 512.34567891, 0.112, 0.977, -41.5, 1.23456789e-5,
      -2.3456789e-6, 1;
  plane.residual.origin_in_reference = {2999.5, 1999.5};
  plane.residual.half_side_px = 3000;
  for (int term = 0; term < 10; ++term) {
    plane.residual.shift_px.col(term) << 0.3 * term - 1.7, 2.3 - 0.21 * term;
  }
  plane.reference_lens = {.centre_px = {2999.5, 1999.5}, .half_diagonal_px = 3600, .k = {-0.013, 0.004}};
  plane.sample_lens = {.centre_px = {2899.5, 1899.5}, .half_diagonal_px = 3500, .k = {0.021, -0.007}};
  const Json registration = written(report)["registration"];
  const auto bent = [](const Json& lens, double& px, double& py) {
    const double qx = px - lens["centre"][0].get<double>();
    const double qy = py - lens["centre"][1].get<double>();
    const double r2 = (qx * qx + qy * qy) / std::pow(lens["half_diagonal_px"].get<double>(), 2);
    const double factor = 1 + lens["k1"].get<double>() * r2 + lens["k2"].get<double>() * r2 * r2;
    px = lens["centre"][0].get<double>() + qx * factor;
    py = lens["centre"][1].get<double>() + qy * factor;
  };
  const boarddiff::imaging::Point point(5400.25, 300.5);
  double ideal_x = point.x();
  double ideal_y = point.y();
  bent(registration["reference_lens"], ideal_x, ideal_y);
  const auto h = registration["sample_from_reference"].get<std::vector<double>>();
  const double w = h[6] * ideal_x + h[7] * ideal_y + h[8];
  double x = (h[0] * ideal_x + h[1] * ideal_y + h[2]) / w;
  double y = (h[3] * ideal_x + h[4] * ideal_y + h[5]) / w;
  bent(registration["sample_lens"], x, y);
  const Json& smooth = registration["smooth_residual"];
  const double u = (point.x() - smooth["origin"][0].get<double>()) / smooth["half_side_px"].get<double>();
  const double v = (point.y() - smooth["origin"][1].get<double>()) / smooth["half_side_px"].get<double>();
  const std::vector<double> terms = {1, u, v, u * u, u * v, v * v, u * u * u, u * u * v, u * v * v, v * v * v};
  REQUIRE(smooth["shift_x_px"].size() == terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    x += smooth["shift_x_px"][i].get<double>() * terms[i];
    y += smooth["shift_y_px"][i].get<double>() * terms[i];
  }
  // Nine digits of a homography at 6000 px: some 1e-5 px.
  const auto expected = to_sample(plane, point);
  CHECK(x == Approx(expected.x()).margin(1e-4));
  CHECK(y == Approx(expected.y()).margin(1e-4));
  const auto back = registration["reference_from_sample"].get<std::vector<double>>();
  CHECK(back[8] == 1);
}

TEST_CASE("numbers that are not finite become null", "[compare][report_json]") {
  InspectionReport report = sample_report();
  report.registration.residual_p95_px = std::numeric_limits<double>::quiet_NaN();
  report.registration.scale = std::numeric_limits<double>::infinity();
  report.registration.plane.sample_from_reference.setZero();
  report.findings[0].score = -std::numeric_limits<double>::infinity();
  const Json json = written(report);
  CHECK(json["registration"]["residual_px"]["p95"].is_null());
  CHECK(json["registration"]["scale"].is_null());
  CHECK(json["registration"]["reference_from_sample"][0].is_null());
  CHECK(json["findings"][0]["score"].is_null());
}

TEST_CASE("an unfilled report is not comparable and has no registration", "[compare][report_json]") {
  const Json report = written(InspectionReport{});
  CHECK(report["outcome"] == "not_comparable");
  CHECK(report["registration"]["status"] == "not_comparable");
  for (const char* field : {"confidence", "inliers", "confirmed", "layout_differs", "residual_px", "stability_px",
                            "overlap", "rotation_deg", "scale", "tilt_deg", "mirrored", "reference_from_sample",
                            "sample_from_reference", "reference_lens", "sample_lens", "smooth_residual"}) {
    INFO(field);
    CHECK(report["registration"].at(field).is_null());
  }
  CHECK(report["findings"].is_array());
  CHECK(report["options"].is_object());
}

TEST_CASE("a file name that is not UTF-8 is replaced and the rest stays", "[compare][report_json]") {
  InspectionReport report = sample_report();
  report.sample.source.name =
      "bo\xff"
      "ard\n\".jpg";
  CHECK(written(report)["sample"]["file"] ==
        "bo\xef\xbf\xbd"
        "ard\n\".jpg");
}

TEST_CASE("the same report gives the same bytes and ends with a newline", "[compare][report_json]") {
  const std::string text = report_json(sample_report());
  CHECK(text == report_json(sample_report()));
  CHECK(text.ends_with("}\n"));
  CHECK(text.starts_with("{\n  \"schema\""));
}
