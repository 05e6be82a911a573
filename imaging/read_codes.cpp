// SPDX-License-Identifier: Apache-2.0
#include "imaging/read_codes.h"

#include "imaging/base/printable_text.h"

#include <opencv2/imgproc.hpp>

#define ZX_USE_UTF8  // text as std::string
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <tuple>

namespace boarddiff::imaging {

namespace {

constexpr std::size_t kMostCodes = 32;

cv::Mat1b levels_of(const cv::Mat& pixels) {
  cv::Mat grey = pixels;
  if (pixels.channels() == 3) {
    cv::cvtColor(pixels, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1b levels;
  grey.convertTo(levels, CV_8U, grey.depth() == CV_16U ? 1.0 / 257 : 1.0);
  return levels;
}

// Kinds that serial labels and boards carry, and whose checks a row of pads does not pass by chance, as it passes those
// of ITF and Codabar.
ZXing::DecodeHints hints() {
  using ZXing::BarcodeFormat;
  return ZXing::DecodeHints()
      .setFormats(BarcodeFormat::Code128 | BarcodeFormat::Code39 | BarcodeFormat::Code93 | BarcodeFormat::DataMatrix |
                  BarcodeFormat::QRCode | BarcodeFormat::MicroQRCode)
      .setTryDownscale(false);
}

// Code 39 has no check digit.
bool is_believed(const ZXing::Result& result) {
  constexpr std::size_t kLeastCharacters = 4;
  constexpr int kLeastLines = 3;
  const bool checked = result.format() != ZXing::BarcodeFormat::Code39;
  return result.isValid() &&
         (checked || (result.text().size() >= kLeastCharacters && result.lineCount() >= kLeastLines));
}

std::vector<Code> codes_in(const cv::Mat1b& levels, const Point& origin, double scale) {
  std::vector<Code> codes;
  const ZXing::ImageView view(levels.data, levels.cols, levels.rows, ZXing::ImageFormat::Lum,
                              static_cast<int>(levels.step));
  for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints())) {
    if (!is_believed(result)) {
      continue;
    }
    Polygon outline;
    for (const ZXing::PointI& corner : result.position()) {
      outline.push_back(origin + Point(corner.x, corner.y) / scale);
    }
    codes.push_back({.format = ZXing::ToString(result.format()),
                     .text = printable_text(result.text()),
                     .box = bounding_box(outline)});
  }
  return codes;
}

// The picture in pieces that overlap by the largest code that is looked for in them.
std::vector<cv::Rect> pieces_of(const cv::Size& size) {
  constexpr int kSide = 800;
  constexpr int kStep = 500;
  std::vector<cv::Rect> pieces;
  for (int y = 0; y == 0 || y + kSide - kStep < size.height; y += kStep) {
    for (int x = 0; x == 0 || x + kSide - kStep < size.width; x += kStep) {
      pieces.push_back(cv::Rect(x, y, kSide, kSide) & cv::Rect({0, 0}, size));
    }
  }
  return pieces;
}

// The same text at the same place was seen in two pieces.
bool is_same(const Code& a, const Code& b) {
  return a.format == b.format && a.text == b.text && intersection(grown(a.box, 2), grown(b.box, 2)).area() > 0;
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

}  // namespace

std::vector<Code> read_codes(const BoardImage& picture, const Execution& execution) {
  execution.begin("reading codes");
  const cv::Mat1b levels = levels_of(picture.pixels);
  constexpr double kShrunkSide = 1000;  // px
  const double scale = std::min(1.0, kShrunkSide / std::max(levels.cols, levels.rows));
  cv::Mat1b shrunk = levels;
  if (scale < 1) {
    cv::resize(levels, shrunk, {}, scale, scale, cv::INTER_AREA);
  }
  std::vector<Code> codes = codes_in(shrunk, Point::Zero(), scale);
  if (scale < 1) {
    const std::vector<cv::Rect> pieces = pieces_of(levels.size());
    std::vector<std::vector<Code>> found(pieces.size());
    cv::parallel_for_(cv::Range(0, static_cast<int>(pieces.size())), [&](const cv::Range& some) {
      for (int i = some.start; i < some.end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        found[at] = codes_in(levels(pieces[at]), Point(pieces[at].x, pieces[at].y), 1);
      }
    });
    for (const std::vector<Code>& some : found) {
      codes.insert(codes.end(), some.begin(), some.end());
    }
  }
  return each_once(std::move(codes));
}

}  // namespace boarddiff::imaging
