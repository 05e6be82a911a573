// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

// DICOM files made in memory, whole and odd ones.
namespace boarddiff::test {

inline constexpr const char* kDicomImplicit = "1.2.840.10008.1.2";
inline constexpr const char* kDicomExplicit = "1.2.840.10008.1.2.1";
inline constexpr const char* kDicomBigEndian = "1.2.840.10008.1.2.2";
inline constexpr const char* kDicomJpeg = "1.2.840.10008.1.2.4.50";
inline constexpr const char* kDicomJpegExtended = "1.2.840.10008.1.2.4.51";
inline constexpr const char* kDicomJpegLossless = "1.2.840.10008.1.2.4.70";
inline constexpr const char* kDicomJpegLs = "1.2.840.10008.1.2.4.80";
inline constexpr const char* kDicomJpeg2000 = "1.2.840.10008.1.2.4.90";
inline constexpr const char* kDicomRle = "1.2.840.10008.1.2.5";

// Texts that are empty are not written.
struct DicomWriting {
  std::string transfer_syntax = kDicomExplicit;  // one of the first three: pixels that are not compressed
  std::string photometric = "MONOCHROME2";
  int bits_stored = 0;  // 0: all
  bool is_signed = false;
  std::string slope = {};
  std::string intercept = {};
  std::string frames = {};  // empty: as many as there are, when more than one
  std::string board_spacing = {};
  std::string detector_spacing = {};
  std::string more = {};  // bytes of further elements, before those of the picture
};

// Frames of one size: CV_8U or CV_16U of 1 or 3 channels, in file order; signed values as their bits.
[[nodiscard]] std::string dicom_bytes(const std::vector<cv::Mat>& frames, const DicomWriting& writing = {});

// The same file with its pixels compressed, by GDCM.
[[nodiscard]] std::string compressed_dicom_bytes(const std::string& dicom, const std::string& transfer_syntax);

// A file of pixels that are not compressed with these pieces of compressed data in their place; the first is the table
// of where frames begin, which may be empty.
[[nodiscard]] std::string dicom_of_pieces(const std::string& dicom, const std::vector<std::string>& pieces);

// A picture of 12 bits as JPEG that is not lossless, by DCMTK: what GDCM writes for it are 16 bits, which JPEG has not.
[[nodiscard]] std::string jpeg_of_12_bits(const cv::Mat1w& picture);

// A small file whose header claims a picture of any size.
[[nodiscard]] std::string dicom_claiming(std::uint16_t width, std::uint16_t height, const std::string& frames);

// One element with the kind that two letters name, the low byte first.
[[nodiscard]] std::string dicom_element(std::uint32_t tag, const std::string& kind, std::string value);

}  // namespace boarddiff::test
