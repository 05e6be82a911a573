// SPDX-License-Identifier: Apache-2.0
#include "compare/overlay_marks.h"

#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace boarddiff::compare {
namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;

struct MarkColours {
  cv::Scalar fill = {};  // BGR
  cv::Scalar text = {};
};

// From the palette of Okabe and Ito, which people with any of the common colour deficiencies tell apart.
MarkColours colours_of(MarkGroup group) {
  switch (group) {
    case MarkGroup::extra:
      return {.fill = {0, 94, 213}, .text = cv::Scalar::all(255)};  // vermilion
    case MarkGroup::missing:
      return {.fill = {178, 114, 0}, .text = cv::Scalar::all(255)};  // blue
    case MarkGroup::exchanged:
      return {.fill = {66, 228, 240}, .text = cv::Scalar::all(0)};  // yellow
    case MarkGroup::changed:
      return {.fill = {167, 121, 204}, .text = cv::Scalar::all(0)};  // reddish purple
  }
  return {};
}

int text_thickness(const MarkSizes& sizes) { return std::max(1, sizes.text_height / 8); }

double font_scale(const MarkSizes& sizes) {
  return cv::getFontScaleFromHeight(kFont, sizes.text_height, text_thickness(sizes));
}

std::string ascii(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      result += c;
    } else if (byte < 0x80 || byte >= 0xc0) {
      result += '?';  // one for each character, not for each byte of it
    }
  }
  return result;
}

using Line = std::pair<cv::Point, cv::Point>;

// A straight line cut into dashes; whole dashes, so that both ends are drawn.
std::vector<Line> dashes(const Line& line, int length) {
  const cv::Point2d along = line.second - line.first;
  const double total = std::hypot(along.x, along.y);
  const int pieces = 2 * std::max(1, static_cast<int>(total / (2.0 * length))) + 1;
  const cv::Point2d start = line.first;
  std::vector<Line> result;
  for (int piece = 0; piece < pieces; piece += 2) {
    result.push_back({start + along * (double(piece) / pieces), start + along * (double(piece + 1) / pieces)});
  }
  return result;
}

// Whole, dashed, with cut corners, corners only: the line's shape tells the group without its colour.
std::vector<Line> frame_lines(const cv::Rect& frame, MarkGroup group, const MarkSizes& sizes) {
  const int left = frame.x;
  const int top = frame.y;
  const int right = frame.x + frame.width - 1;
  const int bottom = frame.y + frame.height - 1;
  std::vector<Line> sides = {{{left, top}, {right, top}},
                             {{right, top}, {right, bottom}},
                             {{right, bottom}, {left, bottom}},
                             {{left, bottom}, {left, top}}};
  const int shorter = std::min(frame.width, frame.height);
  switch (group) {
    case MarkGroup::extra:
      return sides;
    case MarkGroup::missing: {
      std::vector<Line> lines;
      for (const Line& side : sides) {
        const std::vector<Line> cut = dashes(side, std::max(4 * sizes.stroke, shorter / 7));
        lines.insert(lines.end(), cut.begin(), cut.end());
      }
      return lines;
    }
    case MarkGroup::exchanged: {
      const int cut = shorter * 3 / 10;
      return {{{left + cut, top}, {right - cut, top}},       {{right - cut, top}, {right, top + cut}},
              {{right, top + cut}, {right, bottom - cut}},   {{right, bottom - cut}, {right - cut, bottom}},
              {{right - cut, bottom}, {left + cut, bottom}}, {{left + cut, bottom}, {left, bottom - cut}},
              {{left, bottom - cut}, {left, top + cut}},     {{left, top + cut}, {left + cut, top}}};
    }
    case MarkGroup::changed: {
      const int arm = shorter * 3 / 10;
      return {{{left, top}, {left + arm, top}},         {{left, top}, {left, top + arm}},
              {{right, top}, {right - arm, top}},       {{right, top}, {right, top + arm}},
              {{right, bottom}, {right - arm, bottom}}, {{right, bottom}, {right, bottom - arm}},
              {{left, bottom}, {left + arm, bottom}},   {{left, bottom}, {left, bottom - arm}}};
    }
  }
  return sides;
}

void draw_lines(cv::Mat3b& picture, const std::vector<Line>& lines, const cv::Scalar& colour, int thickness) {
  for (const Line& line : lines) {
    cv::line(picture, line.first, line.second, colour, thickness, cv::LINE_AA);
  }
}

}  // namespace

MarkGroup group_of(FindingKind kind) {
  switch (kind) {
    case FindingKind::extra_component:
    case FindingKind::extra_wire:
      return MarkGroup::extra;
    case FindingKind::missing_component:
      return MarkGroup::missing;
    case FindingKind::replaced_component:
    case FindingKind::moved_component:
      return MarkGroup::exchanged;
    case FindingKind::changed_trace:
    case FindingKind::changed_interior:
    case FindingKind::changed_marking:
    case FindingKind::changed_surface:
      return MarkGroup::changed;
  }
  return MarkGroup::changed;
}

std::string_view words_for(MarkGroup group) {
  switch (group) {
    case MarkGroup::extra:
      return "extra part or wire";
    case MarkGroup::missing:
      return "missing part";
    case MarkGroup::exchanged:
      return "replaced or moved part";
    case MarkGroup::changed:
      return "other change";
  }
  return "";
}

MarkSizes mark_sizes(const cv::Size& picture) {
  const double diagonal = std::hypot(picture.width, picture.height);
  return {.text_height = std::max(8, cvRound(diagonal / 75)),
          .stroke = std::max(1, cvRound(diagonal / 700)),
          .outline = std::max(1, cvRound(diagonal / 2800))};
}

cv::Size text_size(const std::string& text, const MarkSizes& sizes) {
  int below_line = 0;
  return cv::getTextSize(ascii(text), kFont, font_scale(sizes), text_thickness(sizes), &below_line);
}

cv::Size badge_size(const std::string& number, const MarkSizes& sizes) {
  const int height = sizes.text_height * 8 / 5;
  return {std::max(height, text_size(number, sizes).width + sizes.text_height * 4 / 5), height};
}

cv::Rect frame_around(const imaging::Box& box, const MarkSizes& sizes, const cv::Size& picture) {
  if (whole_pixels(box, picture).empty()) {
    return {};
  }
  // From the box to the middle of the line; smoothed lines reach two pixels further than half their thickness.
  const double clear = (sizes.stroke + 4 * sizes.outline) / 2.0 + 3;
  const double grow_x = std::max(0.0, (sizes.text_height - box.width) / 2) + clear;
  const double grow_y = std::max(0.0, (sizes.text_height - box.height) / 2) + clear;
  return whole_pixels(
      {.x = box.x - grow_x, .y = box.y - grow_y, .width = box.width + 2 * grow_x, .height = box.height + 2 * grow_y},
      picture);
}

cv::Rect badge_beside(const cv::Rect& frame, const cv::Size& badge, const cv::Size& picture,
                      const std::vector<cv::Rect>& taken) {
  const int left = frame.x - badge.width;
  const int top = frame.y - badge.height;
  const int right = frame.x + frame.width;
  const int bottom = frame.y + frame.height;
  const int flush_right = right - badge.width;
  const int flush_bottom = bottom - badge.height;
  const std::vector<cv::Point> places = {{frame.x, top},        {flush_right, top},   {frame.x, bottom},
                                         {flush_right, bottom}, {right, frame.y},     {left, frame.y},
                                         {right, flush_bottom}, {left, flush_bottom}, {left, top},
                                         {right, top},          {left, bottom},       {right, bottom}};
  cv::Rect best;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const cv::Point& place : places) {
    const cv::Point inside(std::clamp(place.x, 0, std::max(0, picture.width - badge.width)),
                           std::clamp(place.y, 0, std::max(0, picture.height - badge.height)));
    const cv::Rect candidate(inside, badge);
    std::int64_t covered = 0;
    for (const cv::Rect& other : taken) {
      covered += (candidate & other).area();
    }
    if (covered < least) {
      least = covered;
      best = candidate;
    }
  }
  return best;
}

void draw_text(cv::Mat3b& picture, const std::string& text, const cv::Point& middle_left, const cv::Scalar& colour,
               const MarkSizes& sizes) {
  const cv::Point on_line(middle_left.x, middle_left.y + sizes.text_height / 2);
  cv::putText(picture, ascii(text), on_line, kFont, font_scale(sizes), colour, text_thickness(sizes), cv::LINE_AA);
}

void draw_frame(cv::Mat3b& picture, const cv::Rect& frame, MarkGroup group, const MarkSizes& sizes) {
  if (frame.empty()) {
    return;
  }
  const std::vector<Line> lines = frame_lines(frame, group, sizes);
  draw_lines(picture, lines, cv::Scalar::all(0), sizes.stroke + 4 * sizes.outline);
  draw_lines(picture, lines, cv::Scalar::all(255), sizes.stroke + 2 * sizes.outline);
  draw_lines(picture, lines, colours_of(group).fill, sizes.stroke);
}

void draw_candidate(cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes) {
  if (frame.empty()) {
    return;
  }
  cv::rectangle(picture, frame, cv::Scalar::all(0), sizes.stroke + sizes.outline, cv::LINE_AA);
  cv::rectangle(picture, frame, cv::Scalar::all(230), std::max(1, sizes.stroke / 2), cv::LINE_AA);
}

void draw_badge(cv::Mat3b& picture, const cv::Rect& badge, const std::string& number, MarkGroup group,
                const MarkSizes& sizes) {
  const MarkColours colours = colours_of(group);
  cv::rectangle(picture, badge, cv::Scalar::all(255), cv::FILLED);
  const cv::Rect inner(badge.x + sizes.outline, badge.y + sizes.outline, badge.width - 2 * sizes.outline,
                       badge.height - 2 * sizes.outline);
  cv::rectangle(picture, inner, colours.fill, cv::FILLED);
  const int left = badge.x + (badge.width - text_size(number, sizes).width) / 2;
  draw_text(picture, number, {left, badge.y + badge.height / 2}, colours.text, sizes);
}

}  // namespace boarddiff::compare
