// SPDX-License-Identifier: Apache-2.0
#include "imaging/scale_markers.h"

#include "imaging/grey_picture.h"

#include <opencv2/aruco.hpp>
#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace boarddiff::imaging {
namespace {

constexpr std::array<std::string_view, 21> kDictionaries{
    "4X4_50",   "4X4_100",  "4X4_250",        "4X4_1000",      "5X5_50",        "5X5_100",        "5X5_250",
    "5X5_1000", "6X6_50",   "6X6_100",        "6X6_250",       "6X6_1000",      "7X7_50",         "7X7_100",
    "7X7_250",  "7X7_1000", "ARUCO_ORIGINAL", "APRILTAG_16h5", "APRILTAG_25h9", "APRILTAG_36h10", "APRILTAG_36h11"};

cv::Ptr<cv::aruco::Dictionary> dictionary_named(std::string_view name) {
  const auto* const found = std::ranges::find(kDictionaries, name);
  return found == kDictionaries.end()
             ? cv::Ptr<cv::aruco::Dictionary>()
             : cv::aruco::getPredefinedDictionary(static_cast<int>(found - kDictionaries.begin()));
}

std::vector<Marker> detected(const GreyPicture& grey, const cv::Ptr<cv::aruco::Dictionary>& dictionary) {
  const auto settings = cv::aruco::DetectorParameters::create();
  settings->cornerRefinementMethod = cv::aruco::CORNER_REFINE_SUBPIX;
  settings->minMarkerPerimeterRate = 0.01;  // a board of markers fills little of a picture of a circuit board
  std::vector<std::vector<cv::Point2f>> corners;
  std::vector<int> ids;
  cv::aruco::detectMarkers(grey.pixels, dictionary, corners, ids, settings);
  std::map<int, Marker> by_id;
  std::set<int> twice;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Marker marker{.id = ids[i]};
    for (std::size_t c = 0; c < 4; ++c) {
      marker.corners[c] = {(corners[i][c].x + 0.5) / grey.scale_x - 0.5, (corners[i][c].y + 0.5) / grey.scale_y - 0.5};
    }
    if (!by_id.emplace(marker.id, marker).second) {
      twice.insert(marker.id);
    }
  }
  std::vector<Marker> markers;
  for (const auto& [id, marker] : by_id) {
    if (!twice.contains(id)) {
      markers.push_back(marker);
    }
  }
  return markers;
}

Point centre_of(const Marker& marker) {
  return (marker.corners[0] + marker.corners[1] + marker.corners[2] + marker.corners[3]) / 4;
}

double side_of(const Marker& marker) {
  double around = 0;
  for (std::size_t c = 0; c < 4; ++c) {
    around += (marker.corners[(c + 1) % 4] - marker.corners[c]).norm();
  }
  return around / 4;
}

cv::Point2f cv_point(const Point& point) { return {static_cast<float>(point.x()), static_cast<float>(point.y())}; }

using Square = std::pair<int, int>;  // column and row

// Where the markers of a board stand; `parity` is that of column + row of the squares that hold one.
std::vector<Square> marker_squares(const CharucoBoard& board, int parity) {
  std::vector<Square> squares;
  for (int row = 0; row < board.rows; ++row) {
    for (int column = 0; column < board.columns; ++column) {
      if ((column + row) % 2 == parity) {
        squares.emplace_back(column, row);
      }
    }
  }
  return squares;
}

// What the markers alone say.
struct MarkerFit {
  Eigen::Matrix3d px_from_mm = Eigen::Matrix3d::Identity();
  std::set<Square> squares = {};  // whose markers agree with it
};

std::array<Point, 4> corners_mm(const Square& square, const CharucoBoard& board) {
  const double margin = (board.square_mm - board.marker_mm) / 2;
  const Point corner = board.square_mm * Point(square.first, square.second) + Point(margin, margin);
  const double side = board.marker_mm;
  return {corner, corner + Point(side, 0), corner + Point(side, side), corner + Point(0, side)};
}

MarkerFit fit_markers(const std::vector<Marker>& seen, const CharucoBoard& board, int parity) {
  const std::vector<Square> squares = marker_squares(board, parity);
  std::vector<cv::Point2f> on_board;
  std::vector<cv::Point2f> in_picture;
  double tolerance = 1;
  for (const Marker& marker : seen) {
    if (marker.id < static_cast<int>(squares.size())) {
      const auto places = corners_mm(squares[static_cast<std::size_t>(marker.id)], board);
      for (std::size_t c = 0; c < 4; ++c) {
        on_board.push_back(cv_point(places[c]));
        in_picture.push_back(cv_point(marker.corners[c]));
      }
      // What a lens bends over a board, and far less than the half square that the wrong order of squares is off.
      tolerance = std::max(tolerance, 0.1 * side_of(marker));
    }
  }
  MarkerFit fit;
  if (on_board.size() < 8) {
    return fit;
  }
  const cv::Mat found = cv::findHomography(on_board, in_picture, cv::RANSAC, tolerance);
  if (found.empty()) {
    return fit;
  }
  cv::cv2eigen(found, fit.px_from_mm);
  for (const Marker& marker : seen) {
    if (marker.id < static_cast<int>(squares.size())) {
      const Square& square = squares[static_cast<std::size_t>(marker.id)];
      const auto places = corners_mm(square, board);
      double worst = 0;
      for (std::size_t c = 0; c < 4; ++c) {
        worst = std::max(worst, (apply(fit.px_from_mm, places[c]) - marker.corners[c]).norm());
      }
      if (worst < tolerance) {
        fit.squares.insert(square);
      }
    }
  }
  return fit;
}

// Corners of the chessboard beside a marker that was seen, so that nothing covers them.
std::vector<Point> chess_corners_mm(const CharucoBoard& board, const std::set<Square>& squares) {
  std::vector<Point> corners;
  for (int row = 1; row < board.rows; ++row) {
    for (int column = 1; column < board.columns; ++column) {
      const bool beside_marker = squares.contains({column - 1, row - 1}) || squares.contains({column, row - 1}) ||
                                 squares.contains({column - 1, row}) || squares.contains({column, row});
      if (beside_marker) {
        corners.push_back(board.square_mm * Point(column, row));
      }
    }
  }
  return corners;
}

bool fills_a_plane(const std::vector<cv::Point2f>& points) {
  const auto differs = [](float a, float b) { return std::abs(a - b) > 1e-3F; };
  return std::ranges::any_of(points, [&](const auto& p) { return differs(p.x, points.front().x); }) &&
         std::ranges::any_of(points, [&](const auto& p) { return differs(p.y, points.front().y); });
}

// The saddle between four squares is known far better than the corner of a marker.
std::optional<Eigen::Matrix3d> fit_chess_corners(const cv::Mat1b& grey, const CharucoBoard& board,
                                                 const MarkerFit& markers) {
  constexpr double kMargin = 16;
  constexpr int kWidestWindow = 12;
  const double gap_mm = (board.square_mm - board.marker_mm) / 2;
  std::vector<cv::Point2f> on_board;
  std::vector<cv::Point2f> in_picture;
  double least_gap = kWidestWindow;
  for (const Point& corner : chess_corners_mm(board, markers.squares)) {
    const Point at = apply(markers.px_from_mm, corner);
    if (at.minCoeff() > kMargin && at.x() < grey.cols - kMargin && at.y() < grey.rows - kMargin) {
      const Point beside = apply(markers.px_from_mm, corner + Point(gap_mm, 0));
      const Point below = apply(markers.px_from_mm, corner + Point(0, gap_mm));
      least_gap = std::min({least_gap, (beside - at).norm(), (below - at).norm()});
      on_board.push_back(cv_point(corner));
      in_picture.push_back(cv_point(at));
    }
  }
  constexpr std::size_t kLeastCorners = 6;
  constexpr double kLeastGap = 2.5;  // a smaller window does not hold a saddle
  if (in_picture.size() < kLeastCorners || !fills_a_plane(on_board) || least_gap < kLeastGap) {
    return {};
  }
  const int window = static_cast<int>(least_gap);  // no edge of a marker in it
  cv::cornerSubPix(grey, in_picture, {window, window}, {-1, -1},
                   {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 50, 0.001});
  const cv::Mat found = cv::findHomography(on_board, in_picture, cv::RANSAC, std::max(1.0, least_gap / 2));
  if (found.empty()) {
    return {};
  }
  Eigen::Matrix3d px_from_mm;
  cv::cv2eigen(found, px_from_mm);
  return px_from_mm;
}

}  // namespace

std::optional<int> markers_in(std::string_view dictionary) {
  const auto found = dictionary_named(dictionary);
  return found.empty() ? std::optional<int>() : found->bytesList.rows;
}

std::string dictionary_names() {
  std::string names;
  for (const std::string_view name : kDictionaries) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return names;
}

std::vector<Marker> find_markers(const BoardImage& image, Modality modality, std::string_view dictionary) {
  constexpr int kOverviewSide = 2000;
  const auto markers_of = dictionary_named(dictionary);
  const int side = std::max(image.size().width, image.size().height);
  if (markers_of.empty()) {
    return {};
  }
  std::vector<Marker> markers = detected(grey_picture(image, modality, side), markers_of);
  if (side > kOverviewSide) {
    // Large markers that are out of focus are whole only from farther away.
    std::vector<Marker> overview = detected(grey_picture(image, modality, kOverviewSide), markers_of);
    if (overview.size() > markers.size()) {
      return overview;
    }
  }
  return markers;
}

int markers_on(const CharucoBoard& board) { return (board.columns * board.rows + 1) / 2; }

std::optional<Eigen::Matrix3d> fit_charuco(const BoardImage& image, Modality modality, const std::vector<Marker>& seen,
                                           const CharucoBoard& board) {
  const MarkerFit starts_black = fit_markers(seen, board, 1);
  const MarkerFit starts_white = fit_markers(seen, board, 0);
  const MarkerFit& markers = starts_white.squares.size() > starts_black.squares.size() ? starts_white : starts_black;
  // The first row of a board of other columns fits as well: most of what is seen has to agree.
  constexpr std::size_t kLeastMarkers = 3;
  constexpr double kLeastShare = 0.6;
  const auto of_board =
      std::ranges::count_if(seen, [&](const Marker& marker) { return marker.id < markers_on(board); });
  if (markers.squares.size() < kLeastMarkers ||
      static_cast<double>(markers.squares.size()) < kLeastShare * static_cast<double>(of_board)) {
    return {};
  }
  const int side = std::max(image.size().width, image.size().height);
  const auto refined = fit_chess_corners(grey_picture(image, modality, side).pixels, board, markers);
  return refined ? refined : markers.px_from_mm;
}

std::optional<RulerFit> fit_ruler(const std::vector<Marker>& seen, const MarkerRuler& ruler) {
  constexpr double kMostDisagreement = 0.15;  // of the side of one marker, which is less well known, with the pitch
  constexpr double kMostTurn = 0.2;           // radians between the row and a marker's upper side
  double length_px = 0;
  double length_mm = 0;
  RulerFit fit{.least = 1e9};
  int steps = 0;
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const Marker& from = seen[i - 1];
    const double step_mm = ruler.pitch_mm * (seen[i].id - from.id);
    const Point step = centre_of(seen[i]) - centre_of(from);
    const double scale = step.norm() / step_mm;
    const double own_scale = (side_of(from) + side_of(seen[i])) / 2 / ruler.marker_mm;
    const Point upper_side = from.corners[1] - from.corners[0];
    const double turn = std::atan2(upper_side.x() * step.y() - upper_side.y() * step.x(), upper_side.dot(step));
    if (std::abs(scale / own_scale - 1) < kMostDisagreement && std::abs(turn) < kMostTurn) {
      length_px += step.norm();
      length_mm += step_mm;
      fit.least = std::min(fit.least, scale);
      fit.most = std::max(fit.most, scale);
      ++steps;
    }
  }
  constexpr int kLeastSteps = 2;
  if (steps < kLeastSteps) {
    return {};
  }
  fit.pixels_per_mm = length_px / length_mm;
  return fit;
}

}  // namespace boarddiff::imaging
