// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/base/output_file.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::imaging::Replace;
using boarddiff::imaging::write_file;
using boarddiff::test::read_text;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;

namespace {

std::optional<Error> error_of_writing(const std::filesystem::path& path, std::string_view bytes, Replace replace) {
  try {
    write_file(path, bytes, replace);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

// No file of this process may grow beyond `bytes` while this lives: a disk that is full, without one.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_ = {};
  void (*handler_)(int) = nullptr;
};

}  // namespace

TEST_CASE("a new file holds exactly the bytes and has no neighbour left over", "[imaging][output_file]") {
  const TemporaryFolder folder;
  const std::string bytes("\0\n\xff end", 7);
  const auto replace = GENERATE(Replace::refuse, Replace::allow);
  write_file(folder / "report.json", bytes, replace);
  CHECK(read_text(folder / "report.json") == bytes);
  CHECK(names_in(folder.path()) == std::vector<std::string>{"report.json"});
}

TEST_CASE("an empty file can be written", "[imaging][output_file]") {
  const TemporaryFolder folder;
  write_file(folder / "empty", "", Replace::refuse);
  CHECK(read_text(folder / "empty").empty());
}

TEST_CASE("a file name of the greatest length can be written", "[imaging][output_file]") {
  const TemporaryFolder folder;
  const std::string name(255, 'n');
  write_file(folder / name, "x", Replace::refuse);
  CHECK(names_in(folder.path()) == std::vector<std::string>{name});
}

TEST_CASE("an output is not executable and keeps to the umask", "[imaging][output_file]") {
  const TemporaryFolder folder;
  const mode_t before = umask(027);
  write_file(folder / "report.json", "x", Replace::refuse);
  umask(before);
  struct stat status = {};
  REQUIRE(stat((folder / "report.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("an existing output is refused and stays as it was", "[imaging][output_file]") {
  const TemporaryFolder folder;
  write_text(folder / "report.json", "old");
  const auto error = error_of_writing(folder / "report.json", "new", Replace::refuse);
  REQUIRE(error);
  CHECK(error->code() == ErrorCode::output_exists);
  CHECK(std::string(error->what()) == "will not replace " + (folder / "report.json").string() + ": File exists");
  CHECK(read_text(folder / "report.json") == "old");
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("a link that leads nowhere counts as an existing output", "[imaging][output_file]") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("nowhere", folder / "report.json");
  const auto error = error_of_writing(folder / "report.json", "new", Replace::refuse);
  REQUIRE(error);
  CHECK(error->code() == ErrorCode::output_exists);
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("an existing output is replaced as a whole when that is allowed", "[imaging][output_file]") {
  const TemporaryFolder folder;
  write_text(folder / "report.json", "old and longer");
  write_file(folder / "report.json", "new", Replace::allow);
  CHECK(read_text(folder / "report.json") == "new");
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("of several writers that may not replace exactly one succeeds", "[imaging][output_file]") {
  const TemporaryFolder folder;
  constexpr int kWriters = 8;
  std::atomic<int> successes = 0;
  std::atomic<int> refusals = 0;
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      const auto error = error_of_writing(folder / "one", std::string(100'000, char('a' + writer)), Replace::refuse);
      successes += error ? 0 : 1;
      refusals += error && error->code() == ErrorCode::output_exists ? 1 : 0;
    });
  }
  writers.clear();
  CHECK(successes == 1);
  CHECK(refusals == kWriters - 1);
  const std::string content = read_text(folder / "one");
  CHECK(content == std::string(100'000, content.at(0)));
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("a folder that cannot be written is named with the system's reason", "[imaging][output_file]") {
  const TemporaryFolder folder;
  write_text(folder / "file", "x");
  const auto replace = GENERATE(Replace::refuse, Replace::allow);
  SECTION("the parent is missing") {
    const auto error = error_of_writing(folder / "missing/report.json", "x", replace);
    REQUIRE(error);
    CHECK(error->code() == ErrorCode::unwritable_output);
    CHECK_THAT(error->what(), Catch::Contains("missing/report.json: No such file or directory"));
  }
  SECTION("the parent is a file") {
    const auto error = error_of_writing(folder / "file/report.json", "x", replace);
    REQUIRE(error);
    CHECK(error->code() == ErrorCode::unwritable_output);
    CHECK_THAT(error->what(), Catch::Contains("file/report.json: Not a directory"));
  }
  CHECK(read_text(folder / "file") == "x");
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("a folder in the output's place is left alone", "[imaging][output_file]") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "report.json");
  const auto error = error_of_writing(folder / "report.json", "x", Replace::allow);
  REQUIRE(error);
  CHECK(error->code() == ErrorCode::unwritable_output);
  CHECK_THAT(error->what(), Catch::Contains("Is a directory"));
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("when the bytes do not fit the old file stays and nothing is left over", "[imaging][output_file]") {
  const TemporaryFolder folder;
  write_text(folder / "report.json", "old");
  std::optional<Error> error;
  {
    const FileSizeLimit limit(1000);
    error = error_of_writing(folder / "report.json", std::string(5000, 'x'), Replace::allow);
  }
  REQUIRE(error);
  CHECK(error->code() == ErrorCode::unwritable_output);
  CHECK_THAT(error->what(), Catch::Contains("report.json: File too large"));
  CHECK(read_text(folder / "report.json") == "old");
  CHECK(names_in(folder.path()).size() == 1);
}
