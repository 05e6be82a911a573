// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <memory>
#include <string>

namespace boarddiff::cli {

// An SVG drawing whose page is a picture: its shapes are parts of that picture, whatever their colours.
class SvgDrawing {
 public:
  // Reads the document; nothing that it links to is loaded. Throws Error{damaged_file} with `shown_name` where it is no
  // SVG or has no page (neither a viewBox nor width and height).
  SvgDrawing(const std::string& bytes, std::string shown_name);

  // 255 where a shape's area holds the pixel's centre, for a picture of that size that fills the page. Lines without an
  // area, text and pictures in the drawing are none of its shapes; what is hidden stays hidden. Throws
  // Error{invalid_option} where the page has other proportions than the picture.
  [[nodiscard]] cv::Mat1b mask(const cv::Size& picture) const;

 private:
  struct Document;
  std::string shown_name_;
  std::shared_ptr<const Document> document_;
};

// Whether a text may be one: its first mark is that of a tag.
[[nodiscard]] bool looks_like_svg(const std::string& text);

}  // namespace boarddiff::cli
