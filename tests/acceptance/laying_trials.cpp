// SPDX-License-Identifier: Apache-2.0
// Lays X-rays of rendered boards on photographs of the same boards, and on those of others, which must be refused, and
// prints how often and how well, by style, as a table in Markdown.
#include "datasets/board_pair.h"
#include "imaging/base/execution.h"
#include "imaging/base/order_statistics.h"
#include "imaging/base/text.h"
#include "imaging/lay_xray.h"
#include "imaging/prepare_xray.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardPair;
using datasets::BoardStyle;
using datasets::Severity;
using imaging::Modality;

namespace {

constexpr double kRight_mm = 1;  // all over the board; a wrong way is off by centimetres

struct Counts {
  int pairs = 0;
  int right = 0;
  int wrong = 0;
  int strangers = 0;
  int strangers_laid = 0;
  std::vector<float> errors_px = {};
  double largest_mm = 0;
  std::vector<float> agreeing = {};
};

void add(Counts& all, const Counts& some) {
  all.pairs += some.pairs;
  all.right += some.right;
  all.wrong += some.wrong;
  all.strangers += some.strangers;
  all.strangers_laid += some.strangers_laid;
  all.largest_mm = std::max(all.largest_mm, some.largest_mm);
  all.errors_px.insert(all.errors_px.end(), some.errors_px.begin(), some.errors_px.end());
  all.agreeing.insert(all.agreeing.end(), some.agreeing.begin(), some.agreeing.end());
}

BoardPair pair_of(Modality modality, BoardStyle style, Severity severity, std::uint64_t seed) {
  return datasets::make_board_pair({.style = style, .modality = modality, .severity = severity}, seed);
}

// Whose X-ray: that of the unit in the photograph, taken as squarely, or another unit's, turned and tilted as its
// severity says.
enum class Unit { same, other };

const imaging::BoardImage& xray_of(const BoardPair& pair, Unit unit) {
  return unit == Unit::same ? pair.reference : pair.sample;
}

// How far places of the board are, in pixels of the X-ray, from where the reference's photograph has them.
std::vector<float> errors_px(const imaging::PlaneMap& plane, const BoardPair& photo, const BoardPair& xray, Unit unit) {
  std::vector<float> errors;
  for (std::size_t i = 0; i < photo.points.size(); ++i) {
    for (std::size_t k = 0; k < xray.points.size(); ++k) {
      if ((photo.points_mm[i] - xray.points_mm[k]).norm() > 1e-6) continue;
      const imaging::Point found = to_sample(plane, photo.points[i].in_reference);
      const imaging::Point& truth = unit == Unit::same ? xray.points[k].in_reference : xray.points[k].in_sample;
      errors.push_back(static_cast<float>((found - truth).norm()));
    }
  }
  return errors;
}

void lay(const BoardPair& photo, const BoardPair& xray, Unit unit, bool same_board, Counts& counts) {
  const imaging::XrayOnPhoto laid = lay_xray_on_photo(photo.reference, imaging::prepared_xray(xray_of(xray, unit)));
  if (!same_board) {
    ++counts.strangers;
    counts.strangers_laid += laid.found ? 1 : 0;
    return;
  }
  ++counts.pairs;
  if (!laid.found) return;
  const std::vector<float> errors = errors_px(laid.plane, photo, xray, unit);
  const float worst = *std::max_element(errors.begin(), errors.end());
  const double worst_mm = worst / *photo.reference.pixels_per_mm;
  ++(worst_mm <= kRight_mm ? counts.right : counts.wrong);
  counts.largest_mm = std::max(counts.largest_mm, worst_mm);
  counts.errors_px.insert(counts.errors_px.end(), errors.begin(), errors.end());
  counts.agreeing.push_back(static_cast<float>(laid.agreeing) / static_cast<float>(laid.places));
}

std::string row(const std::string& name, const Counts& counts) {
  const auto px = [&](double share) {
    return counts.errors_px.empty() ? std::string("-")
                                    : imaging::fixed_text(imaging::quantile(counts.errors_px, share), 2);
  };
  return "| " + name + " | " + std::to_string(counts.pairs) + " | " + std::to_string(counts.right) + " | " +
         std::to_string(counts.wrong) + " | " + px(0.5) + " | " + px(0.95) + " | " +
         imaging::fixed_text(counts.largest_mm, 2) + " | " +
         (counts.agreeing.empty()
              ? std::string("-")
              : imaging::fixed_text(*std::min_element(counts.agreeing.begin(), counts.agreeing.end()), 2)) +
         " | " + std::to_string(counts.strangers_laid) + " of " + std::to_string(counts.strangers) + " |\n";
}

struct StyleCounts {
  Counts same = {};
  Counts other = {};
};

StyleCounts trials_of(BoardStyle style, std::uint64_t first_seed) {
  constexpr int kBoards = 4;
  StyleCounts counts;
  for (const Severity severity : datasets::kSeverities) {
    std::optional<BoardPair> before;
    for (std::uint64_t seed = first_seed; seed < first_seed + kBoards; ++seed) {
      const BoardPair photo = pair_of(Modality::photo, style, severity, seed);
      BoardPair xray = pair_of(Modality::xray, style, severity, seed);
      lay(photo, xray, Unit::same, true, counts.same);
      lay(photo, xray, Unit::other, true, counts.other);
      if (before) {
        lay(photo, *before, Unit::same, false, counts.same);
        lay(photo, *before, Unit::other, false, counts.other);
      }
      before = std::move(xray);
    }
    first_seed += kBoards;
  }
  return counts;
}

int run(const std::string& set) {
  const bool held_back = set == "held-back";
  const std::vector<BoardStyle> styles =
      held_back ? std::vector{BoardStyle::network_switch, BoardStyle::handheld, BoardStyle::motor_drive}
                : std::vector{BoardStyle::server, BoardStyle::controller, BoardStyle::through_hole};
  std::cout << "| boards | pairs | laid right | laid wrong | error p50 px | p95 px | largest mm | least agreeing | "
               "other boards laid |\n"
               "|---|---|---|---|---|---|---|---|---|\n";
  StyleCounts all;
  std::uint64_t seed = held_back ? 8900 : 7900;
  for (const BoardStyle style : styles) {
    const StyleCounts counts = trials_of(style, seed);
    const std::string name(name_of(style));
    std::cout << row(name, counts.same) << row(name + ", another unit", counts.other) << std::flush;
    add(all.same, counts.same);
    add(all.other, counts.other);
    seed += 100;
  }
  std::cout << row("**all**", all.same) << row("**all, another unit**", all.other);
  return 0;
}

}  // namespace

int main(int count, char** values) try {
  const std::string set = count == 2 ? values[1] : "";
  if (set != "development" && set != "held-back") {
    std::cerr << "usage: laying_trials development|held-back\n";
    return 2;
  }
  imaging::compute_alike_on_all_processors();
  return run(set);
} catch (const std::exception& error) {
  std::cerr << "laying_trials: " << error.what() << "\n";
  return 2;
}
