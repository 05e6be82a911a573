// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_drawings.h"

#include "datasets/picture/desk.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

namespace boarddiff::trials {
namespace {

using imaging::Random;

const cv::Size kSize(960, 720);

// Deviation of a sensor's noise, of 255.
constexpr double kGrain = 3;

cv::Mat3b with_grain(const cv::Mat3f& picture, double grain, Random random) {
  cv::Mat3b noisy(picture.size());
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      for (int c = 0; c < 3; ++c) {
        noisy(y, x)[c] = cv::saturate_cast<uchar>(picture(y, x)[c] + grain * random.normal());
      }
    }
  }
  return noisy;
}

DrawnPicture drawn(const cv::Mat& pixels) { return {pixels, {}, 90}; }

DrawnPicture even(double level, double fall, const Random& random) {
  cv::Mat3f picture(kSize);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      picture(y, x) = cv::Vec3f::all(static_cast<float>(level - fall * (x + y)));
    }
  }
  return drawn(with_grain(picture, kGrain, random));
}

// Patches of about `side` pixels.
DrawnPicture noise(int side, bool coloured, Random random) {
  cv::Mat3f patches(kSize.height / side + 1, kSize.width / side + 1);
  for (cv::Vec3f& patch : patches) {
    const auto grey = static_cast<float>(random.uniform(0, 255));
    for (int c = 0; c < 3; ++c) {
      patch[c] = coloured ? static_cast<float>(random.uniform(0, 255)) : grey;
    }
  }
  cv::Mat3f picture;
  cv::resize(patches, picture, kSize, 0, 0, side == 1 ? cv::INTER_NEAREST : cv::INTER_CUBIC);
  return drawn(with_grain(picture, kGrain, random.stream("grain")));
}

DrawnPicture dust(Random random) {
  cv::Mat3f picture(kSize, cv::Vec3f::all(70));
  for (int i = 0; i < 4000; ++i) {
    const cv::Point at(random.integer(0, kSize.width - 1), random.integer(0, kSize.height - 1));
    cv::circle(picture, at, random.integer(1, 4), cv::Scalar::all(random.uniform(60, 240)), cv::FILLED, cv::LINE_AA);
  }
  return drawn(with_grain(picture, kGrain, random.stream("grain")));
}

DrawnPicture page(double size, Random random) {
  cv::Mat3f picture(kSize, cv::Vec3f::all(236));
  for (double y = 40; y < kSize.height - 20; y += 34 * size) {
    std::string line;
    while (line.size() < static_cast<std::size_t>(kSize.width / (12 * size)) - 6) {
      const int letters = random.integer(1, 9);
      for (int i = 0; i < letters; ++i) {
        line += static_cast<char>('a' + random.integer(0, 25));
      }
      line += ' ';
    }
    cv::putText(picture, line, {30, static_cast<int>(y)}, cv::FONT_HERSHEY_SIMPLEX, 0.6 * size, cv::Scalar::all(30), 1,
                cv::LINE_AA);
  }
  return drawn(with_grain(picture, kGrain, random.stream("grain")));
}

enum class Pattern { checks, dots, stripes };

DrawnPicture pattern(Pattern pattern, int period, const Random& random) {
  cv::Mat3f picture(kSize, cv::Vec3f::all(220));
  for (int y = 0; y < kSize.height; y += period) {
    for (int x = 0; x < kSize.width; x += period) {
      const cv::Scalar ink(60, 90, 40);
      const bool odd = (x / period + y / period) % 2 == 1;
      if (pattern == Pattern::dots) {
        cv::circle(picture, {x + period / 2, y + period / 2}, period / 3, ink, cv::FILLED, cv::LINE_AA);
      } else if (pattern == Pattern::stripes ? (y / period) % 2 == 1 : odd) {
        picture(cv::Rect(x, y, period, period) & cv::Rect({}, kSize)).setTo(ink);
      }
    }
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  return drawn(with_grain(picture, kGrain, random));
}

DrawnPicture table(datasets::Desk desk, const Random& random) {
  const datasets::DeskTexture texture(desk, random.stream("desk"));
  cv::Mat3f picture(kSize);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      picture(y, x) = texture.colour_at({x / 8.0, y / 8.0});
    }
  }
  return drawn(with_grain(picture, kGrain, random.stream("grain")));
}

}  // namespace

std::vector<Drawing> drawings(std::uint64_t seed) {
  std::vector<Drawing> all;
  const auto add = [&](const std::string& group, const std::string& name, auto draw) {
    const Random random = Random(seed).stream("drawing").stream(name);
    all.push_back({name, group, {"", imaging::Modality::photo, [=] { return draw(random); }}});
  };
  using R = Random;
  add("blank", "paper", [](const R& random) { return even(232, 0, random); });
  add("blank", "wall", [](const R& random) { return even(128, 0, random); });
  add("blank", "lens-cap", [](const R& random) { return even(4, 0, random); });
  add("blank", "falling-light", [](const R& random) { return even(235, 0.1, random); });
  add("noise", "noise-pixels", [](const R& random) { return noise(1, false, random); });
  add("noise", "noise-coloured", [](const R& random) { return noise(1, true, random); });
  add("noise", "noise-patches", [](const R& random) { return noise(7, true, random); });
  add("noise", "noise-clouds", [](const R& random) { return noise(30, false, random); });
  add("noise", "noise-dust", dust);
  for (const double size : {0.7, 1.0, 1.6}) {
    add("text", "text-" + std::to_string(static_cast<int>(10 * size)),
        [=](const R& random) { return page(size, random); });
  }
  for (const int period : {12, 30}) {
    const std::string ending = "-" + std::to_string(period);
    add("pattern", "checks" + ending, [=](const R& random) { return pattern(Pattern::checks, period, random); });
    add("pattern", "dots" + ending, [=](const R& random) { return pattern(Pattern::dots, period, random); });
    add("pattern", "stripes" + ending, [=](const R& random) { return pattern(Pattern::stripes, period, random); });
  }
  add("table", "table-light", [](const R& random) { return table(datasets::Desk::light, random); });
  add("table", "table-dark", [](const R& random) { return table(datasets::Desk::dark, random); });
  add("table", "table-wood", [](const R& random) { return table(datasets::Desk::wood, random); });
  add("table", "table-cluttered", [](const R& random) { return table(datasets::Desk::cluttered, random); });
  return all;
}

}  // namespace boarddiff::trials
