// SPDX-License-Identifier: Apache-2.0
// Pairs that must be refused. Most look again at pictures that were taken of boards for their own sake.
#include "tests/acceptance/trials/list_maker.h"
#include "tests/acceptance/trials/trial_drawings.h"

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::Severity;

void against(ListMaker& list, const std::string& group, const Board& board, const std::string& sample) {
  list.add(Sort::stranger, group, board.picture(sample), board.picture("reference"), sample);
}

// The other side, and a mirrored picture of it: holes and outline lie as on the first side.
void turn_over(ListMaker& list, const Board& board, bool also_mirrored) {
  Board back = board;
  back.name += "-back";
  back.design = std::make_shared<BoardDesign>(other_side(*board.design, board.style, board.seed));
  const auto refuse = [&](const std::string& sample) {
    list.add(Sort::stranger, "other side", sample, board.picture("reference"), sample);
  };
  refuse(list.take(back, {"usual", {.severity = Severity::usual}}));
  if (also_mirrored) refuse(list.take(back, mirrored({"mirrored", {.severity = Severity::easy}})));
}

void exchange(ListMaker& list, std::size_t index) {
  const std::vector<Board>& boards = list.boards();
  const Board& board = boards[index];
  for (const Board& other : boards) {
    if (&other == &board || other.style != board.style) continue;
    against(list, "other design", board, other.picture("usual"));
    against(list, "other design", board, other.picture("turned"));
  }
  against(list, "part of another design", board, boards[board.next_of_style].picture("part1"));
  against(list, "other style", board, boards[(index + 5) % boards.size()].picture("usual"));
  against(list, "other style", board, boards[(index + 7) % boards.size()].picture("hard"));
}

// Of the boards that lie in the picture none is this one.
void look_among_others(ListMaker& list, std::size_t index) {
  const std::vector<Board>& boards = list.boards();
  const Board& pictured = boards[index];
  for (std::size_t other = 0; other < boards.size(); ++other) {
    const bool shown = other == index || other == pictured.next_of_style || other == (index + 5) % boards.size();
    if (shown || boards[other].style != pictured.style) continue;
    against(list, "among other boards", boards[other], pictured.picture("among-others"));
    return;
  }
}

void exchange_under_x_rays(ListMaker& list, std::size_t index) {
  const std::vector<Board>& boards = list.boards();
  int found = 0;
  for (std::size_t step = 1; step < boards.size() && found < 2; ++step) {
    const std::size_t other = (index + step) % boards.size();
    if (index % 3 == 2 || other % 3 == 2) continue;  // these have no X-rays
    const std::string sample = boards[other].picture("xray");
    list.add(Sort::stranger, "X-ray of another design", boards[index].picture(sample),
             boards[index].picture("xray-reference"), sample);
    ++found;
  }
}

void put_drawings(ListMaker& list) {
  const std::vector<Board>& boards = list.boards();
  std::size_t index = 0;
  for (Drawing& drawing : drawings(boards.front().seed)) {
    const std::string picture = "drawing-" + drawing.name;
    list.album().add(picture, std::move(drawing.recipe));
    const Board& board = boards[index++ % boards.size()];
    list.add(Sort::stranger, drawing.group, board.picture(drawing.name), board.picture("reference"), picture);
  }
}

}  // namespace

void add_strangers(ListMaker& list) {
  for (std::size_t i = 0; i < list.boards().size(); ++i) {
    turn_over(list, list.boards()[i], i % 2 == 0);
    exchange(list, i);
    look_among_others(list, i);
    exchange_under_x_rays(list, i);
  }
  put_drawings(list);
}

}  // namespace boarddiff::trials
