// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation.h"

#include <string>
#include <vector>

namespace boarddiff::datasets {

// A missed change or a false call.
struct WorstPlace {
  imaging::Box sample_box = {};
  std::string expected = {};  // "extra_component-1-r0603: extra_component, 1.6 x 0.8 mm, bare_mask"; "nothing"
  std::string reported = {};  // "nothing"; "changed_surface, score 0.71"
};

struct WorstCase {
  std::size_t in_case = 0;  // place in evaluation.cases
  int missed = 0;
  int false_calls = 0;
  bool refused = false;
  std::vector<WorstPlace> places = {};
};

// The cases of one board with the most missed changes and false calls, worst first, each with at most three places.
[[nodiscard]] std::vector<WorstCase> worst_cases(const Evaluation& evaluation, std::size_t most);

// What a place looks like: JPEG data URIs of both pictures, turned as the sample is; empty where it is not known how
// the reference lies, or a picture cannot be read.
struct PlacePictures {
  std::string reference = {};
  std::string sample = {};
};
[[nodiscard]] std::vector<PlacePictures> place_pictures(const Case& one, const CaseResult& result,
                                                        const std::vector<WorstPlace>& places);

}  // namespace boarddiff::datasets
