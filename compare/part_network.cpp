// SPDX-License-Identifier: Apache-2.0
#include "compare/part_network.h"

#include "compare/component_kind.h"

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

constexpr int kLooks = 3;       // board, inside, rim: told for each pixel, while kinds are told for every second one
constexpr int kMultiple = 32;   // the sides of what the network is shown
constexpr int kLargest = 1600;  // px, of a tile's sides: bounds the memory
constexpr int kMargin = 192;    // px of its surroundings that a tile shows as well: about as far as the network sees
constexpr auto kKinds = static_cast<int>(kComponentKinds.size());

// Where a tile's own part begins and ends along one axis.
std::vector<cv::Range> spans(int length) {
  const int count = length <= kLargest ? 1 : (length + kLargest - 2 * kMargin - 1) / (kLargest - 2 * kMargin);
  std::vector<cv::Range> all;
  for (int i = 0; i < count; ++i) {
    // In steps of the network's coarsest cells, so that these lie alike in all tiles.
    const auto cut = [&](int k) { return k == count ? length : length / count * k / kMultiple * kMultiple; };
    all.emplace_back(cut(i), cut(i + 1));
  }
  return all;
}

int padded(int length) { return (length + kMultiple - 1) / kMultiple * kMultiple; }

// Shares of their sum, of numbers that are logarithms but for a constant.
template <std::size_t N>
std::array<float, N> softmax(const std::array<float, N>& logits) {
  const float most = *std::max_element(logits.begin(), logits.end());
  std::array<float, N> shares{};
  float sum = 0;
  for (std::size_t i = 0; i < N; ++i) {
    shares.at(i) = std::exp(logits.at(i) - most);
    sum += shares.at(i);
  }
  for (float& share : shares) {
    share /= sum;
  }
  return shares;
}

// The network's answer to a tile: channels of half its size, the first twelve the looks of four pixels each.
class Answer {
 public:
  explicit Answer(cv::Mat blob) : blob_(std::move(blob)) {}

  // Board, inside, rim.
  [[nodiscard]] std::array<float, kLooks> looks(int y, int x) const {
    std::array<float, kLooks> logits{};
    for (int look = 0; look < kLooks; ++look) {
      logits.at(static_cast<std::size_t>(look)) = at(look * 4 + y % 2 * 2 + x % 2, y / 2, x / 2);
    }
    return softmax(logits);
  }
  void write_kinds(int y, int x, float* to) const {
    std::array<float, kComponentKinds.size()> logits{};
    for (int kind = 0; kind < kKinds; ++kind) {
      logits.at(static_cast<std::size_t>(kind)) = at(kLooks * 4 + kind, y, x);
    }
    const auto shares = softmax(logits);
    std::copy(shares.begin(), shares.end(), to);
  }

 private:
  [[nodiscard]] float at(int channel, int y, int x) const {
    return blob_.ptr<float>(0, channel)[static_cast<std::ptrdiff_t>(y) * blob_.size[3] + x];
  }
  cv::Mat blob_;
};

// Takes the part of a tile's answer that is its own; the tile begins at `corner` of the picture.
void take_over(PartMaps& maps, const Answer& answer, const cv::Range& rows, const cv::Range& columns,
               const cv::Point& corner) {
  cv::parallel_for_(rows, [&](const cv::Range& some) {
    for (int y = some.start; y < some.end; ++y) {
      for (int x = columns.start; x < columns.end; ++x) {
        const auto looks = answer.looks(y - corner.y, x - corner.x);
        maps.body(y, x) = looks[1];
        maps.part(y, x) = 1 - looks[0];
      }
    }
  });
  cv::parallel_for_(cv::Range(rows.start / 2, (rows.end + 1) / 2), [&](const cv::Range& some) {
    for (int y = some.start; y < some.end; ++y) {
      for (int x = columns.start / 2; x < (columns.end + 1) / 2; ++x) {
        answer.write_kinds(y - corner.y / 2, x - corner.x / 2, maps.kinds.ptr<float>(y, x));
      }
    }
  });
}

PartMaps maps_of(const cv::Mat3b& picture, cv::dnn::Net& network) {
  PartMaps maps{.body = cv::Mat1f(picture.size(), 0.0F),
                .part = cv::Mat1f(picture.size(), 0.0F),
                .kinds = cv::Mat((picture.rows + 1) / 2, (picture.cols + 1) / 2, CV_32FC(kKinds), cv::Scalar(0))};
  if (picture.empty()) {
    return maps;
  }
  for (const cv::Range& rows : spans(picture.rows)) {
    for (const cv::Range& columns : spans(picture.cols)) {
      const cv::Point from(std::max(0, columns.start - kMargin), std::max(0, rows.start - kMargin));
      const cv::Point to(std::min(picture.cols, columns.end + kMargin), std::min(picture.rows, rows.end + kMargin));
      const cv::Size size(to.x - from.x, to.y - from.y);
      cv::Mat tile;
      cv::copyMakeBorder(picture(cv::Rect(from, size)), tile, 0, padded(size.height) - size.height, 0,
                         padded(size.width) - size.width, cv::BORDER_REPLICATE);
      network.setInput(cv::dnn::blobFromImage(tile, 1.0 / 255, {}, cv::Scalar::all(127.5)));
      take_over(maps, Answer(network.forward()), rows, columns, from);
    }
  }
  return maps;
}

}  // namespace

PartMaps find_part_maps(const cv::Mat3b& picture) { return find_all_part_maps({picture}).front(); }

std::vector<PartMaps> find_all_part_maps(const std::vector<cv::Mat3b>& pictures) {
  const std::string& bytes = part_network_bytes();
  cv::dnn::Net network = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
  network.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  std::vector<PartMaps> all;
  all.reserve(pictures.size());
  for (const cv::Mat3b& picture : pictures) {
    all.push_back(maps_of(picture, network));
  }
  return all;
}

}  // namespace boarddiff::compare
