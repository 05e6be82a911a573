// SPDX-License-Identifier: Apache-2.0
#include "compare/overlay.h"

#include "compare/display_image.h"
#include "compare/overlay_marks.h"
#include "compare/overlay_regions.h"
#include "imaging/base/text.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace boarddiff::compare {
namespace {

// More than these would hide the board under marks that nobody asked for.
constexpr std::size_t kMostCandidates = 60;

constexpr std::array kGroups = {MarkGroup::extra, MarkGroup::missing, MarkGroup::exchanged, MarkGroup::changed};

std::string headline(const InspectionReport& report) {
  if (report.findings.empty()) {
    return "Nothing above the threshold was seen";
  }
  const std::size_t count = report.findings.size();
  return std::to_string(count) + (count == 1 ? " finding to review" : " findings to review");
}

// Draws what a line of the panel explains, into a small frame before the words.
using DrawKey = std::function<void(cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes)>;

void draw_hatched_key(cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes) {
  cv::Mat3b part = picture(frame);
  draw_hatched(part, cv::Mat1b(frame.size(), uchar{255}), sizes);
}

void draw_thinly_hatched_key(cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes) {
  cv::Mat3b part = picture(frame);
  draw_thinly_hatched(part, cv::Mat1b(frame.size(), uchar{255}), sizes);
}

void draw_outlined_key(cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes) {
  cv::Mat1b where(picture.size(), uchar{0});
  where(frame) = 255;
  draw_outlined(picture, where, sizes);
}

// The outcome, then a line for each group that occurs, then what was looked at.
struct PanelLine {
  std::string text = {};
  DrawKey draw_key = {};  // empty: there are only words
};

std::vector<PanelLine> panel_lines(const InspectionReport& report, bool candidates_shown) {
  std::vector<PanelLine> lines = {{.text = headline(report)}};
  for (const MarkGroup group : kGroups) {
    const auto count = std::count_if(report.findings.begin(), report.findings.end(),
                                     [&](const Finding& finding) { return group_of(finding.kind) == group; });
    if (count > 0) {
      lines.push_back({.text = std::string(words_for(group)) + ": " + std::to_string(count),
                       .draw_key = [group](cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes) {
                         draw_frame(picture, frame, group, sizes);
                       }});
    }
  }
  if (!report.candidates.empty()) {
    lines.push_back({.text = std::to_string(report.candidates.size()) + " weaker, " +
                             (candidates_shown ? "thin and without number" : "not drawn")});
  }
  lines.push_back({.text = imaging::percent_text(report.coverage.inspected) + " of the reference inspected"});
  if (!report.coverage.masks.empty()) {
    lines.push_back(
        {.text = imaging::percent_text(report.coverage.masked) + " ignored on request", .draw_key = draw_hatched_key});
  }
  if (!report.coverage.variations.empty()) {
    lines.push_back({.text = imaging::percent_text(report.coverage.varied) + " with accepted variations",
                     .draw_key = draw_thinly_hatched_key});
  }
  if (!report.coverage.watched.empty()) {
    lines.push_back({.text = "watched: findings at a looser threshold", .draw_key = draw_outlined_key});
  }
  return lines;
}

// The corner where the panel covers least of the findings; the first of equals.
cv::Rect panel_place(const cv::Size& panel, const cv::Size& picture, const std::vector<cv::Rect>& marks) {
  const int right = picture.width - panel.width;
  const int bottom = picture.height - panel.height;
  cv::Rect best;
  std::int64_t least = -1;
  for (const cv::Point corner :
       {cv::Point(0, 0), cv::Point(right, 0), cv::Point(0, bottom), cv::Point(right, bottom)}) {
    const cv::Rect place(corner, panel);
    std::int64_t covered = 0;
    for (const cv::Rect& mark : marks) {
      covered += (place & mark).area();
    }
    if (least < 0 || covered < least) {
      least = covered;
      best = place;
    }
  }
  return best;
}

void draw_panel(cv::Mat3b& picture, const std::vector<PanelLine>& lines, const std::vector<cv::Rect>& marks) {
  MarkSizes sizes = mark_sizes(picture.size());
  sizes.text_height = std::max(8, sizes.text_height * 6 / 10);  // the numbers are what a thumbnail must show
  sizes.stroke = std::max(1, sizes.stroke * 6 / 10);
  const int row = sizes.text_height * 7 / 4;
  const int sample_width = sizes.text_height * 3;
  int text_width = 0;
  for (const PanelLine& line : lines) {
    text_width = std::max(text_width, text_size(line.text, sizes).width + (line.draw_key ? sample_width : 0));
  }
  const cv::Size panel(text_width + 2 * sizes.text_height, row * static_cast<int>(lines.size()) + sizes.text_height);
  if (panel.width > picture.cols || panel.height > picture.rows / 2) {
    return;  // a picture this small has no room for words
  }
  const cv::Rect place = panel_place(panel, picture.size(), marks);
  cv::Mat3b(picture, place) *= 0.22;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int middle = place.y + sizes.text_height / 2 + row * static_cast<int>(i) + row / 2;
    cv::Point at(place.x + sizes.text_height, middle);
    if (lines[i].draw_key) {
      const cv::Rect shape(at.x, middle - row * 3 / 10, sample_width * 2 / 3, row * 6 / 10);
      lines[i].draw_key(picture, shape, sizes);
      at.x += sample_width;
    }
    draw_text(picture, lines[i].text, at, cv::Scalar::all(255), sizes);
  }
}

std::vector<std::string> wrapped(const std::string& text, int width, const MarkSizes& sizes) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    std::string longer = line;
    longer.append(line.empty() ? "" : " ").append(word);
    if (!line.empty() && text_size(longer, sizes).width > width) {
      lines.push_back(line);
      line = word;
    } else {
      line = longer;
    }
    begin = end + 1;
  }
  lines.push_back(line);
  return lines;
}

void draw_refusal(cv::Mat3b& picture, const InspectionReport& report) {
  picture *= 0.35;
  MarkSizes sizes = mark_sizes(picture.size());
  const int width = picture.cols * 9 / 10;
  std::vector<std::string> lines;
  int row = 0;
  for (;; --sizes.text_height) {
    lines = wrapped(report.reason, width, sizes);
    lines.insert(lines.begin(), "Not comparable");
    row = sizes.text_height * 2;
    const bool fits = row * static_cast<int>(lines.size()) <= picture.rows &&
                      std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
                        return text_size(line, sizes).width <= picture.cols;
                      });
    if (fits || sizes.text_height <= 4) {
      break;
    }
  }
  int middle = (picture.rows - row * (static_cast<int>(lines.size()) - 1)) / 2;
  for (const std::string& line : lines) {
    const int left = std::max(0, (picture.cols - text_size(line, sizes).width) / 2);
    draw_text(picture, line, {left, middle}, cv::Scalar::all(255), sizes);
    middle += row;
  }
}

std::vector<MarkedRegion> regions_of(const std::vector<UsedVariation>& variations) {
  std::vector<MarkedRegion> regions;
  for (const UsedVariation& variation : variations) {
    regions.push_back({.who = variation.who, .why = variation.why, .reference_rings = {corners(variation.core)}});
  }
  return regions;
}

void draw_findings(cv::Mat3b& picture, const InspectionReport& report) {
  const MarkSizes sizes = mark_sizes(picture.size());
  std::vector<cv::Rect> frames;
  for (const Finding& finding : report.findings) {
    frames.push_back(frame_around(finding.sample_box, sizes, picture.size()));
  }
  const bool candidates_shown = report.candidates.size() <= kMostCandidates;
  draw_panel(picture, panel_lines(report, candidates_shown), frames);
  if (candidates_shown) {
    for (const Finding& candidate : report.candidates) {
      draw_candidate(picture, frame_around(candidate.sample_box, sizes, picture.size()), sizes);
      for (const PlaceInBoth& place : candidate.also_at) {
        draw_candidate(picture, frame_around(place.in_sample, sizes, picture.size()), sizes);
      }
    }
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    draw_frame(picture, frames[i], group_of(report.findings[i].kind), sizes);
  }
  std::vector<cv::Rect> taken = frames;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (frames[i].empty()) {
      continue;
    }
    const std::string number = std::to_string(report.findings[i].id);
    const cv::Rect badge = badge_beside(frames[i], badge_size(number, sizes), picture.size(), taken);
    draw_badge(picture, badge, number, group_of(report.findings[i].kind), sizes);
    taken.push_back(badge);
  }
}

}  // namespace

cv::Mat3b draw_overlay(const InspectionReport& report, const imaging::BoardImage& sample) {
  cv::Mat3b picture = display_pixels(sample.pixels, display_range(sample, report.modality));
  if (report.outcome == Outcome::not_comparable) {
    draw_refusal(picture, report);
  } else {
    const MarkSizes sizes = mark_sizes(picture.size());
    draw_hatched(picture, regions_in_sample(report.coverage.masks, report, sample), sizes);
    draw_thinly_hatched(picture, regions_in_sample(regions_of(report.coverage.variations), report, sample), sizes);
    draw_outlined(picture, regions_in_sample(report.coverage.watched, report, sample), sizes);
    draw_findings(picture, report);
  }
  return picture;
}

}  // namespace boarddiff::compare
