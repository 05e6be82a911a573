// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// What a case file knows of a finding (table `finding`); pictures are JPEG files.
struct FindingRecord {
  int number = 0;
  std::string kind = {};
  double score = 0;
  bool above_threshold = false;
  bool advisory = false;
  std::vector<double> sample_box = {};     // x, y, width, height
  std::vector<double> reference_box = {};  // likewise
  std::string near = {};
  std::string watch = {};
  std::string reason = {};
  std::string look = {};  // 8 x 8 pixels of the sample there, BGR; empty: the place is not on the reference
  std::string reference_crop = {};
  std::string sample_crop = {};
};

// What it knows of a virtual part that was found in a copy of the sample (table `virtual_part`).
struct VirtualPartRecord {
  int number = 0;
  double length = 0;
  double width = 0;
  std::string unit = {};  // of both: "mm" or "px"
  std::string look = {};
  std::string kind = {};  // this and the next: as a finding's
  double score = 0;
  std::vector<double> sample_box = {};
  std::vector<double> reference_box = {};
  std::string near = {};
  std::string watch = {};
  std::string reason = {};
  std::string painting = {};  // painting_text() of how it is painted
};

struct RegistrationRecord {
  std::string status = {};
  int inliers = 0;
  double median_px = 0;
  double p95_px = 0;
  double rotation_deg = 0;
  double scale = 1;
  double tilt_deg = 0;
  bool mirrored = false;
};

// What became of one sample.
enum class SampleEnd { inspected, unreadable, failed };
struct SampleRecord {
  SampleEnd end = SampleEnd::failed;
  std::string reason = {};   // why it was not inspected, or the report's sentence
  std::string outcome = {};  // of the report; this and the rest of inspected ones
  std::optional<RegistrationRecord> registration = {};
  std::vector<double> alignment = {};        // compare::numbers_of the plane map; empty: not aligned
  std::vector<FindingRecord> findings = {};  // and candidates
  std::vector<VirtualPartRecord> virtual_parts = {};
  std::string report = {};     // report.json
  std::string thumbnail = {};  // JPEG, in the reference's frame where the two are aligned
  std::string reference_thumbnail = {};
  double seconds = 0;
};

// As bytes between processes.
[[nodiscard]] std::string bytes_of(const SampleRecord& record);
[[nodiscard]] SampleRecord record_in(const std::string& bytes);

}  // namespace boarddiff::cli
