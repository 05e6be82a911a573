// SPDX-License-Identifier: Apache-2.0
// Seconds a stage for rendered pairs of growing size, as a Markdown table.
#include "compare/inspection.h"
#include "compare/overlay.h"
#include "compare/report_html.h"
#include "compare/report_json.h"
#include "datasets/board_pair.h"
#include "imaging/base/text.h"
#include "imaging/load.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using imaging::fixed_text;

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::map<std::string, double>;

constexpr int kRepeats = 3;  // the median counts

// Books the time since the last call under the stage that was running.
class StageClock {
 public:
  void begin(const std::string& stage) {
    const Clock::time_point now = Clock::now();
    if (!stage_.empty()) {
      seconds_[stage_] += std::chrono::duration<double>(now - since_).count();
    }
    stage_ = stage;
    since_ = now;
  }
  [[nodiscard]] const Seconds& seconds() const { return seconds_; }

 private:
  std::string stage_ = {};
  Clock::time_point since_ = {};
  Seconds seconds_ = {};
};

std::vector<uchar> as_jpeg(const imaging::BoardImage& image) {
  std::vector<uchar> bytes;
  cv::imencode(".jpg", image.pixels, bytes, {cv::IMWRITE_JPEG_QUALITY, 92});
  return bytes;
}

imaging::BoardImage decoded(const std::vector<uchar>& bytes) {
  return imaging::decode_board_image(std::as_bytes(std::span(bytes)), "rendered.jpg");
}

Seconds timed_run(const std::vector<uchar>& reference_jpeg, const std::vector<uchar>& sample_jpeg,
                  const std::optional<double>& pixels_per_mm) {
  StageClock clock;
  clock.begin("loading");
  imaging::BoardImage reference = decoded(reference_jpeg);
  reference.pixels_per_mm = pixels_per_mm;
  const imaging::BoardImage sample = decoded(sample_jpeg);
  const imaging::Execution execution{.progress = [&](std::string_view stage) { clock.begin(std::string(stage)); }};
  const compare::InspectionReport report = compare::inspect(reference, sample, {}, execution);
  clock.begin("writing");
  std::size_t written = compare::report_json(report).size() + compare::report_html(report, reference, sample).size();
  std::vector<uchar> annotated;
  cv::imencode(".jpg", compare::draw_overlay(report, sample), annotated);
  clock.begin("");
  return written + annotated.size() > 0 ? clock.seconds() : Seconds{};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  const std::vector<std::string> stages = {"loading",
                                           "registering",
                                           "normalising",
                                           "judging the pictures",
                                           "measuring evidence",
                                           "finding components",
                                           "finding parts",
                                           "proposing findings",
                                           "reading markings",
                                           "measuring sensitivity",
                                           "writing"};
  std::cout << "| megapixels |";
  for (const std::string& stage : stages) {
    std::cout << ' ' << stage << " |";
  }
  std::cout << " total | total / megapixel |\n|---|---|---|";
  for (std::size_t i = 0; i < stages.size(); ++i) std::cout << "---|";
  std::cout << "\n";
  for (const double megapixels : {1.0, 3.2, 6.0, 12.0}) {
    const datasets::BoardPair pair = datasets::make_board_pair(
        {.style = datasets::BoardStyle::server, .megapixels = megapixels, .changes = datasets::usual_changes(7)}, 7);
    const std::vector<uchar> reference = as_jpeg(pair.reference);
    const std::vector<uchar> sample = as_jpeg(pair.sample);
    std::map<std::string, std::vector<double>> runs;
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
      double total = 0;
      for (const auto& [stage, seconds] : timed_run(reference, sample, pair.reference.pixels_per_mm)) {
        runs[stage].push_back(seconds);
        total += seconds;
      }
      runs["total"].push_back(total);
    }
    std::cout << "| " << fixed_text(megapixels, 1) << " |";
    for (const std::string& stage : stages) {
      std::cout << ' ' << fixed_text(median(runs.at(stage)), 2) << " |";
    }
    const double total = median(runs["total"]);
    std::cout << ' ' << fixed_text(total, 2) << " | " << fixed_text(total / megapixels, 2) << " |\n" << std::flush;
  }
  return 0;
}
