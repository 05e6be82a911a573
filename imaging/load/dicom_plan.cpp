// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_plan.h"

#include "imaging/base/text.h"
#include "imaging/load.h"

#include <cmath>

namespace boarddiff::imaging::load {
namespace {

constexpr DicomTag kSamplesPerPixel = 0x00280002;
constexpr DicomTag kPhotometric = 0x00280004;
constexpr DicomTag kFrames = 0x00280008;
constexpr DicomTag kRows = 0x00280010;
constexpr DicomTag kColumns = 0x00280011;
constexpr DicomTag kBitsAllocated = 0x00280100;
constexpr DicomTag kBitsStored = 0x00280101;
constexpr DicomTag kHighBit = 0x00280102;
constexpr DicomTag kRepresentation = 0x00280103;
constexpr DicomTag kIntercept = 0x00281052;
constexpr DicomTag kSlope = 0x00281053;
constexpr DicomTag kFloatPixels = 0x7fe00008;
constexpr DicomTag kDoublePixels = 0x7fe00009;

[[noreturn]] void fail_kind(const EncodedFile& file, const std::string& what) {
  fail(ErrorCode::unsupported_format, file, "is a DICOM file of a kind that is not read here: " + what);
}

[[noreturn]] void fail_damaged(const EncodedFile& file, const std::string& what) {
  fail(ErrorCode::damaged_file, file, "is damaged: " + what);
}

int needed(const DicomFile& dicom, const EncodedFile& file, DicomTag tag, const std::string& what) {
  const auto number = dicom.number16(tag);
  if (!number) {
    fail_damaged(file, "its " + what + " is missing");
  }
  return *number;
}

// The element's one number, or the default where there is none.
double decimal(const DicomFile& dicom, const EncodedFile& file, DicomTag tag, double otherwise,
               const std::string& what) {
  if (dicom.text(tag).empty()) {
    return otherwise;
  }
  const std::vector<double> numbers = dicom.decimals(tag);
  if (numbers.size() != 1) {
    fail_damaged(file, "its " + what + " is no number");
  }
  return numbers.front();
}

void check_kind(const DicomFile& dicom, const EncodedFile& file) {
  if (dicom.has(kFloatPixels) || dicom.has(kDoublePixels)) {
    fail_kind(file, "its pixels are floating-point numbers");
  }
  if (!dicom.has_pixels) {
    // What ends before the pixels looks the same as what never had any, unless it describes a picture.
    if (dicom.has(kRows) && dicom.has(kColumns)) {
      fail_damaged(file, "its pixels are missing");
    }
    fail_kind(file, "it holds no picture");
  }
  const std::string photometric = dicom.text(kPhotometric);
  const int samples = dicom.number16(kSamplesPerPixel).value_or(1);
  if (photometric.empty()) {
    fail_damaged(file, "what its pixels mean (photometric interpretation) is missing");
  }
  if (samples != 1 || (photometric != "MONOCHROME1" && photometric != "MONOCHROME2")) {
    fail_kind(file, std::to_string(samples) + (samples == 1 ? " sample" : " samples") + " a pixel, " +
                        printable(photometric) + "; only grey pictures (MONOCHROME1 and MONOCHROME2) are");
  }
}

void read_bits(const DicomFile& dicom, const EncodedFile& file, DicomPlan& plan) {
  plan.bits_allocated = needed(dicom, file, kBitsAllocated, "number of bits");
  if (plan.bits_allocated != 8 && plan.bits_allocated != 16) {
    fail_kind(file, std::to_string(plan.bits_allocated) + " bits a pixel; 8 and 16 are");
  }
  plan.bits_stored = dicom.number16(kBitsStored).value_or(static_cast<std::uint16_t>(plan.bits_allocated));
  if (plan.bits_stored < 1 || plan.bits_stored > plan.bits_allocated) {
    fail_damaged(file, "it says that " + std::to_string(plan.bits_stored) + " of " +
                           std::to_string(plan.bits_allocated) + " bits are used");
  }
  plan.high_bit = dicom.number16(kHighBit).value_or(static_cast<std::uint16_t>(plan.bits_stored - 1));
  if (plan.high_bit < plan.bits_stored - 1 || plan.high_bit >= plan.bits_allocated) {
    fail_damaged(file, "it says that the highest bit is the one with number " + std::to_string(plan.high_bit));
  }
  plan.is_signed = dicom.number16(kRepresentation).value_or(0) == 1;
}

void check_frames(const EncodedFile& file, double stated, const DicomPlan& plan) {
  if (!(stated >= 1 && stated <= kMostFrames) || stated != static_cast<int>(stated)) {
    fail_damaged(file, "it says that it has " + number_text(stated) + " frames");
  }
  if (stated > 1) {
    require_frame(file, static_cast<int>(stated), "frames");
  }
  const double read = file.frame > 0 ? 1 : stated;
  if (static_cast<double>(plan.width) * plan.height * read / 1e6 > file.max_megapixels) {
    fail(ErrorCode::too_large, file,
         "has " + number_text(stated) + " frames of " + std::to_string(plan.width) + " x " +
             std::to_string(plan.height) + " pixels, together more than --load.max-megapixels " +
             number_text(file.max_megapixels) + " allows");
  }
}

}  // namespace

DicomPlan make_dicom_plan(const DicomFile& dicom, const EncodedFile& file) {
  check_kind(dicom, file);
  DicomPlan plan;
  plan.width = needed(dicom, file, kColumns, "width");
  plan.height = needed(dicom, file, kRows, "height");
  check_dimensions(file, static_cast<std::uint64_t>(plan.width), static_cast<std::uint64_t>(plan.height));
  const double frames = decimal(dicom, file, kFrames, 1, "number of frames");
  check_frames(file, frames, plan);
  plan.frames = static_cast<int>(frames);
  read_bits(dicom, file, plan);
  plan.bright_is_low = dicom.text(kPhotometric) == "MONOCHROME1";
  plan.slope = decimal(dicom, file, kSlope, 1, "rescale slope");
  plan.intercept = decimal(dicom, file, kIntercept, 0, "rescale intercept");
  // Far outside of what anybody measures, and all that is computed with them stays finite.
  constexpr double kMost = 1e9;
  const double steepness = std::abs(plan.slope);
  if (steepness < 1 / kMost || steepness > kMost || std::abs(plan.intercept) > kMost) {
    fail_damaged(
        file, "its rescale slope and intercept are " + number_text(plan.slope) + " and " + number_text(plan.intercept));
  }
  return plan;
}

}  // namespace boarddiff::imaging::load
