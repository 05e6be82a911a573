// SPDX-License-Identifier: Apache-2.0
#include "compare/design_report.h"

#include "compare/like_size.h"
#include "compare/name_list.h"
#include "compare/pictured_placement.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"
#include "imaging/frame_warp.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace boarddiff::compare {

namespace {

// The sample as the reference's camera would have seen it, so that what is known of the one holds for the other.
imaging::BoardImage in_reference_frame(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                       const imaging::PlaneMap& plane, double pixels_per_mm) {
  const imaging::WarpedPicture warped = imaging::warp_into(imaging::Frame::reference, reference, sample, plane);
  return {.pixels = warped.pixels, .usable = warped.shown, .source = sample.source, .pixels_per_mm = pixels_per_mm};
}

// Whether the reference shows a part where this one stands: one whose middle it covers, or that covers its middle.
bool stands_in(const PictureLayout& layout, const SeenPart& part) {
  return std::any_of(layout.parts.begin(), layout.parts.end(), [&](const SeenPart& other) {
    const double reach = 0.5 * std::max(other.size.y(), part.size.y());
    return (other.centre - part.centre).norm() <= reach;
  });
}

int count_alone(const PictureLayout& reference, const PictureLayout& sample, const DesignFit& fit) {
  std::vector<bool> designed(sample.parts.size(), false);
  for (const auto& matches : {fit.matches, fit.on_pads}) {
    for (const PartMatch& match : matches) designed[match.seen] = true;
  }
  int count = 0;
  for (std::size_t i = 0; i < sample.parts.size(); ++i) {
    count += !designed[i] && !stands_in(reference, sample.parts[i]) ? 1 : 0;
  }
  return count;
}

std::vector<bool> seen_in(const DesignFit& fit, std::size_t parts) {
  std::vector<bool> seen(parts, false);
  for (const PartMatch& match : fit.matches) seen[match.placed] = true;
  return seen;
}

std::string name_in_list(const PlacedPart& part) { return part.designator.empty() ? "(no name)" : part.designator; }

std::string count_text(int count, const std::string& one, const std::string& many) {
  return std::to_string(count).append(count == 1 ? one : many);
}

}  // namespace

DesignReport report_on(const KnownDesign& design) {
  const DesignFit& fit = design.laid.fit;
  return {.file = design.file.name,
          .sha256 = design.file.sha256,
          .side = design.file.side,
          .fits = fit.fits,
          .reason = fit.reason,
          .matched = static_cast<int>(fit.matches.size()),
          .expected = fit.expected,
          .median_mm = fit.median_mm,
          .reference_from_board = fit.picture_from_board};
}

std::optional<SampleInDesign> find_design_in_sample(const KnownDesign& design, const imaging::BoardImage& reference,
                                                    const imaging::BoardImage& sample,
                                                    const imaging::Registration& registration,
                                                    const DesignSearchOptions& options,
                                                    const imaging::Execution& execution) {
  imaging::require(design.laid.fit.fits && registration.ok(),
                   "find_design_in_sample: the design and the sample lie on the reference");
  const Placement& placement = design.file.placement;
  // At the scale that the reference was looked at, so that what is seen in one is seen in the other.
  const double scale = design.laid.layout.pixels_per_mm;
  if (scale * std::min(1.0, registration.scale) < kLeastPixelsPerMm) {
    return std::nullopt;
  }
  const PictureLayout layout =
      find_parts(in_reference_frame(reference, sample, registration.plane, scale), options.parts, execution);
  const DesignFit fit =
      match_design(placement, design.file.side, layout, design.laid.fit.picture_from_board, options.fit);
  SampleInDesign result{.placement = placement_of(placement, design.file.side, layout, fit),
                        .seen = static_cast<int>(fit.matches.size()),
                        .in_sample_alone = count_alone(design.laid.layout, layout, fit)};
  const std::vector<bool> in_reference = seen_in(design.laid.fit, placement.parts.size());
  const std::vector<bool> in_sample = seen_in(fit, placement.parts.size());
  const PartLikelihood likelihood = in_frame(layout.likelihood, fit.picture_from_board);
  for (std::size_t i = 0; i < placement.parts.size(); ++i) {
    const PlacedPart& part = placement.parts[i];
    const bool shown = layout.shows(imaging::apply(fit.picture_from_board, part.centre_mm));
    if (part.side != design.file.side || !part.populated || in_sample[i] || !shown) continue;
    const bool unclear = likelihood.within(body_mm(part)) >= kUnclearPart;
    (!in_reference[i] ? result.unseen : unclear ? result.unclear : result.missing).push_back(name_in_list(part));
  }
  for (const PartMatch& match : fit.on_pads) {
    result.on_pads.push_back(name_in_list(placement.parts[match.placed]));
  }
  for (PlacedPart& part : result.placement.parts) {
    result.not_in_design += part.in_design ? 0 : 1;
    if (!part.in_picture) continue;
    for (imaging::Point& corner : part.in_picture->outline_px) {
      corner = to_sample(registration.plane, corner);
    }
  }
  return result;
}

std::string sentence_on(const DesignReport& report) {
  if (!report.fits) {
    return "The design " + report.file + " does not fit the reference: " + report.reason + ".";
  }
  if (!report.sample) {
    return "Of the design " + report.file + " the reference shows " + std::to_string(report.matched) + " of " +
           std::to_string(report.expected) + " parts.";
  }
  const SampleInDesign& sample = *report.sample;
  const int expected =
      sample.seen + static_cast<int>(sample.missing.size() + sample.unclear.size() + sample.unseen.size());
  std::string text = "Of " + count_text(expected, " part", " parts") + " that the design " + report.file +
                     " has here, " + std::to_string(sample.seen) + " are seen in the sample";
  if (!sample.missing.empty()) {
    text.append("; not seen, though they are in the reference: ").append(name_list(sample.missing));
  }
  if (!sample.unclear.empty()) {
    text.append("; unclear: ").append(name_list(sample.unclear));
  }
  if (!sample.unseen.empty()) {
    text.append("; seen in neither picture: ").append(std::to_string(sample.unseen.size()));
  }
  if (!sample.on_pads.empty()) {
    text.append("; on pads that are to stay empty: ").append(name_list(sample.on_pads));
  }
  text.append("; not in the design: ").append(count_text(sample.not_in_design, " part", " parts"));
  if (sample.not_in_design > 0) {
    text.append(", of them in the sample alone ").append(std::to_string(sample.in_sample_alone));
  }
  return text.append(".");
}

std::vector<std::string> notes_on(const DesignReport& report, const KnownDesign& design,
                                  const imaging::BoardImage& reference) {
  std::vector<std::string> notes = {sentence_on(report)};
  const std::vector<std::string>& of_file = design.file.placement.notes;
  notes.insert(notes.end(), of_file.begin(), of_file.end());
  if (report.fits) {
    const std::vector<std::string>& of_picture = design.laid.layout.notes;
    notes.insert(notes.end(), of_picture.begin(), of_picture.end());
  }
  if (!design.file.places.empty()) {
    notes.push_back("The design was laid where its parts were said to be: " + text_of(design.file.places) + ".");
  }
  constexpr double kLikeScale = 1.05;
  const double scale = design.laid.fit.pixels_per_mm;
  if (report.fits && reference.pixels_per_mm && !within_factor(*reference.pixels_per_mm, scale, kLikeScale)) {
    notes.push_back("By the design the reference has " + imaging::fixed_text(scale, 2) +
                    " pixels a millimetre, where " + imaging::fixed_text(*reference.pixels_per_mm, 2) +
                    " were given: one of the two is wrong.");
  }
  return notes;
}

}  // namespace boarddiff::compare
