// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace boarddiff::imaging {

// One option outside its rule, ready to be shown: "--registration.min-inliers must be at least 4, is 2".
struct OptionProblem {
  std::string flag = {};
  std::string rule = {};
  std::string value = {};
};

// Collects the problems of one options struct; every stage's problems(options) is a list of these calls.
class OptionRules {
 public:
  OptionRules& at_least(const std::string& flag, double value, double least);
  OptionRules& within(const std::string& flag, double value, double least, double most);
  [[nodiscard]] std::vector<OptionProblem> problems() const { return problems_; }

 private:
  std::vector<OptionProblem> problems_ = {};
};

// Behind those that are there, in order.
void append(std::vector<OptionProblem>& problems, const std::vector<OptionProblem>& more);

// Throws Error{invalid_option} that lists all problems; does nothing when there are none.
void throw_on_problems(const std::vector<OptionProblem>& problems);

}  // namespace boarddiff::imaging
