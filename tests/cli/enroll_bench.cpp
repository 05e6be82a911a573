// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/enroll_bench.h"

#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

namespace boarddiff::test {

EnrollBench::EnrollBench() {
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  const auto write = [&](const std::string& name, const cv::Mat& picture) { cv::imwrite(path(name), picture); };
  write("good1.png", board(cv::Rect(20, 20, 440, 340)));
  write("good2.png", board(cv::Rect(30, 25, 440, 340)));
  write("good3.png", board(cv::Rect(15, 28, 440, 340)));
  cv::Mat3b odd = board(cv::Rect(24, 14, 440, 340)).clone();
  odd(cv::Rect(180, 135, 40, 30)).setTo(cv::Scalar(20, 20, 20));
  write("odd.png", odd);
  write_noise_picture(folder_ / "noise.png", 320, 240, 1);
}

ProgramRun EnrollBench::enroll(const std::vector<std::string>& pictures, const std::vector<std::string>& more,
                               const std::string& output) const {
  std::vector<std::string> arguments = {"enroll"};
  for (const std::string& picture : pictures) {
    arguments.push_back(path(picture));
  }
  arguments.insert(arguments.end(), {"--output", path(output)});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

nlohmann::json EnrollBench::inspected(const std::string& reference, const std::string& sample,
                                      const std::vector<std::string>& more) const {
  std::vector<std::string> arguments = {"inspect",   path(reference), path(sample), "--output",
                                        path("out"), "--force",       "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const ProgramRun run = run_program(arguments);
  INFO(run.err);
  REQUIRE(run.status != 2);
  return nlohmann::json::parse(run.out);
}

}  // namespace boarddiff::test
