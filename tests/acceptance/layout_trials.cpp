// SPDX-License-Identifier: Apache-2.0
// Looks for the parts on rendered boards whose parts are known, and counts what is found of them, by style; then lays
// the board's own design on the picture, and those of other boards of the style, which must be refused.
#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "datasets/evaluation/layout_score.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"
#include "imaging/base/text.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;

namespace {

constexpr std::string_view kUsage =
    "usage: layout_trials development|held-back [--boards N] [--seed N] [--draw FOLDER]\n"
    "  --boards N     of each style, 3\n"
    "  --seed N       of the first board of each style\n"
    "  --draw FOLDER  pictures for the eye: green what was found, red what was not, magenta what is no part\n";

constexpr double kPixelsPerMm = 25;

struct Arguments {
  bool held_back = false;
  int boards = 3;
  std::uint64_t seed = 6100;
  std::filesystem::path draw = {};
};

imaging::Error wrong(const std::string& what) {
  return {imaging::ErrorCode::invalid_option, what + "\n" + std::string(kUsage)};
}

Arguments parsed(const std::vector<std::string>& words) {
  if (words.empty() || (words[0] != "development" && words[0] != "held-back")) throw wrong("the set is missing");
  Arguments arguments{.held_back = words[0] == "held-back"};
  if (arguments.held_back) arguments.seed = 8100;
  for (std::size_t i = 1; i < words.size(); i += 2) {
    if (i + 1 == words.size()) throw wrong(words[i] + " lacks a value");
    if (words[i] == "--boards") {
      arguments.boards = std::atoi(words[i + 1].c_str());
    } else if (words[i] == "--seed") {
      arguments.seed = std::strtoull(words[i + 1].c_str(), nullptr, 10);
    } else if (words[i] == "--draw") {
      arguments.draw = words[i + 1];
    } else {
      throw wrong(words[i] + " is not understood");
    }
  }
  return arguments;
}

std::string row(const std::string& name, const datasets::LayoutScore& score) {
  const auto share = [](int part, int whole) {
    return whole > 0 ? imaging::fixed_text(static_cast<double>(part) / whole, 3) : std::string("-");
  };
  return "| " + name + " | " + std::to_string(score.true_parts) + " | " + std::to_string(score.found_parts) + " | " +
         share(score.matched, score.true_parts) + " | " + share(score.matched, score.found_parts) + " | " +
         share(score.matched_ics, score.true_ics) + " | " + share(score.kinds_right, score.matched) + " |\n";
}

void draw(cv::Mat& picture, const imaging::Polygon& polygon, const cv::Scalar& colour) {
  std::vector<cv::Point> corners;
  for (const imaging::Point& corner : polygon) {
    corners.emplace_back(cvRound(corner.x()), cvRound(corner.y()));
  }
  cv::polylines(picture, corners, true, colour, 2);
}

void draw_parts(const datasets::BoardPair& pair, const std::vector<compare::SeenPart>& found,
                const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  cv::Mat picture = pair.reference.pixels.clone();
  for (const datasets::TrueComponent& component : pair.components) {
    if (component.populated) draw(picture, component.reference_polygon, {0, 0, 255});
  }
  for (const compare::SeenPart& part : found) {
    draw(picture, compare::outline_of(part), {0, 255, 0});
  }
  cv::imwrite((folder / (pair.board + ".jpg")).string(), picture);
}

// A board, and what is seen on its reference picture.
struct Looked {
  datasets::BoardPair pair = {};
  compare::PictureLayout layout = {};
};

Looked look_at(datasets::BoardStyle style, std::uint64_t seed) {
  Looked looked{.pair = datasets::make_board_pair(
                    {.style = style, .megapixels = megapixels_at(make_board_design(style, seed), kPixelsPerMm)}, seed)};
  looked.layout = compare::find_parts(looked.pair.reference);
  return looked;
}

compare::DesignFit fit_of(const datasets::BoardPair& design, const Looked& looked) {
  return fit_design(datasets::placement_of(design.components), compare::BoardSide::top, looked.layout);
}

// Mean distance of points of the board from where the fit puts them.
double error_mm(const compare::DesignFit& fit, const datasets::BoardPair& pair) {
  double sum = 0;
  for (std::size_t i = 0; i < pair.points.size(); ++i) {
    sum += (imaging::apply(fit.picture_from_board, pair.points_mm[i]) - pair.points[i].in_reference).norm();
  }
  return sum / static_cast<double>(pair.points.size()) / *pair.reference.pixels_per_mm;
}

struct FitCounts {
  int own = 0;
  int own_fits = 0;
  int others = 0;
  int others_fit = 0;
  double worst_mm = 0;
};

void lay_designs(const std::vector<Looked>& boards, FitCounts& counts) {
  for (const Looked& looked : boards) {
    for (const Looked& design : boards) {
      const compare::DesignFit fit = fit_of(design.pair, looked);
      if (&design != &looked) {
        ++counts.others;
        counts.others_fit += fit.fits ? 1 : 0;
        continue;
      }
      ++counts.own;
      counts.own_fits += fit.fits ? 1 : 0;
      const double error = fit.fits ? error_mm(fit, looked.pair) : 0;
      counts.worst_mm = std::max(counts.worst_mm, error);
      std::cout << looked.pair.board << ": "
                << (fit.fits
                        ? "design fits, " + std::to_string(fit.matches.size()) + " of " + std::to_string(fit.expected) +
                              " parts, mean error " + imaging::fixed_text(error, 3) + " mm"
                        : fit.reason)
                << "\n";
    }
  }
}

int run(const Arguments& arguments) {
  using datasets::BoardStyle;
  const std::array styles = arguments.held_back
                                ? std::array{BoardStyle::network_switch, BoardStyle::handheld, BoardStyle::motor_drive}
                                : std::array{BoardStyle::server, BoardStyle::controller, BoardStyle::through_hole};
  std::cout << "| board | parts | found | recall | precision | ICs | kind |\n|---|---|---|---|---|---|---|\n";
  datasets::LayoutScore all;
  std::vector<std::vector<Looked>> by_style;
  for (const BoardStyle style : styles) {
    datasets::LayoutScore of_style;
    std::vector<Looked>& boards = by_style.emplace_back();
    for (int i = 0; i < arguments.boards; ++i) {
      boards.push_back(look_at(style, arguments.seed + static_cast<std::uint64_t>(i)));
      const Looked& looked = boards.back();
      const datasets::LayoutScore score =
          datasets::score_layout(looked.layout.parts, looked.pair.components, datasets::PictureOf::reference);
      of_style += score;
      std::cout << row(looked.pair.board, score) << std::flush;
      if (!arguments.draw.empty()) draw_parts(looked.pair, looked.layout.parts, arguments.draw);
    }
    std::cout << row("**" + std::string(name_of(style)) + "**", of_style) << std::flush;
    all += of_style;
  }
  std::cout << row("**all**", all) << "\n";
  FitCounts counts;
  for (const std::vector<Looked>& boards : by_style) {
    lay_designs(boards, counts);
  }
  std::cout << counts.own_fits << " of " << counts.own << " designs fit their own picture, mean error at most "
            << imaging::fixed_text(counts.worst_mm, 3) << " mm; " << counts.others_fit << " of " << counts.others
            << " fit another board's\n";
  return 0;
}

}  // namespace

int main(int count, char** values) try {
  imaging::compute_alike_on_all_processors();
  return run(parsed({values + 1, values + count}));
} catch (const std::exception& error) {
  std::cerr << "layout_trials: " << error.what() << "\n";
  return 2;
}
