// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/render_photo.h"
#include "imaging/base/random.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::datasets {

// What the board lies on, without end in all directions.
class DeskTexture {
 public:
  DeskTexture(Desk desk, imaging::Random random);

  // In sRGB, BGR.
  [[nodiscard]] cv::Vec3b colour_at(const imaging::Point& board_mm) const;

 private:
  struct Thing {  // a strip or a disc of paper, tape, metal
    imaging::Point centre_mm = imaging::Point::Zero();
    imaging::Point along = imaging::Point::UnitX();
    double half_length_mm = 10;
    double half_width_mm = 2;
    bool round = false;
    cv::Vec3d colour = {};
  };

  Desk desk_;
  std::uint64_t seed_;
  std::vector<Thing> things_ = {};
};

}  // namespace boarddiff::datasets
