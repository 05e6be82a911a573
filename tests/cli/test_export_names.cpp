// SPDX-License-Identifier: Apache-2.0
#include "cli/export/picture_names.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace boarddiff::cli;

namespace {

ExportedBoard board_at(const std::string& path, const std::string& sha256) {
  ExportedBoard one;
  one.board.path = path;
  one.board.sha256 = sha256;
  return one;
}

std::vector<std::string> names_of(const CaseExport& exported) {
  std::vector<std::string> names;
  for (const ExportedPicture& picture : pictures_of(exported)) names.push_back(picture.name);
  return names;
}

}  // namespace

TEST_CASE("pictures are named from the deepest folder that holds all of them", "[cli][report]") {
  const CaseExport days{.boards = {board_at("/p/lot/mon/1.jpg", "a"), board_at("/p/lot/tue/1.jpg", "b"),
                                   board_at("/p/lot/tue/late/2.jpg", "c"), board_at("/p/lot/3.jpg", "d")}};
  CHECK(names_of(days) == std::vector<std::string>{"mon/1.jpg", "tue/1.jpg", "tue/late/2.jpg", "3.jpg"});
  const CaseExport alike{.boards = {board_at("/p/lot/1.jpg", "a"), board_at("/p/lot-2/1.jpg", "b")}};
  CHECK(names_of(alike) == std::vector<std::string>{"lot/1.jpg", "lot-2/1.jpg"});
  const CaseExport apart{.boards = {board_at("/p/1.jpg", "a"), board_at("plain.jpg", "b")}};
  CHECK(names_of(apart) == std::vector<std::string>{"p/1.jpg", "plain.jpg"});
  CHECK(names_of({.boards = {board_at("/p/mon/1.jpg", "a")}}) == std::vector<std::string>{"1.jpg"});
}

TEST_CASE("both rows of one picture are one picture, and a file that was replaced is two", "[cli][report]") {
  const CaseExport twice{.boards = {board_at("/p/1.jpg", "a"), board_at("/p/2.jpg", "b"), board_at("/p/1.jpg", "a")}};
  const std::vector<ExportedPicture> pictures = pictures_of(twice);
  REQUIRE(pictures.size() == 2);
  CHECK(pictures[0].boards.size() == 2);
  CHECK(picture_indices(twice, pictures) == std::vector<std::size_t>{0, 1, 0});
  const CaseExport replaced{.boards = {board_at("/p/1.jpg", "a"), board_at("/p/1.jpg", "b")}};
  CHECK(names_of(replaced).size() == 2);
}

TEST_CASE("a file's name never leads out of its folder and is never there twice", "[cli][report]") {
  const std::vector<std::string> files =
      file_names({"../../etc/passwd", "..", "mon/1.jpg", "tue/1.JPG", "tue/1.png", "", "a\nb\\c:d.tif", ".hidden.jpg",
                  std::string(400, 'x') + ".jpg"},
                 ".json");
  CHECK(std::vector<std::string>(files.begin(), files.begin() + 8) ==
        std::vector<std::string>{"passwd.json", "_.json", "1.json", "1-2.json", "1-3.json", "picture.json",
                                 "a_b_c_d.json", "_hidden.json"});
  CHECK(files[8].size() < 255);
}

TEST_CASE("with folders no file's name leads out of them either", "[cli][report]") {
  CHECK(file_paths({"../../etc/passwd", "/mon/1.jpg", "mon/./1.png", "tue/1.jpg", "MON/1.jpg", "a:b/c.tif"}, ".json") ==
        std::vector<std::string>{"_./_./etc/passwd.json", "mon/1.json", "mon/_/1.json", "tue/1.json", "MON/1-2.json",
                                 "a_b/c.json"});
}
