// SPDX-License-Identifier: Apache-2.0
#include "compare/named_places.h"

#include "compare/design_guesses.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <Eigen/LU>
#include <Eigen/QR>
#include <Eigen/SVD>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Point;

[[noreturn]] void refuse(const std::string& why) {
  throw imaging::Error(imaging::ErrorCode::invalid_option, "--cad.places: " + why);
}

Point place_of(const Placement& design, BoardSide side, const std::string& designator) {
  const PlacedPart* found = nullptr;
  for (const PlacedPart& part : design.parts) {
    if (part.side != side || part.designator != designator) continue;
    if (found != nullptr) {
      refuse("the design has more than one " + designator + " on its " + std::string(name_of(side)));
    }
    found = &part;
  }
  if (found == nullptr) refuse("the design has no " + designator + " on its " + std::string(name_of(side)));
  return found->centre_mm;
}

// The number that the text begins with, which is taken off it.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double kFarthest_px = 1e6;
  if (problem != std::errc() || !(std::abs(value) <= kFarthest_px)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<NamedPlace> place_in(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view rest = text.substr(colon + 1);
  const std::optional<double> x = take_number(rest);
  if (!x || !rest.starts_with(',')) return std::nullopt;
  rest.remove_prefix(1);
  const std::optional<double> y = take_number(rest);
  if (!y || !rest.empty()) return std::nullopt;
  return NamedPlace{std::string(text.substr(0, colon)), {*x, *y}};
}

}  // namespace

std::string text_of(const std::vector<NamedPlace>& places) {
  std::string text;
  for (const NamedPlace& place : places) {
    text.append(text.empty() ? "" : ";").append(place.designator).append(":");
    text.append(imaging::number_text(place.picture.x())).append(",").append(imaging::number_text(place.picture.y()));
  }
  return text;
}

std::optional<std::vector<NamedPlace>> places_in(std::string_view text) {
  std::vector<NamedPlace> places;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find(';'));
    std::optional<NamedPlace> place = place_in(piece);
    if (!place) return std::nullopt;
    places.push_back(*std::move(place));
    text.remove_prefix(piece.size());
    if (text == ";") return std::nullopt;
    if (!text.empty()) text.remove_prefix(1);
  }
  return places;
}

Eigen::Matrix3d picture_from_named(const Placement& design, BoardSide side, const std::vector<NamedPlace>& places) {
  constexpr Eigen::Index kLeast = 3;
  constexpr double kMostUnequal = 1.5;
  const auto count = static_cast<Eigen::Index>(places.size());
  if (count < kLeast) refuse("three places at least are needed");
  // Of the side as it is seen, where only a mirrored picture gives a map that flips.
  const Eigen::Matrix3d faced_from_board = board_from_faced(side).inverse();
  Eigen::MatrixX3d faced(count, 3);
  Eigen::MatrixX2d picture(count, 2);
  for (Eigen::Index i = 0; i < count; ++i) {
    const NamedPlace& place = places[static_cast<std::size_t>(i)];
    faced.row(i) = imaging::apply(faced_from_board, place_of(design, side, place.designator)).homogeneous().transpose();
    picture.row(i) = place.picture.transpose();
  }
  const Point middle = faced.leftCols<2>().colwise().mean();
  const Eigen::JacobiSVD<Eigen::MatrixX2d> spread(faced.leftCols<2>().rowwise() - middle.transpose());
  if (spread.singularValues()[1] < 0.05 * spread.singularValues()[0]) refuse("the parts lie on one line");
  const Eigen::Matrix<double, 3, 2> solved = faced.colPivHouseholderQr().solve(picture);
  Eigen::Matrix3d map = Eigen::Matrix3d::Identity();
  map.topRows<2>() = solved.transpose();
  const Eigen::Matrix2d linear = map.topLeftCorner<2, 2>();
  constexpr double kLeastScale = 0.1;
  constexpr double kMostScale = 10000;
  if (linear.determinant() <= 0) refuse("the places lie mirrored against the parts; is it the other side?");
  const Eigen::JacobiSVD<Eigen::Matrix2d> scales(linear);
  if (scales.singularValues()[0] > kMostUnequal * scales.singularValues()[1]) {
    refuse("the places do not lie like the parts");
  }
  if (!(scales.singularValues()[1] > kLeastScale && scales.singularValues()[0] < kMostScale)) {
    refuse("the places give a scale that no picture has");
  }
  return map * faced_from_board;
}

}  // namespace boarddiff::compare
