// SPDX-License-Identifier: Apache-2.0
#include "compare/virtual_places.h"

#include "compare/whole_pixels.h"
#include "imaging/base/order_statistics.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <optional>

namespace boarddiff::compare {

namespace {

using imaging::Box;

// How steeply the brightness rises or falls once details of that size are blurred.
cv::Mat slope_of(const cv::Mat& picture, double detail_px) {
  cv::Mat1f brightness;
  cv::cvtColor(picture, brightness, cv::COLOR_BGR2GRAY);
  cv::GaussianBlur(brightness, brightness, {}, std::max(detail_px, 0.5));
  cv::Mat1f along_x;
  cv::Mat1f along_y;
  cv::Sobel(brightness, along_x, CV_32F, 1, 0);
  cv::Sobel(brightness, along_y, CV_32F, 0, 1);
  cv::Mat slope;
  cv::magnitude(along_x, along_y, slope);
  return slope;
}

// A mask of cells as one of pixels; what is left over at the right and below belongs to no cell and is 0.
cv::Mat1b on_pixels(const cv::Mat1b& cells, int cell_px, const cv::Size& picture) {
  cv::Mat1b pixels(picture, uchar{0});
  const cv::Size whole = cells.size() * cell_px;
  cv::resize(cells, pixels(cv::Rect({0, 0}, whole)), whole, 0, 0, cv::INTER_NEAREST);
  return pixels;
}

// Sums over boxes of any size at once.
class Room {
 public:
  explicit Room(const cv::Mat1b& room) : size_(room.size()) { cv::integral(room / 255, sums_, CV_32S); }

  [[nodiscard]] bool holds(const Box& box) const {
    constexpr double kFreeShare = 0.9;
    const cv::Rect place = whole_pixels(box, size_);
    if (box.x < 0 || box.y < 0 || box.x + box.width > size_.width || box.y + box.height > size_.height) {
      return false;
    }
    const int free = sums_(place.y + place.height, place.x + place.width) - sums_(place.y, place.x + place.width) -
                     sums_(place.y + place.height, place.x) + sums_(place.y, place.x);
    return free >= kFreeShare * place.area();
  }
  [[nodiscard]] cv::Size size() const { return size_; }

 private:
  cv::Size size_;
  cv::Mat1i sums_;
};

bool overlap(const Box& a, const Box& b) { return intersection(a, b).area() > 0; }

std::optional<imaging::PartPlace> place_for(const imaging::VirtualPart& part, const Room& room,
                                            const std::vector<Box>& taken, double px_per_mm, imaging::Random& random) {
  constexpr int kTries = 300;
  for (int i = 0; i < kTries; ++i) {
    imaging::PartPlace place{.px_per_mm = px_per_mm};
    place.centre_px = {random.uniform(0, room.size().width), random.uniform(0, room.size().height)};
    place.upright = random.chance(0.5);
    const Box outline = imaging::outline_px(part, place);
    if (room.holds(outline) &&
        std::none_of(taken.begin(), taken.end(), [&](const Box& other) { return overlap(other, outline); })) {
      return place;
    }
  }
  return std::nullopt;
}

}  // namespace

cv::Mat1b even_ground(const Comparison& compared, double px_per_mm) {
  constexpr double kPrint_mm = 0.3;   // lettering and traces are about as wide
  constexpr double kEvenShare = 0.6;  // of the board: what most boards leave between the edges of parts
  const cv::Mat1b shown(compared.board & compared.pair.seen);
  cv::Mat steepest;
  cv::max(slope_of(compared.pair.reference, kPrint_mm * px_per_mm),
          slope_of(compared.pair.sample, kPrint_mm * px_per_mm), steepest);
  std::vector<float> slopes;
  constexpr int kEvery = 3;
  for (int y = 0; y < shown.rows; y += kEvery) {
    for (int x = 0; x < shown.cols; x += kEvery) {
      if (shown(y, x) != 0) {
        slopes.push_back(steepest.at<float>(y, x));
      }
    }
  }
  return slopes.empty() ? shown : cv::Mat1b(shown & (steepest <= imaging::quantile(slopes, kEvenShare)));
}

RoomForParts room_for_parts(const Comparison& compared, const cv::Mat1b& even,
                            const std::vector<Box>& findings_in_pair) {
  const cv::Size size = compared.pair.size();
  cv::Mat1b room(even & on_pixels(compared.evidence.inspected, compared.evidence.cell_px, size));
  for (const Box& finding : findings_in_pair) {
    const cv::Rect place = whole_pixels(finding, room.size());
    if (!place.empty()) {
      room(place).setTo(0);
    }
  }
  const cv::Mat1b& covered = compared.layouts.surface.covered;
  return {.on_board = cv::Mat1b(room & ~covered), .on_parts = cv::Mat1b(room & covered)};
}

std::vector<PlantedPart> place_parts(const std::vector<imaging::VirtualPart>& parts, const RoomForParts& room,
                                     double px_per_mm, double apart_px, std::uint64_t seed) {
  imaging::Random random(seed);
  std::vector<PlantedPart> placed;
  std::vector<Box> taken;
  for (const bool on_board : {true, false}) {
    const Room free(on_board ? room.on_board : room.on_parts);
    std::size_t before = 0;
    do {
      before = placed.size();
      for (const imaging::VirtualPart& part : parts) {
        if (const auto place = place_for(part, free, taken, px_per_mm, random)) {
          placed.push_back({.part = part, .place = *place, .on_board = on_board});
          taken.push_back(grown(imaging::outline_px(part, *place), apart_px));
        }
      }
    } while (placed.size() > before);
  }
  return placed;
}

}  // namespace boarddiff::compare
