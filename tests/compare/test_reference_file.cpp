// SPDX-License-Identifier: Apache-2.0
#include "compare/decode_boards.h"
#include "compare/reference_file.h"
#include "imaging/base/error.h"
#include "imaging/digest.h"
#include "imaging/feature_bytes.h"
#include "tests/support/image_bytes.h"
#include "tests/support/reference_files.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <iomanip>
#include <sstream>
#include <string>
#include <tuple>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using boarddiff::test::altered_database;
using boarddiff::test::as_bytes;
using boarddiff::test::small_reference_file;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;
using compare::parse_reference_file;
using compare::reference_file_bytes;
using compare::ReferenceFile;
using imaging::ErrorCode;

namespace {

std::string whole() { return reference_file_bytes(small_reference_file(), "golden.bdref"); }

void check_refused(const std::string& bytes, ErrorCode code, const std::string& reason) {
  INFO(reason);
  try {
    static_cast<void>(parse_reference_file(as_bytes(bytes), "golden.bdref"));
    FAIL("was read");
  } catch (const imaging::Error& error) {
    CHECK(error.code() == code);
    CHECK_THAT(error.what(), Catch::StartsWith("golden.bdref: ") && Contains(reason));
  }
}

// As SQL writes bytes.
std::string hexadecimal(const std::string& bytes) {
  std::ostringstream text;
  text << "x'" << std::hex << std::setfill('0');
  for (const char byte : bytes) {
    text << std::setw(2) << static_cast<int>(static_cast<unsigned char>(byte));
  }
  text << "'";
  return text.str();
}

// The file with these bytes as the features of its first board, as if they had been enrolled.
std::string with_features(const std::string& content) {
  return altered_database(whole(), "UPDATE features SET content = " + hexadecimal(content) + ", sha256 = '" +
                                       imaging::sha256_hex(as_bytes(content)) + "'");
}

}  // namespace

TEST_CASE("a reference file gives back what was put in", "[compare][reference_file]") {
  const ReferenceFile before = small_reference_file();
  const ReferenceFile after = parse_reference_file(as_bytes(whole()), "golden.bdref");
  CHECK(after.name == before.name);
  CHECK(after.note == before.note);
  CHECK(after.modality == before.modality);
  REQUIRE(after.boards.size() == before.boards.size());
  for (std::size_t i = 0; i < after.boards.size(); ++i) {
    CHECK(after.boards[i].file == before.boards[i].file);
    CHECK(after.boards[i].bytes == before.boards[i].bytes);
    CHECK(after.boards[i].sha256 == before.boards[i].sha256);
    CHECK(after.boards[i].size == before.boards[i].size);
    CHECK(after.boards[i].pixels_per_mm == before.boards[i].pixels_per_mm);
    CHECK(after.boards[i].pixels_per_mm_origin == before.boards[i].pixels_per_mm_origin);
  }
  REQUIRE(after.boards[0].features);
  CHECK(imaging::feature_bytes(*after.boards[0].features) == imaging::feature_bytes(*before.boards[0].features));
  CHECK_FALSE(after.boards[1].features);
  REQUIRE(after.ignored);
  CHECK(after.ignored->file == before.ignored->file);
  CHECK(after.ignored->bytes == before.ignored->bytes);
  CHECK(after.ignored->sha256 == before.ignored->sha256);
  CHECK_FALSE(after.watched);
  REQUIRE(after.design);
  CHECK(after.design->file == before.design->file);
  CHECK(after.design->bytes == before.design->bytes);
  CHECK(after.design->sha256 == before.design->sha256);
  CHECK(after.design->side == compare::BoardSide::bottom);
  CHECK(text_of(after.design->places) == "U7:10.5,20;a:b:-3,4");
  REQUIRE(after.variations.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const compare::EnrolledVariation& held = after.variations[i];
    const compare::EnrolledVariation& given = before.variations[i];
    CHECK(held.number == static_cast<int>(i) + 1);
    CHECK(held.core == given.core);
    CHECK(held.place == given.place);
    CHECK(held.bytes == given.bytes);
    CHECK(std::tie(held.sha256, held.reference_sha256, held.sample_sha256, held.who, held.why, held.when,
                   held.withdrawn_by,
                   held.withdrawn_at) == std::tie(given.sha256, given.reference_sha256, given.sample_sha256, given.who,
                                                  given.why, given.when, given.withdrawn_by, given.withdrawn_at));
  }
  CHECK(after.boards[1].from_first.sample_from_reference == before.boards[1].from_first.sample_from_reference);
  CHECK(after.boards[1].from_first.residual.shift_px == before.boards[1].from_first.residual.shift_px);
}

TEST_CASE("reference files from before there were regions are read", "[compare][reference_file]") {
  const std::string old = altered_database(whole(),
                                           "DROP TABLE variation; DROP TABLE reading; DROP TABLE design; DROP TABLE "
                                           "regions; DROP TABLE features; PRAGMA user_version = 1");
  const ReferenceFile file = parse_reference_file(as_bytes(old), "golden.bdref");
  CHECK(file.boards.size() == 2);
  CHECK_FALSE(file.ignored);
  check_refused(altered_database(whole(), "PRAGMA user_version = 1"), ErrorCode::damaged_file, "tables are not those");
  check_refused(altered_database(whole(), "DROP TABLE regions"), ErrorCode::damaged_file, "tables are not those");
  check_refused(altered_database(whole(), "DROP TABLE variation"), ErrorCode::damaged_file, "a table is missing");
}

TEST_CASE("reference files from before there were features are read", "[compare][reference_file]") {
  const std::string old = altered_database(
      whole(),
      "DROP TABLE variation; DROP TABLE reading; DROP TABLE design; DROP TABLE features; PRAGMA user_version = 2");
  const ReferenceFile file = parse_reference_file(as_bytes(old), "golden.bdref");
  REQUIRE(file.boards.size() == 2);
  CHECK(file.ignored);
  CHECK_FALSE(file.boards[0].features);
  check_refused(altered_database(whole(), "PRAGMA user_version = 2"), ErrorCode::damaged_file, "tables are not those");
  check_refused(altered_database(whole(), "DROP TABLE features"), ErrorCode::damaged_file, "tables are not those");
}

TEST_CASE("reference files from before there were variations are read", "[compare][reference_file]") {
  const std::string old = altered_database(whole(), "DROP TABLE variation; PRAGMA user_version = 5");
  CHECK(parse_reference_file(as_bytes(old), "golden.bdref").variations.empty());
  check_refused(altered_database(whole(), "PRAGMA user_version = 5"), ErrorCode::damaged_file, "tables are not those");
}

TEST_CASE("variations that do not hold together are refused", "[compare][reference_file]") {
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"UPDATE variation SET number = 5 WHERE number = 2", "variation 5 has not the number of its turn"},
      {"UPDATE variation SET place_x = 119", "variation 1 lies nowhere"},
      {"UPDATE variation SET place_width = 0", "variation 1 lies nowhere"},
      {"UPDATE variation SET place_x = -1", "variation 1 lies nowhere"},
      {"UPDATE variation SET place_x = 9223372036854775807", "variation 1 lies nowhere"},
      {"UPDATE variation SET x = 1e300", "variation 1 lies nowhere"},
      {"UPDATE variation SET width = -3", "variation 1 lies nowhere"},
      {"UPDATE variation SET x = 100", "variation 1 lies nowhere"},
      {"UPDATE variation SET reference_sha256 = 'f00d'", "variation 1 is of another board's picture"},
      {"UPDATE variation SET content = x'00'", "variation 1 is not the one that was accepted"},
      {"UPDATE variation SET why = printf('%.20000c', 'x')", "variation 1 has a text that is too long"}};
  for (const auto& [sql, reason] : changes) {
    INFO(sql);
    check_refused(altered_database(whole(), sql), ErrorCode::damaged_file, reason);
  }
}

TEST_CASE("variations that were withdrawn do not count", "[compare][reference_file]") {
  const ReferenceFile file = small_reference_file();
  const std::vector<compare::Variation> counting = decoded_variations(file.variations, "golden.bdref");
  REQUIRE(counting.size() == 1);
  CHECK(counting[0].number == 1);
  CHECK(counting[0].pixels.size() == counting[0].place.size());
  std::vector<compare::EnrolledVariation> odd = file.variations;
  odd[0].place.width += 1;
  CHECK_THROWS_WITH(static_cast<void>(decoded_variations(odd, "golden.bdref")),
                    Contains("golden.bdref: variation 1: is damaged: it has another size than its place"));
}

TEST_CASE("reference files from before there were designs are read", "[compare][reference_file]") {
  const std::string old =
      altered_database(whole(), "DROP TABLE variation; DROP TABLE reading; DROP TABLE design; PRAGMA user_version = 3");
  const ReferenceFile file = parse_reference_file(as_bytes(old), "golden.bdref");
  REQUIRE(file.boards.size() == 2);
  CHECK(file.boards[0].features);
  CHECK_FALSE(file.design);
}

TEST_CASE("reference files from before there were frames are read", "[compare][reference_file]") {
  const std::string old =
      altered_database(whole(), "DROP TABLE variation; DROP TABLE reading; PRAGMA user_version = 4");
  const ReferenceFile file = parse_reference_file(as_bytes(old), "golden.bdref");
  REQUIRE(file.boards.size() == 2);
  CHECK(file.design);
  CHECK(file.boards[0].raw.empty());
  CHECK(file.boards[0].frame == 0);
}

TEST_CASE("how a picture was read is kept, and refused where it cannot be", "[compare][reference_file]") {
  ReferenceFile before = small_reference_file();
  before.boards[1].raw = "320x240:u16le:512";
  before.boards[1].frame = 3;
  const std::string bytes = reference_file_bytes(before, "golden.bdref");
  const ReferenceFile after = parse_reference_file(as_bytes(bytes), "golden.bdref");
  CHECK(after.boards[0].raw.empty());
  CHECK(after.boards[0].frame == 0);
  CHECK(after.boards[1].raw == "320x240:u16le:512");
  CHECK(after.boards[1].frame == 3);
  for (const char* change : {"UPDATE reading SET frame = -1", "UPDATE reading SET frame = 40000",
                             "UPDATE reading SET raw = 'x'", "DELETE FROM reading"}) {
    CAPTURE(change);
    check_refused(altered_database(bytes, change), ErrorCode::damaged_file, "it does not say how the picture");
  }
}

TEST_CASE("a design that does not hold together is refused", "[compare][reference_file]") {
  const auto check = [](const std::string& sql, const std::string& reason) {
    check_refused(altered_database(whole(), sql), ErrorCode::damaged_file, reason);
  };
  check("UPDATE design SET content = x'00'", "x200.csv is not the one that was enrolled");
  check("UPDATE design SET side = 'left'", "its design is of neither side");
  check("UPDATE design SET places = 'U7'", "the places of its design are none");
  check("UPDATE reference SET modality = 'xray'", "it has a design of X-rays");
  check("INSERT INTO design SELECT * FROM design", "more than one design");
}

TEST_CASE("features of another version of boarddiff are left aside", "[compare][reference_file]") {
  const std::string known = imaging::feature_bytes(*small_reference_file().boards[0].features);
  CHECK(parse_reference_file(as_bytes(with_features(known)), "golden.bdref").boards[0].features);
  std::string other = known;
  other[0] = 9;
  const ReferenceFile file = parse_reference_file(as_bytes(with_features(other)), "golden.bdref");
  CHECK(file.boards.size() == 2);
  CHECK_FALSE(file.boards[0].features);
}

TEST_CASE("features that do not hold together are refused", "[compare][reference_file]") {
  const std::string known = imaging::feature_bytes(*small_reference_file().boards[0].features);
  for (const std::string& content :
       {std::string(), known.substr(0, 3), known.substr(0, known.size() - 1), known + "x"}) {
    check_refused(with_features(content), ErrorCode::damaged_file, "the features of golden.png do not hold together");
  }
}

TEST_CASE("the same boards give the same bytes", "[compare][reference_file]") { CHECK(whole() == whole()); }

TEST_CASE("the pictures in a reference file are decoded as from their files", "[compare][reference_file]") {
  const ReferenceFile file = small_reference_file();
  const compare::LaidBoards boards = compare::decoded_boards(file, "golden.bdref");
  REQUIRE(boards.pictures.size() == 2);
  const imaging::BoardImage alone = imaging::decode_board_image(as_bytes(file.boards[1].bytes), "x");
  CHECK(cv::norm(boards.pictures[1].pixels, alone.pixels, cv::NORM_INF) == 0);
  CHECK(boards.pictures[1].source.name == file.boards[1].file);
  CHECK(boards.pictures[1].source.sha256 == file.boards[1].sha256);
  CHECK(boards.pictures[0].pixels_per_mm == file.boards[0].pixels_per_mm);
  ReferenceFile other_size = file;
  other_size.boards[1].size.width += 1;
  CHECK_THROWS_WITH(compare::decoded_boards(other_size, "golden.bdref"), Contains("another size"));
  ReferenceFile no_picture = file;
  no_picture.boards[1].bytes = "no picture";
  CHECK_THROWS_WITH(compare::decoded_boards(no_picture, "golden.bdref"),
                    Contains("golden.bdref: " + file.boards[1].file));
}

TEST_CASE("the pictures in a reference file are read as they were enrolled", "[compare][reference_file]") {
  ReferenceFile file = small_reference_file();
  const cv::Mat1b first(30, 40, uchar{100});
  file.boards[0].bytes = std::string(200, 'd') + std::string(1200, 'd');
  file.boards[0].raw = "40x30:u8:200";
  file.boards[0].size = {40, 30};
  file.boards[1].bytes = boarddiff::test::two_page_tiff_bytes(first, cv::Mat1b::zeros(5, 6));
  file.boards[1].frame = 2;
  file.boards[1].size = {6, 5};
  const compare::LaidBoards boards = compare::decoded_boards(file, "golden.bdref", {.raw = "9x9:u8", .frame = 1});
  CHECK(boards.pictures[0].pixels.at<uchar>(29, 39) == 'd');
  CHECK(cv::countNonZero(boards.pictures[1].pixels) == 0);
}

TEST_CASE("what is no reference file is refused", "[compare][reference_file]") {
  check_refused("", ErrorCode::unsupported_format, "is no reference file");
  check_refused("not a database", ErrorCode::unsupported_format, "is no reference file");
  check_refused(altered_database(whole(), "PRAGMA application_id = 7"), ErrorCode::unsupported_format,
                "none that boarddiff enroll made");
  check_refused(altered_database(whole(), "PRAGMA user_version = 7"), ErrorCode::unsupported_format,
                "made by a newer boarddiff");
  check_refused(altered_database(whole(), "PRAGMA user_version = 0"), ErrorCode::damaged_file, "its version");
}

TEST_CASE("a reference file whose content does not hold together is refused", "[compare][reference_file]") {
  const std::vector<std::pair<std::string, std::string>> kCases = {
      {"DELETE FROM board", "no board"},
      {"DELETE FROM reference", "does not say what it is of"},
      {"INSERT INTO reference VALUES('', '', 'photo')", "twice"},
      {"UPDATE reference SET modality = 'infrared'", "neither photographs nor X-rays"},
      {"UPDATE reference SET note = hex(zeroblob(5001))", "too long"},
      {"UPDATE board SET picture = x'00' WHERE id = 2", "second.png is not the one that was enrolled"},
      {"UPDATE board SET sha256 = '' WHERE id = 1", "SHA-256 differs"},
      {"UPDATE board SET id = 7 WHERE id = 2", "numbered 1, 2, 3"},
      {"UPDATE board SET width = 0", "has no size"},
      {"UPDATE board SET height = 5000000000", "has no size"},
      {"UPDATE board SET pixels_per_mm = -3", "scale"},
      {"UPDATE board SET pixels_per_mm = 9e999", "scale"},
      {"UPDATE board SET pixels_per_mm = 0.05 WHERE id = 1", "scale"},
      {"UPDATE board SET pixels_per_mm_origin = 'heaven' WHERE id = 1", "scale"},
      {"UPDATE board SET pixels_per_mm = NULL WHERE id = 1", "scale"},
      {"DELETE FROM plane_map WHERE number = 5", "how board 2 lies"},
      {"INSERT INTO plane_map VALUES(2, 43, 1)", "how board 2 lies"},
      {"UPDATE plane_map SET value = 9e999 WHERE number = 5", "how board 2 lies"},
      {"UPDATE regions SET purpose = 'praised'", "for no purpose"},
      {"UPDATE regions SET content = x'00'", "label.geojson is not the one that was enrolled"},
      {"UPDATE features SET content = x'00'", "the features of golden.png are not those that were enrolled"},
      {"UPDATE features SET sha256 = ''", "the features of golden.png are not those that were enrolled"},
      {"DROP TABLE plane_map", "tables are not those"},
      {"DROP TABLE reference", "tables are not those"},
      {"CREATE TABLE zebra(x)", "tables are not those"},
      {"CREATE VIEW aaa AS SELECT 1", "tables are not those"},
      {"ALTER TABLE board ADD COLUMN more TEXT", "tables are not those"},
      {"DROP TABLE reference; CREATE VIEW reference AS SELECT '' AS name, '' AS note, 'photo' AS modality",
       "tables are not those"},
      {"CREATE TRIGGER t AFTER INSERT ON board BEGIN DELETE FROM board; END", "tables are not those"},
  };
  for (const auto& [sql, reason] : kCases) {
    check_refused(altered_database(whole(), sql), ErrorCode::damaged_file, reason);
  }
}

TEST_CASE("what a reference file says does nothing to a terminal", "[compare][reference_file]") {
  const std::string forged =
      altered_database(whole(), "UPDATE reference SET name = 'X' || char(27) || '[2J' || char(10) || 'nothing found'");
  const ReferenceFile file = parse_reference_file(as_bytes(forged), "golden.bdref");
  CHECK(file.name.find_first_of("\x1b\n") == std::string::npos);
  CHECK(file.name.find("nothing found") != std::string::npos);
}

TEST_CASE("boards that do not fit into memory together are refused before they are decoded",
          "[compare][reference_file]") {
  ReferenceFile file = small_reference_file();
  const boarddiff::imaging::LoadOptions options{.max_megapixels = 1};
  file.boards[0].size = {1500, 1500};  // twice 2.25 megapixels
  CHECK_THROWS_WITH(decoded_boards(file, "golden.bdref", options),
                    Contains("golden.bdref: its 2 boards have") && Contains("megapixels in all"));
}

TEST_CASE("a reference file that is cut short or overwritten is never taken for a whole one",
          "[compare][reference_file]") {
  const std::string bytes = whole();
  constexpr std::size_t kCuts = 40;
  for (std::size_t cut = 1; cut < kCuts; ++cut) {
    const std::string part = bytes.substr(0, bytes.size() * cut / kCuts);
    CHECK_THROWS_AS(parse_reference_file(as_bytes(part), "golden.bdref"), imaging::Error);
  }
  // One page of zeros anywhere behind the first.
  constexpr std::size_t kPage = 4096;
  for (std::size_t page = 1; page < bytes.size() / kPage; ++page) {
    std::string hollow = bytes;
    hollow.replace(page * kPage, kPage, kPage, '\0');
    CHECK_THROWS_AS(parse_reference_file(as_bytes(hollow), "golden.bdref"), imaging::Error);
  }
}

TEST_CASE("a reference file is told by its first bytes, whatever its name", "[compare][reference_file]") {
  const TemporaryFolder folder;
  write_text(folder / "golden.jpg", whole());
  write_text(folder / "picture.bdref", small_reference_file().boards[0].bytes);
  write_text(folder / "empty.bdref", "");
  CHECK(compare::is_reference_file(folder / "golden.jpg"));
  CHECK_FALSE(compare::is_reference_file(folder / "picture.bdref"));
  CHECK_FALSE(compare::is_reference_file(folder / "empty.bdref"));
  CHECK(compare::read_reference_file(folder / "golden.jpg").boards.size() == 2);
  CHECK_THROWS_WITH(compare::read_reference_file(folder / "picture.bdref"), Contains("is no reference file"));
  CHECK_THROWS_WITH(compare::is_reference_file(folder / "none.bdref"), Contains("none.bdref: cannot be opened"));
}
