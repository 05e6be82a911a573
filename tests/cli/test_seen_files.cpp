// SPDX-License-Identifier: Apache-2.0
#include "cli/case/case_store.h"
#include "cli/case/sample_identity.h"
#include "cli/case/seen_files.h"
#include "tests/cli/made_up_case.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <thread>

namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::compare::DatabaseAccess;
using boarddiff::test::MadeUpCase;
using boarddiff::test::rows_of;
using boarddiff::test::write_text;

namespace {

const std::string kKept = "a hash that no file has";

// A file whose hash was kept as another than it has, so that it is seen whether it is read.
class KeptFile {
 public:
  KeptFile() : store_(made_ / "a.bdcase", DatabaseAccess::create) {
    write_text(file(), "before");
    keep_seen(store_.database(), file().string(),
              {.hash = {.sha256 = kKept}, .was_read = true, .keep = stamp_of(file())});
    // The clock of file systems has steps of milliseconds.
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }

  [[nodiscard]] fs::path file() const { return made_ / "a.jpg"; }
  [[nodiscard]] const MadeUpCase& made() const { return made_; }
  [[nodiscard]] boarddiff::compare::Database& database() { return store_.database(); }
  [[nodiscard]] SeenFile seen(bool read_all = false) {
    return seen_file(store_.database(), file(), file().string(), read_all);
  }

 private:
  MadeUpCase made_ = {};
  CaseStore store_;
};

}  // namespace

TEST_CASE("a file that is as it was is not read, unless that is asked for", "[cli][seen]") {
  KeptFile kept;
  const SeenFile seen = kept.seen();
  CHECK(seen.hash.sha256 == kKept);
  CHECK_FALSE(seen.was_read);
  CHECK(kept.seen(true).hash.sha256 == hash_of("before"));
}

TEST_CASE("a file of another size, time or place on the disk is read again", "[cli][seen]") {
  KeptFile kept;
  const fs::file_time_type time = fs::last_write_time(kept.file());
  SECTION("other content of the same size, with the time set back") {
    write_text(kept.file(), "behind");
    fs::last_write_time(kept.file(), time);
    CHECK(stamp_of(kept.file())->size == 6);
    CHECK(kept.seen().hash.sha256 == hash_of("behind"));
  }
  SECTION("touched") {
    fs::last_write_time(kept.file(), time + std::chrono::nanoseconds(1000));
    CHECK(kept.seen().was_read);
    CHECK(kept.seen().hash.sha256 == hash_of("before"));
  }
  SECTION("another file in its place, with its time") {
    write_text(kept.made() / "new.jpg", "behind");
    fs::last_write_time(kept.made() / "new.jpg", time);
    fs::rename(kept.made() / "new.jpg", kept.file());
    CHECK(kept.seen().hash.sha256 == hash_of("behind"));
  }
  SECTION("longer") {
    write_text(kept.file(), "a little more");
    CHECK(kept.seen().hash.sha256 == hash_of("a little more"));
  }
  SECTION("gone") {
    fs::remove(kept.file());
    CHECK_FALSE(kept.seen().hash.trouble.empty());
  }
}

TEST_CASE("each part of a stamp counts", "[cli][seen]") {
  KeptFile kept;
  const std::optional<FileStamp> stamp = stamp_of(kept.file());
  REQUIRE(stamp);
  for (std::int64_t FileStamp::*part :
       {&FileStamp::size, &FileStamp::modified_ns, &FileStamp::changed_ns, &FileStamp::inode}) {
    FileStamp other = *stamp;
    other.*part += 1;
    keep_seen(kept.database(), kept.file().string(), {.hash = {.sha256 = kKept}, .was_read = true, .keep = other});
    CHECK(kept.seen().was_read);
  }
}

TEST_CASE("what was changed within the last two seconds is not relied on", "[cli][seen]") {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::chrono::system_clock::time_point now(std::chrono::seconds(1000));
  const FileStamp old{.size = 1, .modified_ns = 998 * kSecond, .changed_ns = 998 * kSecond, .inode = 1};
  CHECK(is_settled(old, now));
  FileStamp young = old;
  young.modified_ns += 1;
  CHECK_FALSE(is_settled(young, now));
  young = old;
  young.changed_ns += 1;
  CHECK_FALSE(is_settled(young, now));
  young.changed_ns = 2000 * kSecond;  // a clock that is wrong
  CHECK_FALSE(is_settled(young, now));

  KeptFile kept;
  const SeenFile fresh = kept.seen(true);
  CHECK(fresh.was_read);
  CHECK_FALSE(fresh.keep.has_value());
  // What was kept of it before is forgotten.
  keep_seen(kept.database(), kept.file().string(), fresh);
  CHECK(kept.seen().was_read);
}

TEST_CASE("a folder has no stamp, nor has what is not there", "[cli][seen]") {
  const MadeUpCase made;
  CHECK_FALSE(stamp_of(made / "").has_value());
  CHECK_FALSE(stamp_of(made / "none").has_value());
}

TEST_CASE("the second start of a batch reads no picture again, and comes to the same rows", "[cli][seen]") {
  const MadeUpCase made;
  const fs::path old = fs::path(BOARDDIFF_DOCS) / "case-file.md";  // no picture, and older than two seconds
  const BatchSample young = made.sample("young.jpg", "a");
  fs::last_write_time(young.path, fs::file_time_type::clock::now() + std::chrono::hours(1));
  const BatchPlan plan = made.plan_of({{.path = old}, young, {.path = made / "gone.jpg"}});
  const auto run = [&](BatchPlan what) {
    CaseStore store(made / "a.bdcase", DatabaseAccess::create);
    return store.plan(what);
  };
  const Planned first = run(plan);
  CHECK(first.read == 3);
  const std::string rows = rows_of(made / "a.bdcase");
  const Planned second = run(plan);
  CHECK(second.read == 2);
  CHECK(second.ids == first.ids);
  CHECK(rows_of(made / "a.bdcase") == rows);
  BatchPlan all = plan;
  all.hash_all = true;
  CHECK(run(all).read == 3);
  CHECK(rows_of(made / "a.bdcase") == rows);
}
