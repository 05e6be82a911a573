// SPDX-License-Identifier: Apache-2.0
#include "cli/stage_flags.h"

#include "cli/layout_flags.h"

namespace boarddiff::cli {
namespace {

FlagGroup normalization_flags(imaging::NormalizationOptions& options) {
  return {"Normalization",
          {
              {"normalization.max-side-px", &options.max_side_px, "longer side of the pictures that are compared"},
          }};
}

FlagGroup quality_flags(imaging::QualityOptions& options) {
  return {
      "Picture quality",
      {
          {"quality.smallest-part-mm", &options.smallest_part_mm,
           "short side of the smallest part that must be seen; places where blur or resolution would hide it are not "
           "inspected; without a scale it is taken to be 8 pixels of the compared pictures"},
      }};
}

FlagGroup evidence_flags(compare::EvidenceOptions& options) {
  return {"Evidence",
          {
              {"evidence.cell-px", &options.cell_px, "side of the cells that are compared, in normalised pixels"},
              {"evidence.colour-weight", &options.colour_weight, "of colour against the pattern of edges"},
          }};
}

FlagGroup layout_flags(compare::LayoutOptions& options) {
  return {"Layout",
          {
              {"layout.min-side-px", &options.min_side_px, "of a body, in normalised pixels"},
              {"layout.max-side-share", &options.max_side_share, "of the longer side; larger is not a component"},
          }};
}

FlagGroup proposal_flags(compare::ProposalOptions& options) {
  return {
      "Findings",
      {
          {"false-calls-per-board", &options.false_calls_per_board,
           "the threshold: findings set the outcome, and on boards without a change so many of them are expected; more "
           "finds more"},
          {"watch.false-calls-per-board", &options.watch_false_calls_per_board,
           "the threshold in the regions of --watch, as if all of the board were watched; never stricter than the one "
           "above"},
          {"finding.candidates-per-board", &options.candidates_per_board,
           "what comes with more false calls than these is not reported"},
          {"finding.max-candidates", &options.max_candidates, "the weakest beyond it are left out"},
      }};
}

FlagGroup marking_flags(compare::MarkingOptions& options) {
  return {"Markings",
          {
              {"marking.max-places", &options.max_places,
               "parts whose print is read, the best findings first; 0: neither print nor codes are read"},
          }};
}

FlagGroup sensitivity_flags(compare::SensitivityOptions& options) {
  return {"Sensitivity",
          {
              {"sensitivity.copies", &options.copies,
               "of the sample, into which virtual parts are planted to see which would be found; 0: not measured"},
              {"sensitivity.seed", &options.seed, "of where they lie"},
          }};
}

}  // namespace

FlagGroup load_flags(imaging::LoadOptions& options) {
  return {"Loading",
          {
              {"load.max-megapixels", &options.max_megapixels, "larger pictures are refused before they are decoded"},
              {"accept-damaged", &options.accept_damaged, "use what is left of a file with missing or corrupt data"},
              {"load.frame", &options.frame,
               "which one of the frames of a DICOM file or pages of a TIFF file, from 1 on; 0: the mean of all frames, "
               "and the first page"},
              {"raw", &options.raw,
               "WIDTHxHEIGHT:FORMAT[:OFFSET] of pictures without a file format, as detectors dump them: FORMAT is u8, "
               "u16le, u16be or f32le, and OFFSET bytes come first"},
          }};
}

FlagGroup registration_flags(imaging::RegistrationOptions& options) {
  return {"Registration",
          {
              {"registration.max-side-px", &options.max_side_px,
               "longer side of the pictures that features are taken from"},
              {"registration.max-features", &options.max_features, "features in each picture"},
              {"registration.min-inliers", &options.min_inliers, "fewer consistent matches are never a fit"},
              {"registration.max-tilt-deg", &options.max_tilt_deg, "between the two views of the board"},
              {"registration.seed", &options.seed, "of the robust estimator"},
          }};
}

std::vector<FlagGroup> inspection_flags(compare::InspectionOptions& options) {
  return {
      registration_flags(options.registration),
      normalization_flags(options.normalization),
      quality_flags(options.quality),
      evidence_flags(options.evidence),
      layout_flags(options.layout),
      part_flags(options.parts),
      design_fit_flags(options.design),
      proposal_flags(options.finding),
      marking_flags(options.marking),
      sensitivity_flags(options.sensitivity),
  };
}

}  // namespace boarddiff::cli
