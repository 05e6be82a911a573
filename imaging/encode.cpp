// SPDX-License-Identifier: Apache-2.0
#include "imaging/encode.h"

#include "imaging/base/error.h"
#include "imaging/encode_lossless.h"

#include <opencv2/imgcodecs.hpp>

#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <utility>

namespace boarddiff::imaging {
namespace {

constexpr int kQuality = 95;

// With alpha behind the colours where there is `shown`, and red first.
cv::Mat samples_of(const cv::Mat& pixels, const cv::Mat1b& shown) {
  const int colours = pixels.channels();
  std::vector<cv::Mat> sources = {pixels};
  std::vector<int> places = colours == 3 ? std::vector{0, 2, 1, 1, 2, 0} : std::vector{0, 0};
  if (!shown.empty()) {
    cv::Mat alpha = shown;
    if (pixels.depth() == CV_16U) {
      shown.convertTo(alpha, CV_16U, 257);
    }
    sources.push_back(alpha);
    places.insert(places.end(), {colours, colours});
  }
  cv::Mat samples(pixels.size(), CV_MAKETYPE(pixels.depth(), colours + (shown.empty() ? 0 : 1)));
  cv::mixChannels(sources, std::vector<cv::Mat>{samples}, places);
  return samples;
}

std::string through_opencv(const cv::Mat& pixels, const std::string& extension, const std::vector<int>& settings) {
  std::vector<unsigned char> bytes;
  require(cv::imencode(extension, pixels, bytes, settings), "a picture is encoded");
  return {bytes.begin(), bytes.end()};
}

struct EncoderDeleter {
  void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
};

// A WebPPicture owns memory that its own function frees.
class WebpFrame {
 public:
  explicit WebpFrame(const cv::Mat3b& picture) {
    const bool is_known = WebPPictureInit(&frame_) != 0;
    require(is_known, "the WebP library is the one that was compiled against");
    frame_.width = picture.cols;
    frame_.height = picture.rows;
    frame_.use_argb = 1;
    if (WebPPictureImportBGR(&frame_, picture.data, static_cast<int>(picture.step)) == 0) {
      throw std::bad_alloc();
    }
  }
  ~WebpFrame() { WebPPictureFree(&frame_); }
  WebpFrame(const WebpFrame&) = delete;
  WebpFrame& operator=(const WebpFrame&) = delete;

  WebPPicture* get() { return &frame_; }

 private:
  WebPPicture frame_ = {};
};

}  // namespace

std::string_view name_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return "PNG";
    case PictureFormat::tiff:
      return "TIFF";
    case PictureFormat::jpeg:
      return "JPEG";
    case PictureFormat::bmp:
      return "BMP";
    case PictureFormat::webp:
      return "WebP";
  }
  return "";
}

std::optional<PictureFormat> format_for(const std::filesystem::path& path) {
  constexpr std::array<std::pair<std::string_view, PictureFormat>, 7> kExtensions{{{".png", PictureFormat::png},
                                                                                   {".tif", PictureFormat::tiff},
                                                                                   {".tiff", PictureFormat::tiff},
                                                                                   {".jpg", PictureFormat::jpeg},
                                                                                   {".jpeg", PictureFormat::jpeg},
                                                                                   {".bmp", PictureFormat::bmp},
                                                                                   {".webp", PictureFormat::webp}}};
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  const auto* const found =
      std::ranges::find_if(kExtensions, [&](const auto& known) { return known.first == extension; });
  return found == kExtensions.end() ? std::optional<PictureFormat>() : found->second;
}

std::string obstacle(PictureFormat format, const cv::Size& size, int depth) {
  const bool is_lossless_16 = format == PictureFormat::png || format == PictureFormat::tiff;
  const std::string name(name_of(format));
  if (depth == CV_16U && !is_lossless_16) {
    return "has 16 bits a channel, which " + name + " does not hold; .png and .tif do";
  }
  const int most = format == PictureFormat::jpeg ? 65500 : format == PictureFormat::webp ? 16383 : 1'000'000;
  if (std::max(size.width, size.height) > most) {
    return "has " + std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels, and no side of a " +
           name + " file may exceed " + std::to_string(most) + "; .png and .tif hold it";
  }
  return {};
}

std::string encode_picture(const cv::Mat& pixels, const cv::Mat1b& shown, PictureFormat format) {
  require(obstacle(format, pixels.size(), pixels.depth()).empty(), "encode_picture: the format holds the picture");
  switch (format) {
    case PictureFormat::png:
      return png_bytes(samples_of(pixels, shown));
    case PictureFormat::tiff:
      return tiff_bytes(samples_of(pixels, shown));
    case PictureFormat::jpeg:
      return through_opencv(pixels, ".jpg", {cv::IMWRITE_JPEG_QUALITY, kQuality});
    case PictureFormat::bmp:
      return through_opencv(pixels, ".bmp", {});
    case PictureFormat::webp:
      return through_opencv(pixels, ".webp", {cv::IMWRITE_WEBP_QUALITY, kQuality});
  }
  return {};
}

std::string encode_animation(const std::vector<cv::Mat3b>& pictures, int milliseconds_each) {
  require(!pictures.empty(), "encode_animation: there are pictures");
  WebPAnimEncoderOptions options{};
  WebPConfig config{};
  require(WebPAnimEncoderOptionsInit(&options) != 0 && WebPConfigInit(&config) != 0,
          "the WebP library is the one that was compiled against");
  config.quality = kQuality;
  const cv::Size size = pictures.front().size();
  const std::unique_ptr<WebPAnimEncoder, EncoderDeleter> encoder(WebPAnimEncoderNew(size.width, size.height, &options));
  if (!encoder) {
    throw std::bad_alloc();
  }
  int start_ms = 0;
  for (const cv::Mat3b& picture : pictures) {
    require(picture.size() == size, "encode_animation: pictures of one size");
    WebpFrame frame(picture);
    require(WebPAnimEncoderAdd(encoder.get(), frame.get(), start_ms, &config) != 0, "a frame is encoded");
    start_ms += milliseconds_each;
  }
  WebPData data{};
  const bool assembled = WebPAnimEncoderAdd(encoder.get(), nullptr, start_ms, nullptr) != 0 &&
                         WebPAnimEncoderAssemble(encoder.get(), &data) != 0;
  require(assembled, "an animation is assembled");
  std::string bytes(reinterpret_cast<const char*>(data.bytes), data.size);
  WebPDataClear(&data);
  return bytes;
}

}  // namespace boarddiff::imaging
