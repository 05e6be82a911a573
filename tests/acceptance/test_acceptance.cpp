// SPDX-License-Identifier: Apache-2.0
#include "compare/inspection.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/score.h"

#include <catch2/catch.hpp>

#include <optional>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
using boarddiff::imaging::Modality;
using datasets::BoardStyle;
using datasets::SampleBoard;
using datasets::Severity;

namespace {

// What is reached now: they may only be tightened.
struct Counts {
  int least_found = 0;  // of the planted changes, as findings
  int most_false = 0;   // findings where nothing was planted
};

// Photographs without a scale and with it, which other weights judge; X-rays are judged alike.
struct Row {
  BoardStyle style = BoardStyle::controller;
  Modality modality = Modality::photo;
  std::uint64_t seed = 1;
  Severity severity = Severity::usual;
  double rotation_deg = 0;
  double tilt_deg = 5;
  const char* changes = "usual";
  Counts without_scale = {};
  std::optional<Counts> with_scale = {};
};

datasets::BoardPairSettings settings_of(const Row& row) {
  datasets::BoardPairSettings settings;
  settings.style = row.style;
  settings.modality = row.modality;
  settings.severity = row.severity;
  settings.rotation_deg = row.rotation_deg;
  settings.tilt_deg = row.tilt_deg;
  settings.megapixels = 1.5;
  settings.changes = datasets::parse_changes(row.changes, row.seed, row.modality);
  return settings;
}

void check(const Row& row, const datasets::BoardPair& pair, const Counts& counts) {
  compare::InspectionOptions options;
  options.modality = row.modality;
  // More than by default: rows with few findings would hold nothing.
  options.finding.false_calls_per_board = 1;
  options.sensitivity.copies = 0;
  const compare::InspectionReport report = compare::inspect(pair.reference, pair.sample, options);
  const datasets::PairScore score = score_report(pair.changes, report);
  const int found = static_cast<int>(score.found.size());
  const bool scaled = pair.reference.pixels_per_mm.has_value();
  CAPTURE(name_of(row.style), row.seed, scaled, row.rotation_deg, row.tilt_deg, pair.changes.size(), score.missed,
          report.reason);
  CHECK(score.compared);
  CHECK(found >= counts.least_found);
  CHECK(score.false_findings <= counts.most_false);
  if (found > counts.least_found || score.false_findings < counts.most_false) {
    WARN("seed " << row.seed << (scaled ? " with a scale" : "") << " is better than its row: " << found << " found, "
                 << score.false_findings << " false; tighten it");
  }
}

void check(const Row& row) {
  datasets::BoardPair pair = make_board_pair(settings_of(row), row.seed);
  if (row.with_scale) check(row, pair, *row.with_scale);
  pair.reference.pixels_per_mm.reset();
  check(row, pair, row.without_scale);
}

constexpr auto kServer = BoardStyle::server;
constexpr auto kSwitch = BoardStyle::network_switch;
constexpr auto kController = BoardStyle::controller;
constexpr auto kHandheld = BoardStyle::handheld;
constexpr auto kThroughHole = BoardStyle::through_hole;
constexpr auto kPhoto = Modality::photo;
constexpr auto kXray = Modality::xray;

}  // namespace

// style, modality, seed, severity, rotation, tilt, changes, {found at least, false at most}, the same with a scale
TEST_CASE("planted changes are found in photographs", "[acceptance]") {
  check(GENERATE(values<Row>({
      {kController, kPhoto, 501, Severity::easy, 0, 2, "usual", {9, 0}, Counts{10, 0}},
      {kController, kPhoto, 503, Severity::usual, 90, 4, "usual", {10, 0}, Counts{10, 0}},
      {kHandheld, kPhoto, 505, Severity::easy, 180, 2, "usual", {10, 0}, Counts{9, 0}},
      {kServer, kPhoto, 509, Severity::easy, 0, 2, "usual", {2, 0}, Counts{4, 0}},
      {kSwitch, kPhoto, 510, Severity::usual, 0, 4, "usual", {8, 0}, Counts{8, 0}},
      {kThroughHole, kPhoto, 512, Severity::usual, 0, 4, "usual", {4, 0}, Counts{6, 0}},
  })));
}

TEST_CASE("planted changes are found under other lights and views", "[acceptance][slow]") {
  check(GENERATE(values<Row>({
      {kController, kPhoto, 504, Severity::hard, 30, 12, "usual", {10, 0}, Counts{10, 0}},
      {kHandheld, kPhoto, 507, Severity::hard, -37, 12, "usual", {5, 0}, Counts{7, 0}},
      {kServer, kPhoto, 511, Severity::usual, 0, 6, "usual", {4, 0}, Counts{4, 0}},
  })));
}

TEST_CASE("unchanged boards show little in photographs", "[acceptance]") {
  check(GENERATE(values<Row>({
      {kController, kPhoto, 521, Severity::usual, 0, 4, "none", {0, 0}, Counts{0, 0}},
      {kServer, kPhoto, 523, Severity::easy, 0, 2, "none", {0, 0}, Counts{0, 0}},
      {kThroughHole, kPhoto, 524, Severity::usual, 0, 4, "none", {0, 1}, Counts{0, 2}},
  })));
}

TEST_CASE("planted changes are found in X-rays", "[acceptance]") {
  check(GENERATE(values<Row>({
      {kController, kXray, 531, Severity::usual, 0, 1, "usual", {9, 0}},
      {kHandheld, kXray, 532, Severity::easy, 90, 0.5, "usual", {7, 1}},
  })));
}

TEST_CASE("strangers are refused", "[acceptance]") {
  struct Stranger {
    BoardStyle style;
    SampleBoard sample;
    std::uint64_t seed;
  };
  const auto stranger = GENERATE(values<Stranger>({{kController, SampleBoard::other_design, 541},
                                                   {kHandheld, SampleBoard::other_side, 542},
                                                   {kSwitch, SampleBoard::other_design, 543},
                                                   {kThroughHole, SampleBoard::other_side, 544}}));
  datasets::BoardPairSettings settings;
  settings.style = stranger.style;
  settings.sample_board = stranger.sample;
  settings.megapixels = 0.8;
  const datasets::BoardPair pair = make_board_pair(settings, stranger.seed);
  const compare::InspectionReport report = compare::inspect(pair.reference, pair.sample);
  CHECK(report.outcome == compare::Outcome::not_comparable);
  CHECK_FALSE(report.reason.empty());
  CHECK(report.findings.empty());
}
