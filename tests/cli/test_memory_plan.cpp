// SPDX-License-Identifier: Apache-2.0
#include "cli/case/memory_plan.h"
#include "cli/case/picture_sizes.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using boarddiff::cli::MemoryPlan;
using boarddiff::cli::PictureSizes;

TEST_CASE("until a board is known, each needs what was guessed, and larger ones more", "[cli][memory]") {
  const MemoryPlan plan(2000, 600, 12);
  CHECK(plan.need_mb(6) == 600);
  CHECK(plan.need_mb(0) == 600);
  CHECK(plan.need_mb(24) == 1200);
  CHECK(plan.has_room({6, 6}, 6));
  CHECK_FALSE(plan.has_room({6, 6, 6}, 6));
  CHECK_FALSE(plan.has_room({6, 24}, 6));
}

TEST_CASE("a larger board waits until there is room, as much as pixels need", "[cli][memory]") {
  MemoryPlan plan(2000, 600, 12);
  plan.learn(10, 400);
  CHECK(plan.need_mb(10) == Approx(460));
  CHECK(plan.need_mb(5) == Approx(460));
  CHECK(plan.need_mb(0) == Approx(460));
  CHECK(plan.need_mb(30) == Approx(1380));
  CHECK(plan.has_room({10, 10, 10}, 10));
  CHECK_FALSE(plan.has_room({10, 10, 10, 10}, 10));
  CHECK(plan.has_room({10}, 30));
  CHECK_FALSE(plan.has_room({10, 10}, 30));
  CHECK_FALSE(plan.has_room({30}, 30));
  CHECK(plan.has_room({30}, 10));
}

TEST_CASE("a board alone is always inspected, however large", "[cli][memory]") {
  MemoryPlan plan(100, 100, 12);
  CHECK(plan.has_room({}, 5000));
  plan.learn(10, 400);
  CHECK(plan.has_room({}, 5000));
  CHECK_FALSE(plan.has_room({1}, 1));
}

TEST_CASE("what a larger board needed corrects what was expected of it", "[cli][memory]") {
  MemoryPlan plan(4000, 600, 12);
  plan.learn(1, 300);  // most of that whatever the size
  CHECK(plan.need_mb(20) == Approx(6900));
  plan.learn(20, 1000);
  CHECK(plan.need_mb(20) == Approx(1150));
  CHECK(plan.need_mb(40) == Approx(2300));
  // No process forgets what it once had.
  plan.learn(1, 300);
  CHECK(plan.need_mb(1) == Approx(1150));
  CHECK(plan.peak_mb() == 1000);
}

TEST_CASE("boards of unknown size are taken for no larger than those before", "[cli][memory]") {
  MemoryPlan plan(1000, 600, 12);
  plan.learn(0, 400);
  CHECK(plan.need_mb(0) == Approx(460));
  CHECK(plan.need_mb(30) == Approx(460));
  plan.learn(10, 400);
  CHECK(plan.need_mb(30) == Approx(1380));
}

TEST_CASE("processes without work make room for a board that needs it", "[cli][memory]") {
  MemoryPlan plan(2000, 600, 12);
  plan.learn(10, 400);
  CHECK(plan.idle_processes({}) == 4);
  CHECK(plan.idle_processes({10, 10}) == 2);
  CHECK(plan.idle_processes({30}) == 1);
  CHECK(plan.idle_processes({10, 30}) == 0);
  CHECK(plan.idle_processes({100}) == 0);
  // The one that there always is keeps what it has prepared.
  CHECK(MemoryPlan(100, 600, 12).idle_processes({}) == 1);
}

TEST_CASE("pictures say how large they are without being decoded, and damaged ones end nothing", "[cli][memory]") {
  const boarddiff::test::TemporaryFolder folder;
  boarddiff::test::write_noise_picture(folder / "a.png", 1000, 500);
  boarddiff::test::write_text(folder / "cut.png", boarddiff::test::read_text(folder / "a.png").substr(0, 40));
  boarddiff::test::write_text(folder / "notes.txt", "no picture");
  PictureSizes sizes({});
  CHECK(sizes.megapixels(folder / "notes.txt") == 0);
  CHECK(sizes.megapixels(folder / "none.png") == 0);
  CHECK(sizes.megapixels(folder / "a.png") == 0.5);
  CHECK(sizes.megapixels(folder / "cut.png") == 0.5);
}
