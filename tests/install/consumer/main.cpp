// SPDX-License-Identifier: Apache-2.0
#include <compare/inspection.h>
#include <compare/report_json.h>

#include <iostream>

// Two pictures in, a report out, with nothing but the installed headers and libraries.
int main() {
  boarddiff::imaging::BoardImage blank;
  blank.pixels = cv::Mat(64, 64, CV_8UC3, cv::Scalar::all(128));
  const auto report = boarddiff::compare::inspect(blank, blank);
  std::cout << boarddiff::compare::report_json(report);
  return report.outcome == boarddiff::compare::Outcome::not_comparable ? 0 : 1;
}
