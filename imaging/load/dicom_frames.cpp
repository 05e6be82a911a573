// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_frames.h"

#include "imaging/load/dicom_codecs.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace boarddiff::imaging::load {
namespace {

using Bytes = std::span<const std::byte>;

void add_native_rows(Bytes frame, int rows, const DicomFile& dicom, const DicomPlan& plan, cv::Mat1i& sum) {
  const auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(frame[at]); };
  const auto width = static_cast<std::size_t>(plan.width);
  for (int y = 0; y < rows; ++y) {
    int* line = sum[y];
    const std::size_t first = static_cast<std::size_t>(y) * width;
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t at = (first + x) * static_cast<std::size_t>(plan.bits_allocated / 8);
      const unsigned raw = plan.bits_allocated == 8 ? byte(at)
                           : dicom.big_endian       ? byte(at) << 8U | byte(at + 1)
                                                    : byte(at + 1) << 8U | byte(at);
      line[x] += plan.stored_value(raw);
    }
  }
}

// Those of a file's frames that are to be read.
struct FrameRange {
  std::size_t first = 0;
  std::size_t count = 1;

  [[nodiscard]] std::size_t end() const { return first + count; }
};

FrameRange wanted_frames(const DicomPlan& plan, const EncodedFile& file) {
  if (plan.frames > 1 && file.frame > 0) {
    return {.first = static_cast<std::size_t>(file.frame - 1)};
  }
  return {.count = static_cast<std::size_t>(plan.frames)};
}

// Whole frames count; of the first also a part, where there is no other.
DicomFrames read_native(const DicomFile& dicom, const DicomPlan& plan, const EncodedFile& file) {
  const std::size_t frame_bytes = plan.frame_bytes();
  const std::size_t row_bytes = frame_bytes / static_cast<std::size_t>(plan.height);
  const FrameRange wanted = wanted_frames(plan, file);
  const Bytes pixels = dicom.pixels.subspan(std::min(dicom.pixels.size(), wanted.first * frame_bytes));
  const std::size_t whole = std::min(wanted.count, pixels.size() / frame_bytes);
  const std::size_t first_rows = std::min<std::size_t>(pixels.size(), frame_bytes) / row_bytes;
  if (first_rows == 0) {
    fail(ErrorCode::damaged_file, file, "is damaged, and nothing is left to use: the file ends too early");
  }
  DicomFrames found{.sum = cv::Mat1i(plan.height, plan.width, 0),
                    .read = static_cast<int>(std::max<std::size_t>(whole, 1)),
                    .rows = static_cast<int>(first_rows)};
  add_native_rows(pixels, found.rows, dicom, plan, found.sum);
  for (std::size_t i = 1; i < whole; ++i) {
    add_native_rows(pixels.subspan(i * frame_bytes, frame_bytes), plan.height, dicom, plan, found.sum);
  }
  const auto frames = static_cast<std::size_t>(plan.frames);
  if (whole < wanted.count || (dicom.is_cut && wanted.end() == frames)) {
    found.damage = "its pixels end after " + std::to_string(dicom.pixels.size()) + " of " +
                   std::to_string(frames * frame_bytes) + " bytes";
  }
  return found;
}

// The fragments of each frame, of which most writers make one; with several, the table of offsets in front of them
// says where frames begin. Offsets count from the first fragment and with the 8 bytes before each.
std::vector<std::vector<Bytes>> fragments_of_frames(const DicomFile& dicom, std::size_t frames) {
  if (dicom.fragments.empty()) {
    return {};
  }
  const Bytes table = dicom.fragments.front();
  const std::vector<Bytes> fragments(dicom.fragments.begin() + 1, dicom.fragments.end());
  if (frames == 1) {
    return {fragments};
  }
  std::vector<std::vector<Bytes>> found;
  if (fragments.size() <= frames || table.size() / 4 != frames) {
    for (const Bytes fragment : fragments) {
      found.push_back({fragment});
    }
    return found;
  }
  std::uint64_t offset = 0;
  for (const Bytes fragment : fragments) {
    std::uint64_t start = offset + 1;  // none
    for (std::size_t i = 4; i > 0 && found.size() < frames; --i) {
      start = (i == 4 ? 0 : start << 8U) | std::to_integer<std::uint64_t>(table[4 * found.size() + i - 1]);
    }
    if (start == offset || found.empty()) {
      found.emplace_back();
    }
    found.back().push_back(fragment);
    offset += 8 + fragment.size();
  }
  return found;
}

void add_frame(const cv::Mat& pixels, const DicomPlan& plan, cv::Mat1i& sum) {
  for (int y = 0; y < sum.rows; ++y) {
    for (int x = 0; x < sum.cols; ++x) {
      sum(y, x) +=
          plan.stored_value(pixels.depth() == CV_8U ? pixels.at<std::uint8_t>(y, x) : pixels.at<std::uint16_t>(y, x));
    }
  }
}

DicomFrames read_compressed(const DicomFile& dicom, const DicomPlan& plan, const EncodedFile& file) {
  DicomFrames found{.sum = cv::Mat1i(plan.height, plan.width, 0), .rows = plan.height};
  const auto frames = fragments_of_frames(dicom, static_cast<std::size_t>(plan.frames));
  if (frames.size() > static_cast<std::size_t>(plan.frames)) {
    fail(ErrorCode::damaged_file, file,
         "is damaged: which of its " + std::to_string(frames.size()) + " pieces of data belong to which of its " +
             std::to_string(plan.frames) + " frames is not said");
  }
  const FrameRange wanted = wanted_frames(plan, file);
  for (std::size_t i = wanted.first; i < std::min(wanted.end(), frames.size()); ++i) {
    std::vector<std::byte> data;
    for (const Bytes fragment : frames[i]) {
      data.insert(data.end(), fragment.begin(), fragment.end());
    }
    if (const auto pixels = decode_dicom_frame(data, dicom.encoding, plan, file)) {
      add_frame(*pixels, plan, found.sum);
      ++found.read;
    }
  }
  if (found.read == 0) {
    fail(ErrorCode::damaged_file, file, "is damaged: none of its compressed pixels could be decoded");
  }
  if (found.read < static_cast<int>(wanted.count)) {
    found.damage = "only " + std::to_string(found.read) + " of " + std::to_string(plan.frames) + " frames are readable";
  } else if (dicom.is_cut && wanted.end() == static_cast<std::size_t>(plan.frames)) {
    found.damage = "the end of its compressed pixels is missing";
  }
  return found;
}

}  // namespace

DicomFrames read_dicom_frames(const DicomFile& dicom, const DicomPlan& plan, const EncodedFile& file) {
  return dicom.encoding == DicomEncoding::native ? read_native(dicom, plan, file) : read_compressed(dicom, plan, file);
}

}  // namespace boarddiff::imaging::load
