// SPDX-License-Identifier: Apache-2.0
#include "cli/reference_update.h"
#include "imaging/base/error.h"
#include "imaging/digest.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace fs = std::filesystem;
using boarddiff::cli::ReferenceHashes;
using boarddiff::cli::update_reference_file;
using boarddiff::compare::read_reference_file;
using boarddiff::compare::reference_file_bytes;
using boarddiff::compare::ReferenceFile;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::test::read_text;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

std::string hash_of(const std::string& text) { return boarddiff::imaging::sha256_hex(std::as_bytes(std::span(text))); }

// A reference file of one board, whose picture is none.
class SomeReference {
 public:
  SomeReference() {
    const std::string picture = "no picture";
    write_text(file(),
               reference_file_bytes(
                   {.name = "X200",
                    .boards = {{.file = "good.jpg", .bytes = picture, .sha256 = hash_of(picture), .size = {64, 48}}}},
                   "made.bdref"));
  }
  [[nodiscard]] fs::path file() const { return folder_ / "made.bdref"; }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_ = {};
};

void add_note(ReferenceFile& file) { file.note += "."; }

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("no error");
  return {};
}

}  // namespace

TEST_CASE("a reference file is changed, and says what it was and is", "[cli][reference]") {
  const SomeReference some;
  fs::permissions(some.file(), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_write);
  const std::string before = hash_of(read_text(some.file()));
  const ReferenceHashes hashes = update_reference_file(some.file(), add_note);
  CHECK(hashes.before == before);
  CHECK(hashes.after == hash_of(read_text(some.file())));
  CHECK(hashes.after != hashes.before);
  const ReferenceFile changed = read_reference_file(some.file());
  CHECK(changed.note == ".");
  CHECK(changed.name == "X200");
  CHECK(changed.boards.front().bytes == "no picture");
  CHECK((fs::status(some.file()).permissions() & fs::perms::group_write) != fs::perms::none);
  CHECK(std::distance(fs::directory_iterator(some.folder()), {}) == 1);
}

TEST_CASE("changes at the same time are all there in the end", "[cli][reference]") {
  const SomeReference some;
  constexpr int kWriters = 4;
  constexpr int kChanges = 8;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (int change = 0; change < kChanges; ++change) update_reference_file(some.file(), add_note);
    });
  }
  for (std::thread& one : writers) one.join();
  CHECK(read_reference_file(some.file()).note.size() == kWriters * kChanges);
}

TEST_CASE("a change that fails leaves the file as it was", "[cli][reference]") {
  const SomeReference some;
  const std::string before = read_text(some.file());
  CHECK_THROWS_WITH(update_reference_file(some.file(),
                                          [](ReferenceFile& file) {
                                            file.note = "half";
                                            throw Error(ErrorCode::invalid_option, "no");
                                          }),
                    "no");
  // Nor is a file written that nobody could read.
  CHECK(code_of([&] {
          update_reference_file(some.file(), [](ReferenceFile& file) { file.boards.front().sha256 = "none"; });
        }) == ErrorCode::damaged_file);
  CHECK(read_text(some.file()) == before);
  CHECK(std::distance(fs::directory_iterator(some.folder()), {}) == 1);
}

TEST_CASE("a file that another program replaces meanwhile keeps what that wrote", "[cli][reference]") {
  const SomeReference some;
  const std::string other = read_text(some.file()) + "x";
  CHECK_THROWS_WITH(update_reference_file(some.file(),
                                          [&](ReferenceFile& file) {
                                            add_note(file);
                                            write_text(some / "new", other);
                                            fs::rename(some / "new", some.file());
                                          }),
                    Contains("another program has replaced it"));
  CHECK(read_text(some.file()) == other);
}

TEST_CASE("what is no reference file, or is not there, is refused by name", "[cli][reference]") {
  const SomeReference some;
  CHECK(code_of([&] { update_reference_file(some / "none.bdref", add_note); }) == ErrorCode::unreadable_file);
  write_text(some / "picture.jpg", "no reference");
  CHECK(code_of([&] { update_reference_file(some / "picture.jpg", add_note); }) == ErrorCode::unsupported_format);
  CHECK(read_text(some / "picture.jpg") == "no reference");
  CHECK(code_of([&] { update_reference_file(some.folder(), add_note); }) == ErrorCode::unwritable_output);
}

TEST_CASE("through a link the file itself is changed", "[cli][reference]") {
  const SomeReference some;
  fs::create_symlink(some.file(), some / "link.bdref");
  update_reference_file(some / "link.bdref", add_note);
  CHECK(fs::is_symlink(some / "link.bdref"));
  CHECK(read_reference_file(some.file()).note == ".");
}
