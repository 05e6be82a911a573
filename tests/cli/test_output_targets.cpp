// SPDX-License-Identifier: Apache-2.0
#include "cli/output_targets.h"
#include "imaging/base/error.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using boarddiff::cli::check_targets;
using boarddiff::cli::check_targets_in;
using boarddiff::cli::write_outputs;
using boarddiff::imaging::Error;
using boarddiff::imaging::Replace;
using boarddiff::test::read_text;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

TEST_CASE("a target in folders that do not exist yet is fine, and nothing is created by looking", "[cli][outputs]") {
  const TemporaryFolder folder;
  CHECK_NOTHROW(check_targets({folder / "a/b/report.json"}, {}, Replace::refuse));
  CHECK_FALSE(std::filesystem::exists(folder / "a"));
}

TEST_CASE("every existing target is named, and replaced only when that is allowed", "[cli][outputs]") {
  const TemporaryFolder folder;
  write_text(folder / "one", "old");
  write_text(folder / "two", "old");
  CHECK_THROWS_WITH(check_targets({folder / "one", folder / "two", folder / "three"}, {}, Replace::refuse),
                    Contains((folder / "one").string()) && Contains((folder / "two").string()) && !Contains("three") &&
                        Contains("--force"));
  CHECK_NOTHROW(check_targets({folder / "one", folder / "two"}, {}, Replace::allow));
}

TEST_CASE("a link that leads nowhere counts as existing", "[cli][outputs]") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink(folder / "nowhere", folder / "link");
  CHECK_THROWS_AS(check_targets({folder / "link"}, {}, Replace::refuse), Error);
}

TEST_CASE("an input is never replaced, through no detour", "[cli][outputs]") {
  const TemporaryFolder folder;
  write_text(folder / "board.png", "evidence");
  std::filesystem::create_directory(folder / "sub");
  std::filesystem::create_symlink(folder.path(), folder / "sub/link");
  for (const auto* detour : {"board.png", "sub/../board.png", "sub/link/board.png"}) {
    CAPTURE(detour);
    CHECK_THROWS_WITH(check_targets({folder / detour}, {folder / "board.png"}, Replace::allow),
                      Contains("one of the inputs"));
  }
}

TEST_CASE("a target that is a folder, lies below a file, or is named twice is refused", "[cli][outputs]") {
  const TemporaryFolder folder;
  write_text(folder / "file", "x");
  CHECK_THROWS_WITH(check_targets({folder.path()}, {}, Replace::allow), Contains("is a folder"));
  CHECK_THROWS_WITH(check_targets({folder / "file/sub/report.json"}, {}, Replace::allow), Contains("is no folder"));
  CHECK_THROWS_WITH(check_targets({folder / "new/a", folder / "new/../new/a"}, {}, Replace::allow),
                    Contains("same name"));
}

TEST_CASE("outputs are written with the folders above them", "[cli][outputs]") {
  const TemporaryFolder folder;
  write_outputs({{folder / "a/b/one", "1"}, {folder / "a/two", "2"}}, Replace::refuse);
  CHECK(read_text(folder / "a/b/one") == "1");
  CHECK(read_text(folder / "a/two") == "2");
  CHECK_THROWS_AS(write_outputs({{folder / "a/two", "3"}}, Replace::refuse), Error);
  CHECK(read_text(folder / "a/two") == "2");
}

TEST_CASE("of many files of a folder none replaces an input, also where the folder has another name",
          "[cli][outputs]") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "photos");
  write_text(folder / "photos/1.jpg", "a picture");
  std::filesystem::create_directory_symlink(folder / "photos", folder / "link");
  const std::vector<std::filesystem::path> inputs = {folder / "photos/1.jpg"};
  CHECK_THROWS_WITH(check_targets_in(folder / "link", {"0.jpg", "1.jpg"}, inputs, Replace::allow),
                    Contains("1.jpg: it is one of the inputs"));
  CHECK_NOTHROW(check_targets_in(folder / "link", {"0.jpg", "2.jpg"}, inputs, Replace::refuse));
  CHECK_NOTHROW(check_targets_in(folder / "new/folder", {"1.jpg"}, inputs, Replace::refuse));
  CHECK_FALSE(std::filesystem::exists(folder / "new"));
  CHECK_THROWS_WITH(check_targets_in(folder / "photos/1.jpg", {}, {}, Replace::allow), Contains("it is no folder"));
}
