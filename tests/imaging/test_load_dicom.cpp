// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/load.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::imaging::LoadOptions;
namespace test = boarddiff::test;

namespace {

BoardImage decode(const std::string& bytes, const LoadOptions& options = {}) {
  return decode_board_image(test::as_bytes(bytes), "board.dcm", options);
}

Error error_of(const std::string& bytes, const LoadOptions& options = {}) {
  try {
    static_cast<void>(decode(bytes, options));
  } catch (const Error& error) {
    return error;
  }
  throw std::runtime_error("no Error was thrown");
}

bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

bool mentions(const Error& error, const std::string& words) {
  return std::string(error.what()).find(words) != std::string::npos;
}

bool notes(const BoardImage& image, const std::string& words) {
  return std::ranges::any_of(image.notes,
                             [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

cv::Mat1w row(const std::vector<std::uint16_t>& values) { return cv::Mat(values, true).reshape(1, 1); }

// Signed values of 16 bits as a file holds them.
cv::Mat1w signed_row(const std::vector<int>& values) {
  std::vector<std::uint16_t> bits;
  bits.reserve(values.size());
  for (const int value : values) {
    bits.push_back(static_cast<std::uint16_t>(value));
  }
  return row(bits);
}

// Of 12 bits, smooth and with edges; an even number of pixels, since GDCM cannot compress the other.
cv::Mat1w picture_of_12_bits() {
  cv::Mat1w picture = test::test_picture({46, 36}, CV_16UC1);
  picture.forEach([](std::uint16_t& pixel, const int*) { pixel = static_cast<std::uint16_t>(pixel >> 4U); });
  return picture;
}

// Before the transfer syntax and between the elements of the header nothing tells a picture.
bool is_refused_as_cut(const std::string& whole, std::size_t kept) {
  const ErrorCode code = error_of(whole.substr(0, kept)).code();
  return code == ErrorCode::damaged_file || (code == ErrorCode::unsupported_format && kept < whole.size() / 2);
}

BoardImage decode_with(const test::DicomWriting& writing) {
  return decode(test::dicom_bytes({row({1, 2, 3})}, writing));
}

cv::Mat1w over_16_bits(const cv::Mat1w& values, double most) {
  cv::Mat1w filled;
  values.convertTo(filled, CV_16U, 65535 / most);
  return filled;
}

}  // namespace

TEST_CASE("DICOM pictures of any number of bits fill 16", "[imaging][load]") {
  const int stored = GENERATE(10, 12, 14, 16);
  const auto* syntax = GENERATE(test::kDicomExplicit, test::kDicomImplicit, test::kDicomBigEndian);
  CAPTURE(stored, syntax);
  const auto most = static_cast<std::uint16_t>((1 << stored) - 1);
  const cv::Mat1w values = row({0, 1, 700, most});
  const BoardImage image = decode(test::dicom_bytes({values}, {.transfer_syntax = syntax, .bits_stored = stored}));
  CHECK(same_pixels(image.pixels, over_16_bits(values, most)));
  CHECK(image.notes.empty());
  CHECK(image.source.format == "dicom");
  CHECK(image.source.bits_per_channel == 16);

  const cv::Mat1b bytes = (cv::Mat1b(1, 4) << 0, 1, 128, 255);
  const BoardImage narrow = decode(test::dicom_bytes({bytes}, {.transfer_syntax = syntax}));
  CHECK(same_pixels(narrow.pixels, row({0, 257, 128 * 257, 65535})));
  CHECK(narrow.source.bits_per_channel == 8);
}

TEST_CASE("a DICOM picture whose low values are bright is inverted", "[imaging][load]") {
  const BoardImage image =
      decode(test::dicom_bytes({row({0, 4095, 1000})}, {.photometric = "MONOCHROME1", .bits_stored = 12}));
  CHECK(same_pixels(image.pixels, row({65535, 0, 49531})));
  CHECK(notes(image, "MONOCHROME1"));
}

TEST_CASE("signed DICOM values with an intercept that lifts them above 0 are whole numbers", "[imaging][load]") {
  const BoardImage image = decode(test::dicom_bytes({signed_row({-2048, -2047, 2047})},
                                                    {.bits_stored = 12, .is_signed = true, .intercept = "2048"}));
  CHECK(same_pixels(image.pixels, row({0, 16, 65535})));
  CHECK(image.notes.empty());
}

TEST_CASE("DICOM values below 0 are stretched from the least to the most", "[imaging][load]") {
  const BoardImage image =
      decode(test::dicom_bytes({signed_row({-100, 0, 100, 300})}, {.is_signed = true, .slope = "2"}));
  CHECK(same_pixels(image.pixels, row({0, 16384, 32768, 65535})));
  CHECK(notes(image, "Values from -200 to 600 were stretched"));

  // All the same: nothing to stretch.
  CHECK(same_pixels(decode(test::dicom_bytes({signed_row({-5, -5})}, {.is_signed = true})).pixels, row({0, 0})));
}

TEST_CASE("0 stays 0 where a rescaled DICOM picture has nothing below it", "[imaging][load]") {
  // 4095 * 0.5 is the most that such values can be, whichever of them the picture has.
  const BoardImage image = decode(test::dicom_bytes({row({0, 1000, 2000})}, {.bits_stored = 12, .slope = "0.5"}));
  CHECK(same_pixels(image.pixels, over_16_bits(row({0, 1000, 2000}), 4095)));
  CHECK(notes(image, "0 stayed 0"));
  const BoardImage whole = decode(test::dicom_bytes({row({0, 1000, 2000})}, {.bits_stored = 12, .slope = "2.0"}));
  CHECK(same_pixels(whole.pixels, over_16_bits(row({0, 2000, 4000}), 8191)));
  const BoardImage positive = decode(test::dicom_bytes({signed_row({0, 1, 32767})}, {.is_signed = true}));
  CHECK(same_pixels(positive.pixels, row({0, 2, 65535})));
}

TEST_CASE("the frames of a DICOM file are averaged", "[imaging][load]") {
  const BoardImage image = decode(test::dicom_bytes({row({0, 10, 65535}), row({1, 20, 65535}), row({5, 31, 65533})}));
  CHECK(same_pixels(image.pixels, row({2, 20, 65534})));
  CHECK(notes(image, "3 frames were averaged."));
}

TEST_CASE("the frame of a DICOM file that is asked for is read", "[imaging][load]") {
  const auto* syntax = GENERATE(test::kDicomExplicit, test::kDicomRle, test::kDicomJpegLs);
  CAPTURE(syntax);
  const cv::Mat first = test::test_picture({46, 36}, CV_16UC1);
  cv::Mat second;
  cv::flip(first, second, 1);
  const std::string plain = test::dicom_bytes({first, second, first});
  const std::string bytes =
      syntax == std::string(test::kDicomExplicit) ? plain : test::compressed_dicom_bytes(plain, syntax);
  const BoardImage image = decode(bytes, {.frame = 2});
  CHECK(same_pixels(image.pixels, second));
  CHECK(notes(image, "Frame 2 of 3 was used (--load.frame)."));
  CHECK_FALSE(notes(image, "averaged"));
  CHECK(same_pixels(decode(bytes, {.frame = 3}).pixels, first));
  CHECK(mentions(error_of(bytes, {.frame = 4}), "board.dcm: has 3 frames, and --load.frame says 4"));
  // What the others lack is no damage of this one.
  const std::string cut = bytes.substr(0, bytes.size() - 100);
  CHECK(same_pixels(decode(cut, {.frame = 2}).pixels, second));
  CHECK(error_of(cut, {.frame = 3}).code() == ErrorCode::damaged_file);
  CHECK(error_of(cut).code() == ErrorCode::damaged_file);
  // A file with one frame has no other to choose from.
  CHECK(same_pixels(decode(test::dicom_bytes({first}), {.frame = 7}).pixels, first));
}

TEST_CASE("only a pixel's size in the plane of the board is a scale", "[imaging][load]") {
  const BoardImage board = decode_with({.board_spacing = "0.02\\0.02", .detector_spacing = "0.05\\0.05"});
  REQUIRE(board.source.resolution_dpi.has_value());
  CHECK(*board.source.resolution_dpi == Approx(1270));
  CHECK(board.notes.empty());

  const BoardImage detector = decode_with({.detector_spacing = "0.05\\0.05"});
  CHECK_FALSE(detector.source.resolution_dpi.has_value());
  CHECK(notes(detector, "The detector's pixels are 0.05 mm; on the board they are smaller by the magnification."));
}

TEST_CASE("a pixel's size that cannot be the board's is no scale", "[imaging][load]") {
  // Devices that know nothing of the board write the detector's twice.
  const auto [board, detector] = GENERATE(table<std::string, std::string>(
      {{"0.05\\0.05", "0.05\\0.05"}, {"0.02\\0.03", ""}, {"0\\0", ""}, {"x\\0.02", ""}}));
  CAPTURE(board, detector);
  const BoardImage image = decode_with({.board_spacing = board, .detector_spacing = detector});
  CHECK_FALSE(image.source.resolution_dpi.has_value());
}

TEST_CASE("compressed DICOM pictures give back every pixel", "[imaging][load]") {
  const auto* syntax = GENERATE(test::kDicomRle, test::kDicomJpegLossless, test::kDicomJpegLs, test::kDicomJpeg2000);
  const int bits = GENERATE(8, 12, 16);
  const std::size_t frames = GENERATE(1, 3);
  CAPTURE(syntax, bits, frames);
  const cv::Mat picture = bits == 8    ? test::test_picture({46, 36}, CV_8UC1)
                          : bits == 12 ? cv::Mat(picture_of_12_bits())
                                       : test::test_picture({46, 36}, CV_16UC1);
  const std::string plain = test::dicom_bytes(std::vector<cv::Mat>(frames, picture), {.bits_stored = bits});
  const std::string packed = test::compressed_dicom_bytes(plain, syntax);
  REQUIRE(packed.find(syntax) != std::string::npos);
  CHECK(same_pixels(decode(packed).pixels, decode(plain).pixels));
}

TEST_CASE("signed values of compressed DICOM pictures stay signed", "[imaging][load]") {
  const auto* syntax = GENERATE(test::kDicomRle, test::kDicomJpegLossless, test::kDicomJpegLs, test::kDicomJpeg2000);
  CAPTURE(syntax);
  const std::string plain = test::dicom_bytes({test::test_picture({46, 36}, CV_16UC1)}, {.is_signed = true});
  CHECK(same_pixels(decode(test::compressed_dicom_bytes(plain, syntax)).pixels, decode(plain).pixels));
}

TEST_CASE("a DICOM picture with JPEG data of 12 bits is read", "[imaging][load]") {
  const cv::Mat1w picture = picture_of_12_bits();
  const std::string plain =
      test::dicom_bytes({picture}, {.transfer_syntax = test::kDicomJpegExtended, .bits_stored = 12});
  const cv::Mat pixels = decode(test::dicom_of_pieces(plain, {"", test::jpeg_of_12_bits(picture)})).pixels;
  // Lossy: some of 4095 steps.
  CHECK(cv::norm(pixels, over_16_bits(picture, 4095), cv::NORM_INF) < 8 * 16);
}

TEST_CASE("the table of offsets says which pieces of compressed data are a frame", "[imaging][load]") {
  const cv::Mat1w picture = picture_of_12_bits();
  const std::string plain =
      test::dicom_bytes({picture, picture}, {.transfer_syntax = test::kDicomJpegExtended, .bits_stored = 12});
  std::string jpeg = test::jpeg_of_12_bits(picture);
  jpeg += jpeg.size() % 2 == 0 ? "" : std::string(1, '\0');
  const std::vector<std::string> halves{jpeg.substr(0, 600), jpeg.substr(600)};
  const auto offset = static_cast<std::uint32_t>(jpeg.size() + 16);  // with the 8 bytes before each piece
  std::string table(8, '\0');
  std::memcpy(table.data() + 4, &offset, 4);
  const BoardImage image = decode(test::dicom_of_pieces(plain, {table, halves[0], halves[1], halves[0], halves[1]}));
  CHECK(notes(image, "2 frames were averaged."));
  CHECK(cv::norm(image.pixels, over_16_bits(picture, 4095), cv::NORM_INF) < 8 * 16);
  CHECK(error_of(test::dicom_of_pieces(plain, {"", halves[0], halves[1], halves[0], halves[1]})).code() ==
        ErrorCode::damaged_file);
}

TEST_CASE("overwritten data that the codec notices is damage", "[imaging][load]") {
  const auto* syntax = GENERATE(test::kDicomJpegLossless, test::kDicomJpegLs);
  CAPTURE(syntax);
  const std::string plain = test::dicom_bytes({test::test_picture({46, 36}, CV_16UC1)});
  std::string bytes = test::compressed_dicom_bytes(plain, syntax);
  const std::size_t scan = bytes.find("\xff\xda");
  REQUIRE(scan < bytes.size() - 300);
  bytes.replace(scan + 200, 16, 16, '\0');
  CHECK(error_of(bytes).code() == ErrorCode::damaged_file);
  // Of several frames the others are left.
  const cv::Mat picture = test::test_picture({46, 36}, CV_16UC1);
  std::string frames = test::compressed_dicom_bytes(test::dicom_bytes({picture, picture}), syntax);
  frames.replace(frames.find("\xff\xda") + 200, 16, 16, '\0');
  CHECK(mentions(error_of(frames), "frames are readable"));
  CHECK(same_pixels(decode(frames, {.accept_damaged = true}).pixels, picture));
}

TEST_CASE("a DICOM picture with JPEG data is read where JPEG files are", "[imaging][load]") {
  const std::string plain = test::dicom_bytes({test::test_picture({64, 48}, CV_8UC1)});
  const cv::Mat pixels = decode(test::compressed_dicom_bytes(plain, test::kDicomJpeg)).pixels;
  // Lossy; a shifted or inverted picture would differ by some thousands in the mean.
  CHECK(cv::norm(pixels, decode(plain).pixels, cv::NORM_L1) / static_cast<double>(pixels.total()) < 600);
}

TEST_CASE("a DICOM file cut short anywhere is never taken for a whole one", "[imaging][load]") {
  const auto* syntax = GENERATE(test::kDicomExplicit, test::kDicomRle, test::kDicomJpegLossless, test::kDicomJpegLs,
                                test::kDicomJpeg2000);
  CAPTURE(syntax);
  const std::string plain = test::dicom_bytes({test::test_picture({46, 36}, CV_16UC1)});
  const std::string whole =
      syntax == std::string(test::kDicomExplicit) ? plain : test::compressed_dicom_bytes(plain, syntax);
  REQUIRE(same_pixels(decode(whole).pixels, decode(plain).pixels));
  std::vector<std::size_t> wrong;
  for (std::size_t kept = 132; kept < whole.size(); kept += 1 + whole.size() / 211) {
    if (!is_refused_as_cut(whole, kept)) {
      wrong.push_back(kept);
    }
  }
  CHECK(wrong == std::vector<std::size_t>());
}

TEST_CASE("of a DICOM picture that is cut short the rows that are there are usable", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({20, 10}, CV_16UC1);
  const std::string whole = test::dicom_bytes({picture});
  const std::size_t three_rows = std::size_t{3} * 20 * 2;
  const std::string cut = whole.substr(0, whole.size() - three_rows - 1);
  CHECK(error_of(cut).code() == ErrorCode::damaged_file);
  const BoardImage image = decode(cut, {.accept_damaged = true});
  CHECK(image.source.accepted_damage);
  REQUIRE(image.usable.size() == picture.size());
  CHECK(cv::countNonZero(image.usable.rowRange(0, 6)) == 6 * 20);
  CHECK(cv::countNonZero(image.usable.rowRange(6, 10)) == 0);
  CHECK(same_pixels(image.pixels.rowRange(0, 6), picture.rowRange(0, 6)));

  // Of several frames those that are whole.
  const std::string frames = test::dicom_bytes({picture, picture});
  const BoardImage first = decode(frames.substr(0, frames.size() - 100), {.accept_damaged = true});
  CHECK(same_pixels(first.pixels, picture));
  CHECK(first.usable.empty());
}

TEST_CASE("DICOM files that are no grey picture of 8 or 16 bits are named", "[imaging][load]") {
  const auto refused = [](const std::string& bytes, const std::string& words) {
    const Error error = error_of(bytes);
    CAPTURE(error.what());
    CHECK(error.code() == ErrorCode::unsupported_format);
    CHECK(mentions(error, "board.dcm: "));
    CHECK(mentions(error, words));
  };
  refused(test::dicom_bytes({test::test_picture({8, 6}, CV_8UC3)}, {.photometric = "RGB"}), "3 samples a pixel, RGB");
  refused(test::dicom_bytes({row({1, 2})}, {.photometric = "PALETTE COLOR"}), "PALETTE COLOR");
  refused(test::dicom_bytes({row({1, 2})}, {.transfer_syntax = "1.2.840.10008.1.2.1.99"}), "1.2.840.10008.1.2.1.99");
  refused(test::dicom_bytes({row({1, 2})}, {.more = test::dicom_element(0x7fe00008, "OF", "1234")}), "floating-point");
  const std::string picture = test::dicom_bytes({row({1, 2})});
  refused(picture.substr(0, picture.find(test::dicom_element(0x00280004, "CS", "MONOCHROME2 "))), "no picture");
  std::string wide = picture;
  wide[wide.find(std::string("\x28\0\0\1US\2\0", 8)) + 8] = 32;
  refused(wide, "32 bits");
}

TEST_CASE("a DICOM file that contradicts itself is damaged", "[imaging][load]") {
  const auto damaged = [](const test::DicomWriting& writing) {
    const Error error = error_of(test::dicom_bytes({row({1, 2})}, writing));
    CAPTURE(error.what());
    CHECK(error.code() == ErrorCode::damaged_file);
  };
  damaged({.photometric = ""});
  damaged({.bits_stored = 17});
  damaged({.slope = "0"});
  damaged({.slope = "nan"});
  damaged({.slope = "1e300"});
  damaged({.slope = "1\\2"});
  damaged({.intercept = "much"});
  damaged({.frames = "2"});
  damaged({.frames = "0"});
  damaged({.frames = "-1"});
  damaged({.frames = "1e9"});
}

TEST_CASE("a DICOM file that claims too many pixels is refused before they are read", "[imaging][load]") {
  const auto [bytes, words] =
      GENERATE(table<std::string, std::string>({{test::dicom_claiming(65535, 65535, ""), "65535 x 65535"},
                                                {test::dicom_claiming(5000, 5000, "11"), "11 frames"}}));
  const Error error = error_of(bytes);
  CHECK(error.code() == ErrorCode::too_large);
  CHECK(mentions(error, words));
  CHECK(mentions(error, "--load.max-megapixels"));
  CHECK(error_of(test::dicom_claiming(0, 5, "")).code() == ErrorCode::damaged_file);
}

TEST_CASE("lengths and depths that no DICOM file needs do no harm", "[imaging][load]") {
  const std::string start = test::dicom_element(0x00181164, "OB", "");
  const std::string long_value = start.substr(0, start.size() - 4) + std::string("\xf0\xff\xff\xff", 4);
  CHECK(error_of(test::dicom_bytes({row({1, 2})}, {.more = long_value})).code() == ErrorCode::damaged_file);

  const std::string open_sequence("\x18\0\x11\0SQ\0\0\xff\xff\xff\xff\xfe\xff\0\xe0\xff\xff\xff\xff", 20);
  const std::string close_sequence("\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0", 16);
  std::string deep;
  std::string end;
  for (int i = 0; i < 100'000; ++i) {
    deep += open_sequence;
    end += close_sequence;
  }
  CHECK(same_pixels(decode(test::dicom_bytes({row({1, 2})}, {.more = deep + end})).pixels, row({1, 2})));
  CHECK(error_of(test::dicom_bytes({row({1, 2})}, {.more = deep})).code() == ErrorCode::damaged_file);
}
