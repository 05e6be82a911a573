// SPDX-License-Identifier: Apache-2.0
// Seconds and memory that registration takes, without decoding, as a Markdown table: of the two pictures given, and of
// the same pair with twice the pixels; without arguments, of rendered pairs.
#include "datasets/board_pair.h"
#include "imaging/base/execution.h"
#include "imaging/base/text.h"
#include "imaging/load.h"
#include "imaging/registration.h"
#include "tests/benchmark/seconds.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::benchmark::seconds_of;
using imaging::fixed_text;

namespace {

// A line of /proc/self/status in megabytes; 0 where the system has none.
double megabytes_in_status(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == name + ":" && status >> kilobytes) {
      return kilobytes / 1024;
    }
  }
  return 0;
}

// The most memory that the work needed on top of what was in use before it.
double megabytes_of(const std::function<void()>& work) {
  std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
  const double before = megabytes_in_status("VmRSS");
  work();
  return megabytes_in_status("VmHWM") - before;
}

double megabytes_of(const imaging::BoardImage& image) {
  return static_cast<double>(image.pixels.total() * image.pixels.elemSize()) / (1024 * 1024);
}

imaging::BoardImage enlarged(const imaging::BoardImage& image, double pixels) {
  imaging::BoardImage larger = image;
  const double side = std::sqrt(pixels);
  cv::resize(image.pixels, larger.pixels, {}, side, side, cv::INTER_CUBIC);
  if (!image.usable.empty()) {
    cv::resize(image.usable, larger.usable, larger.pixels.size(), 0, 0, cv::INTER_NEAREST);
  }
  return larger;
}

void print_row(const imaging::BoardImage& reference, const imaging::BoardImage& sample) {
  const auto modality = imaging::Modality::photo;
  imaging::Registration registration;
  const auto register_both = [&] { registration = register_to_reference(reference, sample, modality); };
  const double megabytes = megabytes_of(register_both);
  const double both = seconds_of(register_both);
  const imaging::PreparedReference prepared(reference, modality);
  const double one = seconds_of([&] { registration = register_to_reference(prepared, sample); });
  const auto features = imaging::prepare_features(reference, modality);
  const double without_search = seconds_of([&] {
    registration = register_to_reference(imaging::PreparedReference(reference, modality, {}, features), sample);
  });
  std::cout << "| " << fixed_text(sample.size().area() / 1e6, 1) << " | " << fixed_text(both, 2) << " | "
            << fixed_text(without_search, 2) << " | " << fixed_text(one, 2) << " | "
            << fixed_text(megabytes_of(reference) + megabytes_of(sample), 0) << " | " << fixed_text(megabytes, 0)
            << " | " << (registration.ok() ? "aligned" : registration.reason) << " |\n"
            << std::flush;
}

void print_rows(const std::vector<std::string>& paths) {
  if (paths.size() == 2) {
    const imaging::BoardImage reference = imaging::load_board_image(paths[0]);
    const imaging::BoardImage sample = imaging::load_board_image(paths[1]);
    print_row(reference, sample);
    print_row(enlarged(reference, 2), enlarged(sample, 2));
    return;
  }
  for (const double megapixels : {3.0, 6.0, 12.0, 24.0}) {
    const datasets::BoardPair pair = datasets::make_board_pair(
        {.style = datasets::BoardStyle::server, .megapixels = megapixels, .changes = datasets::usual_changes(7)}, 7);
    print_row(pair.reference, pair.sample);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> paths(argv + 1, argv + argc);
  if (paths.size() != 0 && paths.size() != 2) {
    std::cerr << "usage: benchmark_registration [REFERENCE SAMPLE]\n";
    return 2;
  }
  std::cout << "| megapixels | seconds, both pictures | seconds, the reference's features prepared | seconds, "
               "reference prepared | decoded pair, MB | memory on top "
               "of it, MB "
               "| outcome |\n|---|---|---|---|---|---|---|\n";
  imaging::compute_alike_on_all_processors();
  try {
    print_rows(paths);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
  return 0;
}
