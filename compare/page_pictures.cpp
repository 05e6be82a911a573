// SPDX-License-Identifier: Apache-2.0
#include "compare/page_pictures.h"

#include "compare/self_contained_page.h"
#include "compare/shown_pair.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPictureSide = 2000;  // longer side of the two pictures
constexpr std::size_t kMostFindings = 200;
constexpr std::size_t kMostCandidates = 50;

// Both pictures around a box of the reference; null for one outside of it.
Json crop_document(int id, const imaging::Box& box, const imaging::PlaneMap& map, const ShownPicture& reference,
                   const ShownPicture& sample) {
  const std::optional<PairCrop> crop = crop_around(box, map, reference, sample);
  if (!crop) {
    return nullptr;
  }
  const auto share = [](double value) { return std::round(value * 1e4) / 1e4; };
  return {{"id", id},
          {"width", crop->reference.cols},
          {"height", crop->reference.rows},
          {"reference", jpeg_uri(crop->reference)},
          {"sample", jpeg_uri(crop->sample)},
          {"box", {share(crop->box.x), share(crop->box.y), share(crop->box.width), share(crop->box.height)}}};
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
  const ShownPicture first = shown_picture(reference, report.modality);
  const ShownPicture second = shown_picture(sample, report.modality);
  Json pictures = {{"reference", picture_document(drawn_small(first, kPictureSide))}};
  pictures["crops"] = Json::array();
  if (report.outcome == Outcome::not_comparable) {
    pictures["sample"] = picture_document(drawn_small(second, kPictureSide));
    return pictures;
  }
  const imaging::PlaneMap& map = report.registration.plane;
  pictures["sample"] = picture_document(drawn_on_reference(second, map, reference.size(), kPictureSide));
  for (const Finding* finding : cropped(report)) {
    add_crop(pictures["crops"], crop_document(finding->id, finding->reference_box, map, first, second));
  }
  return pictures;
}

Json xray_page_pictures(const JointReport& joint, const cv::Size& photo, const imaging::BoardImage& reference,
                        const imaging::BoardImage& sample) {
  const ShownPicture first = shown_picture(reference, imaging::Modality::xray);
  const ShownPicture second = shown_picture(sample, imaging::Modality::xray);
  const imaging::PlaneMap& map = joint.xrays.registration.plane;
  const auto on_photo = [&](ShownPicture picture, const cv::Mat& in_xray_frame) {
    picture.image.pixels = in_xray_frame;
    return picture_document(drawn_on_reference(picture, joint.laid.plane, photo, kPictureSide));
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
