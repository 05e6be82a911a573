// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/package.h"

#include <catch2/catch.hpp>

#include <set>
#include <string>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::Package;
using datasets::PartShape;

namespace {

constexpr int kPackages = static_cast<int>(Package::last) + 1;

}  // namespace

TEST_CASE("every package has a name of its own that leads back to it", "[datasets][package]") {
  std::set<std::string> names;
  for (int i = 0; i < kPackages; ++i) {
    const auto package = static_cast<Package>(i);
    CAPTURE(i, name_of(package));
    CHECK(names.insert(std::string(name_of(package))).second);
    CHECK(datasets::package_named(name_of(package)) == package);
  }
  CHECK_FALSE(datasets::package_named("0603"));
  CHECK_FALSE(datasets::package_named(""));
}

TEST_CASE("what is seen of a part lies on its courtyard and below its top", "[datasets][package]") {
  for (int i = 0; i < kPackages; ++i) {
    const PartShape shape = shape_of(static_cast<Package>(i));
    CAPTURE(name_of(static_cast<Package>(i)));
    CHECK(shape.body_mm.area() > 0);
    CHECK(imaging::intersection(shape.body_mm, shape.courtyard_mm).area() == Approx(shape.body_mm.area()));
    for (const datasets::Solid& solid : shape.solids) {
      CHECK(solid.top_mm <= shape.top_mm);
      CHECK(solid.width_mm > 0);
      CHECK(solid.depth_mm > 0);
    }
  }
}

TEST_CASE("chips have the sizes that their names say", "[datasets][package]") {
  const auto [package, length, width] = GENERATE(table<Package, double, double>({{Package::r0402, 1.0, 0.5},
                                                                                 {Package::r0603, 1.6, 0.8},
                                                                                 {Package::c0805, 2.0, 1.25},
                                                                                 {Package::c1210, 3.2, 2.5}}));
  const imaging::Box body = shape_of(package).body_mm;
  // Solder fillets reach beyond the ends by up to 0.15 of the length.
  CHECK(body.width >= length);
  CHECK(body.width <= 1.35 * length);
  CHECK(body.height == Approx(width).epsilon(0.02));
}

TEST_CASE("a bare die shows nothing to a camera and silicon to X-rays", "[datasets][package]") {
  const PartShape die = shape_of(Package::bare_die);
  CHECK(die.solids.empty());
  CHECK(die.pads.empty());
  REQUIRE_FALSE(die.inner.empty());
  CHECK(die.inner.front().xray > 0.1);
}
