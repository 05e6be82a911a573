// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <optional>

namespace boarddiff::datasets {

struct CameraSettings {
  cv::Size picture_px = {1400, 1060};
  double pixels_per_mm = 20;                       // at the point looked at
  std::optional<imaging::Point> looks_at_mm = {};  // nothing: the board's middle
  double rotation_deg = 0;                         // of the board in the picture, clockwise
  double tilt_deg = 0;                             // between the board's normal and the line of sight
  double tilt_direction_deg = 0;                   // axis of the tilt, clockwise from the picture's x axis
  double distance_mm = 320;
  double distortion = -0.012;   // radial, share of the radius at half the picture's diagonal, growing with its square
  double distortion_4 = 0;      // the same, growing with the fourth power
  double colour_fringe_px = 0;  // how much larger blue is than green in the corners, and red smaller
  double defocus_px = 0.75;     // deviation of the blur in the middle
  double corner_blur_px = 0;    // what the blur grows by towards the corners
  double motion_px = 0;         // length of a shake while the shutter was open
  double motion_deg = 0;        // its direction in the picture
  double sharpening = 0;        // what the camera adds back of the detail it sees, as telephones do
  double vignetting = 0.2;      // share of light lost in the corners
  double noise = 0.012;         // deviation in a middle grey, share of white
  bool mirrored = false;        // left and right exchanged, as in a scan that was turned over
};

// A pinhole with radial distortion of two terms. Heights are millimetres above the mask, towards the viewer.
class Camera {
 public:
  Camera(const CameraSettings& settings, const imaging::Point& board_middle_mm);

  [[nodiscard]] imaging::Point pixel_of(const imaging::Point& board_mm, double height_mm) const;

  // Where the ray through a pixel is on its way down: board point at height h is start + h * slope.
  struct Ray {
    imaging::Point start = imaging::Point::Zero();
    imaging::Point slope = imaging::Point::Zero();
  };
  [[nodiscard]] Ray ray_through(const imaging::Point& pixel) const;

 private:
  imaging::Point looks_at_;
  imaging::Point middle_px_;
  double focal_px_;
  double distance_;
  double distortion_;
  double distortion_4_;
  double half_diagonal_px_;
  bool mirrored_;
  Eigen::Matrix3d camera_from_board_;  // of (x, y, -height), about the point looked at
};

// A picture, and where points of the board lie in it.
struct RenderedPicture {
  cv::Mat pixels = {};
  Camera camera;
};

}  // namespace boarddiff::datasets
