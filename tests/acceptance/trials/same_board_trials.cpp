// SPDX-License-Identifier: Apache-2.0
// Pairs of one board that must be aligned.
#include "datasets/change/changes.h"
#include "datasets/design/revision.h"
#include "tests/acceptance/trials/list_maker.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::Circumstances;
using datasets::SampleView;
using datasets::Severity;
using imaging::Modality;
using imaging::Point;
using imaging::Random;

constexpr double kLargeMegapixels = 1.6;  // what pictures of other scales are held against
constexpr SampleView kUsual{.severity = Severity::usual};

void take_again(ListMaker& list, const Board& board) {
  list.take_reference(board, "reference", kMegapixels);
  list.align(board, "usual", {"usual", kUsual});
  list.align(board, "hard", {"hard", {.severity = Severity::hard}});
  const double turn_deg = board.random().stream("turn").uniform(0, 360);
  list.align(board, "turned", {"turned", {.severity = Severity::usual, .rotation_deg = turn_deg}});
}

void look_from_the_side(ListMaker& list, const Board& board) {
  Random random = board.random().stream("turns of tilted pictures");
  for (const int tilt_deg : {10, 20, 30, 35}) {
    const SampleView view{.severity = Severity::usual, .rotation_deg = random.uniform(0, 360), .tilt_deg = tilt_deg};
    list.align(board, "tilt", {"tilt" + std::to_string(tilt_deg), view});
  }
}

// Each smaller picture against the large one, and the large one against each.
void look_from_other_distances(ListMaker& list, const Board& board) {
  const std::string large = list.take_reference(board, "large", kLargeMegapixels);
  for (const int times : {2, 3, 4}) {
    const SampleView view{.severity = Severity::usual, .scale = 1.0 / times};
    const std::string small = list.take(board, {"small" + std::to_string(times), view, {}, kLargeMegapixels});
    list.add(Sort::alignable, "scale", small, large, small);
    list.add(Sort::alignable, "scale", board.picture("times" + std::to_string(times)), small, large);
  }
}

// Between 36 and 60 hundredths of the board fill the picture.
void show_parts_of(ListMaker& list, const Board& board, int count) {
  for (int number = 1; number <= count; ++number) {
    const std::string what = "part" + std::to_string(number);
    Random random = board.random().stream(what).stream("window");
    const double side = std::sqrt(random.uniform(0.36, 0.6));
    const Point at(random.uniform(side / 2, 1 - side / 2), random.uniform(side / 2, 1 - side / 2));
    const Point size_mm(board.design->width_mm, board.design->depth_mm);
    const auto adjust = [=](Circumstances& circumstances) {
      datasets::CameraSettings& camera = circumstances.photo.camera;
      camera.pixels_per_mm =
          std::min(camera.picture_px.width / (side * size_mm.x()), camera.picture_px.height / (side * size_mm.y()));
      camera.looks_at_mm = at.cwiseProduct(size_mm);
    };
    list.align(board, "part view", {what, kUsual, adjust});
  }
}

// What light, lens, hand and file can do, each alone.
void spoil(ListMaker& list, const Board& board, std::size_t index) {
  const auto spoiled = [&](const std::string& what, std::function<void(Circumstances&)> adjust) {
    list.align(board, what, {what, kUsual, std::move(adjust)});
  };
  if (index % 3 == 0) {
    spoiled("vignetting", [](Circumstances& it) { it.photo.camera.vignetting = 0.6; });
    spoiled("defocus", [](Circumstances& it) { it.photo.camera.defocus_px = 2; });
  }
  if (index % 3 == 1) {
    spoiled("low light", [](Circumstances& it) {
      it.photo.light.exposure *= 0.25;
      it.photo.camera.noise = 0.05;
    });
    spoiled("JPEG 40", [](Circumstances& it) { it.jpeg_quality = 40; });
  }
  if (index % 3 == 2) spoiled("motion", [](Circumstances& it) { it.photo.camera.motion_px = 4; });
}

void x_ray(ListMaker& list, const Board& board) {
  const std::string reference = list.take_reference(board, "xray-reference", kMegapixels, Modality::xray);
  const std::string sample = list.take(board, {.what = "xray", .view = kUsual, .modality = Modality::xray});
  list.add(Sort::alignable, "X-ray", sample, reference, sample);
}

void change_much(ListMaker& list, const Board& board) {
  std::vector<datasets::WantedChange> wanted;
  for (std::uint64_t i = 0; i < 3; ++i) {
    for (const datasets::WantedChange& change : datasets::usual_changes(board.seed + i)) {
      wanted.push_back(change);
    }
  }
  const auto changed = std::make_shared<BoardDesign>(plant_changes(*board.design, wanted, board.seed).design);
  list.align(board, "heavy changes", {.what = "changed", .view = kUsual, .changed = changed});
}

// A changed layout is comparable; much of it changed is still the same board to who has to judge it.
void revise(ListMaker& list, const Board& board, int percent) {
  const auto revision =
      std::make_shared<BoardDesign>(revised_design(*board.design, percent / 100.0, imaging::mixed(board.seed, 11)));
  const std::string number = std::to_string(percent);
  list.align(board, "revision, " + number + " % changed",
             {.what = "revision" + number, .view = kUsual, .changed = revision});
}

// With another board of the style, and one of another, beside it.
void put_among_others(ListMaker& list, const Board& board, const std::array<const Board*, 2>& beside) {
  const std::vector<std::shared_ptr<const BoardDesign>> others = {beside[0]->design, beside[1]->design};
  const auto adjust = [=, design = board.design, seed = board.seed](Circumstances& circumstances) {
    Random random = Random(seed).stream("among others");
    const double share = random.uniform(0.65, 0.9);
    circumstances = among_others(circumstances, share, *design, others, random.stream("places"));
  };
  list.align(board, "among other boards", {"among-others", {.severity = Severity::usual, .scale = 1.3}, adjust});
}

}  // namespace

void add_same_boards(ListMaker& list) {
  const std::vector<Board>& boards = list.boards();
  for (std::size_t i = 0; i < boards.size(); ++i) {
    const Board& board = boards[i];
    const bool even = i % 2 == 0;
    take_again(list, board);
    if (even) look_from_the_side(list, board);
    if (!even) look_from_other_distances(list, board);
    if (!even) list.align(board, "mirrored", mirrored({"mirrored", kUsual}));
    show_parts_of(list, board, even ? 2 : 1);
    spoil(list, board, i);
    if (i % 3 != 2) x_ray(list, board);
    if (even) change_much(list, board);
    revise(list, board, i % 3 == 1 ? 30 : 15);
    put_among_others(list, board, {&boards[board.next_of_style], &boards[(i + 5) % boards.size()]});
  }
}

}  // namespace boarddiff::trials
