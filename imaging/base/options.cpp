// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/options.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"

namespace boarddiff::imaging {

// The comparisons are written so that NaN breaks every rule.
OptionRules& OptionRules::at_least(const std::string& flag, double value, double least) {
  if (!(value >= least)) {
    problems_.push_back({flag, "must be at least " + number_text(least), number_text(value)});
  }
  return *this;
}

OptionRules& OptionRules::within(const std::string& flag, double value, double least, double most) {
  if (!(value >= least && value <= most)) {
    problems_.push_back(
        {flag, "must be between " + number_text(least) + " and " + number_text(most), number_text(value)});
  }
  return *this;
}

void append(std::vector<OptionProblem>& problems, const std::vector<OptionProblem>& more) {
  problems.insert(problems.end(), more.begin(), more.end());
}

void throw_on_problems(const std::vector<OptionProblem>& problems) {
  if (problems.empty()) {
    return;
  }
  std::string text;
  for (const OptionProblem& problem : problems) {
    text += (text.empty() ? "" : "; ") + problem.flag + " " + problem.rule + ", is " + problem.value;
  }
  throw Error(ErrorCode::invalid_option, text);
}

}  // namespace boarddiff::imaging
