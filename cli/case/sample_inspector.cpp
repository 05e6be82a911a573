// SPDX-License-Identifier: Apache-2.0
#include "cli/case/sample_inspector.h"

#include "cli/case/virtual_parts.h"
#include "compare/plane_map_numbers.h"
#include "compare/report_json.h"
#include "compare/shown_pair.h"
#include "imaging/base/error.h"
#include "imaging/features.h"
#include "imaging/prepare_xray.h"
#include "imaging/registration.h"

#include <opencv2/imgproc.hpp>

#include <chrono>
#include <new>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::Finding;
using compare::InspectionReport;
using imaging::Box;

constexpr int kThumbnailSide = 640;
constexpr std::size_t kMostCandidateCrops = 10;  // the rest can be cut out of the picture again

std::vector<double> numbers_of(const Box& box) { return {box.x, box.y, box.width, box.height}; }

// What lies in the box, as few pixels that can be compared with those of other boards.
std::string look_of(const compare::PairCrop& crop) {
  constexpr int kSide = 8;
  const Box& share = crop.box;
  const cv::Rect2d box(share.x * crop.sample.cols, share.y * crop.sample.rows, share.width * crop.sample.cols,
                       share.height * crop.sample.rows);
  const cv::Rect place = cv::Rect(cvFloor(box.x), cvFloor(box.y), cvCeil(box.width) + 1, cvCeil(box.height) + 1) &
                         cv::Rect({}, crop.sample.size());
  if (place.empty()) {
    return {};
  }
  cv::Mat3b look;
  cv::resize(crop.sample(place), look, {kSide, kSide}, 0, 0, cv::INTER_AREA);
  return {reinterpret_cast<const char*>(look.data), look.total() * look.elemSize()};
}

class Recorder {
 public:
  Recorder(const InspectionReport& report, const compare::ShownPicture& reference, const imaging::BoardImage& sample)
      : report_(report), reference_(reference), sample_(compare::shown_picture(sample, report.modality)) {}

  [[nodiscard]] SampleRecord record() const {
    SampleRecord made{.end = SampleEnd::inspected,
                      .reason = report_.reason,
                      .outcome = std::string(name_of(report_.outcome)),
                      .report = compare::report_json(report_)};
    const bool aligned = report_.registration.ok();
    made.thumbnail = compare::display_jpeg(
        aligned ? drawn_on_reference(sample_, report_.registration.plane, reference_.image.size(), kThumbnailSide)
                : drawn_small(sample_, kThumbnailSide));
    const imaging::Registration& found = report_.registration;
    if (aligned) made.alignment = compare::numbers_of(found.plane);
    made.registration = {.status = std::string(name_of(found.status)),
                         .inliers = found.inliers,
                         .median_px = found.residual_median_px,
                         .p95_px = found.residual_p95_px,
                         .rotation_deg = found.rotation_deg,
                         .scale = found.scale,
                         .tilt_deg = found.tilt_deg,
                         .mirrored = found.mirrored};
    for (const Finding& finding : report_.findings) made.findings.push_back(recorded(finding, true));
    std::size_t crops = 0;
    for (const Finding& finding : report_.candidates) {
      made.findings.push_back(recorded(finding, crops++ < kMostCandidateCrops));
    }
    if (report_.sensitivity) made.virtual_parts = recorded(*report_.sensitivity);
    return made;
  }

 private:
  [[nodiscard]] FindingRecord recorded(const Finding& finding, bool with_crop) const {
    FindingRecord made{.number = finding.id,
                       .kind = std::string(name_of(finding.kind)),
                       .score = finding.score,
                       .above_threshold = finding.above_threshold && !finding.advisory,
                       .advisory = finding.advisory,
                       .sample_box = numbers_of(finding.sample_box),
                       .reference_box = numbers_of(finding.reference_box),
                       .near = finding.near,
                       .watch = finding.watch,
                       .reason = finding.reason};
    const auto crop = crop_around(finding.reference_box, report_.registration.plane, reference_, sample_);
    if (!crop) {
      return made;
    }
    made.look = look_of(*crop);
    if (with_crop) {
      made.reference_crop = compare::display_jpeg(crop->reference);
      made.sample_crop = compare::display_jpeg(crop->sample);
    }
    return made;
  }

  [[nodiscard]] static std::vector<VirtualPartRecord> recorded(const compare::Sensitivity& sensitivity) {
    std::vector<VirtualPartRecord> made;
    for (const compare::FoundPart& part : sensitivity.found) {
      const Finding& finding = part.finding;
      made.push_back({.number = static_cast<int>(made.size()) + 1,
                      .length = part.length,
                      .width = part.width,
                      .unit = sensitivity.in_mm ? "mm" : "px",
                      .look = std::string(part.look),
                      .kind = std::string(name_of(finding.kind)),
                      .score = finding.score,
                      .sample_box = numbers_of(finding.sample_box),
                      .reference_box = numbers_of(finding.reference_box),
                      .near = finding.near,
                      .watch = finding.watch,
                      .reason = finding.reason,
                      .painting = painting_text(part.painted)});
    }
    return made;
  }

  const InspectionReport& report_;
  const compare::ShownPicture& reference_;
  compare::ShownPicture sample_;
};

SampleRecord without_inspection(SampleEnd end, const std::string& why) { return {.end = end, .reason = why}; }

}  // namespace

const SampleInspector::Reference& SampleInspector::reference_at(const std::filesystem::path& path) {
  if (!prepared_ || path != path_) {
    prepared_.reset();
    KnownGoodFiles against = settings_.against;
    against.reference = path;
    Reference made{.prepared = prepare_known_good(against, settings_.load, settings_.inspection, {})};
    compare::KnownGood& known_good = made.prepared.known_good;
    const compare::InspectionOptions& options = made.prepared.options;
    // Those of a reference file have theirs, or did not want any.
    if (known_good.features.empty()) {
      known_good.features = {imaging::prepare_features(imaging::prepared(known_good.boards.front(), options.modality),
                                                       options.modality, options.registration)};
    }
    made.shown = compare::shown_picture(known_good.boards.front(), options.modality);
    made.thumbnail = compare::display_jpeg(drawn_small(made.shown, kThumbnailSide));
    prepared_ = std::move(made);
    path_ = path;
  }
  return *prepared_;
}

SampleRecord SampleInspector::inspect(const SampleTask& task) {
  const auto start = std::chrono::steady_clock::now();
  SampleRecord record;
  try {
    const Reference& reference = reference_at(task.reference);
    const PreparedKnownGood& prepared = reference.prepared;
    const imaging::BoardImage sample =
        corrected(imaging::load_board_image(task.path, settings_.load), prepared.frames, prepared.known_good);
    if (sample.source.sha256 != task.sha256) {
      return without_inspection(SampleEnd::unreadable, task.path.string() + ": has changed since it was listed");
    }
    const InspectionReport report = compare::inspect(prepared.known_good, sample, prepared.options);
    record = Recorder(report, reference.shown, sample).record();
    record.reference_thumbnail = reference.thumbnail;
  } catch (const imaging::Error& error) {
    return without_inspection(SampleEnd::unreadable, error.what());
  } catch (const std::bad_alloc&) {
    return without_inspection(SampleEnd::failed, "out of memory");
  } catch (const cv::Exception& error) {
    return without_inspection(SampleEnd::failed, error.code == cv::Error::StsNoMem ? "out of memory" : error.what());
  }
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return record;
}

}  // namespace boarddiff::cli
