// SPDX-License-Identifier: Apache-2.0
#include "imaging/fit_check.h"

#include <catch2/catch.hpp>

using boarddiff::imaging::advantage_of;
using boarddiff::imaging::BoardFit;
using boarddiff::imaging::confidence_of;
using boarddiff::imaging::FitAdvantage;
using boarddiff::imaging::FitSigns;
using boarddiff::imaging::FitSquares;
using boarddiff::imaging::part_in_words;
using boarddiff::imaging::PlaceMatch;
using boarddiff::imaging::Point;
using boarddiff::imaging::squares_of;

namespace {

// A place that the identity puts where it is, found there or not.
PlaceMatch place(double x, double y, bool confirmed) {
  return {.found = confirmed, .reference = {x, y}, .sample = {x, y}, .likeness = confirmed ? 0.9 : 0.2};
}

// Every twentieth pixel of 800 x 400, confirmed to the left of a column.
BoardFit confirmed_until(double column) {
  BoardFit fit;
  for (int y = 10; y < 400; y += 20) {
    for (int x = 10; x < 800; x += 20) {
      fit.tried.push_back(place(x, y, x < column));
    }
  }
  return fit;
}

}  // namespace

TEST_CASE("the part of a picture that holds points is named", "[imaging][fit_check]") {
  const cv::Size picture(900, 600);
  CHECK(part_in_words({{100, 500}, {200, 550}, {150, 450}}, picture) == "the lower left part");
  CHECK(part_in_words({{100, 50}, {850, 90}, {450, 20}}, picture) == "the upper third");
  CHECK(part_in_words({{450, 300}, {440, 310}}, picture) == "the middle");
  CHECK(part_in_words({{20, 30}, {880, 560}, {450, 300}}, picture).empty());
  CHECK(part_in_words({}, picture).empty());
}

TEST_CASE("a fit is believed the more the pictures confirm, the steadier and the closer it is",
          "[imaging][fit_check]") {
  // Of the trials: a board photographed again, a slanted one full of tall parts, another board of the same style.
  FitSigns signs{.places = 1000, .confirmed = 0.7, .squares = 48, .agreeing = 0.94, .stability = 0.5, .residual = 0.2};
  CHECK(confidence_of(signs) > 0.99);
  signs.confirmed = 0.24;
  signs.agreeing = 0.25;
  CHECK(confidence_of(signs) > 0.5);
  signs.stability = 2;
  signs.residual = 4;
  CHECK(confidence_of(signs) < 0.1);
}

TEST_CASE("what is steady but hardly confirmed is not believed", "[imaging][fit_check]") {
  // As on a block that two boards share.
  CHECK(confidence_of({.places = 1000, .confirmed = 0.08, .squares = 48, .agreeing = 0.05, .stability = 0.05}) < 0.5);
}

TEST_CASE("signs at either end give a confidence, not infinity", "[imaging][fit_check]") {
  const FitSigns nothing{};
  const FitSigns all{.places = 1000, .confirmed = 1, .squares = 48, .agreeing = 1};
  CHECK(confidence_of(nothing) < 0.5);
  CHECK(confidence_of(all) > 0.99);
  CHECK(confidence_of(all) <= 1);
}

TEST_CASE("squares agree where a third of their places is confirmed", "[imaging][fit_check]") {
  const FitSquares squares = squares_of(confirmed_until(300), {800, 400});
  CHECK(squares.agreeing.size() == 3 * 4);
  CHECK(squares.differing.size() == 5 * 4);
  for (const Point& middle : squares.agreeing) {
    CHECK(middle.x() < 300);
  }
  // The fourth column of squares has five columns of places: two are enough, one is not.
  CHECK(squares_of(confirmed_until(340), {800, 400}).agreeing.size() == 4 * 4);
  CHECK(squares_of(confirmed_until(320), {800, 400}).agreeing.size() == 3 * 4);
}

TEST_CASE("places that only one of two fits confirms are its advantage", "[imaging][fit_check]") {
  const FitAdvantage advantage = advantage_of(confirmed_until(300), confirmed_until(400));
  CHECK(advantage.first == 0);
  CHECK(advantage.second == 5 * 20);
  const FitAdvantage none = advantage_of(confirmed_until(300), confirmed_until(300));
  CHECK(none.first == 0);
  CHECK(none.second == 0);
  // What the other does not compare says nothing.
  BoardFit elsewhere;
  elsewhere.tried = {place(3000, 3000, true)};
  CHECK(advantage_of(confirmed_until(300), elsewhere).first == 0);
  BoardFit not_compared = confirmed_until(300);
  for (PlaceMatch& match : not_compared.tried) {
    match.found = false;
    match.likeness = -2;
  }
  CHECK(advantage_of(confirmed_until(300), not_compared).first == 0);
}
