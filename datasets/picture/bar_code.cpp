// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/bar_code.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace boarddiff::datasets {
namespace {

cv::Mat1b encoded(const std::string& text, ZXing::BarcodeFormat format, int least_px) {
  ZXing::MultiFormatWriter writer(format);
  writer.setMargin(0);
  const ZXing::BitMatrix bits = writer.encode(std::wstring(text.begin(), text.end()), least_px, least_px);
  cv::Mat1b picture(bits.height(), bits.width());
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      picture(y, x) = bits.get(x, y) ? 255 : 0;
    }
  }
  return picture;
}

}  // namespace

cv::Mat1b bar_code(const std::string& text) { return encoded(text, ZXing::BarcodeFormat::Code128, 64); }

cv::Mat1b data_matrix(const std::string& text) { return encoded(text, ZXing::BarcodeFormat::DataMatrix, 48); }

}  // namespace boarddiff::datasets
