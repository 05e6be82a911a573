// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"
#include "imaging/base/error.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using boarddiff::cli::FlagGroup;
using boarddiff::cli::flags_help;
using boarddiff::cli::parse_arguments;
using boarddiff::cli::ParsedArguments;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

struct Fields {
  int count = 7;
  double share = 0.1;
  std::uint64_t seed = 1;
  bool loud = false;
  std::optional<double> size = {};
  std::filesystem::path folder = {};
};

std::vector<FlagGroup> groups_for(Fields& fields) {
  return {{"Stage",
           {{"stage.count", &fields.count, "things"},
            {"stage.share", &fields.share, "of the things"},
            {"stage.seed", &fields.seed, "of the draw"},
            {"loud", &fields.loud, "a switch"},
            {"size", &fields.size, "nothing by default"},
            {"folder", &fields.folder, "not for the configuration file", false}}}};
}

// The message of the error that parsing ends with.
std::string refusal(const std::vector<std::string>& arguments) {
  Fields fields;
  try {
    (void)parse_arguments(groups_for(fields), arguments);
  } catch (const Error& error) {
    CHECK((error.code() == ErrorCode::invalid_option || error.code() == ErrorCode::unreadable_file));
    return error.what();
  }
  return "parsed";
}

}  // namespace

TEST_CASE("flags set fields in either spelling and leave the others alone", "[cli][arguments]") {
  Fields fields;
  const ParsedArguments parsed =
      parse_arguments(groups_for(fields), {"a.png", "--stage.count=-3", "--size", "-2.5", "--loud", "b.png"});
  CHECK(parsed.files == std::vector<std::string>{"a.png", "b.png"});
  CHECK(parsed.problems.empty());
  CHECK(fields.count == -3);
  CHECK(fields.size == -2.5);
  CHECK(fields.loud);
  CHECK(fields.share == 0.1);
  CHECK(fields.folder.empty());
}

TEST_CASE("a file may begin with a dash behind two dashes", "[cli][arguments]") {
  Fields fields;
  CHECK(parse_arguments(groups_for(fields), {"--", "-x.png"}).files == std::vector<std::string>{"-x.png"});
}

TEST_CASE("help shows the value that the field has", "[cli][arguments]") {
  Fields fields;
  fields.share = 0.3;
  const std::string help = flags_help(groups_for(fields));
  CHECK_THAT(help, Contains("--stage.share N (=0.3)") && Contains("--stage.count N (=7)") && Contains("--size N "));
}

TEST_CASE("all values that cannot be taken are reported, and their fields keep the default", "[cli][arguments]") {
  Fields fields;
  const ParsedArguments parsed =
      parse_arguments(groups_for(fields),
                      {"--stage.count=3.5", "--stage.share=0,5", "--stage.seed=-1", "--size=12mm", "--folder", "out"});
  REQUIRE(parsed.problems.size() == 4);
  CHECK(parsed.problems[0].flag == "--stage.count");
  CHECK(parsed.problems[0].rule == "must be a whole number");
  CHECK(parsed.problems[0].value == "\"3.5\"");
  CHECK(parsed.problems[1].flag == "--stage.share");
  CHECK(parsed.problems[2].rule == "must be a whole number of at least 0");
  CHECK(parsed.problems[3].flag == "--size");
  CHECK(fields.count == 7);
  CHECK(fields.share == 0.1);
  CHECK(fields.seed == 1);
  CHECK_FALSE(fields.size.has_value());
  CHECK(fields.folder == "out");
}

TEST_CASE("unknown flags are all named, with what was probably meant", "[cli][arguments]") {
  const std::string message = refusal({"--stage.cuont", "3", "--quietly", "-x"});
  CHECK_THAT(message, Contains("unknown option --stage.cuont; did you mean --stage.count?"));
  CHECK_THAT(message, Contains("unknown option --quietly") && Contains("unknown option -x"));
}

TEST_CASE("flags are not guessed from their beginning", "[cli][arguments]") {
  CHECK_THAT(refusal({"--stage.cou=3"}), Contains("unknown option --stage.cou"));
}

TEST_CASE("a flag without its value, given twice, or a switch with a value is refused", "[cli][arguments]") {
  CHECK_THAT(refusal({"--stage.count"}), Contains("--stage.count") && Contains("missing"));
  CHECK_THAT(refusal({"--size", "1", "--size", "2"}), Contains("--size") && Contains("more than once"));
  CHECK_THAT(refusal({"--loud=yes"}), Contains("--loud"));
}

TEST_CASE("the command line wins over the configuration file", "[cli][arguments]") {
  const TemporaryFolder folder;
  const auto file = folder / "settings.ini";
  write_text(file, "# both forms\nloud = yes\nstage.share = 0.7\n[stage]\ncount = 11\r\nseed = 12\n");
  Fields fields;
  const ParsedArguments parsed =
      parse_arguments(groups_for(fields), {"--config", file.string(), "--stage.count", "13"});
  CHECK(parsed.config == file);
  CHECK(parsed.problems.empty());
  CHECK(fields.count == 13);
  CHECK(fields.seed == 12);
  CHECK(fields.share == 0.7);
  CHECK(fields.loud);
}

TEST_CASE("what is wrong in the configuration file is named with the file", "[cli][arguments]") {
  const TemporaryFolder folder;
  const auto file = folder / "settings.ini";
  const auto refusal_of = [&](std::string_view text) {
    write_text(file, text);
    return refusal({"--config", file.string()});
  };
  CHECK_THAT(refusal_of("stage.cout = 3\nbig = 1\n"),
             Contains(file.string() + ": unknown key stage.cout; did you mean stage.count?") &&
                 Contains(file.string() + ": unknown key big"));
  CHECK_THAT(refusal_of("folder = out\n"), Contains(file.string() + ": unknown key folder"));
  CHECK_THAT(refusal_of("stage.count 3\n"), Contains(file.string()) && Contains("stage.count 3"));
  CHECK_THAT(refusal_of("stage.count = 3\nstage.count = 4\n"), Contains(file.string()) && Contains("more than once"));
}

TEST_CASE("a value of the configuration file follows the same rules", "[cli][arguments]") {
  const TemporaryFolder folder;
  write_text(folder / "settings.ini", "[stage]\ncount = many\n");
  Fields fields;
  const ParsedArguments parsed = parse_arguments(groups_for(fields), {"--config", (folder / "settings.ini").string()});
  REQUIRE(parsed.problems.size() == 1);
  CHECK(parsed.problems[0].flag == "--stage.count");
}

TEST_CASE("a configuration file that cannot be read is named", "[cli][arguments]") {
  const TemporaryFolder folder;
  CHECK_THAT(refusal({"--config", (folder / "none.ini").string()}), Contains((folder / "none.ini").string()));
  CHECK_THAT(refusal({"--config", folder.path().string()}), Contains(folder.path().string()));
}
