// SPDX-License-Identifier: Apache-2.0
#include "cli/regions_file.h"
#include "cli/svg_drawing.h"
#include "imaging/base/error.h"

#include <catch2/catch.hpp>

using boarddiff::cli::looks_like_svg;
using boarddiff::cli::regions_in_bytes;
using boarddiff::cli::regions_on;
using boarddiff::cli::SvgDrawing;
using boarddiff::compare::pixels_of;
using boarddiff::compare::RegionSet;
using boarddiff::imaging::Error;
using Catch::Contains;

namespace {

const cv::Size kReference(120, 80);

std::string svg(const std::string& page, const std::string& shapes) {
  return R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" )" + page + ">" +
         shapes + "</svg>";
}

const std::string kPage = R"(viewBox="0 0 120 80")";
const std::string kSquare = R"(<rect x="10" y="20" width="30" height="10"/>)";

cv::Mat1b square() {
  cv::Mat1b mask(kReference, uchar{0});
  mask(cv::Rect(10, 20, 30, 10)) = 255;
  return mask;
}

int differing(const std::string& drawing, const cv::Mat1b& expected) {
  return cv::countNonZero(SvgDrawing(drawing, "marks.svg").mask(kReference) != expected);
}

std::string refusal(const std::string& bytes) {
  try {
    (void)regions_on(regions_in_bytes(bytes, "marks.svg"), kReference);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

}  // namespace

TEST_CASE("a drawing marks the pixels whose centres lie in its shapes", "[cli][regions]") {
  CHECK(differing(svg(kPage, kSquare), square()) == 0);
  CHECK(differing(svg(kPage, R"~(<g transform="translate(5 10)"><path d="M5 10h30v10h-30z"/></g>)~"), square()) == 0);
  CHECK(differing("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- marks -->\n" + svg(kPage, kSquare), square()) == 0);
}

TEST_CASE("the page is the reference, in whatever units it is drawn", "[cli][regions]") {
  CHECK(differing(svg(R"(width="120" height="80")", kSquare), square()) == 0);
  CHECK(differing(svg(R"(width="12cm" height="8cm" viewBox="0 0 12 8")", R"(<rect x="1" y="2" width="3" height="1"/>)"),
                  square()) == 0);
  CHECK(differing(svg(R"(viewBox="-60 -40 120 80")", R"(<rect x="-50" y="-20" width="30" height="10"/>)"), square()) ==
        0);
}

TEST_CASE("shapes count whether they are filled, outlined or transparent; holes are none of them", "[cli][regions]") {
  for (const std::string style :
       {"fill:none;stroke:#f00;stroke-width:4", "fill:#fff;fill-opacity:0.2", "opacity:0.1", "fill:url(#none)"}) {
    CAPTURE(style);
    CHECK(differing(svg(kPage, R"(<rect x="10" y="20" width="30" height="10" style=")" + style + "\"/>"), square()) ==
          0);
  }
  cv::Mat1b with_hole = square();
  with_hole(cv::Rect(15, 22, 5, 5)) = 0;
  CHECK(differing(svg(kPage, R"(<path fill-rule="evenodd" d="M10 20h30v10h-30zM15 22h5v5h-5z"/>)"), with_hole) == 0);
}

TEST_CASE("the photograph that was drawn on, text and hidden layers are no regions", "[cli][regions]") {
  // One black pixel, stretched over the page.
  const std::string photograph =
      R"(<image width="120" height="80" preserveAspectRatio="none" xlink:href="data:image/png;base64,)"
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==\"/>";
  const std::string linked = R"(<image width="120" height="80" xlink:href="/nowhere/board.jpg"/>)";
  CHECK(differing(svg(kPage, photograph + linked + kSquare + R"(<text x="50" y="60" font-size="30">U7</text>)" +
                                 R"(<g style="display:none"><circle cx="90" cy="40" r="20"/></g>)"),
                  square()) == 0);
}

TEST_CASE("regions of a drawing are those of the mask that it makes", "[cli][regions]") {
  const RegionSet set = regions_on(regions_in_bytes(svg(kPage, kSquare), "folder/marks.svg"), kReference);
  REQUIRE(set.regions.size() == 1);
  CHECK(cv::countNonZero(pixels_of(set.regions, kReference, 1) != square()) == 0);
  CHECK(set.sources.at(0).name == "marks.svg");
}

TEST_CASE("a drawing that cannot be laid on the reference is refused with the reason", "[cli][regions]") {
  CHECK_THAT(refusal(svg(kPage, "<rect ")), Contains("marks.svg: is no SVG that can be read: "));
  CHECK(refusal(svg(kPage, "<rect ")).find('\n') == std::string::npos);
  CHECK_THAT(refusal("<html><body>hello</body></html>"), Contains("marks.svg: is no SVG that can be read: "));
  CHECK_THAT(refusal(svg("", kSquare)), Contains("marks.svg: has no page"));
  CHECK_THAT(refusal(svg(R"(viewBox="0 0 0 80")", kSquare)), Contains("marks.svg: "));
  CHECK_THAT(
      refusal(svg(R"(viewBox="0 0 210 297")", kSquare)),
      Contains("marks.svg: the page of the drawing (210 x 297) has other proportions than the reference (120 x 80 "
               "pixels)"));
  CHECK_THAT(refusal(svg(kPage, R"(<line x1="1" y1="1" x2="50" y2="50" stroke="red"/>)")),
             Contains("marks.svg: no shape of the drawing has an area on its page"));
  CHECK_THROWS_WITH(SvgDrawing(svg(R"(viewBox="0 0 4 1")", kSquare), "marks.svg").mask({40000, 10000}),
                    Contains("marks.svg: an SVG cannot be laid on a reference as large as 40000 x 10000 pixels"));
}

TEST_CASE("a drawing is told from other texts by its first mark", "[cli][regions]") {
  CHECK(looks_like_svg("<svg/>"));
  CHECK(looks_like_svg("\xEF\xBB\xBF \n<svg/>"));
  CHECK_FALSE(looks_like_svg("{\"type\": \"Polygon\"}"));
  CHECK_FALSE(looks_like_svg(""));
  CHECK_FALSE(looks_like_svg(" \n"));
}
