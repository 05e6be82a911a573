// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_lossless.h"

#include <dcmtk/config/osconfig.h>  // before all others of DCMTK
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>
#include <dcmtk/oflog/appender.h>
#include <dcmtk/oflog/oflog.h>

#include <memory>
#include <vector>

namespace boarddiff::imaging::load {
namespace {

thread_local int warnings_of_decoder = 0;

// The decoder tells its doubts to its log alone, whose default is standard error.
class WarningCount : public dcmtk::log4cplus::Appender {
 public:
  WarningCount() = default;
  WarningCount(const WarningCount&) = delete;
  WarningCount& operator=(const WarningCount&) = delete;
  ~WarningCount() override { destructorImpl(); }
  void close() override {}

 protected:
  void append(const dcmtk::log4cplus::spi::InternalLoggingEvent& /*event*/) override { ++warnings_of_decoder; }
};

void count_warnings() {
  static const bool kIsSet = [] {
    OFLogger logger = OFLog::getLogger("dcmtk.dcmjpeg");
    logger.setLogLevel(OFLogger::WARN_LOG_LEVEL);
    logger.setAdditivity(false);
    logger.addAppender(dcmtk::log4cplus::SharedAppenderPtr(new WarningCount));
    return true;
  }();
  static_cast<void>(kIsSet);
  warnings_of_decoder = 0;
}

std::unique_ptr<DJDecoder> decoder_for(unsigned precision, const DJCodecParameter& parameter) {
  if (precision <= 8) {
    return std::make_unique<DJDecompressIJG8Bit>(parameter, false);
  }
  if (precision <= 12) {
    return std::make_unique<DJDecompressIJG12Bit>(parameter, false);
  }
  return std::make_unique<DJDecompressIJG16Bit>(parameter, false);
}

}  // namespace

std::optional<cv::Mat> decode_lossless_jpeg(std::span<const std::byte> data, cv::Size size, unsigned precision) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 31U;  // its sizes have 32 bits
  cv::Mat pixels = cv::Mat::zeros(size, precision <= 8 ? CV_8U : CV_16U);
  const std::size_t pixel_bytes = pixels.total() * pixels.elemSize();
  if (data.size() > kMostBytes || pixel_bytes > kMostBytes) {
    return {};
  }
  count_warnings();
  const DJCodecParameter parameter(ECC_lossyRGB, EDC_never, EUC_never, EPC_default);
  const std::unique_ptr<DJDecoder> decoder = decoder_for(precision, parameter);
  std::vector<std::byte> compressed(data.begin(), data.end());  // it does not promise to leave them as they are
  const bool is_read = decoder->init().good() &&
                       decoder
                           ->decode(reinterpret_cast<Uint8*>(compressed.data()), static_cast<Uint32>(compressed.size()),
                                    pixels.data, static_cast<Uint32>(pixel_bytes), false)
                           .good();
  return is_read && warnings_of_decoder == 0 ? std::optional(pixels) : std::nullopt;
}

}  // namespace boarddiff::imaging::load
