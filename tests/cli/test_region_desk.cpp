// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/sample_identity.h"
#include "cli/reference_update.h"
#include "cli/review/board_pictures.h"
#include "cli/review/region_desk.h"
#include "compare/plane_map_numbers.h"
#include "compare/reference_file.h"
#include "imaging/base/error.h"
#include "tests/cli/exported_case.h"
#include "tests/cli/run_program.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::compare::read_reference_file;
using boarddiff::compare::reference_file_bytes;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::read_text;
using boarddiff::test::write_noise_picture;
using boarddiff::test::write_text;
using Catch::Contains;
using Json = nlohmann::ordered_json;

namespace {

// A case with a board that was compared with a reference file, and the desk of a reviewer.
class DeskCase {
 public:
  explicit DeskCase(bool has_reference_file = true) {
    write_noise_picture(reference(), 200, 150, 1);
    const std::string picture = read_text(reference());
    if (has_reference_file) {
      write_text(
          reference(),
          reference_file_bytes(
              {.boards = {{.file = "good.png", .bytes = picture, .sha256 = hash_of(picture), .size = {200, 150}}}},
              "reference"));
    }
    write_noise_picture(some_.made() / "a.png", 200, 150, 2);
    SampleRecord record = inspected({finding_at(10, 0.9)});
    record.report = Json{{"reference", {{"sha256", hash_of(picture)}}}}.dump();
    record.alignment = boarddiff::compare::numbers_of({});
    sample_ = some_.add({.path = some_.made() / "a.png"}, record);
  }

  // By a picture of another one.
  void replace_board() {
    write_noise_picture(some_.made() / "other.png", 200, 150, 3);
    update_reference_file(reference(), [&](boarddiff::compare::ReferenceFile& file) {
      file.boards.front().bytes = read_text(some_.made() / "other.png");
      file.boards.front().sha256 = hash_of(file.boards.front().bytes);
    });
  }

  [[nodiscard]] fs::path reference() const { return some_.made() / "reference.jpg"; }
  CaseBoard board() { return *board_with(database(), sample_); }
  boarddiff::compare::Database& database() { return some_.store().database(); }
  Json regions() { return desk_.regions(RegionDesk::reference_of(database(), board())); }
  void draw(const Json& more = {}) {
    Json wanted = {{"purpose", "ignore"}, {"corners", {{10, 10}, {40, 10}, {40, 30}}}, {"why", "a label"}};
    if (more.is_object()) wanted.update(more);
    desk_.draw(some_.store(), board(), wanted);
  }
  void withdraw(const std::string& id) { desk_.withdraw(some_.store(), board(), {{"purpose", "ignore"}, {"id", id}}); }
  std::int64_t entries() { return database().integer_of("SELECT count(*) FROM trail"); }

 private:
  ExportedCase some_ = {};
  std::int64_t sample_ = 0;
  RegionDesk desk_{"Ann"};
};

}  // namespace

TEST_CASE("a region that is drawn is in the reference file and in the trail", "[cli][review][regions]") {
  DeskCase made;
  CHECK(made.regions()["regions"].empty());
  const std::string before = hash_of(read_text(made.reference()));
  made.draw();
  REQUIRE(read_reference_file(made.reference()).ignored.has_value());
  const std::string after = hash_of(read_text(made.reference()));
  const std::string entry =
      made.database().text_of("SELECT action || '|' || subject || '|' || detail FROM trail ORDER BY id DESC LIMIT 1");
  CHECK_THAT(entry, Catch::StartsWith("region drawn|reference reference.jpg|Ann: ignore drawn-") &&
                        Catch::EndsWith(": a label; its sha256 was " + before + " and is " + after));
  CHECK_FALSE(broken_entry(made.database()).has_value());

  const Json shown = made.regions();
  REQUIRE(shown["regions"].size() == 1);
  CHECK(shown["regions"][0]["who"] == "Ann");
  CHECK(shown["regions"][0]["reference_polygon"].size() >= 3);

  // One after the other, although the file is not the one of the inspection any more.
  made.draw({{"purpose", "watch"}, {"why", "a port"}});
  CHECK(made.regions()["regions"].size() == 2);
  made.withdraw(shown["regions"][0]["id"]);
  CHECK_FALSE(read_reference_file(made.reference()).ignored.has_value());
  CHECK(made.regions()["regions"].size() == 1);
  CHECK(made.database().integer_of("SELECT count(*) FROM trail WHERE action LIKE 'region %'") == 3);
}

TEST_CASE("pictures are shown on when only regions of the reference have changed", "[cli][review][regions]") {
  DeskCase made;
  made.draw();
  const BoardPictures pictures = load_board_pictures(picture_request(made.database(), made.board()));
  CHECK(pictures.reference.size() == cv::Size(200, 150));
  made.replace_board();
  CHECK_THROWS_WITH(load_board_pictures(picture_request(made.database(), made.board())), Contains("another board"));
}

TEST_CASE("where no region can be drawn it is said what to do, and nothing is changed", "[cli][review][regions]") {
  DeskCase pictured(false);
  const std::string picture = read_text(pictured.reference());
  const std::int64_t entries = pictured.entries();
  CHECK_THAT(pictured.regions()["trouble"].get<std::string>(), Contains("boarddiff enroll reference.jpg --output"));
  CHECK_THROWS_WITH(pictured.draw(), Contains("boarddiff enroll reference.jpg --output reference.bdref"));
  CHECK(read_text(pictured.reference()) == picture);
  CHECK(pictured.entries() == entries);

  DeskCase changed;
  changed.replace_board();
  const std::string other = read_text(changed.reference());
  const std::int64_t before = changed.entries();
  CHECK_THAT(changed.regions()["trouble"].get<std::string>(), Contains("Run boarddiff batch again"));
  CHECK_THROWS_WITH(changed.draw(), Contains("Run boarddiff batch again"));
  CHECK(read_text(changed.reference()) == other);
  CHECK(changed.entries() == before);

  fs::remove(changed.reference());
  CHECK_THAT(changed.regions()["trouble"].get<std::string>(), Contains("reference.jpg"));
}

TEST_CASE("what is no region is refused, and neither file nor trail is changed", "[cli][review][regions]") {
  DeskCase made;
  const std::string file = read_text(made.reference());
  const std::int64_t entries = made.entries();
  CHECK_THROWS_WITH(made.draw({{"purpose", "hide"}}), Contains("ignore or to watch"));
  CHECK_THROWS_WITH(made.draw({{"corners", "none"}}), Contains("needs corners"));
  CHECK_THROWS_WITH(made.draw({{"corners", {{1, 2}, {3}}}}), Contains("a corner that is none"));
  CHECK_THROWS_WITH(made.draw({{"corners", {{1000, 0}, {1010, 0}, {1010, 10}}}}), Contains("no pixel"));
  CHECK_THROWS_WITH(made.draw({{"why", ""}}), Contains("needs words"));
  CHECK_THROWS_WITH(made.withdraw("drawn-0"), Contains("is not there"));
  CHECK(read_text(made.reference()) == file);
  CHECK(made.entries() == entries);
}
