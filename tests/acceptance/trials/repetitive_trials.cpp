// SPDX-License-Identifier: Apache-2.0
// Boards whose middle repeats itself: a fit can be wrong by a period and look right.
#include "datasets/design/periodic_design.h"
#include "tests/acceptance/trials/list_maker.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::Circumstances;
using datasets::PeriodicDesign;
using datasets::PeriodicSettings;
using datasets::RepeatedField;
using datasets::SampleView;
using datasets::Severity;
using imaging::Box;
using imaging::Random;

constexpr SampleView kEasy{.severity = Severity::easy};

// A window of a board, in millimetres, that fills the picture.
Sample view_of(const std::string& what, const Box& window_mm) {
  const auto adjust = [=](Circumstances& circumstances) {
    datasets::CameraSettings& camera = circumstances.photo.camera;
    const double aspect = window_mm.width / window_mm.height;
    const double height = std::sqrt(kMegapixels * 1e6 / aspect);
    camera.picture_px = {static_cast<int>(std::lround(height * aspect)), static_cast<int>(std::lround(height))};
    camera.pixels_per_mm = height / window_mm.height;
    camera.looks_at_mm = window_mm.centre();
    camera.distance_mm = std::max(camera.distance_mm, 2.5 * window_mm.width);
  };
  return {what, kEasy, adjust};
}

Board board_of(const std::string& name, const PeriodicDesign& design, std::uint64_t seed) {
  return {.name = name, .seed = seed, .design = std::make_shared<BoardDesign>(design.board)};
}

void show_whole(ListMaker& list, const Board& board) {
  list.take_reference(board, "reference", kMegapixels);
  list.align(board, "repetitive", {"usual", {.severity = Severity::usual}});
  list.align(board, "repetitive", {"hard", {.severity = Severity::hard}});
  list.align(board, "repetitive", {"turned", {.severity = Severity::usual, .rotation_deg = 180}});
}

// The field with something beside it that is there only once, and without.
void show_field(ListMaker& list, const Board& board, const Box& field) {
  const Box right{field.x + 0.3 * field.width, field.y + 0.05 * field.height, 0.7 * field.width + 12,
                  0.9 * field.height};
  const Box below{field.x + 0.05 * field.width, field.y + 0.3 * field.height, 0.9 * field.width,
                  0.7 * field.height + 10};
  list.align(board, "repetitive, with an edge", view_of("right", right));
  list.align(board, "repetitive, with an edge", view_of("below", below));
  const Box inside = imaging::grown(field, -0.06 * std::min(field.width, field.height));
  const Box corner{inside.x, inside.y, 0.75 * inside.width, 0.8 * inside.height};
  for (const Sample& sample : {view_of("inside", inside), view_of("corner", corner)}) {
    const std::string picture = list.take(board, sample);
    list.add(Sort::ambiguous, "repetitive, field alone", picture, board.picture("reference"), picture);
  }
}

// Both pictures show a part: what is there only once is left of the field in the one and right of it in the other.
void show_either_end(ListMaker& list, RepeatedField field, std::uint64_t seed) {
  const PeriodicSettings settings{.field = field, .field_seed = seed, .before_mm = {18, 1.5}, .after_mm = {18, 1.5}};
  const PeriodicDesign design = make_periodic_design(settings, seed + 1);
  const Board board = board_of(std::string(name_of(field)) + "-ends-" + std::to_string(seed), design, seed + 1);
  const double top = design.field_mm.y + 2;
  const double depth = design.field_mm.height - 4;
  const double width = design.board.width_mm;
  const std::string left = list.take(board, view_of("left", {2, top, 0.66 * width, depth}));
  const std::string right = list.take(board, view_of("right", {0.34 * width - 2, top, 0.66 * width, depth}));
  list.add(Sort::ambiguous, "repetitive, other ends", board.name, left, right);
  list.add(Sort::ambiguous, "repetitive, other ends", board.picture("swapped"), right, left);
}

// Other boards with the same field at another place.
void put_twins(ListMaker& list, const Board& board, PeriodicSettings settings) {
  for (std::uint64_t number = 1; number <= 3; ++number) {
    Random random = board.random().stream("twin").stream(number);
    settings.before_mm = {random.uniform(6, 22), random.uniform(6, 18)};
    settings.after_mm = {random.uniform(6, 22), random.uniform(6, 18)};
    const Board twin = board_of(board.picture("twin" + std::to_string(number)),
                                make_periodic_design(settings, random.bits()), board.seed + number);
    const Severity severity = number == 1 ? Severity::easy : Severity::usual;
    const std::string picture = list.take(twin, {"usual", {.severity = severity}});
    list.add(Sort::stranger, "same field on another board", picture, board.picture("reference"), picture);
  }
}

}  // namespace

void add_repetitive_boards(ListMaker& list) {
  const std::uint64_t set_seed = list.boards().front().seed;
  for (const RepeatedField field : datasets::kRepeatedFields) {
    const std::uint64_t seed = imaging::mixed(set_seed, 100 + static_cast<std::uint64_t>(field)) % 10000;
    const PeriodicSettings settings{.field = field, .field_seed = seed};
    const PeriodicDesign design = make_periodic_design(settings, seed);
    const Board board = board_of(std::string(name_of(field)) + "-" + std::to_string(seed), design, seed);
    show_whole(list, board);
    show_field(list, board, design.field_mm);
    show_either_end(list, field, seed);
    put_twins(list, board, settings);
  }
}

}  // namespace boarddiff::trials
