// SPDX-License-Identifier: Apache-2.0
#include "compare/picture.h"

namespace boarddiff::compare {

Picture described(const imaging::BoardImage& image) {
  return {.source = image.source,
          .width = image.size().width,
          .height = image.size().height,
          .pixels_per_mm = image.pixels_per_mm,
          .pixels_per_mm_origin = image.pixels_per_mm_origin};
}

void set_scale_of_sample(Picture& sample, const Picture& reference, const imaging::Registration& registration) {
  if (reference.pixels_per_mm && registration.ok()) {
    sample.pixels_per_mm = *reference.pixels_per_mm * registration.scale;
    sample.pixels_per_mm_origin = "registration";
  }
}

std::vector<std::string> notes_on(const imaging::BoardImage& reference, const imaging::BoardImage& sample) {
  std::vector<std::string> notes;
  for (const std::string& note : reference.notes) {
    notes.push_back("Reference: " + note);
  }
  for (const std::string& note : sample.notes) {
    notes.push_back("Sample: " + note);
  }
  if (!reference.source.sha256.empty() && reference.source.sha256 == sample.source.sha256) {
    notes.emplace_back("Reference and sample are the same file.");
  }
  return notes;
}

}  // namespace boarddiff::compare
