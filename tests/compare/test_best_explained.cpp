// SPDX-License-Identifier: Apache-2.0
#include "compare/best_explained.h"
#include "tests/support/small_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <string>

namespace compare = boarddiff::compare;
using boarddiff::test::pair_of;
using boarddiff::test::textured_light;
using boarddiff::test::with_body;
using compare::best_explained;
using compare::Evidence;
using compare::measure_evidence;

namespace {

const cv::Size kSize(480, 360);
const cv::Rect kFirstPlace(120, 100, 40, 24);
const cv::Rect kSecondPlace(320, 220, 40, 24);

// The mask with some strokes and sensor noise of its own.
cv::Mat3f board(std::uint64_t noise_seed) {
  cv::Mat3f picture(textured_light(kSize, 1) * 0.25);
  cv::add(picture, cv::Scalar(0.1, 0.25, 0.1), picture);
  cv::Mat3f noise(kSize);
  cv::RNG generator(noise_seed);
  generator.fill(noise, cv::RNG::NORMAL, 0, 0.004);
  return cv::Mat3f(picture + noise);
}

cv::Mat1b everywhere() { return {kSize, uchar{255}}; }

Evidence measured(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& where = everywhere()) {
  return measure_evidence(pair_of(reference, sample), where);
}

cv::Rect cells_of(const cv::Rect& pixels) {
  return {pixels.x / 4 - 1, pixels.y / 4 - 1, pixels.width / 4 + 2, pixels.height / 4 + 2};
}

double most(const cv::Mat1f& map, const cv::Rect& place) {
  double value = 0;
  cv::minMaxLoc(map(cells_of(place)), nullptr, &value);
  return value;
}

bool same(const cv::Mat& a, const cv::Mat& b) { return a.size() == b.size() && cv::norm(a, b, cv::NORM_INF) == 0; }

}  // namespace

TEST_CASE("what one of the boards shows is no evidence, and what none shows stays", "[compare][best_explained]") {
  const cv::Mat3f sample = with_body(with_body(board(1), kFirstPlace), kSecondPlace);
  const Evidence plain = measured(board(2), sample);
  const Evidence with_first = measured(with_body(board(3), kFirstPlace), sample);
  const Evidence joined = best_explained({plain, with_first});
  REQUIRE(most(plain.strength, kFirstPlace) > 2);
  CHECK(most(joined.strength, kFirstPlace) < 0.3 * most(plain.strength, kFirstPlace));
  CHECK(most(joined.strength, kSecondPlace) > 0.8 * most(plain.strength, kSecondPlace));
  CHECK(most(joined.sample.difference, kFirstPlace) < 0.3 * most(plain.sample.difference, kFirstPlace));
}

TEST_CASE("a part that one of the boards lacks as well is not missing", "[compare][best_explained]") {
  const cv::Mat3f sample = board(1);
  const Evidence populated = measured(with_body(board(2), kFirstPlace), sample);
  const Evidence bare = measured(board(3), sample);
  const Evidence joined = best_explained({populated, bare});
  REQUIRE(most(populated.reference.difference, kFirstPlace) > 0.2);
  CHECK(most(joined.reference.difference, kFirstPlace) < 0.3 * most(populated.reference.difference, kFirstPlace));
  CHECK(most(joined.strength, kFirstPlace) < 0.3 * most(populated.strength, kFirstPlace));
}

TEST_CASE("a part that all boards have is missing, whatever board comes first", "[compare][best_explained]") {
  const cv::Mat3f sample = board(1);
  const Evidence one = measured(with_body(board(2), kFirstPlace), sample);
  const Evidence other = measured(with_body(board(3), kFirstPlace), sample);
  for (const Evidence& joined : {best_explained({one, other}), best_explained({other, one})}) {
    CHECK(most(joined.strength, kFirstPlace) > 0.8 * most(one.strength, kFirstPlace));
  }
}

TEST_CASE("all measures of a cell come from the board that explains it", "[compare][best_explained]") {
  const cv::Mat3f sample = with_body(board(1), kFirstPlace);
  const Evidence plain = measured(board(2), sample);
  const Evidence with_it = measured(with_body(board(3), kFirstPlace), sample);
  const Evidence joined = best_explained({plain, with_it});
  const cv::Point middle = (cells_of(kFirstPlace).tl() + cells_of(kFirstPlace).br()) / 2;
  REQUIRE(with_it.sample.difference(middle) < plain.sample.difference(middle));
  CHECK(joined.sample.structure(middle) == with_it.sample.structure(middle));
  CHECK(joined.sample.colour(middle) == with_it.sample.colour(middle));
  CHECK(joined.sample.coarse_colour(middle) == with_it.sample.coarse_colour(middle));
  CHECK(joined.sample.whitest(middle) == with_it.sample.whitest(middle));
}

TEST_CASE("a cell is inspected if it was against one board, and judged by those alone", "[compare][best_explained]") {
  const cv::Mat3f sample = with_body(board(1), kFirstPlace);
  cv::Mat1b hidden = everywhere();
  hidden(cv::Rect(80, 60, 140, 110)) = 0;  // the first board's picture cannot be judged around the part
  const Evidence first = measured(board(2), sample, hidden);
  const Evidence second = measured(board(3), sample);
  const Evidence joined = best_explained({first, second});
  const cv::Rect cells = cells_of(kFirstPlace);
  REQUIRE(cv::countNonZero(first.inspected(cells)) == 0);
  CHECK(same(joined.inspected, second.inspected));
  CHECK(same(joined.sample.difference(cells), second.sample.difference(cells)));
  CHECK(most(joined.strength, kFirstPlace) > 2);
}

TEST_CASE("one board alone is given back, and the evidence of the boards is left as it is",
          "[compare][best_explained]") {
  const cv::Mat3f sample = with_body(board(1), kFirstPlace);
  const Evidence plain = measured(board(2), sample);
  CHECK(same(best_explained({plain}).strength, plain.strength));
  CHECK(same(best_explained({plain, plain}).strength, plain.strength));
  const cv::Mat1f before = plain.sample.difference.clone();
  static_cast<void>(best_explained({plain, measured(with_body(board(3), kFirstPlace), sample)}));
  CHECK(same(plain.sample.difference, before));
}

TEST_CASE("boards of X-rays are joined like those of photographs", "[compare][best_explained]") {
  const cv::Mat1f flat(kSize, 1.0F);
  cv::Mat1f absorbing = flat.clone();
  absorbing(kFirstPlace) += 0.5F;
  const Evidence plain = measured(flat, absorbing);
  const Evidence joined = best_explained({plain, measured(absorbing, absorbing)});
  const auto added = [](const Evidence& evidence) { return cv::mean(evidence.attenuation.added[0](kFirstPlace))[0]; };
  REQUIRE(added(plain) > 0.3);
  CHECK(added(joined) < 0.05);
  CHECK(cv::countNonZero(joined.inspected) == cv::countNonZero(plain.inspected));
}

TEST_CASE("a step of brightness that one of the boards does not show is none", "[compare][best_explained]") {
  const Evidence both = measured(with_body(board(3), kFirstPlace), with_body(board(1), kFirstPlace));
  const Evidence neither = measured(board(2), with_body(board(1), kFirstPlace));
  REQUIRE(most(neither.sample.step, kFirstPlace) > 0.3);
  for (const Evidence& joined : {best_explained({both, neither}), best_explained({neither, both})}) {
    CHECK(most(joined.sample.step, kFirstPlace) <= most(both.sample.step, kFirstPlace));
    CHECK_FALSE(joined.step_strength.empty());
  }
}
