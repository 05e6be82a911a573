// SPDX-License-Identifier: Apache-2.0
#include "compare/sensitivity_counts.h"

#include "imaging/base/text.h"

#include <string>
#include <vector>

namespace boarddiff::compare {

namespace {

PlantedCount& operator+=(PlantedCount& sum, const PlantedCount& more) {
  sum.planted += more.planted;
  sum.found += more.found;
  return sum;
}

PlantedCount from(const std::vector<PlantedCount>& by_size, std::size_t first) {
  PlantedCount sum;
  for (std::size_t i = first; i < by_size.size(); ++i) sum += by_size[i];
  return sum;
}

std::vector<PlantedCount> of_all(const Sensitivity& sensitivity) {
  std::vector<PlantedCount> by_size;
  for (const SizeSensitivity& size : sensitivity.sizes) by_size.push_back(size.all());
  return by_size;
}

std::vector<PlantedCount> of_look(const Sensitivity& sensitivity, std::size_t look) {
  std::vector<PlantedCount> by_size;
  for (const SizeSensitivity& size : sensitivity.sizes) by_size.push_back(size.by_look.at(look));
  return by_size;
}

PlantedCount on_parts(const Sensitivity& sensitivity) {
  PlantedCount sum;
  for (const SizeSensitivity& size : sensitivity.sizes) sum += size.on_parts;
  return sum;
}

// Each size by itself has to be certain, with however few places: one that was missed counts. Few places say little, so
// that there have to be enough of this size and larger ones together.
std::optional<std::size_t> smallest_certain(const std::vector<PlantedCount>& by_size, int enough_places) {
  constexpr double kCertain = 0.95;
  std::optional<std::size_t> smallest;
  for (std::size_t i = by_size.size(); i > 0; --i) {
    const PlantedCount& own = by_size[i - 1];
    if (own.found < kCertain * own.planted) {
      break;
    }
    if (own.planted > 0 && from(by_size, i - 1).planted >= enough_places) {
      smallest = i - 1;
    }
  }
  return smallest;
}

std::string size_text(const SizeSensitivity& size, bool in_mm) {
  const auto side = [&](double length) {
    return in_mm ? imaging::number_text(length) : imaging::fixed_text(length, 0);
  };
  return side(size.length) + " x " + side(size.width) + (in_mm ? " mm" : " px");
}

std::string count_text(const PlantedCount& count) {
  return std::to_string(count.found) + " of " + std::to_string(count.planted);
}

// What is certain of some looks where it is not of all.
std::string sentence_on_looks(const Sensitivity& sensitivity) {
  std::string sentence;
  for (std::size_t look = 0; look < kLooks; ++look) {
    if (const auto& smallest = sensitivity.smallest_by_look.at(look)) {
      sentence.append(sentence.empty() ? " " : "; ")
          .append(sensitivity.look_names.at(look))
          .append(" from ")
          .append(size_text(sensitivity.sizes[*smallest], sensitivity.in_mm))
          .append(" on (")
          .append(count_text(from(of_look(sensitivity, look), *smallest)))
          .append(")");
    }
  }
  return sentence.empty() ? "" : " In 95 % of the places:" + sentence + ".";
}

}  // namespace

PlantedCount SizeSensitivity::all() const {
  PlantedCount sum;
  for (const PlantedCount& one : by_look) sum += one;
  return sum;
}

PlantedCount from_size(const Sensitivity& sensitivity, std::size_t first) { return from(of_all(sensitivity), first); }

void set_smallest(Sensitivity& sensitivity) {
  constexpr int kEnoughPlaces = 20;
  constexpr int kEnoughOfLook = 10;  // a third of the places each
  sensitivity.smallest = smallest_certain(of_all(sensitivity), kEnoughPlaces);
  for (std::size_t look = 0; look < kLooks; ++look) {
    sensitivity.smallest_by_look.at(look) = smallest_certain(of_look(sensitivity, look), kEnoughOfLook);
  }
}

std::string sentence_on(const Sensitivity& sensitivity) {
  const PlantedCount top = on_parts(sensitivity);
  const std::string on_top = top.planted > 0 ? " On top of other parts " + count_text(top) + " were found." : "";
  if (!sensitivity.smallest) {
    const SizeSensitivity& largest = sensitivity.sizes.back();
    return "Sensitivity: no size of virtual parts up to " + size_text(largest, sensitivity.in_mm) +
           " was found in 95 % of the places on the board itself, whatever it looks like (" +
           count_text(from_size(sensitivity, 0)) + " in all); what is missing from the findings may be there." +
           sentence_on_looks(sensitivity) + on_top;
  }
  const PlantedCount larger = from_size(sensitivity, *sensitivity.smallest);
  return "Sensitivity: virtual parts of " + size_text(sensitivity.sizes[*sensitivity.smallest], sensitivity.in_mm) +
         " and larger are found in 95 % of the places on the board itself (" + count_text(larger) +
         "); smaller ones may be missed." + on_top;
}

}  // namespace boarddiff::compare
