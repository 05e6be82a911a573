// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/html_table.h"

#include "datasets/evaluation/svg_chart.h"

namespace boarddiff::datasets {

std::string cell(std::string_view css_class, const std::string& html) {
  return "<td" + (css_class.empty() ? "" : " class=\"" + std::string(css_class) + "\"") + ">" + html + "</td>";
}

std::string row_head(const std::string& text) { return "<th scope=\"row\">" + escaped(text) + "</th>"; }

std::string table(std::string_view css_class, std::initializer_list<std::string_view> heads, const std::string& rows) {
  std::string html = "<div class=\"scroll\"><table class=\"" + std::string(css_class) + "\"><thead><tr>";
  for (const std::string_view head : heads) {
    html += "<th scope=\"col\">" + escaped(head) + "</th>";
  }
  return html + "</tr></thead><tbody>" + rows + "</tbody></table></div>";
}

}  // namespace boarddiff::datasets
