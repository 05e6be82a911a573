// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_list.h"

#include "datasets/change/changes.h"
#include "datasets/design/periodic_design.h"
#include "datasets/design/revision.h"
#include "datasets/design/specimen.h"
#include "imaging/base/random.h"
#include "tests/acceptance/trials/trial_drawings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::Circumstances;
using datasets::PeriodicDesign;
using datasets::RepeatedField;
using datasets::SampleView;
using datasets::Severity;
using imaging::Modality;
using imaging::Random;

constexpr double kMegapixels = 0.7;
constexpr double kLargeMegapixels = 1.6;  // what pictures of other scales are held against

// The designs that the pictures of a list show.
struct Board {
  std::string name = {};  // "server-5101"
  BoardStyle style = BoardStyle::server;
  std::uint64_t seed = 0;
  std::shared_ptr<const BoardDesign> design = {};
  std::size_t next_of_style = 0;  // the index of another board of the style
};

// What a sample shows besides what its view draws.
struct Sample {
  std::string what = {};
  SampleView view = {};
  std::function<void(Circumstances&)> adjust = {};
  double megapixels = kMegapixels;  // of the reference whose circumstances it varies
};

class ListMaker {
 public:
  ListMaker(Album& album, std::vector<std::pair<BoardStyle, int>> stock, std::uint64_t first_seed) : album_(album) {
    std::uint64_t seed = first_seed;
    for (const auto& [style, count] : stock) {
      const std::size_t first = boards_.size();
      for (int i = 0; i < count; ++i, ++seed) {
        const std::size_t next = first + static_cast<std::size_t>((i + 1) % count);
        boards_.push_back({std::string(name_of(style)) + "-" + std::to_string(seed), style, seed,
                           std::make_shared<BoardDesign>(make_board_design(style, seed)), next});
      }
    }
  }

  std::vector<Trial> trials() {
    for (std::size_t i = 0; i < boards_.size(); ++i) {
      take_again(boards_[i]);
      if (i % 2 == 0) look_from_the_side(boards_[i]);
      if (i % 2 == 1) look_from_other_distances(boards_[i]);
      if (i % 2 == 1) mirror(boards_[i]);
      show_parts_of(boards_[i], i % 2 == 0 ? 2 : 1);
      spoil(boards_[i], i);
      if (i % 3 != 2) x_ray(boards_[i]);
      if (i % 2 == 0) change_much(boards_[i]);
      revise(boards_[i], i);
      put_among_others(i);
      turn_over(boards_[i], i % 2 == 0);
    }
    for (std::size_t i = 0; i < boards_.size(); ++i) {
      put_strangers(i);
    }
    put_drawings();
    for (const RepeatedField field : datasets::kRepeatedFields) {
      repeat(field);
    }
    return std::move(trials_);
  }

 private:
  void add(Sort sort, const std::string& group, const std::string& name, const std::string& reference,
           const std::string& sample) {
    trials_.push_back({group + "/" + name, sort, group, reference, sample});
  }

  static Random random_of(const Board& board) { return Random(board.seed).stream("registration trials"); }

  static Circumstances reference_of(const Board& board, double megapixels) {
    return reference_settings(*board.design, megapixels, random_of(board).stream("reference"));
  }

  // Another unit of the design, or of a changed one; gives the picture's name.
  std::string take(const Board& board, const Sample& sample, Modality modality = Modality::photo,
                   std::shared_ptr<const BoardDesign> changed = {}, bool mirror = false) {
    const std::string name = board.name + "-" + sample.what;
    const auto design = changed ? std::move(changed) : board.design;
    album_.add(name, {board.name, modality, [=] {
                        Random random = random_of(board).stream(sample.what);
                        const BoardDesign unit = another_specimen(*design, random.bits());
                        Circumstances circumstances = sample_settings(reference_of(board, sample.megapixels),
                                                                      sample.view, *design, random.stream("sample"));
                        if (sample.adjust) sample.adjust(circumstances);
                        DrawnPicture picture = modality == Modality::photo
                                                   ? photographed(unit, circumstances, random.bits())
                                                   : xrayed(unit, circumstances, random.bits());
                        return mirror ? mirrored(std::move(picture)) : picture;
                      }});
    return name;
  }

  std::string take_reference(const Board& board, const std::string& what, double megapixels, Modality modality) {
    const std::string name = board.name + "-" + what;
    album_.add(name, {board.name, modality, [=] {
                        Random random = random_of(board).stream(what);
                        const BoardDesign unit = another_specimen(*board.design, random.bits());
                        const Circumstances circumstances = reference_of(board, megapixels);
                        return modality == Modality::photo ? photographed(unit, circumstances, random.bits())
                                                           : xrayed(unit, circumstances, random.bits());
                      }});
    return name;
  }

  void align(const Board& board, const std::string& group, const Sample& sample) {
    const std::string picture = take(board, sample);
    add(Sort::alignable, group, picture, board.name + "-reference", picture);
  }

  void take_again(const Board& board) {
    take_reference(board, "reference", kMegapixels, Modality::photo);
    align(board, "usual", {"usual", {.severity = Severity::usual}, {}});
    align(board, "hard", {"hard", {.severity = Severity::hard}, {}});
    const double turn_deg = random_of(board).stream("turn").uniform(0, 360);
    align(board, "turned", {"turned", {.severity = Severity::usual, .rotation_deg = turn_deg}, {}});
  }

  void look_from_the_side(const Board& board) {
    Random random = random_of(board).stream("turns of tilted pictures");
    for (const int tilt_deg : {10, 20, 30, 35}) {
      SampleView view{.severity = Severity::usual, .rotation_deg = random.uniform(0, 360), .tilt_deg = tilt_deg};
      align(board, "tilt", {"tilt" + std::to_string(tilt_deg), view, {}});
    }
  }

  // Each smaller picture against the large one, and the large one against each.
  void look_from_other_distances(const Board& board) {
    const std::string large = take_reference(board, "large", kLargeMegapixels, Modality::photo);
    for (const int times : {2, 3, 4}) {
      const Sample sample{
          "small" + std::to_string(times), {.severity = Severity::usual, .scale = 1.0 / times}, {}, kLargeMegapixels};
      const std::string small = take(board, sample);
      add(Sort::alignable, "scale", small, large, small);
      add(Sort::alignable, "scale", board.name + "-times" + std::to_string(times), small, large);
    }
  }

  void mirror(const Board& board) {
    const std::string picture = take(board, {"mirrored", {.severity = Severity::usual}, {}}, Modality::photo, {}, true);
    add(Sort::alignable, "mirrored", picture, board.name + "-reference", picture);
  }

  // Between 36 and 60 hundredths of the board fill the picture.
  void show_parts_of(const Board& board, int count) {
    for (int number = 1; number <= count; ++number) {
      const std::string what = "part" + std::to_string(number);
      Random random = random_of(board).stream(what).stream("window");
      const double side = std::sqrt(random.uniform(0.36, 0.6));
      const imaging::Point at(random.uniform(side / 2, 1 - side / 2), random.uniform(side / 2, 1 - side / 2));
      const auto design = board.design;
      const auto adjust = [=](Circumstances& circumstances) {
        datasets::CameraSettings& camera = circumstances.photo.camera;
        camera.pixels_per_mm = std::min(camera.picture_px.width / (side * design->width_mm),
                                        camera.picture_px.height / (side * design->depth_mm));
        camera.looks_at_mm = at.cwiseProduct(imaging::Point(design->width_mm, design->depth_mm));
      };
      align(board, "part view", {what, {.severity = Severity::usual}, adjust});
    }
  }

  // What light, lens, hand and file can do, each alone.
  void spoil(const Board& board, std::size_t index) {
    const auto spoiled = [&](const std::string& what, std::function<void(Circumstances&)> adjust) {
      align(board, what, {what, {.severity = Severity::usual}, std::move(adjust)});
    };
    if (index % 3 == 0) spoiled("vignetting", [](Circumstances& it) { it.photo.camera.vignetting = 0.6; });
    if (index % 3 == 1) {
      spoiled("low light", [](Circumstances& it) {
        it.photo.light.exposure *= 0.25;
        it.photo.camera.noise = 0.05;
      });
    }
    if (index % 3 == 2) spoiled("motion", [](Circumstances& it) { it.photo.camera.motion_px = 4; });
    if (index % 3 == 0) spoiled("defocus", [](Circumstances& it) { it.photo.camera.defocus_px = 2; });
    if (index % 3 == 1) spoiled("JPEG 40", [](Circumstances& it) { it.jpeg_quality = 40; });
  }

  void x_ray(const Board& board) {
    const std::string reference = take_reference(board, "xray-reference", kMegapixels, Modality::xray);
    const std::string sample = take(board, {"xray", {.severity = Severity::usual}, {}}, Modality::xray);
    add(Sort::alignable, "X-ray", sample, reference, sample);
  }

  void change_much(const Board& board) {
    std::vector<datasets::WantedChange> wanted;
    for (std::uint64_t i = 0; i < 3; ++i) {
      for (const datasets::WantedChange& change : datasets::usual_changes(board.seed + i)) wanted.push_back(change);
    }
    const auto changed = std::make_shared<BoardDesign>(plant_changes(*board.design, wanted, board.seed).design);
    const std::string picture = take(board, {"changed", {.severity = Severity::usual}, {}}, Modality::photo, changed);
    add(Sort::alignable, "heavy changes", picture, board.name + "-reference", picture);
  }

  // A changed layout is comparable; much of it changed is still the same board to who has to judge it.
  void revise(const Board& board, std::size_t index) {
    const int percent = std::array{15, 30, 15}.at(index % 3);
    const auto revision =
        std::make_shared<BoardDesign>(revised_design(*board.design, percent / 100.0, imaging::mixed(board.seed, 11)));
    const Sample sample{"revision" + std::to_string(percent), {.severity = Severity::usual}, {}};
    const std::string picture = take(board, sample, Modality::photo, revision);
    add(Sort::alignable, "revision, " + std::to_string(percent) + " % changed", picture, board.name + "-reference",
        picture);
  }

  // With the next board of the style and another one beside it; for a third board this is a picture of strangers.
  void put_among_others(std::size_t index) {
    const Board& board = boards_[index];
    const std::size_t next = board.next_of_style;
    const std::size_t other = (index + 5) % boards_.size();
    const std::vector<std::shared_ptr<const BoardDesign>> others = {boards_[next].design, boards_[other].design};
    const auto adjust = [=, seed = board.seed](Circumstances& circumstances) {
      Random random = Random(seed).stream("among others");
      const double share = random.uniform(0.65, 0.9);
      circumstances = among_others(circumstances, share, *board.design, others, random.stream("places"));
    };
    const std::string picture = take(board, {"among-others", {.severity = Severity::usual, .scale = 1.3}, adjust});
    add(Sort::alignable, "among other boards", picture, board.name + "-reference", picture);
    for (std::size_t third = 0; third < boards_.size(); ++third) {
      if (third == index || third == next || third == other || boards_[third].style != board.style) continue;
      add(Sort::stranger, "among other boards", boards_[third].name + "-" + picture, boards_[third].name + "-reference",
          picture);
      break;
    }
  }

  // The other side, and a mirrored picture of it: holes and outline lie as on the first side.
  void turn_over(const Board& board, bool also_mirrored) {
    Board back = board;
    back.name += "-back";
    back.design = std::make_shared<BoardDesign>(other_side(*board.design, board.style, board.seed));
    const std::string picture = take(back, {"usual", {.severity = Severity::usual}, {}});
    add(Sort::stranger, "other side", picture, board.name + "-reference", picture);
    if (!also_mirrored) return;
    const std::string flipped = take(back, {"mirrored", {.severity = Severity::easy}, {}}, Modality::photo, {}, true);
    add(Sort::stranger, "other side", flipped, board.name + "-reference", flipped);
  }

  void put_strangers(std::size_t index) {
    const Board& board = boards_[index];
    const std::string reference = board.name + "-reference";
    const auto against = [&](const std::string& group, const Board& other, const std::string& what) {
      add(Sort::stranger, group, board.name + "-" + other.name + "-" + what, reference, other.name + "-" + what);
    };
    for (const Board& other : boards_) {
      if (&other == &board || other.style != board.style) continue;
      against("other design", other, "usual");
      against("other design", other, "turned");
    }
    const Board& next = boards_[board.next_of_style];
    against("part of another design", next, "part1");
    against("other style", boards_[(index + 5) % boards_.size()], "usual");
    against("other style", boards_[(index + 7) % boards_.size()], "hard");
    if (index % 3 != 2) put_strangers_under_x_rays(index);
  }

  void put_strangers_under_x_rays(std::size_t index) {
    int found = 0;
    for (std::size_t step = 1; step < boards_.size() && found < 2; ++step) {
      const std::size_t other = (index + step) % boards_.size();
      if (other % 3 == 2) continue;
      const std::string sample = boards_[other].name + "-xray";
      add(Sort::stranger, "X-ray of another design", boards_[index].name + "-" + sample,
          boards_[index].name + "-xray-reference", sample);
      ++found;
    }
  }

  void put_drawings() {
    std::size_t index = 0;
    for (Drawing& drawing : drawings(boards_.front().seed)) {
      const Board& board = boards_[index++ % boards_.size()];
      const std::string picture = "drawing-" + drawing.name;
      album_.add(picture, std::move(drawing.recipe));
      add(Sort::stranger, drawing.group, board.name + "-" + drawing.name, board.name + "-reference", picture);
    }
  }

  // A window of a board, in millimetres, that fills the picture.
  static std::function<void(Circumstances&)> window(const imaging::Box& window_mm) {
    return [=](Circumstances& circumstances) {
      datasets::CameraSettings& camera = circumstances.photo.camera;
      const double aspect = window_mm.width / window_mm.height;
      const double height = std::sqrt(kMegapixels * 1e6 / aspect);
      camera.picture_px = {static_cast<int>(std::lround(height * aspect)), static_cast<int>(std::lround(height))};
      camera.pixels_per_mm = height / window_mm.height;
      camera.looks_at_mm = window_mm.centre();
      camera.distance_mm = std::max(camera.distance_mm, 2.5 * window_mm.width);
    };
  }

  Board periodic_board(const std::string& name, const PeriodicDesign& design, std::uint64_t seed) {
    return {name, BoardStyle::controller, seed, std::make_shared<BoardDesign>(design.board), 0};
  }

  // Boards whose middle repeats itself.
  void repeat(RepeatedField field) {
    const std::uint64_t seed = imaging::mixed(boards_.front().seed, 100 + static_cast<std::uint64_t>(field)) % 10000;
    const std::string name = std::string(name_of(field)) + "-" + std::to_string(seed);
    const datasets::PeriodicSettings settings{.field = field, .field_seed = seed};
    const PeriodicDesign design = make_periodic_design(settings, seed);
    const Board board = periodic_board(name, design, seed);
    take_reference(board, "reference", kMegapixels, Modality::photo);
    align(board, "repetitive", {"usual", {.severity = Severity::usual}, {}});
    align(board, "repetitive", {"hard", {.severity = Severity::hard}, {}});
    align(board, "repetitive", {"turned", {.severity = Severity::usual, .rotation_deg = 180}, {}});
    show_field(board, design);
    show_either_end(field, seed);
    put_twins(board, settings);
  }

  // Views of the field: with something beside it that is there only once, and without.
  void show_field(const Board& board, const PeriodicDesign& design) {
    const imaging::Box field = design.field_mm;
    const SampleView view{.severity = Severity::easy};
    const imaging::Box right{field.x + 0.3 * field.width, field.y + 0.05 * field.height, 0.7 * field.width + 12,
                             0.9 * field.height};
    const imaging::Box below{field.x + 0.05 * field.width, field.y + 0.3 * field.height, 0.9 * field.width,
                             0.7 * field.height + 10};
    align(board, "repetitive, with an edge", {"right", view, window(right)});
    align(board, "repetitive, with an edge", {"below", view, window(below)});
    const imaging::Box inside = imaging::grown(field, -0.06 * std::min(field.width, field.height));
    const imaging::Box corner{inside.x, inside.y, 0.75 * inside.width, 0.8 * inside.height};
    for (const auto& [what, shown] : {std::pair("inside", inside), std::pair("corner", corner)}) {
      const std::string picture = take(board, {what, view, window(shown)});
      add(Sort::ambiguous, "repetitive, field alone", picture, board.name + "-reference", picture);
    }
  }

  // Both pictures show a part: what is there only once is left of the field in the one and right of it in the other.
  void show_either_end(RepeatedField field, std::uint64_t seed) {
    const datasets::PeriodicSettings settings{
        .field = field, .field_seed = seed, .before_mm = {18, 1.5}, .after_mm = {18, 1.5}};
    const PeriodicDesign design = make_periodic_design(settings, seed + 1);
    const Board board = periodic_board(std::string(name_of(field)) + "-ends-" + std::to_string(seed), design, seed + 1);
    const double top = design.field_mm.y + 2;
    const double depth = design.field_mm.height - 4;
    const double width = design.board.width_mm;
    const imaging::Box left{2, top, 0.66 * width, depth};
    const imaging::Box right{0.34 * width - 2, top, 0.66 * width, depth};
    const std::string reference = take(board, {"left", {.severity = Severity::easy}, window(left)});
    const std::string sample = take(board, {"right", {.severity = Severity::easy}, window(right)});
    add(Sort::ambiguous, "repetitive, other ends", board.name, reference, sample);
    add(Sort::ambiguous, "repetitive, other ends", board.name + "-swapped", sample, reference);
  }

  // Other boards with the same field at another place.
  void put_twins(const Board& board, datasets::PeriodicSettings settings) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
      Random random = random_of(board).stream("twin").stream(number);
      settings.before_mm = {random.uniform(6, 22), random.uniform(6, 18)};
      settings.after_mm = {random.uniform(6, 22), random.uniform(6, 18)};
      const std::string name = board.name + "-twin" + std::to_string(number);
      const Board twin = periodic_board(name, make_periodic_design(settings, random.bits()), board.seed + number);
      const Sample sample{"usual", {.severity = number == 1 ? Severity::easy : Severity::usual}, {}};
      const std::string picture = take(twin, sample);
      add(Sort::stranger, "same field on another board", picture, board.name + "-reference", picture);
    }
  }

  Album& album_;
  std::vector<Board> boards_ = {};
  std::vector<Trial> trials_ = {};
};

}  // namespace

std::string_view name_of(Sort sort) {
  switch (sort) {
    case Sort::alignable:
      return "alignable";
    case Sort::stranger:
      return "stranger";
    case Sort::ambiguous:
      return "ambiguous";
  }
  return "alignable";
}

std::vector<Trial> make_trials(TrialSet set, Album& album) {
  using S = BoardStyle;
  if (set == TrialSet::development) {
    return ListMaker(album, {{S::server, 4}, {S::controller, 4}, {S::through_hole, 4}}, 5100).trials();
  }
  return ListMaker(album,
                   {{S::network_switch, 4}, {S::handheld, 4}, {S::server, 2}, {S::controller, 2}, {S::through_hole, 2}},
                   6100)
      .trials();
}

}  // namespace boarddiff::trials
