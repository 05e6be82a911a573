// SPDX-License-Identifier: Apache-2.0
#include "cli/xray_flags.h"
#include "tests/cli/unlike_pair.h"

#include <catch2/catch.hpp>

using boarddiff::cli::parse_xray_places;
using boarddiff::test::check_trouble;
using boarddiff::test::UnlikePair;

TEST_CASE("places in photograph and X-ray are pairs of points", "[cli][xray_flags]") {
  const auto parsed = parse_xray_places("1,2=3,4;5.5,6=7,8;9,10=11,12;13,14=-15,16");
  CHECK(parsed.problems.empty());
  REQUIRE(parsed.places.size() == 4);
  CHECK(parsed.places[1].reference.x() == 5.5);
  CHECK(parsed.places[3].sample.x() == -15);
  CHECK(parse_xray_places("").problems.empty());
  for (const char* text : {"1,2=3,4;5,6=7,8;9,10=11,12", "1,2=3,4;5,6=7,8;9,10=11,12;13,14", "a", "1,2=3,4;;;",
                           "1,2=3,4;5,6=7,8;9,10=11,12;13,14=15,16=17,18", "1,2=3,4;5,6=7,8;9,10=11,12;1,2,3=4,5"}) {
    CAPTURE(text);
    CHECK(parse_xray_places(text).problems.size() == 1);
  }
}

TEST_CASE("X-rays besides photographs are two, and not the only pictures", "[cli][xray_flags]") {
  const UnlikePair pair;
  check_trouble(pair.inspect({"--xray-sample", pair.path("sample.png")}), pair, "--xray-reference must be given");
  check_trouble(pair.inspect({"--xray-reference", pair.path("sample.png")}), pair, "--xray-sample must be given");
  check_trouble(pair.inspect({"--xray-places", "1,2=3,4;5,6=7,8;9,10=11,12;13,14=15,16"}), pair, "there is none");
  check_trouble(pair.inspect({"--modality", "xray", "--xray-reference", pair.path("reference.png"), "--xray-sample",
                              pair.path("sample.png")}),
                pair, "--modality must be photo");
  check_trouble(pair.inspect({"--xray-reference", pair.path("missing.png"), "--xray-sample", pair.path("sample.png")}),
                pair, "missing.png");
}
