// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/stated_size_html.h"

#include "datasets/evaluation/evaluation_words.h"
#include "datasets/evaluation/html_table.h"
#include "datasets/evaluation/svg_chart.h"

namespace boarddiff::datasets {
namespace {

std::string ground_row(const StatedOnGround& ground, const std::string& name) {
  return "<tr>" + row_head(name) + cell("number", words_of(ground.at_or_above)) +
         cell("number", words_of(ground.below_half)) + "</tr>";
}

}  // namespace

std::string stated_size_html(const StatedSizes& stated) {
  if (stated.sizes.empty()) {
    return "<p class=\"muted\">No report says from which size on parts are found.</p>";
  }
  std::string rows = ground_row(on_all_grounds(stated), "all");
  for (const StatedOnGround& ground : stated.grounds) {
    rows += ground_row(ground, ground.ground + (ground.on_board ? " (the board alone)" : ""));
  }
  return "<p>" + escaped(sentence_on(stated)) +
         "</p><p class=\"muted\">Extra parts found, of those at least as long and as wide as the size that the "
         "report of their pair states, and of those at most half as long and as wide. Virtual parts, from which the "
         "size comes, lie where the pictures are even, on the tops of large parts as well.</p>" +
         table("figures", {"on", "stated size", "half of it or less"}, rows);
}

}  // namespace boarddiff::datasets
