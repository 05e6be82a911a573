// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::cli {

struct ReviewSettings {
  std::string case_name = {};  // shown
  std::string reviewer = {};   // whose decisions these are
  int signatures = 1;          // reviewers who have to agree about a finding
  int port = 0;                // 0: any that is free
  double vigilance = 0;        // share of the boards that show a virtual part besides their findings
};

}  // namespace boarddiff::cli
