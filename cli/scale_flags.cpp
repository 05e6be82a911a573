// SPDX-License-Identifier: Apache-2.0
#include "cli/scale_flags.h"

#include "cli/text_numbers.h"

#include <string_view>

namespace boarddiff::cli {
namespace {

// "DICT_4X4_50" as in OpenCV, or without the beginning.
std::string dictionary_in(std::string_view text) {
  constexpr std::string_view kBeginning = "DICT_";
  return std::string(text.starts_with(kBeginning) ? text.substr(kBeginning.size()) : text);
}

std::optional<imaging::MeasuredDistance> points_in(const std::string& text, double distance_mm) {
  const auto parts = split(text, ',');
  std::vector<double> numbers;
  for (const std::string_view part : parts) {
    if (const auto number = number_in<double>(part)) {
      numbers.push_back(*number);
    }
  }
  if (parts.size() != 4 || numbers.size() != 4) {
    return {};
  }
  return imaging::MeasuredDistance{{numbers[0], numbers[1]}, {numbers[2], numbers[3]}, distance_mm};
}

std::optional<imaging::CharucoBoard> charuco_in(const std::string& text) {
  const auto parts = split(text, ',');
  const auto sides = split(parts.front(), 'x');
  if (parts.size() < 3 || parts.size() > 4 || sides.size() != 2) {
    return {};
  }
  const auto columns = number_in<int>(sides[0]);
  const auto rows = number_in<int>(sides[1]);
  const auto square_mm = number_in<double>(parts[1]);
  const auto marker_mm = number_in<double>(parts[2]);
  if (!columns || !rows || !square_mm || !marker_mm) {
    return {};
  }
  imaging::CharucoBoard board{.columns = *columns, .rows = *rows, .square_mm = *square_mm, .marker_mm = *marker_mm};
  if (parts.size() == 4) {
    board.dictionary = dictionary_in(parts[3]);
  }
  return board;
}

std::optional<imaging::MarkerRuler> ruler_in(const std::string& text) {
  const auto parts = split(text, ',');
  if (parts.size() < 2 || parts.size() > 3) {
    return {};
  }
  const auto marker_mm = number_in<double>(parts[0]);
  const auto pitch_mm = number_in<double>(parts[1]);
  if (!marker_mm || !pitch_mm) {
    return {};
  }
  imaging::MarkerRuler ruler{.marker_mm = *marker_mm, .pitch_mm = *pitch_mm};
  if (parts.size() == 3) {
    ruler.dictionary = dictionary_in(parts[2]);
  }
  return ruler;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

FlagGroup scale_flags(ScaleArguments& arguments) {
  return {"Millimetres (one way at most; without, the reference file's resolution counts where it is that of a scan)",
          {
              {"pixels-per-mm", &arguments.pixels_per_mm, "of the reference; sizes are then given in millimetres"},
              {"scale-points", &arguments.points, "X1,Y1,X2,Y2: two points in the reference, with --scale-mm"},
              {"scale-mm", &arguments.points_mm, "how far apart the two points lie on the board"},
              {"scale-charuco", &arguments.charuco,
               "COLUMNSxROWS,SQUARE_MM,MARKER_MM[,DICT]: a ChArUco board beside the board in the reference; DICT as in "
               "OpenCV, 4X4_50 when left out"},
              {"scale-ruler", &arguments.ruler,
               "MARKER_MM,PITCH_MM[,DICT]: ArUco markers 0, 1, 2, ... in a row in the reference"},
          }};
}

ParsedScale parse_scale(const ScaleArguments& arguments) {
  ParsedScale parsed;
  parsed.options.pixels_per_mm = arguments.pixels_per_mm;
  if (arguments.points.empty() != !arguments.points_mm) {
    const bool lacks_points = arguments.points.empty();
    parsed.problems.push_back(
        {lacks_points ? "--scale-points" : "--scale-mm",
         "must be given together with " + std::string(lacks_points ? "--scale-mm" : "--scale-points"), "missing"});
  }
  const double distance_mm = arguments.points_mm.value_or(1);
  parsed.options.points = points_in(arguments.points, distance_mm);
  if (!arguments.points.empty() && !parsed.options.points) {
    parsed.problems.push_back({"--scale-points", "must be X1,Y1,X2,Y2", quoted(arguments.points)});
  }
  parsed.options.charuco = charuco_in(arguments.charuco);
  if (!arguments.charuco.empty() && !parsed.options.charuco) {
    parsed.problems.push_back(
        {"--scale-charuco", "must be COLUMNSxROWS,SQUARE_MM,MARKER_MM[,DICT]", quoted(arguments.charuco)});
  }
  parsed.options.ruler = ruler_in(arguments.ruler);
  if (!arguments.ruler.empty() && !parsed.options.ruler) {
    parsed.problems.push_back({"--scale-ruler", "must be MARKER_MM,PITCH_MM[,DICT]", quoted(arguments.ruler)});
  }
  for (const imaging::OptionProblem& problem : problems(parsed.options)) {
    parsed.problems.push_back(problem);
  }
  return parsed;
}

}  // namespace boarddiff::cli
