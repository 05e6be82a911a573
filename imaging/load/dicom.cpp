// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/text.h"
#include "imaging/load/decoders.h"
#include "imaging/load/dicom_frames.h"
#include "imaging/load/resolution.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging::load {
namespace {

constexpr DicomTag kDetectorSpacing = 0x00181164;
constexpr DicomTag kBoardSpacing = 0x00280030;
constexpr DicomTag kCalibration = 0x00280a02;
constexpr DicomTag kIntensityRelation = 0x00281040;
constexpr DicomTag kValueTable = 0x00283000;
constexpr double kFull = 65535;

// Of pixels whose high values are bright.
struct Scaling {
  ValueScale values = {};
  std::string note = {};
};

double value_of(const DicomPlan& plan, double stored) { return plan.slope * stored + plan.intercept; }

// From what the values may be, so that pictures of one device stay on one scale, where that is known to begin at 0.
Scaling scaling_of(const DicomPlan& plan, const cv::Mat1i& sum, int frames) {
  const auto [low, high] = std::minmax({value_of(plan, plan.least_stored()), value_of(plan, plan.most_stored())});
  const auto is_whole = [](double number) { return number == std::floor(number); };
  if (low >= 0 && high <= kFull && is_whole(plan.slope) && is_whole(plan.intercept)) {
    // The fewest bits that hold all values, stretched over 16.
    const int bits = std::max(1, static_cast<int>(std::floor(std::log2(std::max(1.0, high)))) + 1);
    return {.values = {.per_step = ((1 << bits) - 1) / kFull}};
  }
  double least = 0;
  double most = 0;
  cv::minMaxLoc(sum, &least, &most);
  const auto [dark, bright] = std::minmax({value_of(plan, least / frames), value_of(plan, most / frames)});
  if (dark >= 0 && high > 0) {
    return {.values = {.per_step = high / kFull}, .note = "The values were stretched over 16 bits; 0 stayed 0."};
  }
  const double range = bright - dark;
  return {.values = {.at_zero = dark, .per_step = range > 0 ? range / kFull : 1},
          .note = "Values from " + number_text(dark) + " to " + number_text(bright) +
                  " were stretched over 16 bits; what lets no ray through is then not 0."};
}

cv::Mat1w in_16_bits(const cv::Mat1i& sum, int frames, const DicomPlan& plan, const ValueScale& values) {
  cv::Mat1w pixels(sum.size());
  for (int y = 0; y < sum.rows; ++y) {
    for (int x = 0; x < sum.cols; ++x) {
      const double value = value_of(plan, static_cast<double>(sum(y, x)) / frames);
      const double pixel = std::clamp((value - values.at_zero) / values.per_step, 0.0, kFull);
      pixels(y, x) = static_cast<std::uint16_t>(std::lround(plan.bright_is_low ? kFull - pixel : pixel));
    }
  }
  return pixels;
}

// The pixel's size on the detector is larger than what it shows of the board, by the magnification. Some devices
// write it as the one in the board's plane too; then neither says anything of the board.
void read_spacing(const DicomFile& dicom, Raster& raster) {
  const std::vector<double> detector = dicom.decimals(kDetectorSpacing);
  const std::vector<double> board = dicom.decimals(kBoardSpacing);
  if (board.size() == 2 && (board != detector || !dicom.text(kCalibration).empty())) {
    constexpr double kMillimetresPerMetre = 1000;
    // The distance of rows comes first.
    state_per_metre(raster.resolution, kMillimetresPerMetre / board[1], kMillimetresPerMetre / board[0]);
  } else if (!detector.empty()) {
    raster.notes.push_back("The detector's pixels are " + number_text(detector.front()) +
                           " mm; on the board they are smaller by the magnification.");
  }
}

void note_meaning(const DicomFile& dicom, const DicomPlan& plan, Raster& raster) {
  if (plan.bright_is_low) {
    raster.notes.emplace_back("The file's low values are bright (MONOCHROME1); the picture was inverted.");
  }
  if (dicom.has(kValueTable)) {
    raster.notes.emplace_back("The file's table of values (modality LUT) was not applied.");
  }
  if (dicom.text(kIntensityRelation) == "LOG") {
    raster.notes.emplace_back("The file says that its values are logarithms of the intensity.");
  }
}

}  // namespace

Raster decode_dicom(const EncodedFile& file) {
  const DicomFile dicom = read_dicom(file);
  const DicomPlan plan = make_dicom_plan(dicom, file);
  const DicomFrames frames = read_dicom_frames(dicom, plan, file);
  const Scaling scaling = scaling_of(plan, frames.sum.rowRange(0, frames.rows), frames.read);
  Raster raster{.pixels = in_16_bits(frames.sum, frames.read, plan, scaling.values),
                .values = plan.bright_is_low ? scaling.values.inverted(kFull) : scaling.values,
                .bits_per_channel = plan.bits_stored <= 8 ? 8 : 16,
                .damage = frames.damage};
  if (frames.rows < plan.height) {
    mark_rows_missing(raster, frames.rows, plan.height);
  }
  if (plan.frames > 1 && file.frame > 0) {
    raster.notes.push_back("Frame " + std::to_string(file.frame) + " of " + std::to_string(plan.frames) +
                           " was used (--load.frame).");
  } else if (frames.read > 1) {
    raster.notes.push_back(std::to_string(frames.read) + " frames were averaged.");
  }
  if (!scaling.note.empty()) {
    raster.notes.push_back(scaling.note);
  }
  note_meaning(dicom, plan, raster);
  read_spacing(dicom, raster);
  return raster;
}

}  // namespace boarddiff::imaging::load
