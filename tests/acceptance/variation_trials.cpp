// SPDX-License-Identifier: Apache-2.0
// Accepts what was changed on rendered boards as variations, and prints, as a table in Markdown, how often the same
// again on another unit is no longer called, and how often something else in the same place still is.
#include "compare/hit_rule.h"
#include "compare/inspection.h"
#include "compare/variation.h"
#include "datasets/change/changes.h"
#include "datasets/change/planting.h"
#include "datasets/design/package.h"
#include "datasets/design/specimen.h"
#include "datasets/picture/circumstances.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"
#include "imaging/base/random.h"
#include "imaging/load.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using compare::Finding;
using compare::KnownGood;
using compare::Variation;
using datasets::Alteration;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::PlantedChange;
using imaging::BoardImage;
using imaging::Box;
using imaging::Random;

namespace {

// Of one model of board: how a picture of its known-good unit came about, and the picture.
struct Model {
  BoardDesign design = {};
  datasets::Circumstances circumstances = {};
  datasets::Camera camera;
  BoardImage reference = {};
};

BoardImage as_file(const cv::Mat& pixels, const datasets::Circumstances& circumstances) {
  std::vector<unsigned char> bytes;
  imaging::require(cv::imencode(".jpg", pixels, bytes, {cv::IMWRITE_JPEG_QUALITY, circumstances.jpeg_quality}),
                   "a rendered picture can be encoded");
  BoardImage image = imaging::decode_board_image(std::as_bytes(std::span(bytes)), "picture");
  image.pixels_per_mm = circumstances.photo.camera.pixels_per_mm;
  return image;
}

Model model_of(BoardStyle style, std::uint64_t seed) {
  BoardDesign design = datasets::make_board_design(style, seed);
  const Random random = Random(seed).stream("variation trials");
  const datasets::Circumstances circumstances = datasets::reference_settings(design, 1.5, random.stream("reference"));
  datasets::RenderedPicture picture =
      datasets::render_photo(datasets::another_specimen(design, imaging::mixed(seed, 1)), circumstances.photo, seed);
  BoardImage reference = as_file(picture.pixels, circumstances);
  return {std::move(design), circumstances, picture.camera, std::move(reference)};
}

// Of another unit of a design, taken by hand in the same room.
struct Photograph {
  BoardImage image = {};
  datasets::Camera camera;
};

Photograph photograph(const Model& model, const BoardDesign& design, std::uint64_t seed) {
  const datasets::Circumstances circumstances = datasets::sample_settings(
      model.circumstances, {.severity = datasets::Severity::usual}, design, Random(seed).stream("sample"));
  const BoardDesign unit = datasets::another_specimen(design, imaging::mixed(seed, 2));
  datasets::RenderedPicture picture = datasets::render_photo(unit, circumstances.photo, imaging::mixed(seed, 3));
  return {as_file(picture.pixels, circumstances), picture.camera};
}

Box box_of(const datasets::Camera& camera, const datasets::Place& place) {
  return imaging::bounding_box(datasets::polygon_in(camera, place));
}

const Finding* called_at(const compare::InspectionReport& report, const Box& change) {
  const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& finding) { return compare::hits(finding.reference_box, change); });
  return found == report.findings.end() ? nullptr : &*found;
}

// The part, by another package of about its size.
bool exchange(datasets::Part& part, Random& random) {
  const Box body = datasets::shape_of(part).body_mm;
  const auto is_about = [](double a, double b) { return a > 0.6 * b && a < 1.5 * b; };
  std::vector<datasets::Package> others;
  for (const datasets::Package package : datasets::all_packages()) {
    const datasets::PartShape shape = datasets::shape_of(package);
    if (package != part.package && !shape.solids.empty() && is_about(shape.body_mm.width, body.width) &&
        is_about(shape.body_mm.height, body.height)) {
      others.push_back(package);
    }
  }
  if (others.empty()) return false;
  part.package = others[static_cast<std::size_t>(random.integer(0, static_cast<int>(others.size()) - 1))];
  part.own_shape = nullptr;
  part.tone = random.uniform(-0.6, 0.6);
  return true;
}

struct Share {
  int of = 0;
  int yes = 0;
};

void count(Share& share, bool yes) {
  ++share.of;
  share.yes += yes ? 1 : 0;
}

std::string text_of(const Share& share) { return std::to_string(share.yes) + " of " + std::to_string(share.of); }

struct Counts {
  Share accepted = {};        // of the changes: called, and so accepted
  Share again_before = {};    // the same again: called without variations
  Share again = {};           // and with them
  Share other_before = {};    // something else there: called without variations
  Share other = {};           // and with them
  Share other_known = {};     // and against a picture of the accepted parts as the known-good board
  Share unchanged_seen = {};  // of variations on unchanged units: said to be seen
  int false_before = 0;       // calls on unchanged units
  int false_with = 0;
  int boards = 0;
};

struct Accepted {
  PlantedChange change = {};
  Box box = {};
};

void add(Counts& all, const Counts& some) {
  for (Share Counts::*share : {&Counts::accepted, &Counts::again_before, &Counts::again, &Counts::other_before,
                               &Counts::other, &Counts::other_known, &Counts::unchanged_seen}) {
    (all.*share).of += (some.*share).of;
    (all.*share).yes += (some.*share).yes;
  }
  all.false_before += some.false_before;
  all.false_with += some.false_with;
  all.boards += some.boards;
}

Counts trial(BoardStyle style, std::uint64_t seed) {
  const Model model = model_of(style, seed);
  using enum Alteration;
  const datasets::ChangedBoard changed = datasets::plant_changes(
      model.design,
      {{swapped_part}, {swapped_part}, {swapped_part}, {extra_part}, {extra_part}, {extra_part}, {remarked_part}},
      imaging::mixed(seed, 4));
  KnownGood plain{.boards = {model.reference}};
  KnownGood with = plain;
  Counts counts{.boards = 1};

  const Photograph first = photograph(model, changed.design, imaging::mixed(seed, 10));
  const compare::InspectionReport seen_first = compare::inspect(plain, first.image);
  if (!seen_first.registration.ok()) return counts;
  std::vector<Box> called;
  for (const Finding& finding : seen_first.findings) called.push_back(finding.reference_box);
  std::vector<Accepted> accepted;
  for (const PlantedChange& change : changed.changes) {
    const Box box = box_of(model.camera, change.place);
    const Finding* finding = called_at(seen_first, box);
    count(counts.accepted, finding != nullptr);
    if (finding == nullptr) continue;
    std::vector<Box> others = called;
    std::erase(others, finding->reference_box);
    const cv::Rect place = compare::variation_place(finding->reference_box, others, model.reference.size());
    with.variations.push_back({.number = static_cast<int>(with.variations.size()) + 1,
                               .core = finding->reference_box,
                               .place = place,
                               .pixels = compare::cut_look(model.reference, first.image, seen_first.registration,
                                                           imaging::Modality::photo, place)});
    accepted.push_back({change, box});
  }

  const BoardImage again = photograph(model, changed.design, imaging::mixed(seed, 11)).image;
  const compare::InspectionReport again_plain = compare::inspect(plain, again);
  const compare::InspectionReport again_with = compare::inspect(with, again);
  for (const Accepted& one : accepted) {
    count(counts.again_before, called_at(again_plain, one.box) != nullptr);
    count(counts.again, called_at(again_with, one.box) != nullptr);
  }

  BoardDesign others = changed.design;
  std::vector<Accepted> exchanged;
  Random random = Random(seed).stream("something else");
  for (const Accepted& one : accepted) {
    if (one.change.part && exchange(others.parts[*one.change.part], random)) exchanged.push_back(one);
  }
  const BoardImage other = photograph(model, others, imaging::mixed(seed, 12)).image;
  const compare::InspectionReport other_plain = compare::inspect(plain, other);
  const compare::InspectionReport other_with = compare::inspect(with, other);
  const compare::InspectionReport other_known = compare::inspect(KnownGood{.boards = {first.image}}, other);
  for (const Accepted& one : exchanged) {
    const bool before = called_at(other_plain, one.box) != nullptr;
    const bool now = called_at(other_with, one.box) != nullptr;
    count(counts.other_before, before);
    count(counts.other, now);
    count(counts.other_known, called_at(other_known, box_of(first.camera, one.change.place)) != nullptr);
  }

  const BoardImage unchanged = photograph(model, model.design, imaging::mixed(seed, 13)).image;
  counts.false_before = static_cast<int>(compare::inspect(plain, unchanged).findings.size());
  const compare::InspectionReport unchanged_with = compare::inspect(with, unchanged);
  counts.false_with = static_cast<int>(unchanged_with.findings.size());
  for (const compare::UsedVariation& variation : unchanged_with.coverage.variations) {
    count(counts.unchanged_seen, variation.is_seen);
  }
  return counts;
}

std::string row(const std::string& name, const Counts& counts) {
  return "| " + name + " | " + std::to_string(counts.boards) + " | " + text_of(counts.accepted) + " | " +
         text_of(counts.again_before) + " | " + text_of(counts.again) + " | " + text_of(counts.other_before) + " | " +
         text_of(counts.other) + " | " + text_of(counts.other_known) + " | " + text_of(counts.unchanged_seen) + " | " +
         std::to_string(counts.false_before) + " | " + std::to_string(counts.false_with) + " |\n";
}

int run(const std::string& set) {
  constexpr std::uint64_t kBoards = 5;
  const bool held_back = set == "held-back";
  const std::vector<BoardStyle> styles =
      held_back ? std::vector{BoardStyle::network_switch, BoardStyle::handheld, BoardStyle::motor_drive}
                : std::vector{BoardStyle::server, BoardStyle::controller, BoardStyle::through_hole};
  std::cout << "| boards | models | changes accepted | the same again: called before | called after | something else: "
               "called before | called after | accepted ones as the known-good board: called | seen on unchanged | "
               "false calls before | after |\n"
               "|---|---|---|---|---|---|---|---|---|---|---|\n";
  Counts all;
  std::uint64_t seed = held_back ? 6900 : 5900;
  for (const BoardStyle style : styles) {
    Counts of_style;
    for (std::uint64_t board = 0; board < kBoards; ++board) add(of_style, trial(style, seed + board));
    std::cout << row(std::string(name_of(style)), of_style) << std::flush;
    add(all, of_style);
    seed += 100;
  }
  std::cout << row("**all**", all);
  return 0;
}

}  // namespace

int main(int count, char** values) try {
  const std::string set = count == 2 ? values[1] : "";
  if (set != "development" && set != "held-back") {
    std::cerr << "usage: variation_trials development|held-back\n";
    return 2;
  }
  imaging::compute_alike_on_all_processors();
  return run(set);
} catch (const std::exception& error) {
  std::cerr << "variation_trials: " << error.what() << "\n";
  return 2;
}
