// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boarddiff::datasets {

// Inline SVG without scripts and styles of its own: classes that the page's style sheet knows.

// A share from 0 to 1 over a logarithmic axis, as a stair: between two points the first one's share holds.
struct ChartSeries {
  std::string name = {};
  std::string_view css_class = {};                    // "now", "before"
  std::vector<std::pair<double, double>> steps = {};  // x from the least, share
};
struct ChartAxes {
  std::string x_words = {};
  std::string y_words = {};
  double x_least = 0.1;  // what lies left of it is drawn there
  double x_most = 100;
  std::vector<double> marks = {};  // places of x where the first series is marked and its share written
};
[[nodiscard]] std::string stair_chart(const ChartAxes& axes, const std::vector<ChartSeries>& series);

// A share from 0 to 1 as a bar, with a line from `low` to `high` where there are bounds.
[[nodiscard]] std::string share_bar(double share, const std::optional<std::pair<double, double>>& bounds);

// Text for HTML and attributes in double quotes.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace boarddiff::datasets
