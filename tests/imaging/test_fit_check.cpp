// SPDX-License-Identifier: Apache-2.0
#include "imaging/fit_check.h"

#include <catch2/catch.hpp>

using boarddiff::imaging::confidence_of;
using boarddiff::imaging::FitSigns;
using boarddiff::imaging::part_in_words;
using boarddiff::imaging::Point;

TEST_CASE("the part of a picture that holds points is named", "[imaging][fit_check]") {
  const cv::Size picture(900, 600);
  CHECK(part_in_words({{100, 500}, {200, 550}, {150, 450}}, picture) == "the lower left part");
  CHECK(part_in_words({{100, 50}, {850, 90}, {450, 20}}, picture) == "the upper third");
  CHECK(part_in_words({{450, 300}, {440, 310}}, picture) == "the middle");
  CHECK(part_in_words({{20, 30}, {880, 560}, {450, 300}}, picture).empty());
  CHECK(part_in_words({}, picture).empty());
}

TEST_CASE("the more places are confirmed the more a fit is believed", "[imaging][fit_check]") {
  const FitSigns chance{.places = 1000, .confirmed = 0.08, .by_chance = 0.08, .squares = 48, .agreeing = 0.02};
  const FitSigns half{.places = 1000, .confirmed = 0.4, .by_chance = 0.08, .squares = 48, .agreeing = 0.6};
  const FitSigns most{.places = 1000, .confirmed = 0.8, .by_chance = 0.08, .squares = 48, .agreeing = 1};
  CHECK(confidence_of(chance) < 0.1);
  CHECK(confidence_of(half) > 0.5);
  CHECK(confidence_of(most) > confidence_of(half));
  CHECK(confidence_of(most) <= 1);
}
