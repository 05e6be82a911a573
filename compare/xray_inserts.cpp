// SPDX-License-Identifier: Apache-2.0
#include "compare/xray_inserts.h"

#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

namespace boarddiff::compare {

namespace {

using imaging::Box;

constexpr float kBare = 0.06F;       // of structure: tracks absorb as much, parts and joints more
constexpr double kFrameShare = 0.6;  // of either side
constexpr double kEdge_px = 1;       // deviation of the blur
constexpr double kChanged_px = 24;   // flow and windows reach no farther

void add_box(cv::Mat1f& map, const Box& box, double attenuation) {
  const cv::Rect inside = whole_pixels(box, map.size());
  if (!inside.empty()) map(inside) += attenuation;
}

cv::Mat1f copy_with(const cv::Mat1f& before, const cv::Mat1f& planted, const std::vector<cv::Rect>& windows) {
  cv::Mat1f result = before.clone();
  for (const cv::Rect& window : windows) planted(window).copyTo(result(window));
  return result;
}

}  // namespace

RoomForParts room_for_inserts(const Comparison& compared, const std::vector<Box>& taken) {
  const AttenuationEvidence& evidence = compared.evidence.attenuation;
  cv::Mat1b room = evidence.inspected.clone();
  for (const Box& box : taken) {
    const cv::Rect place = whole_pixels(box, room.size());
    if (!place.empty()) room(place).setTo(0);
  }
  const cv::Mat1b bare(evidence.structure < kBare);
  return {.on_board = cv::Mat1b(room & bare), .on_parts = cv::Mat1b(room & ~bare)};
}

double share_of_bare_board(const Comparison& compared) {
  const AttenuationEvidence& evidence = compared.evidence.attenuation;
  const cv::Mat1b bare(evidence.structure < kBare);
  return cv::mean(bare, evidence.inspected)[0] / 255;
}

void plant_insert(cv::Mat1f& attenuation, const Box& outline, const InsertMaterial& material) {
  const cv::Rect around = whole_pixels(imaging::grown(outline, 4 * kEdge_px), attenuation.size());
  if (around.empty()) return;
  cv::Mat1f added(around.size(), 0.0F);
  const Box own{outline.x - around.x, outline.y - around.y, outline.width, outline.height};
  add_box(added, own, material.silicon);
  const imaging::Point centre = own.centre();
  const double width = kFrameShare * own.width;
  const double height = kFrameShare * own.height;
  add_box(added, {centre.x() - width / 2, centre.y() - height / 2, width, height}, material.frame);
  cv::GaussianBlur(added, added, {}, kEdge_px, 0, cv::BORDER_REPLICATE);
  attenuation(around) += added;
}

AttenuationEvidence with_planted_windows(const AttenuationEvidence& before, const AttenuationEvidence& planted,
                                         const std::vector<Box>& outlines) {
  std::vector<cv::Rect> windows;
  for (const Box& outline : outlines) {
    const cv::Rect window = whole_pixels(imaging::grown(outline, kChanged_px), before.inspected.size());
    if (!window.empty()) windows.push_back(window);
  }
  AttenuationEvidence joined = before;
  for (std::size_t i = 0; i < kAttenuationWindows.size(); ++i) {
    joined.added.at(i) = copy_with(before.added.at(i), planted.added.at(i), windows);
    joined.removed.at(i) = copy_with(before.removed.at(i), planted.removed.at(i), windows);
  }
  for (const auto map : {&AttenuationEvidence::sample, &AttenuationEvidence::difference,
                         &AttenuationEvidence::structure, &AttenuationEvidence::deviation}) {
    joined.*map = copy_with(before.*map, planted.*map, windows);
  }
  return joined;
}

}  // namespace boarddiff::compare
