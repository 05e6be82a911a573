// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/enrolled_variation.h"
#include "compare/named_places.h"
#include "compare/placement.h"
#include "imaging/board_image.h"
#include "imaging/features.h"
#include "imaging/plane_map.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace boarddiff::compare {

// One known-good board of a reference file.
struct EnrolledBoard {
  std::string file = {};                     // its picture's name without folders
  std::string bytes = {};                    // its picture's file, as it was given
  std::string sha256 = {};                   // of them
  cv::Size size = {};                        // of the picture, as shown
  std::string raw = {};                      // what was said of its bytes (LoadOptions::raw), and
  int frame = 0;                             // which of its frames was taken (LoadOptions::frame)
  std::optional<double> pixels_per_mm = {};  // what was measured when it was enrolled; not what its file states
  std::string pixels_per_mm_origin = {};     // as BoardScale::origin; empty without a scale
  imaging::PlaneMap from_first = {};         // to_sample() takes points of the first board's plane to this picture
  // Of the picture in the first board's frame, as in_one_frame gives it; nothing where the file has none, or those of
  // another version of boarddiff.
  std::optional<imaging::PreparedFeatures> features = {};
};

// Regions of the first board's picture, as the file that they were given in (see cli/regions_file).
struct EnrolledRegions {
  std::string file = {};  // its name without folders
  std::string bytes = {};
  std::string sha256 = {};  // of them
};

// The boards' design, as its file was given.
struct EnrolledDesign {
  std::string file = {};  // its name without folders
  std::string bytes = {};
  std::string sha256 = {};              // of them
  BoardSide side = BoardSide::top;      // that the pictures show
  std::vector<NamedPlace> places = {};  // where the first board's picture shows parts of it, as they were given
};

// What `boarddiff enroll` makes: the known-good boards of one design, each with its picture's file, in one file. It is
// an SQLite database, so that other programs can look into it; the same content gives the same bytes.
struct ReferenceFile {
  std::string name = {};
  std::string note = {};
  imaging::Modality modality = imaging::Modality::photo;
  std::vector<EnrolledBoard> boards = {};       // not empty; the first is the frame of the others
  std::optional<EnrolledRegions> ignored = {};  // nothing is inspected there, whatever the sample
  std::optional<EnrolledRegions> watched = {};  // a looser threshold holds there
  std::optional<EnrolledDesign> design = {};
  std::vector<EnrolledVariation> variations = {};  // by number
};

inline constexpr std::size_t kMostEnrolledBoards = 100;
inline constexpr std::size_t kMostEnrolledText = 10000;  // bytes of the name, of the note and of a picture's name

// Whether the file begins as a database does; then it is no picture, and read_reference_file says what it is. Throws
// Error{unreadable_file}.
[[nodiscard]] bool is_reference_file(const std::filesystem::path& path);

// The bytes of the file. Throws Error{too_large}, with `shown_name`.
[[nodiscard]] std::string reference_file_bytes(const ReferenceFile& file, const std::string& shown_name);

// The other way. Throws Error: unsupported_format for what is no reference file or one of a newer program; damaged_file
// for one that is corrupt or does not hold together, also when a picture is not the one that was enrolled; too_large.
// The pictures are not decoded.
[[nodiscard]] ReferenceFile parse_reference_file(std::span<const std::byte> bytes, const std::string& shown_name);
[[nodiscard]] ReferenceFile read_reference_file(const std::filesystem::path& path);

}  // namespace boarddiff::compare
