// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_report.h"

#include <opencv2/imgproc.hpp>

namespace boarddiff::test {

compare::InspectionReport sample_report() {
  using compare::FindingKind;
  compare::InspectionReport report;
  report.outcome = compare::Outcome::needs_review;
  report.reason = "Two places differ; the strongest is an extra component.";
  report.reference = {.source = {.name = "golden.png", .sha256 = std::string(64, 'a'), .format = "png"},
                      .width = 400,
                      .height = 300,
                      .pixels_per_mm = 12.5,
                      .pixels_per_mm_origin = "given",
                      .codes = {{.format = "Code128", .text = "SNQX0417733", .box = {10, 20, 60.5, 12}}}};
  report.sample = {.source = {.name = "received.jpg",
                              .sha256 = std::string(64, 'b'),
                              .format = "jpeg",
                              .exif_orientation = 6,
                              .accepted_damage = true},
                   .width = 400,
                   .height = 300};
  report.reference_name = "X200";
  report.reference_note = "from the maker";
  for (const char* file : {"golden.png", "second.png"}) {
    compare::ComparedBoard& board = report.known_good.emplace_back();
    board.file = file;
    board.sha256 = std::string(64, *file);
    board.compared = true;
  }
  report.known_good.back().compared = false;
  imaging::Registration& registration = report.registration;
  registration.status = imaging::RegistrationStatus::aligned;
  registration.plane.sample_from_reference << 1, 0, 12, 0, 1, -5, 0, 0, 1;
  registration.plane.residual.origin_in_reference = {199.5, 149.5};
  registration.plane.residual.half_side_px = 200;
  registration.inliers = 321;
  registration.residual_median_px = 0.4567;
  registration.residual_p95_px = 1.2345;
  registration.overlap = 0.95432;
  registration.rotation_deg = -0.004;
  registration.scale = 1.00004;
  registration.tilt_deg = 3.14159;
  report.design = compare::DesignReport{.file = "x200.kicad_pcb",
                                        .sha256 = std::string(64, 'd'),
                                        .side = compare::BoardSide::bottom,
                                        .fits = true,
                                        .matched = 97,
                                        .expected = 104,
                                        .median_mm = 0.1234,
                                        .sample = compare::SampleInDesign{.seen = 95,
                                                                          .missing = {"R12", "C7"},
                                                                          .unclear = {"C1"},
                                                                          .unseen = {"R90"},
                                                                          .on_pads = {"J3"},
                                                                          .not_in_design = 6,
                                                                          .in_sample_alone = 2}};
  report.design->reference_from_board << 12.5, 0, 20, 0, 12.5, 30, 0, 0, 1;
  report.coverage = {.inspected = 0.85,
                     .masked = 0.05,
                     .not_inspected = 0.1,
                     .not_inspected_regions = {{"outside the sample", {{0, 0}, {40, 0}, {40, 300}, {0, 300}}}},
                     .masks = {{"A. Reviewer", "serial number", {{{50, 200}, {120, 200}, {120, 280}, {50, 280}}}}},
                     .watched = {{"", "", {{{150, 230}, {200, 230}, {200, 290}, {150, 290}}}}},
                     .varied = 0.016,
                     .variations = {{.number = 3,
                                     .core = {300, 190, 40, 40},
                                     .who = "A. Reviewer",
                                     .why = "approved alternate",
                                     .when = "2026-12-01T10:00:00Z",
                                     .is_seen = true}}};
  report.sensitivity = compare::Sensitivity{.in_mm = true,
                                            .sizes = {{.length = 1, .width = 0.5}, {.length = 3, .width = 3}},
                                            .smallest = 1,
                                            .smallest_by_look = {std::nullopt, 0, 1},
                                            .share_of_board = 0.81234,
                                            .missed = {{40, 50, 30, 30}}};
  report.sensitivity->sizes[0].by_look = {{{10, 4}, {11, 3}, {12, 2}}};
  report.sensitivity->sizes[1].by_look = {{{9, 9}, {8, 7}, {7, 7}}};
  report.sensitivity->sizes[1].on_parts = {.planted = 6, .found = 1};
  report.findings = {
      {.id = 1,
       .kind = FindingKind::extra_component,
       .score = 0.912345,
       .sample_box = {132, 95, 30, 20},
       .reference_box = {120, 100, 30, 20},
       .board_box_mm = imaging::Box{9.6, 8, 2.4, 1.6},
       .near = "at U4, 2.3 mm right of R12",
       .reason = "A body that the reference does not show.",
       .design = compare::DesignPlace{.side = compare::BoardSide::bottom,
                                      .centre_mm = {9.2, 6.4},
                                      .there = compare::DesignedThere::part,
                                      .designator = "U4",
                                      .near = {{"R12", 2.34567, "2.3 mm right of R12"}}},
       .marking = compare::MarkingPair{.reference = {.lines = {{.text = "XK4071", .confidence = 0.94},
                                                               {.text = "2319 A", .confidence = 0.92}},
                                                     .confidence = 0.93123},
                                       .difference = compare::MarkingDifference::part_differs},
       .extra_part = compare::ExtraPart{.length_px = 29.04,
                                        .width_px = 18.5,
                                        .size_mm = imaging::Point(2.3232, 1.48),
                                        .reference_outline = {{121, 101}, {150, 101}, {150, 119}, {121, 119}},
                                        .terminals = 2,
                                        .colour = "black",
                                        .ground = compare::PartGround::across_traces}},
      {.id = 2,
       .kind = FindingKind::missing_component,
       .score = 0.6,
       .sample_box = {272, 195, 24, 24},
       .reference_box = {260, 200, 24, 24},
       .watch = "debug port",
       .reason = "A body of the reference is gone."}};
  report.candidates = {{.id = 3,
                        .kind = FindingKind::changed_surface,
                        .score = 0.3,
                        .sample_box = {332, 45, 10, 10},
                        .reference_box = {320, 50, 10, 10},
                        .reason = "A weak difference.",
                        .also_at = {{.in_sample = {232, 245, 10, 10}, .in_reference = {220, 250, 10, 10}}}}};
  report.notes = {"The sample is less sharp than the reference."};
  report.options = {{"false-calls-per-board", "0.2"}, {"modality", "photo"}};
  return report;
}

compare::JointReport sample_joint_report() {
  compare::JointReport joint{.report = sample_report(), .xrays = sample_report()};
  compare::XraySight sight{.kind = compare::FindingKind::changed_interior,
                           .score = 0.75,
                           .sample_box = {94, 70, 20, 10},
                           .reference_box = {70, 80, 20, 10},
                           .reason = "The inner structure differs here from that of the reference."};
  joint.report.findings.at(1).xray = sight;
  joint.report.findings.at(1).in_xray_alone = true;
  sight.also_at = {{.in_sample = {120, 70, 6, 6}, .in_reference = {96, 80, 6, 6}}};
  joint.report.findings.at(0).xray = sight;
  joint.xrays.modality = imaging::Modality::xray;
  joint.xrays.reference.source.name = "reference.png";
  joint.xrays.sample.source.name = "sample.png";
  joint.laid = {.found = true, .places = 90, .agreeing = 71};
  joint.laid.plane.sample_from_reference.diagonal() << 2, 2, 1;
  return joint;
}

imaging::BoardImage sample_picture(int type) {
  const double most = CV_MAT_DEPTH(type) == CV_16U ? 4000 : 255;
  cv::Mat pixels(300, 400, type, cv::Scalar::all(most * 0.6));
  for (int i = 0; i < 8; ++i) {
    cv::rectangle(pixels, cv::Rect(20 + 45 * i, 30 + 30 * i, 25, 18), cv::Scalar::all(most * 0.1), cv::FILLED);
  }
  return {.pixels = pixels};
}

}  // namespace boarddiff::test
