// SPDX-License-Identifier: Apache-2.0
#include "imaging/feature_bytes.h"

#include "imaging/base/error.h"
#include "imaging/registration.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMostSide = 1'000'000;  // px
constexpr std::size_t kMostText = 100;          // bytes
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kFeatureBytes = 2 * sizeof(double) + kDescriptorSize * sizeof(std::uint16_t);

template <typename Unsigned>
void put(std::string& bytes, Unsigned value) {
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    bytes += static_cast<char>(static_cast<unsigned char>((value >> (8 * i)) & 0xFFU));
  }
}

void put_text(std::string& bytes, std::string_view text) {
  put(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

// Takes numbers and texts from the front. Behind the end everything is 0 or empty, and complete() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <typename Unsigned>
  Unsigned number() {
    Unsigned value = 0;
    const std::string_view taken = take(sizeof(Unsigned));
    for (std::size_t i = 0; i < taken.size(); ++i) {
      value = static_cast<Unsigned>(value |
                                    static_cast<Unsigned>(Unsigned{static_cast<unsigned char>(taken[i])} << (8 * i)));
    }
    return value;
  }
  std::string text() {
    const auto size = number<std::uint32_t>();
    return std::string(take(size));
  }
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      complete_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_ = {};
  bool complete_ = true;
};

bool is_side(std::uint32_t side_px) { return side_px >= 1 && side_px <= kMostSide; }

std::optional<FeatureOrigin> read_origin(Reader& reader) {
  FeatureOrigin origin{.method = reader.text()};
  const auto width = reader.number<std::uint32_t>();
  const auto height = reader.number<std::uint32_t>();
  const std::string modality = reader.text();
  const auto max_side_px = reader.number<std::uint32_t>();
  const auto max_features = reader.number<std::uint32_t>();
  origin.grey_sha256 = reader.text();
  const bool known_modality = modality == name_of(Modality::photo) || modality == name_of(Modality::xray);
  if (!reader.complete() || !is_side(width) || !is_side(height) || !known_modality || max_side_px > kMostSide ||
      max_features > kMostSide || origin.method.size() > kMostText || origin.grey_sha256.size() != kDigestDigits) {
    return {};
  }
  origin.size = {static_cast<int>(width), static_cast<int>(height)};
  origin.modality = modality == name_of(Modality::photo) ? Modality::photo : Modality::xray;
  origin.max_side_px = static_cast<int>(max_side_px);
  origin.max_features = static_cast<int>(max_features);
  const RegistrationOptions options{.max_side_px = origin.max_side_px, .max_features = origin.max_features};
  return problems(options).empty() ? std::optional(std::move(origin)) : std::nullopt;
}

// Points too far outside would not fit into whole numbers later on. Not for what is no number, either.
bool is_within(const Point& point, const cv::Size& size) {
  return point.x() >= -1 && point.y() >= -1 && point.x() <= size.width && point.y() <= size.height;
}

std::optional<Features> read_features(Reader& reader, const FeatureOrigin& origin) {
  const auto count = reader.number<std::uint32_t>();
  if (!reader.complete() || count > static_cast<std::uint32_t>(origin.max_features) ||
      reader.left() != count * kFeatureBytes) {
    return {};
  }
  Features features;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto x = std::bit_cast<double>(reader.number<std::uint64_t>());
    const auto y = std::bit_cast<double>(reader.number<std::uint64_t>());
    features.points.emplace_back(x, y);
  }
  if (count > 0) {
    features.descriptors.create(static_cast<int>(count), kDescriptorSize);
  }
  bool in_range = true;
  for (short& number : features.descriptors) {
    const auto value = reader.number<std::uint16_t>();
    in_range = in_range && value <= kDescriptorLength;
    number = static_cast<short>(value);
  }
  const bool within = std::all_of(features.points.begin(), features.points.end(),
                                  [&](const Point& point) { return is_within(point, origin.size); });
  return in_range && within ? std::optional(std::move(features)) : std::nullopt;
}

}  // namespace

std::string feature_bytes(const PreparedFeatures& prepared) {
  const auto& [features, origin] = prepared;
  require(features.descriptors.rows == static_cast<int>(features.points.size()) &&
              (features.points.empty() || features.descriptors.cols == kDescriptorSize),
          "feature_bytes: a descriptor a point");
  std::string bytes;
  put(bytes, kVersion);
  put_text(bytes, origin.method);
  put(bytes, static_cast<std::uint32_t>(origin.size.width));
  put(bytes, static_cast<std::uint32_t>(origin.size.height));
  put_text(bytes, name_of(origin.modality));
  put(bytes, static_cast<std::uint32_t>(origin.max_side_px));
  put(bytes, static_cast<std::uint32_t>(origin.max_features));
  put_text(bytes, origin.grey_sha256);
  put(bytes, static_cast<std::uint32_t>(features.points.size()));
  for (const Point& point : features.points) {
    put(bytes, std::bit_cast<std::uint64_t>(point.x()));
    put(bytes, std::bit_cast<std::uint64_t>(point.y()));
  }
  for (const short number : features.descriptors) {
    put(bytes, static_cast<std::uint16_t>(number));
  }
  return bytes;
}

bool has_other_feature_version(std::string_view bytes) {
  Reader reader(bytes);
  const auto version = reader.number<std::uint32_t>();
  return reader.complete() && version != kVersion;
}

std::optional<PreparedFeatures> features_in_bytes(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.number<std::uint32_t>() != kVersion) {
    return {};
  }
  std::optional<FeatureOrigin> origin = read_origin(reader);
  if (!origin) {
    return {};
  }
  std::optional<Features> features = read_features(reader, *origin);
  if (!features) {
    return {};
  }
  return PreparedFeatures{.features = std::move(*features), .origin = std::move(*origin)};
}

}  // namespace boarddiff::imaging
