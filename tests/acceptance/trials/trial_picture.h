// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/circumstances.h"
#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace boarddiff::trials {

// A picture, and where the points of a fixed grid over the board lie in it.
struct TrialPicture {
  imaging::BoardImage image = {};
  std::string board = {};                     // pictures of one board have the same name here; empty: shows none
  std::vector<imaging::Point> nodes_px = {};  // of the board's plane, NaN outside the picture; none without a board
};

// As it leaves a camera or a drawing hand, before it is a file.
struct DrawnPicture {
  cv::Mat pixels = {};
  std::vector<imaging::Point> nodes_px = {};
  int jpeg_quality = 0;  // 0: without loss
};

struct PictureRecipe {
  std::string board = {};
  imaging::Modality modality = imaging::Modality::photo;
  std::function<DrawnPicture()> draw = {};
};

// One unit of a design under given circumstances.
[[nodiscard]] DrawnPicture photographed(const datasets::BoardDesign& unit, const datasets::Circumstances& circumstances,
                                        std::uint64_t seed);
[[nodiscard]] DrawnPicture xrayed(const datasets::BoardDesign& unit, const datasets::Circumstances& circumstances,
                                  std::uint64_t seed);

// All pictures of the trials by name, made when they are first asked for and kept as files' bytes: several trials look
// at one picture. With a folder they are also kept there, and read instead of made again. Any thread may ask.
class Album {
 public:
  explicit Album(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& name, PictureRecipe recipe);
  [[nodiscard]] imaging::Modality modality_of(const std::string& name) const { return recipes_.at(name).modality; }
  [[nodiscard]] TrialPicture picture(const std::string& name);
  // The folder's file of a picture; empty without a folder.
  [[nodiscard]] std::filesystem::path file_of(const std::string& name) const;

 private:
  struct Kept {
    std::string bytes = {};
    std::vector<imaging::Point> nodes_px = {};
  };
  [[nodiscard]] Kept kept(const std::string& name) const;

  std::filesystem::path folder_;
  std::map<std::string, PictureRecipe> recipes_ = {};
  std::mutex mutex_ = {};
  std::map<std::string, Kept> made_ = {};
};

}  // namespace boarddiff::trials
