// SPDX-License-Identifier: Apache-2.0
#include "compare/shown_pair.h"

#include "compare/place_view.h"
#include "compare/whole_pixels.h"
#include "imaging/base/error.h"
#include "imaging/prepare_xray.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {
namespace {

constexpr int kCropSide = 320;     // longer side of a crop, at most
constexpr double kLeastCrop = 72;  // reference pixels; less shows too little of the neighbourhood

cv::Mat shrunk(const cv::Mat& pixels, int longer_side) {
  cv::Mat small;
  cv::resize(pixels, small, scaled(pixels.size(), scale_to_fit(pixels.size(), longer_side)), 0, 0, cv::INTER_AREA);
  return small;
}

}  // namespace

ShownPicture shown_picture(const imaging::BoardImage& image, imaging::Modality modality) {
  ShownPicture picture{.image = imaging::prepared(image, modality)};
  picture.range = display_range(picture.image, modality);
  return picture;
}

double scale_to_fit(const cv::Size& size, int longer_side) {
  return std::min(1.0, longer_side / static_cast<double>(std::max(size.width, size.height)));
}

cv::Size scaled(const cv::Size& size, double scale) {
  return {std::max(1, cvRound(size.width * scale)), std::max(1, cvRound(size.height * scale))};
}

cv::Mat3b drawn_small(const ShownPicture& picture, int longer_side) {
  return picture.drawn(shrunk(picture.image.pixels, longer_side));
}

cv::Mat3b drawn_on_reference(const ShownPicture& sample, const imaging::PlaneMap& map, const cv::Size& reference,
                             int longer_side) {
  const double scale = scale_to_fit(reference, longer_side);
  return sample.drawn(imaging::warp_to_reference(sample.image.pixels, map, scaled(reference, scale), scale));
}

std::optional<PairCrop> crop_around(const imaging::Box& box_in_reference, const imaging::PlaneMap& map,
                                    const ShownPicture& reference, const ShownPicture& sample) {
  const imaging::Box& box = box_in_reference;
  const double longer = std::max(box.width, box.height);
  const double margin = std::max(longer, (kLeastCrop - longer) / 2);
  const cv::Rect crop = whole_pixels(imaging::grown(box, margin), reference.image.size());
  if (crop.empty()) {
    return {};
  }
  const cv::Mat from_reference = shrunk(reference.image.pixels(crop), kCropSide);
  const double scale = scale_to_fit(crop.size(), kCropSide);
  const cv::Mat from_sample = sample_view(sample.image, map, crop, from_reference.size(), scale);
  return PairCrop{.reference = reference.drawn(from_reference),
                  .sample = sample.drawn(from_sample),
                  .box = {.x = (box.x - crop.x) / crop.width,
                          .y = (box.y - crop.y) / crop.height,
                          .width = box.width / crop.width,
                          .height = box.height / crop.height}};
}

std::string display_jpeg(const cv::Mat3b& picture) {
  constexpr int kQuality = 85;
  std::vector<uchar> bytes;
  imaging::require(cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, kQuality}),
                   "display_jpeg: a picture that JPEG can hold");
  return {bytes.begin(), bytes.end()};
}

}  // namespace boarddiff::compare
