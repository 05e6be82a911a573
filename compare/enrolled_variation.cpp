// SPDX-License-Identifier: Apache-2.0
#include "compare/enrolled_variation.h"

#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"
#include "imaging/digest.h"
#include "imaging/load.h"

#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;

constexpr std::size_t kMostText = 10000;  // bytes of a name or a reason

[[noreturn]] void damaged(const std::string& shown_name, std::int64_t number, const std::string& why) {
  throw Error(ErrorCode::damaged_file,
              shown_name + ": is damaged: its variation " + std::to_string(number) + " " + why);
}

std::string text_in(const Statement& row, int column, const std::string& shown_name, std::int64_t number) {
  const std::string text = row.bytes(column);
  if (text.size() > kMostText) damaged(shown_name, number, "has a text that is too long");
  return imaging::printable_text(text, kMostText);
}

cv::Rect place_in(const Statement& row, int column, const cv::Rect& frame) {
  constexpr std::int64_t kMostSide = 1'000'000;
  for (int i = 0; i < 4; ++i) {
    if (row.integer(column + i) < 0 || row.integer(column + i) > kMostSide) return {};
  }
  const cv::Rect place(static_cast<int>(row.integer(column)), static_cast<int>(row.integer(column + 1)),
                       static_cast<int>(row.integer(column + 2)), static_cast<int>(row.integer(column + 3)));
  return (place & frame) == place ? place : cv::Rect();
}

// The core may reach beyond the picture, as boxes of findings do.
bool is_core_of(const imaging::Box& core, const cv::Rect& place, const cv::Rect& frame) {
  if (!(std::isfinite(core.x) && std::isfinite(core.y) && core.width > 0 && core.height > 0 &&
        std::isfinite(core.width) && std::isfinite(core.height))) {
    return false;
  }
  const imaging::Box shown = intersection(core, {-0.5, -0.5, frame.width + 0.0, frame.height + 0.0});
  const imaging::Box held =
      intersection(shown, imaging::grown({place.x + 0.0, place.y + 0.0, place.width + 0.0, place.height + 0.0}, 1));
  return held == shown && shown.area() > 0;
}

EnrolledVariation variation_in(const Statement& row, const std::string& shown_name, const cv::Size& reference,
                               const std::string& reference_sha256) {
  const std::int64_t number = row.integer(0);
  const cv::Rect frame({}, reference);
  EnrolledVariation variation{.number = static_cast<int>(number),
                              .core = {row.number(1).value_or(NAN), row.number(2).value_or(NAN),
                                       row.number(3).value_or(NAN), row.number(4).value_or(NAN)},
                              .place = place_in(row, 5, frame),
                              .bytes = row.bytes(9),
                              .sha256 = row.bytes(10),
                              .reference_sha256 = row.bytes(11),
                              .sample_sha256 = text_in(row, 12, shown_name, number),
                              .who = text_in(row, 13, shown_name, number),
                              .why = text_in(row, 14, shown_name, number),
                              .when = text_in(row, 15, shown_name, number),
                              .withdrawn_by = text_in(row, 16, shown_name, number),
                              .withdrawn_at = text_in(row, 17, shown_name, number)};
  if (variation.place.empty() || !is_core_of(variation.core, variation.place, frame)) {
    damaged(shown_name, number, "lies nowhere on the picture");
  }
  if (variation.reference_sha256 != reference_sha256) damaged(shown_name, number, "is of another board's picture");
  if (imaging::sha256_hex(std::as_bytes(std::span(variation.bytes))) != variation.sha256) {
    damaged(shown_name, number, "is not the one that was accepted (its SHA-256 differs)");
  }
  return variation;
}

}  // namespace

void write_variations(Database& database, const std::vector<EnrolledVariation>& variations) {
  for (const EnrolledVariation& variation : variations) {
    Statement(database, "INSERT INTO variation VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(0, std::int64_t{variation.number})
        .bind(1, variation.core.x)
        .bind(2, variation.core.y)
        .bind(3, variation.core.width)
        .bind(4, variation.core.height)
        .bind(5, std::int64_t{variation.place.x})
        .bind(6, std::int64_t{variation.place.y})
        .bind(7, std::int64_t{variation.place.width})
        .bind(8, std::int64_t{variation.place.height})
        .bind_bytes(9, variation.bytes)
        .bind(10, std::string_view(variation.sha256))
        .bind(11, std::string_view(variation.reference_sha256))
        .bind(12, std::string_view(variation.sample_sha256))
        .bind(13, std::string_view(variation.who))
        .bind(14, std::string_view(variation.why))
        .bind(15, std::string_view(variation.when))
        .bind(16, std::string_view(variation.withdrawn_by))
        .bind(17, std::string_view(variation.withdrawn_at))
        .step();
  }
}

std::vector<EnrolledVariation> read_variations(Database& database, const cv::Size& reference,
                                               const std::string& reference_sha256) {
  Statement rows(database,
                 "SELECT number, x, y, width, height, place_x, place_y, place_width, place_height, content, sha256, "
                 "reference_sha256, sample_sha256, who, why, at, withdrawn_by, withdrawn_at FROM variation ORDER BY "
                 "number");
  std::vector<EnrolledVariation> variations;
  while (rows.step()) {
    if (variations.size() == kMostEnrolledVariations) {
      throw Error(ErrorCode::too_large, database.shown_name() + ": holds more than " +
                                            std::to_string(kMostEnrolledVariations) + " variations");
    }
    if (rows.integer(0) != static_cast<std::int64_t>(variations.size()) + 1) {
      damaged(database.shown_name(), rows.integer(0), "has not the number of its turn");
    }
    variations.push_back(variation_in(rows, database.shown_name(), reference, reference_sha256));
  }
  return variations;
}

std::string variation_bytes(const cv::Mat& look) {
  std::vector<uchar> bytes;
  imaging::require(cv::imencode(".png", look, bytes), "variation_bytes: a picture of 8 or 16 bits");
  return {bytes.begin(), bytes.end()};
}

std::vector<Variation> decoded_variations(const std::vector<EnrolledVariation>& variations,
                                          const std::string& shown_name) {
  std::vector<Variation> decoded;
  for (const EnrolledVariation& variation : variations) {
    if (!variation.withdrawn_by.empty()) continue;
    const std::string name = shown_name + ": variation " + std::to_string(variation.number);
    const imaging::BoardImage look = imaging::decode_board_image(std::as_bytes(std::span(variation.bytes)), name);
    if (look.size() != variation.place.size()) {
      throw Error(ErrorCode::damaged_file, name + ": is damaged: it has another size than its place");
    }
    decoded.push_back({.number = variation.number,
                       .core = variation.core,
                       .place = variation.place,
                       .pixels = look.pixels,
                       .who = variation.who,
                       .why = variation.why,
                       .when = variation.when});
  }
  return decoded;
}

}  // namespace boarddiff::compare
