// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

// Private to the evaluation page.
namespace boarddiff::datasets {

// A cell around HTML, a row's head around text, and a table around rows, with words over the columns.
[[nodiscard]] std::string cell(std::string_view css_class, const std::string& html);
[[nodiscard]] std::string row_head(const std::string& text);
[[nodiscard]] std::string table(std::string_view css_class, std::initializer_list<std::string_view> heads,
                                const std::string& rows);

}  // namespace boarddiff::datasets
