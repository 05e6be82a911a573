// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/read_case.h"
#include "datasets/write_case.h"
#include "imaging/base/error.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

using boarddiff::datasets::Case;
using boarddiff::datasets::case_in_text;
using boarddiff::datasets::read_case;
using boarddiff::imaging::Box;
using boarddiff::imaging::Error;
using boarddiff::imaging::Modality;
using boarddiff::test::TemporaryFolder;
using Catch::Contains;

namespace {

constexpr const char* kWhole = R"({
  "reference": "r.jpg", "sample": "s.jpg", "references": ["r.jpg", "r-2.jpg"], "modality": "xray", "px_per_mm_reference": 26, "expect": "alignable",
  "exhaustive": false, "board": "server-101", "style": "server", "severity": "hard", "seed": 101, "nuisance": {"a": 1},
  "changes": [
    {"id": "a", "kind": "moved_component", "box": [1, 2, 30, 40], "also": [[5, 6, 7, 8]], "size_mm": [1.6, 0.8, 0.45],
     "background": "bare_mask", "reference_polygon": [[0, 0], [1, 0], [1, 1]], "note": "x"},
    {"id": "b", "kind": "something_else", "box": [10.5, 20, 3, 4]}],
  "ignore": [[[0, 0], [9, 0], [9, 9]]],
  "points": [[1, 2, 3, 4], [5.5, 6, 7, 8]]
})";

}  // namespace

TEST_CASE("a case with all keys is read whole", "[datasets][read_case]") {
  const Case one = case_in_text(kWhole, "sets/server-101/", "case.json");
  CHECK(one.name == "server-101");
  CHECK(one.reference == "sets/server-101/r.jpg");
  CHECK(one.sample == "sets/server-101/s.jpg");
  CHECK(one.known_good == std::vector<std::filesystem::path>{"sets/server-101/r.jpg", "sets/server-101/r-2.jpg"});
  CHECK(one.modality == Modality::xray);
  CHECK(one.same_board);
  CHECK_FALSE(one.exhaustive);
  CHECK(one.board == "server-101");
  CHECK(one.style == "server");
  CHECK(one.severity == "hard");
  CHECK(one.pixels_per_mm == 26);
  REQUIRE(one.changes.size() == 2);
  CHECK(one.changes[0].box == Box{1, 2, 30, 40});
  CHECK(one.changes[0].also == std::vector<Box>{{5, 6, 7, 8}});
  CHECK(one.changes[0].size_mm == std::vector<double>{1.6, 0.8, 0.45});
  CHECK(one.changes[0].background == "bare_mask");
  CHECK(one.changes[0].reference_polygon.size() == 3);
  CHECK(one.changes[1].kind == "something_else");
  CHECK(one.changes[1].size_mm.empty());
  REQUIRE(one.ignore.size() == 1);
  CHECK(one.ignore[0][1] == boarddiff::imaging::Point(9, 0));
  REQUIRE(one.points.size() == 2);
  CHECK(one.points[1].in_reference == boarddiff::imaging::Point(5.5, 6));
  CHECK(one.points[1].in_sample == boarddiff::imaging::Point(7, 8));
}

TEST_CASE("a case with the least keys is a photograph of one board of its own, all differences known",
          "[datasets][read_case]") {
  const Case one = case_in_text(R"({"reference": "r", "sample": "s", "changes": []})", "sets/psu-03", "case.json");
  CHECK(one.name == "psu-03");
  CHECK(one.board == "psu-03");
  CHECK(one.known_good == std::vector<std::filesystem::path>{"sets/psu-03/r"});
  CHECK(one.modality == Modality::photo);
  CHECK(one.same_board);
  CHECK(one.exhaustive);
  CHECK(one.style.empty());
  CHECK_FALSE(one.pixels_per_mm);
  CHECK(one.points.empty());
}

TEST_CASE("two changes of one id are told apart", "[datasets][read_case]") {
  const Case one = case_in_text(R"({"reference": "r", "sample": "s", "changes": [
      {"id": "a", "kind": "k", "box": [0, 0, 1, 1]}, {"id": "a", "kind": "k", "box": [9, 9, 1, 1]}]})",
                                "x", "case.json");
  CHECK(one.changes[0].id == "a");
  CHECK(one.changes[1].id == "a (2)");
}

TEST_CASE("what is broken in a case is named with its file and key", "[datasets][read_case]") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {R"({"reference")", "case.json: is no JSON"},
      {R"([])", "case.json: the document must be an object"},
      {R"({"sample": "s", "changes": []})", "the document has no \"reference\""},
      {R"({"reference": 1, "sample": "s", "changes": []})", "reference must be a text"},
      {R"({"reference": "r", "sample": "s"})", "has no \"changes\""},
      {R"({"reference": "r", "sample": "s", "changes": {}})", "changes must be a list"},
      {R"({"reference": "r", "sample": "s", "changes": [{"id": "a", "kind": "k", "box": [1, 2, 3]}]})",
       "changes[0].box must be 4 numbers"},
      {R"({"reference": "r", "sample": "s", "changes": [{"id": "a", "kind": "k", "box": [1, 2, -3, 4]}]})",
       "changes[0].box must be 4 numbers"},
      {R"({"reference": "r", "sample": "s", "changes": [{"id": "a", "kind": "k", "box": [1, 2, 3, "4"]}]})",
       "changes[0].box[3] must be a number"},
      {R"({"reference": "r", "sample": "s", "changes": [{"id": "a", "kind": "k", "box": [1, 2, 3, 4], "size_mm": [1]}]})",
       "changes[0].size_mm must be 2 or 3 numbers"},
      {R"({"reference": "r", "sample": "s", "changes": [], "modality": "video"})", "modality must be"},
      {R"({"reference": "r", "sample": "s", "changes": [], "expect": "nothing"})", "expect must be"},
      {R"({"reference": "r", "sample": "s", "changes": [], "exhaustive": 1})", "exhaustive must be true or false"},
      {R"({"reference": "r", "sample": "s", "changes": [], "px_per_mm_reference": 0})",
       "px_per_mm_reference must be above 0"},
      {R"({"reference": "r", "references": ["q", "r"], "sample": "s", "changes": []})",
       "references[0] must be the reference"},
      {R"({"reference": "r", "sample": "s", "changes": [], "points": [[1, 2, 3]]})", "points[0] must be 4 numbers"},
      {R"({"reference": "r", "sample": "s", "changes": [], "ignore": [[[1]]]})", "ignore[0][0] must be 2 numbers"},
  }));
  CHECK_THROWS_WITH(case_in_text(text, "x", "case.json"), Contains(message));
}

TEST_CASE("a folder without a case cannot be read", "[datasets][read_case]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_case(folder.path()), Contains((folder / "case.json").string()));
}

TEST_CASE("what is written as a case is read again", "[datasets][read_case]") {
  const TemporaryFolder folder;
  boarddiff::datasets::BoardPair pair;
  pair.reference.source.name = "reference.jpg";
  pair.sample.source.name = "sample.jpg";
  pair.files = {{"reference.jpg", "pixels"}, {"sample.jpg", "pixels"}};
  pair.same_board = false;
  pair.points.resize(1);
  pair.points[0].in_sample = {3, 4};
  boarddiff::datasets::TrueChange change;
  change.id = "one";
  change.sample_box = {1, 2, 3, 4};
  change.size_mm = {1.6, 0.8};
  pair.changes = {change};
  write_case(pair, folder.path(), boarddiff::imaging::Replace::refuse);
  const Case one = read_case(folder.path());
  CHECK_FALSE(one.same_board);
  REQUIRE(one.changes.size() == 1);
  CHECK(one.changes[0].kind == "extra_component");
  CHECK(one.changes[0].box == Box{1, 2, 3, 4});
  CHECK(one.points[0].in_sample == boarddiff::imaging::Point(3, 4));
  CHECK(std::filesystem::exists(one.reference));
}
