// SPDX-License-Identifier: Apache-2.0
#include "cli/case/batch_list.h"
#include "imaging/base/error.h"
#include "tests/support/image_bytes.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace fs = std::filesystem;
using boarddiff::cli::BatchList;
using boarddiff::cli::BatchSample;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

BatchList listed(const std::vector<std::string>& arguments, const std::string& standard_input = "") {
  std::istringstream stream(standard_input);
  return boarddiff::cli::list_samples(arguments, {}, stream);
}

std::vector<std::string> names_in(const BatchList& list, const fs::path& folder) {
  std::vector<std::string> names;
  for (const BatchSample& sample : list.samples) names.push_back(sample.path.lexically_relative(folder).string());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("of a folder all pictures are listed by name, also those that are none inside", "[cli][batch]") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "lot");
  fs::create_directories(folder / ".trash");
  for (const char* name : {"b.JPG", "a.png", "lot/c.tif", ".hidden.jpg", ".trash/d.jpg", "notes.txt"}) {
    write_text(folder / name, "x");
  }
  write_text(folder / "unnamed", boarddiff::test::encoded(cv::Mat1b(4, 4, uchar{9}), ".png"));
  const BatchList list = listed({folder.path().string()});
  CHECK(names_in(list, folder.path()) == Names{"a.png", "b.JPG", "lot/c.tif", "unnamed"});
  CHECK(list.passed_over == 1);
}

TEST_CASE("pictures, patterns and standard input are listed in their order", "[cli][batch]") {
  const TemporaryFolder folder;
  for (const char* name : {"a1.jpg", "a2.jpg", "b.jpg"}) write_text(folder / name, "x");
  const auto path = [&](const char* name) { return (folder / name).string(); };
  CHECK(names_in(listed({path("b.jpg"), path("a?.jpg")}), folder.path()) == Names{"b.jpg", "a1.jpg", "a2.jpg"});
  CHECK(names_in(listed({"-"}, path("b.jpg") + "\n\n" + path("missing.jpg") + "\r\n"), folder.path()) ==
        Names{"b.jpg", "missing.jpg"});
  CHECK_THROWS_WITH(listed({path("c*.jpg")}), Contains("no picture has such a name"));
  CHECK_THROWS_WITH(listed({path("nowhere")}), Contains("is not there"));
  fs::create_directories(folder / "empty");
  CHECK(listed({path("empty")}).samples.empty());
}

TEST_CASE("a list says what is known of each board", "[cli][batch]") {
  const TemporaryFolder folder;
  write_text(folder / "list.csv",
             "Serial;FILE;side;lot;stage;operator;date;reference\n"
             "SN1;one.jpg;Top;\"L;1\";arrived;Ann;2026-11-20;gold.bdref\n"
             "\n"
             ";/photos/two.jpg\n");
  const BatchList list = listed({(folder / "list.csv").string()});
  REQUIRE(list.samples.size() == 2);
  const BatchSample& one = list.samples[0];
  CHECK(one.path == folder / "one.jpg");
  CHECK(one.reference == folder / "gold.bdref");
  CHECK(one.serial == "SN1");
  CHECK(one.side == "top");
  CHECK(one.lot == "L;1");
  CHECK(one.stage == "arrived");
  CHECK(one.performer == "Ann");
  CHECK(one.taken == "2026-11-20");
  CHECK(list.samples[1].path == "/photos/two.jpg");
  CHECK(list.samples[1].reference.empty());
}

TEST_CASE("a list that breaks the rules is refused, with the line", "[cli][batch]") {
  const TemporaryFolder folder;
  const auto [text, why] = GENERATE(table<std::string, std::string>({
      {"", "is empty"},
      {"serial,lot\nSN1,L1\n", "line 1: there is no column file"},
      {"file,colour\na.jpg,red\n", "line 1: there is no column \"colour\"; those of a list are file, reference"},
      {"file,file\na,b\n", "line 1: the column file is there twice"},
      {"file,side\na.jpg,left\n", "line 2: the side is \"left\""},
      {"file,side\n,top\n", "line 2: names no file"},
      {"file\na.jpg,b.jpg\n", "line 2: has 2 cells, and there are 1 columns"},
  }));
  CAPTURE(text);
  write_text(folder / "list.csv", text);
  CHECK_THROWS_WITH(listed({(folder / "list.csv").string()}), Contains("list.csv") && Contains(why));
}

TEST_CASE("parts are told by their numbers, or by the array task's", "[cli][batch]") {
  CHECK(boarddiff::cli::parse_shard("3/16")->number == 3);
  CHECK(boarddiff::cli::parse_shard("3/16")->of == 16);
  for (const char* text : {"", "3", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/2", "1.5/2"}) {
    CAPTURE(text);
    CHECK_FALSE(boarddiff::cli::parse_shard(text));
  }
  const auto set = [](const char* name, const char* value) { ::setenv(name, value, 1); };
  CHECK_FALSE(boarddiff::cli::shard_of_array_task());
  set("SLURM_ARRAY_TASK_ID", "12");
  set("SLURM_ARRAY_TASK_COUNT", "4");
  set("SLURM_ARRAY_TASK_MIN", "10");
  const auto shard = boarddiff::cli::shard_of_array_task();
  for (const char* name : {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"}) ::unsetenv(name);
  REQUIRE(shard);
  CHECK(shard->number == 3);
  CHECK(shard->of == 4);
}
