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

TEST_CASE("a fit is believed the more the pictures confirm, and the steadier it is", "[imaging][fit_check]") {
  // Of the trials: a board photographed again, a slanted one full of tall parts, another board of the same style.
  const FitSigns again{.places = 1000, .confirmed = 0.7, .squares = 48, .agreeing = 0.94, .stability = 0.15};
  const FitSigns slanted{.places = 1000, .confirmed = 0.24, .squares = 48, .agreeing = 0.25, .stability = 0.15};
  const FitSigns stranger{.places = 1000, .confirmed = 0.24, .squares = 48, .agreeing = 0.25, .stability = 2};
  CHECK(confidence_of(again) > 0.99);
  CHECK(confidence_of(slanted) > 0.5);
  CHECK(confidence_of(stranger) < 0.3);
}

TEST_CASE("what is steady but hardly confirmed is not believed", "[imaging][fit_check]") {
  // As on a block that two boards share.
  CHECK(confidence_of({.places = 1000, .confirmed = 0.1, .squares = 48, .agreeing = 0.07, .stability = 0.1}) < 0.5);
  CHECK(confidence_of({.places = 1000, .confirmed = 0.08, .squares = 48, .agreeing = 0.05, .stability = 0.05}) < 0.5);
}

TEST_CASE("signs at either end give a confidence, not infinity", "[imaging][fit_check]") {
  const FitSigns nothing{};
  const FitSigns all{.places = 1000, .confirmed = 1, .squares = 48, .agreeing = 1};
  CHECK(confidence_of(nothing) < 0.5);
  CHECK(confidence_of(all) > 0.99);
  CHECK(confidence_of(all) <= 1);
}
