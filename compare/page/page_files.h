// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace boarddiff::compare {

// The files of this folder, embedded by embed.cmake. The template has the places {{csp}}, {{css}}, {{data}}, {{js}}.
struct PageFiles {
  std::string_view html = {};
  std::string_view css = {};
  std::string_view js = {};
};
[[nodiscard]] PageFiles page_files();

}  // namespace boarddiff::compare
