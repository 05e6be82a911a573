// SPDX-License-Identifier: Apache-2.0
#include "compare/design_report.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::compare::DesignReport;
using boarddiff::compare::KnownDesign;
using boarddiff::compare::report_on;
using boarddiff::compare::SampleInDesign;

TEST_CASE("a report on a design says what was given and how it fits", "[compare][design_report]") {
  KnownDesign design;
  design.file.name = "x200.csv";
  design.file.sha256 = "abc";
  design.laid.fit.reason = "no place of the design suits the parts that the picture shows";
  DesignReport report = report_on(design);
  CHECK(report.file == "x200.csv");
  CHECK(report.sha256 == "abc");
  CHECK_FALSE(report.fits);
  CHECK(sentence_on(report) ==
        "The design x200.csv does not fit the reference: no place of the design suits the parts that the picture "
        "shows.");
  design.laid.fit = {.fits = true, .matches = {{0, 0}, {1, 1}}, .expected = 3, .median_mm = 0.1};
  report = report_on(design);
  CHECK(report.fits);
  CHECK(report.matched == 2);
  CHECK(sentence_on(report) == "Of the design x200.csv the reference shows 2 of 3 parts.");
}

TEST_CASE("what the sample shows of a design is one sentence", "[compare][design_report]") {
  DesignReport report{.file = "x200.csv", .fits = true, .sample = SampleInDesign{.seen = 40}};
  CHECK(sentence_on(report) ==
        "Of 40 parts that the design x200.csv has here, 40 are seen in the sample; not in the design: 0 parts.");
  report.sample->missing = {"R12", "C7"};
  report.sample->unclear = {"C1"};
  report.sample->unseen = {"R90"};
  report.sample->on_pads = {"J3"};
  report.sample->not_in_design = 1;
  report.sample->in_sample_alone = 1;
  CHECK(sentence_on(report) ==
        "Of 44 parts that the design x200.csv has here, 40 are seen in the sample; not seen, though they are in the "
        "reference: R12, C7; unclear: C1; seen in neither picture: 1; on pads that are to stay empty: J3; not in the "
        "design: 1 "
        "part, of them in the sample alone 1.");
  report.sample->missing.clear();
  for (int i = 1; i <= 12; ++i) report.sample->missing.push_back("R" + std::to_string(i));
  CHECK_THAT(sentence_on(report), Catch::Contains("R9, R10 and 2 more;"));
}
