// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_list.h"

#include "datasets/design/specimen.h"
#include "tests/acceptance/trials/list_maker.h"

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::Circumstances;
using imaging::Modality;
using imaging::Random;

Circumstances circumstances_of(const Board& board, double megapixels) {
  return reference_settings(*board.design, megapixels, board.random().stream("reference"));
}

DrawnPicture taken(const BoardDesign& unit, const Circumstances& circumstances, Modality modality, std::uint64_t seed) {
  return modality == Modality::photo ? photographed(unit, circumstances, seed) : xrayed(unit, circumstances, seed);
}

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

Sample mirrored(Sample sample) {
  sample.adjust = [before = sample.adjust](Circumstances& circumstances) {
    if (before) before(circumstances);
    circumstances.photo.camera.mirrored = true;
  };
  return sample;
}

ListMaker::ListMaker(Album& album, const std::vector<std::pair<BoardStyle, int>>& stock, std::uint64_t first_seed)
    : album_(album) {
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

std::string ListMaker::take_reference(const Board& board, const std::string& what, double megapixels,
                                      Modality modality) {
  album_.add(board.picture(what), {board.name, modality, [=] {
                                     Random random = board.random().stream(what);
                                     const BoardDesign unit = another_specimen(*board.design, random.bits());
                                     return taken(unit, circumstances_of(board, megapixels), modality, random.bits());
                                   }});
  return board.picture(what);
}

std::string ListMaker::take(const Board& board, const Sample& sample) {
  const auto draw = [=] {
    const BoardDesign& design = sample.changed ? *sample.changed : *board.design;
    Random random = board.random().stream(sample.what);
    const BoardDesign unit = another_specimen(design, random.bits());
    Circumstances circumstances =
        sample_settings(circumstances_of(board, sample.megapixels), sample.view, design, random.stream("sample"));
    if (sample.adjust) sample.adjust(circumstances);
    return taken(unit, circumstances, sample.modality, random.bits());
  };
  album_.add(board.picture(sample.what), {board.name, sample.modality, draw});
  return board.picture(sample.what);
}

std::vector<Trial> make_trials(TrialSet set, Album& album) {
  using S = BoardStyle;
  const bool development = set == TrialSet::development;
  const std::vector<std::pair<S, int>> developed = {{S::server, 4}, {S::controller, 4}, {S::through_hole, 4}};
  const std::vector<std::pair<S, int>> held_back = {
      {S::network_switch, 4}, {S::handheld, 4}, {S::server, 2}, {S::controller, 2}, {S::through_hole, 2}};
  ListMaker list(album, development ? developed : held_back, development ? 5100 : 9100);
  add_same_boards(list);
  add_strangers(list);
  add_repetitive_boards(list);
  return std::move(list).trials();
}

}  // namespace boarddiff::trials
