// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/orientation.h"

namespace boarddiff::imaging::load {

void set_orientation(Raster& raster, unsigned found) {
  if (found >= 1 && found <= 8) {
    raster.orientation = static_cast<int>(found);
  } else {
    raster.notes.push_back("The orientation " + std::to_string(found) + " is not one of 1 to 8 and was ignored.");
  }
}

cv::Mat upright(const cv::Mat& stored, int orientation) {
  if (stored.empty() || orientation == 1) {
    return stored;
  }
  constexpr int kMirrorColumns = 1;
  constexpr int kMirrorRows = 0;
  cv::Mat turned;
  switch (orientation) {
    case 2:
      cv::flip(stored, turned, kMirrorColumns);
      break;
    case 3:
      cv::rotate(stored, turned, cv::ROTATE_180);
      break;
    case 4:
      cv::flip(stored, turned, kMirrorRows);
      break;
    case 5:
      cv::transpose(stored, turned);
      break;
    case 6:
      cv::rotate(stored, turned, cv::ROTATE_90_CLOCKWISE);
      break;
    case 7: {
      cv::Mat transposed;
      cv::transpose(stored, transposed);
      cv::rotate(transposed, turned, cv::ROTATE_180);
      break;
    }
    case 8:
      cv::rotate(stored, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
      break;
    default:
      require(false, "an orientation is 1 to 8");
  }
  return turned;
}

}  // namespace boarddiff::imaging::load
