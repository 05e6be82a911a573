// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/bar_code.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#define ZX_USE_UTF8  // text as std::string
#include <ZXing/ReadBarcode.h>

namespace datasets = boarddiff::datasets;

namespace {

// As a scanner sees it: dark on white with a quiet zone, four pixels a module.
std::string scanned(const cv::Mat1b& ink, ZXing::BarcodeFormat format) {
  cv::Mat1b page;
  cv::bitwise_not(ink, page);
  cv::resize(page, page, {}, 4, 4, cv::INTER_NEAREST);
  cv::copyMakeBorder(page, page, 40, 40, 40, 40, cv::BORDER_CONSTANT, cv::Scalar(255));
  const ZXing::Result result = ZXing::ReadBarcode({page.data, page.cols, page.rows, ZXing::ImageFormat::Lum},
                                                  ZXing::DecodeHints().setFormats(format));
  return result.text();
}

}  // namespace

TEST_CASE("the codes on labels can be read", "[datasets][bar_code]") {
  const std::string serial = "SNQX0417733";
  CHECK(scanned(datasets::bar_code(serial), ZXing::BarcodeFormat::Code128) == serial);
  CHECK(scanned(datasets::data_matrix(serial), ZXing::BarcodeFormat::DataMatrix) == serial);
}
