// SPDX-License-Identifier: Apache-2.0
#include "imaging/read_codes.h"

#include "imaging/base/printable_text.h"
#include "imaging/grey_levels.h"

#include <opencv2/imgproc.hpp>

#define ZX_USE_UTF8  // text as std::string
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <tuple>

namespace boarddiff::imaging {

namespace {

constexpr std::size_t kMostCodes = 32;
constexpr int kLeastSide = 1000;  // px; in smaller pictures large codes are not too large for the pieces

// Kinds that serial labels and boards carry, and whose checks a row of pads does not pass by chance, as it passes those
// of ITF and Codabar.
// Without Micro QR: looking for its corners, this version of ZXing ends the program on what only resembles one (an
// assertion in FindConcentricPatternCorners).
const ZXing::BarcodeFormats kBarsAndQuick = ZXing::BarcodeFormat::Code128 | ZXing::BarcodeFormat::Code39 |
                                            ZXing::BarcodeFormat::Code93 | ZXing::BarcodeFormat::QRCode;

// Code 39 has no check digit.
bool is_believed(const ZXing::Result& result) {
  constexpr std::size_t kLeastCharacters = 4;
  constexpr int kLeastLines = 3;
  const bool checked = result.format() != ZXing::BarcodeFormat::Code39;
  return result.isValid() &&
         (checked || (result.text().size() >= kLeastCharacters && result.lineCount() >= kLeastLines));
}

// A part of the picture shrunk by `scale`.
struct Piece {
  cv::Rect place = {};
  double scale = 1;
};

Box around(const Box& box, double share) { return grown(box, 2 + share * std::max(box.width, box.height)); }

// One code after another, each painted over before the next is looked for: asked for several at once, this version of
// ZXing ends the program where two bar codes say the same.
std::vector<Code> codes_in(const cv::Mat1b& picture, const Piece& where, ZXing::BarcodeFormats formats) {
  constexpr int kMostInPiece = 8;
  const ZXing::DecodeHints one =
      ZXing::DecodeHints().setFormats(formats).setTryDownscale(false).setMaxNumberOfSymbols(1);
  cv::Mat1b levels = picture(where.place).clone();
  std::vector<Code> codes;
  for (int i = 0; i < kMostInPiece; ++i) {
    const ZXing::ImageView view(levels.data, levels.cols, levels.rows, ZXing::ImageFormat::Lum,
                                static_cast<int>(levels.step));
    const ZXing::Results results = ZXing::ReadBarcodes(view, one);
    if (results.empty()) {
      break;
    }
    const ZXing::Result& result = results.front();
    Polygon outline;
    for (const ZXing::PointI& corner : result.position()) {
      outline.emplace_back(corner.x, corner.y);
    }
    const Box box = bounding_box(outline);
    if (is_believed(result)) {
      codes.push_back({.format = ZXing::ToString(result.format()),
                       .text = printable_text(result.text()),
                       .box = {(where.place.x + box.x) / where.scale, (where.place.y + box.y) / where.scale,
                               box.width / where.scale, box.height / where.scale}});
    }
    constexpr double kShare = 0.1;  // bars reach beyond the line that was read, and other codes are near
    const Box over = around(box, kShare);
    cv::rectangle(levels, cv::Rect2d(over.x, over.y, over.width, over.height), cv::Scalar(128), cv::FILLED);
  }
  return codes;
}

std::vector<cv::Rect> pieces_of(const cv::Size& size, int side, int step) {
  std::vector<cv::Rect> pieces;
  for (int y = 0; y == 0 || y + side - step < size.height; y += step) {
    for (int x = 0; x == 0 || x + side - step < size.width; x += step) {
      pieces.push_back(cv::Rect(x, y, side, side) & cv::Rect({0, 0}, size));
    }
  }
  return pieces;
}

// A code of dots has two clearly different levels.
bool may_hold_dots(const cv::Mat1b& piece) {
  constexpr double kContrast = 25;  // levels
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(piece, mean, deviation);
  return deviation[0] >= kContrast;
}

// The same text at the same place was seen in two pieces, or in two lines across the same bars.
bool is_same(const Code& a, const Code& b) {
  constexpr double kShare = 0.25;
  return a.format == b.format && a.text == b.text &&
         intersection(around(a.box, kShare), around(b.box, kShare)).area() > 0;
}

std::vector<Code> each_once(std::vector<Code> codes) {
  std::stable_sort(codes.begin(), codes.end(), [](const Code& a, const Code& b) {
    return std::tie(a.box.y, a.box.x, a.text) < std::tie(b.box.y, b.box.x, b.text);
  });
  std::vector<Code> once;
  for (Code& code : codes) {
    const auto same = [&](const Code& other) { return is_same(code, other); };
    if (std::none_of(once.begin(), once.end(), same) && once.size() < kMostCodes) {
      once.push_back(std::move(code));
    }
  }
  return once;
}

// Bars are found anywhere in a piece. Data Matrix codes are found only around a piece's middle rows and columns, so
// that pieces for them are small and overlap by more than half.
std::vector<Code> codes_at(const cv::Mat1b& shrunk, double scale) {
  constexpr int kBarsSide = 800;
  constexpr int kBarsStep = 500;
  constexpr int kDotsSide = 160;
  constexpr int kDotsStep = 64;
  const std::vector<cv::Rect> for_bars = pieces_of(shrunk.size(), kBarsSide, kBarsStep);
  std::vector<cv::Rect> pieces = pieces_of(shrunk.size(), kDotsSide, kDotsStep);
  std::erase_if(pieces, [&](const cv::Rect& piece) { return !may_hold_dots(shrunk(piece)); });
  const std::size_t dots = pieces.size();
  pieces.insert(pieces.end(), for_bars.begin(), for_bars.end());
  std::vector<std::vector<Code>> found(pieces.size());
  cv::parallel_for_(cv::Range(0, static_cast<int>(pieces.size())), [&](const cv::Range& some) {
    for (int i = some.start; i < some.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      found[at] = codes_in(shrunk, {pieces[at], scale}, at < dots ? ZXing::BarcodeFormat::DataMatrix : kBarsAndQuick);
    }
  });
  std::vector<Code> codes;
  for (const std::vector<Code>& some : found) {
    codes.insert(codes.end(), some.begin(), some.end());
  }
  return codes;
}

}  // namespace

std::vector<Code> read_codes(const BoardImage& picture, const Execution& execution) {
  execution.begin("reading codes");
  const cv::Mat1b levels = grey_levels(picture.pixels);
  const int longer = std::max(levels.cols, levels.rows);
  const int shorter = std::min(levels.cols, levels.rows);
  std::vector<Code> codes;
  for (double scale = 1;; scale /= 2) {
    constexpr double kNarrowest = 8;  // px: fewer hold no code
    if (shorter * scale < kNarrowest || (scale < 1 && longer * scale * 2 < kLeastSide)) {
      break;
    }
    cv::Mat1b shrunk = levels;
    if (scale < 1) {
      cv::resize(levels, shrunk, {}, scale, scale, cv::INTER_AREA);
    }
    const std::vector<Code> some = codes_at(shrunk, scale);
    codes.insert(codes.end(), some.begin(), some.end());
  }
  return each_once(std::move(codes));
}

}  // namespace boarddiff::imaging
