// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

enum class Modality { photo, xray };
[[nodiscard]] std::string_view name_of(Modality modality);

// Where a picture came from; nothing of its EXIF beyond the orientation and a believed resolution leaves the loader.
struct SourceFile {
  std::string name = {};    // file name without folders
  std::string sha256 = {};  // of the bytes that were decoded, lower-case hexadecimal
  std::string format = {};  // "jpeg", "png", "tiff", "bmp", "webp", "dicom", "raw"
  int bits_per_channel = 8;
  int exif_orientation = 1;                   // as found, 1 to 8; already applied to the pixels
  std::optional<double> resolution_dpi = {};  // as the file states it, where that is a measure of the board: a scan
  bool accepted_damage = false;
};

// What pixels stand for in the units of their file: value = at_zero + per_step * pixel. Files of plain whole numbers
// have the numbers themselves; others are stretched by the loader, each by what it holds, and compare only in these
// units.
struct ValueScale {
  double at_zero = 0;
  double per_step = 1;  // never 0; below it where high values of the file are dark

  // The pixels are the file's own numbers.
  [[nodiscard]] bool is_plain() const { return at_zero == 0 && per_step == 1; }
  // Of the same file with each pixel taken from `full`.
  [[nodiscard]] ValueScale inverted(double full) const { return {at_zero + per_step * full, -per_step}; }
};

// One picture of one board: upright as shown, grey or BGR in sRGB, its file's bits kept.
struct BoardImage {
  cv::Mat pixels = {};    // CV_8UC1, CV_8UC3 (BGR), CV_16UC1 or CV_16UC3; never written again
  cv::Mat1b usable = {};  // 0 where the file holds no picture (transparent, not a number); empty: usable everywhere
  ValueScale values = {};
  SourceFile source = {};
  std::optional<double> pixels_per_mm = {};  // on the board; not set by the loader, see board_scale.h
  std::string pixels_per_mm_origin = {};     // where that comes from, as BoardScale::origin
  std::vector<std::string> notes = {};       // odd but usable, one sentence each

  [[nodiscard]] cv::Size size() const { return pixels.size(); }
};

}  // namespace boarddiff::imaging
