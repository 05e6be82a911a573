// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"

#include <opencv2/core.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// Kinds that share a colour and a line shape; four can be told apart at a glance, nine cannot.
enum class MarkGroup { extra, missing, exchanged, changed };
[[nodiscard]] MarkGroup group_of(FindingKind kind);
[[nodiscard]] std::string_view words_for(MarkGroup group);

// In pixels, from the picture's diagonal, so that marks survive its shrinking to a thumbnail.
struct MarkSizes {
  int text_height = 8;
  int stroke = 1;
  int outline = 1;  // on both sides of a stroke
};
[[nodiscard]] MarkSizes mark_sizes(const cv::Size& picture);

[[nodiscard]] cv::Size text_size(const std::string& text, const MarkSizes& sizes);
[[nodiscard]] cv::Size badge_size(const std::string& number, const MarkSizes& sizes);

// Pixels round a box that its frame's line runs through: outside the box, of a visible least size, as far as the
// picture reaches; empty for a box outside it. An empty frame is not drawn.
[[nodiscard]] cv::Rect frame_around(const imaging::Box& box, const MarkSizes& sizes, const cv::Size& picture);

// A place for a badge beside its frame that covers least of what is taken.
[[nodiscard]] cv::Rect badge_beside(const cv::Rect& frame, const cv::Size& badge, const cv::Size& picture,
                                    const std::vector<cv::Rect>& taken);

// Text is ASCII, starts at `middle_left`; other characters become question marks.
void draw_text(cv::Mat3b& picture, const std::string& text, const cv::Point& middle_left, const cv::Scalar& colour,
               const MarkSizes& sizes);
void draw_frame(cv::Mat3b& picture, const cv::Rect& frame, MarkGroup group, const MarkSizes& sizes);
void draw_candidate(cv::Mat3b& picture, const cv::Rect& frame, const MarkSizes& sizes);
void draw_badge(cv::Mat3b& picture, const cv::Rect& badge, const std::string& number, MarkGroup group,
                const MarkSizes& sizes);

}  // namespace boarddiff::compare
