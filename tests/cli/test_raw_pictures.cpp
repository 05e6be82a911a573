// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "tests/cli/unlike_pair.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::imaging::Random;
using boarddiff::test::check_trouble;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::UnlikePair;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

// 320 x 240 pixels of 16 bits behind 512 bytes, as a detector dumps them.
void write_dump(const std::string& path, std::uint64_t seed) {
  Random random(seed);
  std::string bytes(512, '\xff');
  for (int i = 0; i < 320 * 240; ++i) {
    const int value = random.integer(0, 4095);
    bytes += static_cast<char>(value & 255);
    bytes += static_cast<char>(value >> 8);
  }
  write_text(path, bytes);
}

}  // namespace

TEST_CASE("dumps of a detector are compared as --raw describes them", "[cli][raw]") {
  const UnlikePair pair;
  write_dump(pair.path("golden.raw"), 1);
  write_dump(pair.path("received.raw"), 2);
  const ProgramRun run = run_program({"inspect", pair.path("golden.raw"), pair.path("received.raw"), "--modality",
                                      "xray", "--raw", "320x240:u16le:512", "--output", pair.path("out")});
  CHECK(run.status == 3);  // noise is no board
  CHECK_THAT(read_text(pair / "out/report.json"),
             Contains("\"format\": \"raw\"") && Contains("\"width\": 320") && Contains("320x240:u16le:512"));
}

TEST_CASE("a dump of another size, or without --raw, is refused and named", "[cli][raw]") {
  const UnlikePair pair;
  write_dump(pair.path("sample.raw"), 1);
  check_trouble(pair.inspect_sample("sample.raw", {"--raw", "320x241:u16le:512"}), pair,
                "sample.raw: has 154112 bytes, and --raw says 154752");
  check_trouble(pair.inspect_sample("sample.raw"), pair, "sample.raw");
  check_trouble(pair.inspect_sample("sample.raw", {"--raw", "320:u16le"}), pair, "--raw must be WIDTHxHEIGHT:FORMAT");
}
