// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/circumstances.h"
#include "imaging/base/random.h"
#include "tests/acceptance/trials/trial_list.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// Private to the list of trials.
namespace boarddiff::trials {

constexpr double kMegapixels = 0.7;

// A design that pictures show.
struct Board {
  std::string name = {};  // "server-5101"
  datasets::BoardStyle style = datasets::BoardStyle::controller;
  std::uint64_t seed = 0;
  std::shared_ptr<const datasets::BoardDesign> design = {};
  std::size_t next_of_style = 0;  // the index of another board of the style

  [[nodiscard]] imaging::Random random() const { return imaging::Random(seed).stream("registration trials"); }
  [[nodiscard]] std::string picture(const std::string& what) const { return name + "-" + what; }
};

// What a sample shows besides what its view draws.
struct Sample {
  std::string what = {};
  datasets::SampleView view = {};
  std::function<void(datasets::Circumstances&)> adjust = {};
  double megapixels = kMegapixels;  // of the reference whose circumstances it varies
  imaging::Modality modality = imaging::Modality::photo;
  std::shared_ptr<const datasets::BoardDesign> changed = {};  // of the board's design; null: the design itself
};

// The same, mirrored.
[[nodiscard]] Sample mirrored(Sample sample);

class ListMaker {
 public:
  // So many boards of each style.
  ListMaker(Album& album, const std::vector<std::pair<datasets::BoardStyle, int>>& stock, std::uint64_t first_seed);

  [[nodiscard]] const std::vector<Board>& boards() const { return boards_; }
  [[nodiscard]] Album& album() { return album_; }

  void add(Sort sort, const std::string& group, const std::string& name, const std::string& reference,
           const std::string& sample) {
    trials_.push_back({group + "/" + name, sort, group, reference, sample});
  }

  // Pictures of units of their own, taken when a trial asks for them; their names.
  std::string take_reference(const Board& board, const std::string& what, double megapixels,
                             imaging::Modality modality = imaging::Modality::photo);
  std::string take(const Board& board, const Sample& sample);

  // A sample that must be aligned with the picture "reference" of its board.
  void align(const Board& board, const std::string& group, const Sample& sample) {
    const std::string picture = take(board, sample);
    add(Sort::alignable, group, picture, board.picture("reference"), picture);
  }

  [[nodiscard]] std::vector<Trial> trials() && { return std::move(trials_); }

 private:
  Album& album_;
  std::vector<Board> boards_ = {};
  std::vector<Trial> trials_ = {};
};

// Each adds its trials; those of strangers look at pictures that the first has taken.
void add_same_boards(ListMaker& list);
void add_strangers(ListMaker& list);
void add_repetitive_boards(ListMaker& list);

}  // namespace boarddiff::trials
