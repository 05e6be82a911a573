// SPDX-License-Identifier: Apache-2.0
#include "compare/page_pictures.h"

#include "compare/display_image.h"
#include "compare/place_view.h"
#include "compare/self_contained_page.h"
#include "compare/whole_pixels.h"
#include "imaging/prepare_xray.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPictureSide = 2000;  // longer side of the two pictures
constexpr int kCropSide = 320;      // and of a crop, at most
constexpr double kLeastCrop = 72;   // reference pixels; less shows too little of the neighbourhood
constexpr std::size_t kMostFindings = 200;
constexpr std::size_t kMostCandidates = 50;

double scale_to_fit(const cv::Size& size, int longer_side) {
  return std::min(1.0, longer_side / static_cast<double>(std::max(size.width, size.height)));
}

cv::Size scaled(const cv::Size& size, double scale) {
  return {std::max(1, cvRound(size.width * scale)), std::max(1, cvRound(size.height * scale))};
}

cv::Mat shrunk(const cv::Mat& pixels, int longer_side) {
  cv::Mat small;
  cv::resize(pixels, small, scaled(pixels.size(), scale_to_fit(pixels.size(), longer_side)), 0, 0, cv::INTER_AREA);
  return small;
}

// A picture as the page shows it, brightness by its own range: of the other it may have other bits and another
// exposure.
struct Shown {
  imaging::BoardImage image = {};
  DisplayRange range = {};

  [[nodiscard]] cv::Mat3b drawn(const cv::Mat& pixels) const { return display_pixels(pixels, range); }
};

Shown shown(const imaging::BoardImage& image, imaging::Modality modality) {
  Shown picture{.image = imaging::prepared(image, modality)};
  picture.range = display_range(picture.image, modality);
  return picture;
}

// Both pictures around a box of the reference.
Json crop_document(int id, const imaging::Box& box, const imaging::PlaneMap& map, const Shown& reference,
                   const Shown& sample) {
  const double longer = std::max(box.width, box.height);
  const double margin = std::max(longer, (kLeastCrop - longer) / 2);
  const cv::Rect crop = whole_pixels(imaging::grown(box, margin), reference.image.size());
  if (crop.empty()) {
    return nullptr;
  }
  const cv::Mat from_reference = shrunk(reference.image.pixels(crop), kCropSide);
  const double scale = scale_to_fit(crop.size(), kCropSide);
  const cv::Mat from_sample = sample_view(sample.image, map, crop, from_reference.size(), scale);
  const auto share = [](double value) { return std::round(value * 1e4) / 1e4; };
  return {{"id", id},
          {"width", from_reference.cols},
          {"height", from_reference.rows},
          {"reference", jpeg_uri(reference.drawn(from_reference))},
          {"sample", jpeg_uri(sample.drawn(from_sample))},
          {"box",
           {share((box.x - crop.x) / crop.width), share((box.y - crop.y) / crop.height), share(box.width / crop.width),
            share(box.height / crop.height)}}};
}

// The findings and candidates that get crops.
std::vector<const Finding*> cropped(const InspectionReport& report) {
  std::vector<const Finding*> all;
  const auto add = [&](const std::vector<Finding>& findings, std::size_t most) {
    for (const Finding& finding : std::span(findings).first(std::min(findings.size(), most))) all.push_back(&finding);
  };
  add(report.findings, kMostFindings);
  add(report.candidates, kMostCandidates);
  return all;
}

// Of a place outside the reference there is none.
void add_crop(Json& crops, const Json& crop) {
  if (!crop.is_null()) crops.push_back(crop);
}

Json picture_document(const cv::Mat3b& picture) {
  return {{"width", picture.cols}, {"height", picture.rows}, {"uri", jpeg_uri(picture)}};
}

}  // namespace

Json page_pictures(const InspectionReport& report, const imaging::BoardImage& reference,
                   const imaging::BoardImage& sample) {
  const Shown first = shown(reference, report.modality);
  const Shown second = shown(sample, report.modality);
  const cv::Mat small_reference = shrunk(first.image.pixels, kPictureSide);
  Json pictures = {{"reference", picture_document(first.drawn(small_reference))}};
  pictures["crops"] = Json::array();
  if (report.outcome == Outcome::not_comparable) {
    pictures["sample"] = picture_document(second.drawn(shrunk(second.image.pixels, kPictureSide)));
    return pictures;
  }
  const imaging::PlaneMap& map = report.registration.plane;
  const cv::Mat aligned = imaging::warp_to_reference(second.image.pixels, map, small_reference.size(),
                                                     scale_to_fit(reference.size(), kPictureSide));
  pictures["sample"] = picture_document(second.drawn(aligned));
  for (const Finding* finding : cropped(report)) {
    add_crop(pictures["crops"], crop_document(finding->id, finding->reference_box, map, first, second));
  }
  return pictures;
}

Json xray_page_pictures(const JointReport& joint, const cv::Size& photo, const imaging::BoardImage& reference,
                        const imaging::BoardImage& sample) {
  const Shown first = shown(reference, imaging::Modality::xray);
  const Shown second = shown(sample, imaging::Modality::xray);
  const imaging::PlaneMap& map = joint.xrays.registration.plane;
  const double scale = scale_to_fit(photo, kPictureSide);
  const auto on_photo = [&](const Shown& picture, const cv::Mat& in_xray_frame) {
    return picture_document(
        picture.drawn(imaging::warp_to_reference(in_xray_frame, joint.laid.plane, scaled(photo, scale), scale)));
  };
  Json pictures = {
      {"reference", on_photo(first, first.image.pixels)},
      {"sample", on_photo(second, imaging::warp_to_reference(second.image.pixels, map, first.image.size(), 1))}};
  pictures["crops"] = Json::array();
  for (const Finding* finding : cropped(joint.report)) {
    if (finding->xray) {
      add_crop(pictures["crops"], crop_document(finding->id, finding->xray->reference_box, map, first, second));
    }
  }
  return pictures;
}

}  // namespace boarddiff::compare
