// SPDX-License-Identifier: Apache-2.0
#include "compare/name_list.h"

#include <algorithm>
#include <cstddef>

namespace boarddiff::compare {

std::string name_list(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, names.size()); ++i) {
    text.append(i == 0 ? "" : ", ").append(names[i]);
  }
  if (names.size() > kMost) {
    text.append(" and ").append(std::to_string(names.size() - kMost)).append(" more");
  }
  return text;
}

}  // namespace boarddiff::compare
