// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_list.h"

#include "datasets/change/changes.h"
#include "datasets/design/specimen.h"
#include "imaging/base/random.h"
#include "tests/acceptance/trials/trial_drawings.h"

#include <cmath>
#include <functional>
#include <memory>
#include <utility>

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::Circumstances;
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
      turn_over(boards_[i], i % 2 == 0);
    }
    for (std::size_t i = 0; i < boards_.size(); ++i) {
      put_strangers(i);
    }
    put_drawings();
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
