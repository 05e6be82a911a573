// SPDX-License-Identifier: Apache-2.0
#include "cli/xray_flags.h"

#include "cli/text_numbers.h"

namespace boarddiff::cli {
namespace {

std::optional<imaging::Point> point_in(std::string_view text) {
  const auto parts = split(text, ',');
  if (parts.size() != 2) {
    return {};
  }
  const auto x = number_in<double>(parts[0]);
  const auto y = number_in<double>(parts[1]);
  return x && y ? std::optional(imaging::Point(*x, *y)) : std::nullopt;
}

}  // namespace

FlagGroup xray_flags(XrayFiles& files, std::string& places) {
  return {"X-rays besides photographs",
          {
              {"xray-reference", &files.reference,
               "X-ray of the known-good board, from the side that the photographs show; or a file that boarddiff "
               "enroll made of X-rays",
               false},
              {"xray-sample", &files.sample, "X-ray of the board in question, from the same side", false},
              {"xray-places", &places,
               "four or more places that the photograph and the X-ray of the reference both show, "
               "X,Y=X,Y;X,Y=X,Y;...: the X-ray is laid there, and not by sight",
               false},
          }};
}

ParsedXrayPlaces parse_xray_places(const std::string& text) {
  ParsedXrayPlaces parsed;
  if (text.empty()) {
    return parsed;
  }
  constexpr std::size_t kLeast = 4;
  const auto pieces = split(text, ';');
  for (const std::string_view piece : pieces) {
    const auto sides = split(piece, '=');
    const auto photo = point_in(sides.front());
    const auto xray = sides.size() == 2 ? point_in(sides.back()) : std::nullopt;
    if (photo && xray) parsed.places.push_back({.reference = *photo, .sample = *xray});
  }
  if (parsed.places.size() < kLeast || parsed.places.size() != pieces.size()) {
    parsed.problems.push_back({"--xray-places", "must be four or more X,Y=X,Y with semicolons in between", text});
  }
  return parsed;
}

std::vector<imaging::OptionProblem> problems_with_xrays(const InspectionJob& job, const std::string& places) {
  std::vector<imaging::OptionProblem> found;
  const bool some = !job.xray.reference.empty() || !job.xray.sample.empty();
  if (job.xray.reference.empty() != job.xray.sample.empty()) {
    const bool first = job.xray.reference.empty();
    found.push_back({first ? "--xray-reference" : "--xray-sample",
                     "must be given together with " + std::string(first ? "--xray-sample" : "--xray-reference"),
                     "missing"});
  }
  if (!places.empty() && !some) {
    found.push_back({"--xray-places", "says where --xray-reference lies on the photograph; there is none", places});
  }
  if (some && job.inspection.modality == imaging::Modality::xray) {
    found.push_back({"--modality", "must be photo where X-rays are given besides", "xray"});
  }
  return found;
}

}  // namespace boarddiff::cli
