// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dicom_bytes.h"

#include <dcmtk/config/osconfig.h>  // before all others of DCMTK
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djeijg12.h>
#include <gdcmImageChangeTransferSyntax.h>
#include <gdcmImageReader.h>
#include <gdcmImageWriter.h>
#include <gdcmTrace.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace boarddiff::test {
namespace {

struct Layout {
  bool has_kinds = true;
  bool big_endian = false;
};

std::string number(std::uint32_t value, int bytes, bool big_endian = false) {
  std::string text;
  for (int i = 0; i < bytes; ++i) {
    text += static_cast<char>(value >> (8 * i) & 255U);
  }
  if (big_endian) {
    std::ranges::reverse(text);
  }
  return text;
}

std::string element(const Layout& layout, std::uint32_t tag, const std::string& kind, std::string value) {
  if (value.size() % 2 != 0) {
    value += kind == "UI" || kind == "OB" ? '\0' : ' ';
  }
  const auto length = static_cast<std::uint32_t>(value.size());
  const bool is_long = kind == "OB" || kind == "OW" || kind == "SQ" || kind == "UN" || kind == "OF";
  std::string bytes = number(tag >> 16U, 2, layout.big_endian) + number(tag & 0xffffU, 2, layout.big_endian);
  if (!layout.has_kinds) {
    return bytes + number(length, 4) + value;
  }
  bytes += kind;
  return bytes +
         (is_long ? number(0, 2) + number(length, 4, layout.big_endian) : number(length, 2, layout.big_endian)) + value;
}

std::string text_element(const Layout& layout, std::uint32_t tag, const std::string& kind, const std::string& value) {
  return value.empty() ? std::string() : element(layout, tag, kind, value);
}

std::string number_element(const Layout& layout, std::uint32_t tag, int value) {
  return element(layout, tag, "US", number(static_cast<std::uint32_t>(value), 2, layout.big_endian));
}

std::string file_start(const std::string& transfer_syntax) {
  const std::string meta = element({}, 0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.1.1") +
                           element({}, 0x00020003, "UI", "1.2.3.4") + element({}, 0x00020010, "UI", transfer_syntax);
  return std::string(128, '\0') + "DICM" +
         element({}, 0x00020000, "UL", number(static_cast<std::uint32_t>(meta.size()), 4)) + meta;
}

std::string pixel_bytes(const std::vector<cv::Mat>& frames, bool big_endian) {
  std::string bytes;
  for (const cv::Mat& frame : frames) {
    const cv::Mat whole = frame.clone();  // without gaps between rows
    std::string_view raw(reinterpret_cast<const char*>(whole.data), whole.total() * whole.elemSize());
    bytes += raw;
  }
  for (std::size_t i = 0; big_endian && frames.front().elemSize1() == 2 && i + 1 < bytes.size(); i += 2) {
    std::swap(bytes[i], bytes[i + 1]);
  }
  return bytes;
}

}  // namespace

std::string dicom_bytes(const std::vector<cv::Mat>& frames, const DicomWriting& writing) {
  const Layout layout{.has_kinds = writing.transfer_syntax != kDicomImplicit,
                      .big_endian = writing.transfer_syntax == kDicomBigEndian};
  const cv::Mat& first = frames.front();
  const int bits = static_cast<int>(first.elemSize1() * 8);
  const int stored = writing.bits_stored > 0 ? writing.bits_stored : bits;
  const std::string counted = frames.size() > 1 ? std::to_string(frames.size()) : "";
  return file_start(writing.transfer_syntax) + element(layout, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.1.1") +
         element(layout, 0x00080018, "UI", "1.2.3.4") +
         text_element(layout, 0x00181164, "DS", writing.detector_spacing) + writing.more +
         number_element(layout, 0x00280002, first.channels()) +
         text_element(layout, 0x00280004, "CS", writing.photometric) +
         (first.channels() > 1 ? number_element(layout, 0x00280006, 0) : "") +
         text_element(layout, 0x00280008, "IS", writing.frames.empty() ? counted : writing.frames) +
         number_element(layout, 0x00280010, first.rows) + number_element(layout, 0x00280011, first.cols) +
         text_element(layout, 0x00280030, "DS", writing.board_spacing) + number_element(layout, 0x00280100, bits) +
         number_element(layout, 0x00280101, stored) + number_element(layout, 0x00280102, stored - 1) +
         number_element(layout, 0x00280103, writing.is_signed ? 1 : 0) +
         text_element(layout, 0x00281052, "DS", writing.intercept) +
         text_element(layout, 0x00281053, "DS", writing.slope) +
         element(layout, 0x7fe00010, bits == 8 ? "OB" : "OW", pixel_bytes(frames, layout.big_endian));
}

std::string compressed_dicom_bytes(const std::string& dicom, const std::string& transfer_syntax) {
  gdcm::Trace::SetWarning(false);
  std::istringstream from(dicom);
  gdcm::ImageReader reader;
  reader.SetStream(from);
  gdcm::ImageChangeTransferSyntax change;
  change.SetTransferSyntax(gdcm::TransferSyntax::GetTSType(transfer_syntax.c_str()));
  if (!reader.Read()) {
    throw std::runtime_error("GDCM cannot read this test picture");
  }
  change.SetInput(reader.GetImage());
  if (!change.Change()) {
    throw std::runtime_error("GDCM cannot compress this test picture");
  }
  std::ostringstream to;
  gdcm::ImageWriter writer;
  writer.SetStream(to);
  writer.SetFile(reader.GetFile());
  writer.SetImage(change.GetOutput());
  if (!writer.Write()) {
    throw std::runtime_error("GDCM cannot write this test picture");
  }
  return to.str();
}

std::string dicom_of_pieces(const std::string& dicom, const std::vector<std::string>& pieces) {
  const std::string tag = number(0x7fe0, 2) + number(0x0010, 2);
  std::string bytes = dicom.substr(0, dicom.rfind(tag + "O")) + tag + "OB" + number(0, 2) + number(0xffffffffU, 4);
  for (const std::string& piece : pieces) {
    bytes += element({.has_kinds = false}, 0xfffee000, "OB", piece);
  }
  return bytes + element({.has_kinds = false}, 0xfffee0dd, "OB", "");
}

std::string jpeg_of_12_bits(const cv::Mat1w& picture) {
  cv::Mat1w pixels = picture.clone();
  const DJCodecParameter parameter(ECC_lossyRGB, EDC_never, EUC_never, EPC_default);
  DJCompressIJG12Bit encoder(parameter, EJM_sequential, 100);
  Uint8* data = nullptr;
  Uint32 length = 0;
  if (encoder
          .encode(static_cast<Uint16>(pixels.cols), static_cast<Uint16>(pixels.rows), EPI_Monochrome2, 1,
                  pixels.ptr<Uint16>(), data, length)
          .bad()) {
    throw std::runtime_error("DCMTK cannot compress this test picture");
  }
  std::string bytes(reinterpret_cast<const char*>(data), length);
  delete[] data;
  return bytes;
}

std::string dicom_claiming(std::uint16_t width, std::uint16_t height, const std::string& frames) {
  std::string bytes = dicom_bytes({cv::Mat1w(3, 5, std::uint16_t{7})}, {.frames = frames});
  const std::size_t rows = bytes.find(dicom_element(0x00280010, "US", number(3, 2)));
  return bytes.replace(
      rows, 20, dicom_element(0x00280010, "US", number(height, 2)) + dicom_element(0x00280011, "US", number(width, 2)));
}

std::string dicom_element(std::uint32_t tag, const std::string& kind, std::string value) {
  return element({}, tag, kind, std::move(value));
}

}  // namespace boarddiff::test
