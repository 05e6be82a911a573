// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"

#include "cli/program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <sstream>

namespace boarddiff::test {

ProgramRun run_program(const std::vector<std::string>& arguments, bool err_is_terminal) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = cli::run(arguments, {out, err, err_is_terminal});
  return {status, out.str(), err.str()};
}

void check_trouble(const ProgramRun& run, const std::string& says) {
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Catch::StartsWith("boarddiff: ") && Catch::Contains(says));
  CHECK(run.err.find('\n') == run.err.size() - 1);
}

void write_noise_picture(const std::filesystem::path& path, int width, int height, unsigned seed) {
  cv::Mat3b picture(height, width);
  unsigned state = seed * 2654435761U + 1U;
  for (cv::Vec3b& pixel : picture) {
    for (int channel = 0; channel < 3; ++channel) {
      state = state * 1664525U + 1013904223U;
      pixel[channel] = static_cast<unsigned char>(state >> 24U);
    }
  }
  std::vector<unsigned char> bytes;
  cv::imencode(".png", picture, bytes);
  write_text(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace boarddiff::test
