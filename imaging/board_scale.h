// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/base/options.h"
#include "imaging/board_image.h"

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::imaging {

// Two points of the reference and how far apart they lie on the board.
struct MeasuredDistance {
  Point first_in_reference = Point::Zero();
  Point second_in_reference = Point::Zero();
  double distance_mm = 0;
};

// A ChArUco board in the board's plane: a chessboard with ArUco markers in its white squares, numbered row by row.
// Boards printed by OpenCV before 4.6 (even rows start white) and since (they start black) are both recognised.
struct CharucoBoard {
  int columns = 0;  // squares
  int rows = 0;
  double square_mm = 0;
  double marker_mm = 0;
  std::string dictionary = "4X4_50";  // of OpenCV, without DICT_
};

// A printed ruler: markers side by side, upright, numbered 0, 1, 2, ... to their right.
struct MarkerRuler {
  double marker_mm = 0;
  double pitch_mm = 0;  // from one marker's centre to the next one's
  std::string dictionary = "4X4_50";
};

// At most one of them.
struct ScaleOptions {
  std::optional<double> pixels_per_mm = {};
  std::optional<MeasuredDistance> points = {};
  std::optional<CharucoBoard> charuco = {};
  std::optional<MarkerRuler> ruler = {};
};
[[nodiscard]] std::vector<OptionProblem> problems(const ScaleOptions& options);

struct BoardScale {
  double pixels_per_mm = 0;             // of the reference, in its middle
  std::string origin = {};              // "given", "points", "charuco", "ruler" or "file"
  std::vector<std::string> notes = {};  // what was measured or believed, and how far it holds, a sentence each
};

// The scale of the reference picture: what the options say; else the file's own resolution where that is a measure of
// the board (BoardImage::source.resolution_dpi); else nothing. A ChArUco board gives a homography from millimetres to
// pixels, whose scale in the middle of the picture counts; a ruler is too narrow for that and gives the scale where it
// lies. Throws Error{invalid_option} that names the picture and what was looked for, when it does not show it or when
// the two points do not lie in it.
[[nodiscard]] std::optional<BoardScale> find_board_scale(const BoardImage& reference, Modality modality,
                                                         const ScaleOptions& options = {});

// The picture with this scale, its origin and its notes.
[[nodiscard]] BoardImage with_scale(BoardImage reference, const std::optional<BoardScale>& scale);

}  // namespace boarddiff::imaging
