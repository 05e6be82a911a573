// SPDX-License-Identifier: Apache-2.0
// Seconds that the parts of a photograph take, and a design that is laid on them, as a Markdown table; of rendered
// boards, without decoding.
#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/layout_score.h"
#include "imaging/base/execution.h"
#include "imaging/base/text.h"
#include "tests/benchmark/seconds.h"

#include <iostream>
#include <string>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using imaging::fixed_text;

namespace {

void print_row(datasets::BoardStyle style) {
  const datasets::BoardPair pair = datasets::make_board_pair({.style = style, .megapixels = 6}, 7);
  compare::PictureLayout layout;
  const double parts = boarddiff::benchmark::seconds_of([&] { layout = compare::find_parts(pair.reference); });
  const compare::Placement design = datasets::placement_of(pair.components);
  compare::DesignFit fit;
  const double laid =
      boarddiff::benchmark::seconds_of([&] { fit = compare::fit_design(design, compare::BoardSide::top, layout); });
  std::cout << "| " << pair.board << " | " << fixed_text(pair.reference.size().area() / 1e6, 1) << " | "
            << fixed_text(*pair.reference.pixels_per_mm, 1) << " | " << layout.parts.size() << " | "
            << fixed_text(parts, 2) << " | " << fixed_text(laid, 2) << " | " << (fit.fits ? "fits" : fit.reason)
            << " |\n"
            << std::flush;
}

}  // namespace

int main() {
  using datasets::BoardStyle;
  imaging::compute_alike_on_all_processors();
  std::cout << "| board | megapixels | pixels a millimetre | parts seen | seconds, parts | seconds, design | outcome "
               "|\n|---|---|---|---|---|---|---|\n";
  for (const BoardStyle style : {BoardStyle::server, BoardStyle::controller, BoardStyle::through_hole}) {
    print_row(style);
  }
  return 0;
}
