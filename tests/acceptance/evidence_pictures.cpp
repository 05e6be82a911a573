// SPDX-License-Identifier: Apache-2.0
// evidence_pictures CASE X,Y,WIDTH,HEIGHT FOLDER [steps]: draws what the measures say of a place of a case, for
// docs/architecture.md, or with `steps` what its steps of brightness say alone; the place in pixels of the pair that is
// compared.
#include "compare/display_image.h"
#include "compare/inspection.h"
#include "datasets/evaluation/read_case.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"
#include "imaging/base/output_file.h"
#include "imaging/encode.h"
#include "imaging/load.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
namespace imaging = boarddiff::imaging;
namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;

namespace {

constexpr int kPanelWidth = 300;

struct Panel {
  std::string title = {};
  cv::Mat3b picture = {};
};

cv::Rect place_in(const std::string& text) {
  cv::Rect place;
  char comma = 0;
  std::istringstream words(text);
  if (!(words >> place.x >> comma >> place.y >> comma >> place.width >> comma >> place.height)) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, text + " is not a place like 100,200,300,200");
  }
  return place;
}

cv::Mat3b enlarged(const cv::Mat3b& picture, const cv::Size& size) {
  cv::Mat3b large;
  cv::resize(picture, large, size, 0, 0, size.width > 2 * picture.cols ? cv::INTER_NEAREST : cv::INTER_CUBIC);
  return large;
}

// All that is drawn of a place: its pictures, and maps whose cells it covers.
class Place {
 public:
  Place(const compare::Comparison& compared, const cv::Rect& place)
      : compared_(compared),
        place_(place & cv::Rect({0, 0}, compared.pair.size())),
        panel_(kPanelWidth, kPanelWidth * place_.height / std::max(1, place_.width)) {
    imaging::require(!place_.empty(), "the place lies within the pictures");
  }

  [[nodiscard]] Panel light(const std::string& title, const cv::Mat& light) const {
    cv::Mat levels;
    cv::sqrt(cv::max(light(place_), 0.0), levels);  // near enough to how screens show light
    cv::Mat3b picture;
    levels.convertTo(picture, CV_8UC3, 255);
    return {title, enlarged(picture, panel_)};
  }

  // Dark for 0, bright for `most` and more.
  [[nodiscard]] Panel map(const std::string& title, const cv::Mat1f& map, double most) const {
    const int cell = compared_.evidence.cell_px;
    const cv::Rect cells(place_.x / cell, place_.y / cell, place_.width / cell, place_.height / cell);
    cv::Mat1b levels;
    map(cells).convertTo(levels, CV_8U, 255 / most);
    cv::Mat3b colours;
    cv::applyColorMap(levels, colours, cv::COLORMAP_VIRIDIS);
    return {title, enlarged(colours, panel_)};
  }

 private:
  const compare::Comparison& compared_;
  cv::Rect place_;
  cv::Size panel_;
};

void write_row(const fs::path& file, const std::vector<Panel>& panels) {
  constexpr int kTitleHeight = 26;
  constexpr int kGap = 6;
  constexpr double kTitleSize = 0.48;
  cv::Mat3b row;
  for (const Panel& panel : panels) {
    cv::Mat3b titled(panel.picture.rows + kTitleHeight, panel.picture.cols + (row.empty() ? 0 : kGap),
                     cv::Vec3b::all(255));
    const int left = titled.cols - panel.picture.cols;
    panel.picture.copyTo(titled(cv::Rect({left, kTitleHeight}, panel.picture.size())));
    cv::putText(titled, panel.title, {left + 2, kTitleHeight - 8}, cv::FONT_HERSHEY_SIMPLEX, kTitleSize,
                cv::Scalar::all(30), 1, cv::LINE_AA);
    if (row.empty()) {
      row = titled;
    } else {
      cv::hconcat(row, titled, row);
    }
  }
  imaging::write_file(file, imaging::encode_picture(row, {}, imaging::PictureFormat::webp), imaging::Replace::allow);
}

compare::Comparison compared(const datasets::Case& one) {
  const imaging::BoardImage reference = imaging::load_board_image(one.reference);
  const imaging::BoardImage sample = imaging::load_board_image(one.sample);
  const imaging::Registration registration = imaging::register_to_reference(reference, sample, one.modality);
  if (!registration.ok()) throw imaging::Error(imaging::ErrorCode::invalid_option, one.name + " is not comparable");
  return compare::compare_pictures(reference, sample, registration, {.modality = one.modality});
}

void draw(const compare::Comparison& all, const cv::Rect& where, const fs::path& folder) {
  const Place place(all, where);
  const compare::Evidence& evidence = all.evidence;
  const compare::OneWayEvidence& sample = evidence.sample;
  const Panel before = place.light("reference", all.pair.reference);
  const Panel after = place.light("sample", all.pair.sample);
  write_row(folder / "evidence-structure.webp",
            {before, after, place.map("structure", sample.structure, 1), place.map("colour", sample.colour, 0.4)});
  write_row(folder / "evidence-heights.webp", {before, after, place.map("height, up to 12 cells", sample.height, 12),
                                               place.map("hidden, by up to 6 cells", evidence.reference.hidden, 6)});
  write_row(folder / "evidence-scales.webp",
            {after, place.map("structure", sample.structure, 1),
             place.map("structure, coarse", sample.coarse_structure, 1), place.map("both", sample.difference, 1)});
  write_row(folder / "evidence-strength.webp",
            {after, place.map("difference", evidence.difference, 1), place.map("around", evidence.around, 1),
             place.map("strength, up to 4", evidence.strength, 4)});
}

void draw_steps(const compare::Comparison& all, const cv::Rect& where, const fs::path& folder) {
  const Place place(all, where);
  write_row(folder / "evidence-steps.webp",
            {place.light("reference", all.pair.reference), place.light("sample", all.pair.sample),
             place.map("strength, up to 4", all.evidence.strength, 4),
             place.map("strength of steps, up to 4", all.evidence.step_strength, 4)});
}

}  // namespace

int main(int count, char** values) try {
  imaging::compute_alike_on_all_processors();
  const std::vector<std::string> words(values + 1, values + count);
  const bool steps = words.size() == 4 && words[3] == "steps";
  if (words.size() != 3 && !steps) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "usage: evidence_pictures CASE X,Y,WIDTH,HEIGHT FOLDER [steps]");
  }
  (steps ? draw_steps : draw)(compared(datasets::read_case(words[0])), place_in(words[1]), words[2]);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "evidence_pictures: " << error.what() << "\n";
  return 2;
}
