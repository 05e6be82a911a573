// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"

#include "datasets/design/specimen.h"
#include "datasets/picture/render_xray.h"
#include "imaging/base/error.h"
#include "imaging/base/random.h"
#include "imaging/load.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;

// Less of a change cannot be told from its neighbour's edge.
constexpr double kLeastSeen = 0.2;

// Of the shorter side of a picture that shows other boards as well, for the board's diagonal.
constexpr double kShareAmongOthers = 0.75;

struct Unit {
  BoardDesign board = {};
  RenderedPicture picture;
};

Box picture_of(const cv::Size& size) {
  return {-0.5, -0.5, static_cast<double>(size.width), static_cast<double>(size.height)};
}

bool holds(const Box& box, const Point& point) {
  return point.x() >= box.x && point.y() >= box.y && point.x() <= box.x + box.width && point.y() <= box.y + box.height;
}

// Specimens sit beside their footprints by fractions of a millimetre: the truth is where this one sits.
Place place_in(const Unit& unit, const PlantedChange& change) {
  const bool is_part = change.part && *change.part < unit.board.parts.size();
  return is_part ? place_of(unit.board.parts[*change.part]) : change.place;
}

TrueChange true_change(const PlantedChange& planted, const Unit& reference, const Unit& sample) {
  const Place place = place_in(sample, planted);
  const bool is_gone = planted.kind == compare::FindingKind::missing_component;
  TrueChange change;
  change.id = planted.id;
  change.kind = planted.kind;
  change.size_mm = planted.size_mm;
  change.background = planted.ground;
  change.board_polygon_mm = place.outline_mm;
  change.sample_polygon = polygon_in(sample.picture.camera, place);
  change.reference_polygon = polygon_in(reference.picture.camera, is_gone ? place_in(reference, planted) : place);
  change.sample_box = imaging::bounding_box(change.sample_polygon);
  change.reference_box = imaging::bounding_box(change.reference_polygon);
  for (const Place& also : planted.also) {
    change.also_in_sample.push_back(imaging::bounding_box(polygon_in(sample.picture.camera, also)));
  }
  return change;
}

std::vector<TrueChange> true_changes(const std::vector<PlantedChange>& planted, const Unit& reference,
                                     const Unit& sample, imaging::Modality modality) {
  const bool photo = modality == imaging::Modality::photo;
  std::vector<TrueChange> changes;
  for (const PlantedChange& change : planted) {
    if (!(photo ? change.in_photo : change.in_xray)) continue;
    TrueChange seen = true_change(change, reference, sample);
    if (!holds(picture_of(sample.picture.pixels.size()), seen.sample_box.centre())) continue;
    if (photo && seen_share(place_in(sample, change), sample.board.parts, sample.picture.camera) < kLeastSeen) continue;
    changes.push_back(std::move(seen));
  }
  return changes;
}

std::vector<TrueComponent> true_components(const BoardDesign& design, const Unit& reference, const Unit& sample) {
  std::vector<TrueComponent> components;
  const Box picture = picture_of(sample.picture.pixels.size());
  for (std::size_t i = 0; i < design.parts.size(); ++i) {
    const Part& part = design.parts[i];
    const Box body = shape_of(part).body_mm;
    TrueComponent component;
    component.designator = part.designator;
    if (!part.own_shape) {
      component.package = name_of(part.package);
      component.kind = kind_of(part.package);
    }
    component.populated = part.populated;
    component.centre_mm = part.centre_mm;
    component.angle_deg = part.angle_deg;
    component.size_mm = {body.width, body.height};
    component.reference_polygon = polygon_in(reference.picture.camera, place_of(reference.board.parts[i]));
    component.sample_polygon = polygon_in(sample.picture.camera, place_of(sample.board.parts[i]));
    const Box seen = imaging::intersection(imaging::bounding_box(component.sample_polygon), picture);
    if (seen.area() <= 0) component.sample_polygon.clear();
    components.push_back(std::move(component));
  }
  return components;
}

void add_plane_points(BoardPair& pair, const BoardDesign& design, const RenderedPicture& reference,
                      const RenderedPicture& sample) {
  for (int y = 0; y <= 6; ++y) {
    for (int x = 0; x <= 8; ++x) {
      const Point board(design.width_mm * (0.04 + 0.92 * x / 8), design.depth_mm * (0.04 + 0.92 * y / 6));
      const PointPair point{reference.camera.pixel_of(board, 0), sample.camera.pixel_of(board, 0)};
      if (holds(picture_of(reference.pixels.size()), point.in_reference) &&
          holds(picture_of(sample.pixels.size()), point.in_sample)) {
        pair.points.push_back(point);
        pair.points_mm.push_back(board);
      }
    }
  }
}

PictureFile encoded(const cv::Mat& pixels, const std::string& stem, int jpeg_quality) {
  const bool is_photo = pixels.depth() == CV_8U;
  const std::string ending = is_photo ? ".jpg" : ".png";
  const std::vector<int> how = is_photo ? std::vector<int>{cv::IMWRITE_JPEG_QUALITY, jpeg_quality} : std::vector<int>{};
  std::vector<unsigned char> bytes;
  imaging::require(cv::imencode(ending, pixels, bytes, how), "a rendered picture can be encoded");
  return {stem + ending, std::string(bytes.begin(), bytes.end())};
}

imaging::BoardImage decoded(const PictureFile& file, double pixels_per_mm) {
  imaging::BoardImage image = imaging::decode_board_image(std::as_bytes(std::span(file.bytes)), file.name);
  image.pixels_per_mm = pixels_per_mm;
  return image;
}

RenderedPicture render(const BoardDesign& design, const Circumstances& circumstances, imaging::Modality modality,
                       std::uint64_t seed) {
  return modality == imaging::Modality::photo ? render_photo(design, circumstances.photo, seed)
                                              : render_xray(design, xray_settings(circumstances), seed);
}

// How well each change shows beside the same unit without any.
void add_visibilities(std::vector<TrueChange>& changes, const BoardDesign& unchanged_unit, const Unit& sample,
                      const XraySettings& settings, std::uint64_t seed) {
  if (changes.empty()) return;
  const cv::Mat1f before = expected_xray(unchanged_unit, settings, seed);
  const cv::Mat1f after = expected_xray(sample.board, settings, seed);
  for (TrueChange& change : changes) {
    change.visibility = visibility_of(change.sample_polygon, before, after, settings);
  }
}

BoardDesign sample_design(const BoardDesign& design, const BoardPairSettings& settings, std::uint64_t seed) {
  switch (settings.sample_board) {
    case SampleBoard::other_design:
      return make_board_design(settings.style, imaging::mixed(seed, 1));
    case SampleBoard::other_side:
      return other_side(design, settings.style, imaging::mixed(seed, 2));
    case SampleBoard::same_unit:
    case SampleBoard::other_unit:
      return design;
  }
  return design;
}

// One picture to take.
struct Shot {
  BoardDesign unit = {};
  Circumstances circumstances = {};
  std::string stem = {};
  std::uint64_t seed = 0;
};

// A picture taken: its file, and its pixels as that file shows them.
struct Taken {
  Unit unit;
  PictureFile file = {};
  imaging::BoardImage image = {};
};

Taken take(Shot shot, imaging::Modality modality) {
  RenderedPicture picture = render(shot.unit, shot.circumstances, modality, shot.seed);
  PictureFile file = encoded(picture.pixels, shot.stem, shot.circumstances.jpeg_quality);
  imaging::BoardImage image = decoded(file, shot.circumstances.photo.camera.pixels_per_mm);
  return {{std::move(shot.unit), std::move(picture)}, std::move(file), std::move(image)};
}

// Side by side: much of a picture is painted part by part, which one processor does alone.
std::vector<Taken> take_all(std::vector<Shot> shots, imaging::Modality modality) {
  std::vector<std::optional<Taken>> taken(shots.size());
  cv::parallel_for_({0, static_cast<int>(shots.size())}, [&](const cv::Range& some) {
    for (int i = some.start; i < some.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      taken[at] = take(std::move(shots[at]), modality);
    }
  });
  std::vector<Taken> pictures;
  for (std::optional<Taken>& picture : taken) {
    pictures.push_back(std::move(*picture));
  }
  return pictures;
}

void add_further_references(BoardPair& pair, const BoardDesign& design, const Circumstances& reference, int specimens,
                            const Random& random) {
  for (int number = 2; number <= specimens; ++number) {
    Random own = random.stream(static_cast<std::uint64_t>(number));
    BoardDesign unit = another_specimen(design, own.bits());
    const Circumstances circumstances =
        sample_settings(reference, {.severity = Severity::easy}, design, own.stream("circumstances"));
    Taken taken =
        take({std::move(unit), circumstances, "reference-" + std::to_string(number), own.bits()}, pair.modality);
    pair.files.push_back(std::move(taken.file));
    pair.further_references.push_back(std::move(taken.image));
  }
}

// The unit of either modality has the same parts, so that both show one board; those inside it are no body that a
// photograph could show between the pins above.
BoardDesign as_shown(BoardDesign unit, const std::vector<PlantedChange>& changes, imaging::Modality modality) {
  if (modality == imaging::Modality::xray) return unit;
  for (const PlantedChange& change : changes) {
    if (change.ground == Ground::under_part && change.part) {
      unit.parts[*change.part].own_shape = std::make_shared<const PartShape>();
    }
  }
  return unit;
}

BoardPair pair_of(const BoardDesign& design, const BoardPairSettings& settings, std::uint64_t seed) {
  const Random random = Random(seed).stream("board pair");
  const ChangedBoard changed =
      plant_changes(sample_design(design, settings, seed), settings.changes, imaging::mixed(seed, 4));
  const bool same_unit = settings.sample_board == SampleBoard::same_unit;
  Circumstances in_reference = reference_settings(design, settings.megapixels, random.stream("reference"));
  // Boards of no style stand in any room.
  in_reference.photo.light.bulbs = settings.style == BoardStyle::mixed;
  const SampleView view{settings.severity, settings.rotation_deg, settings.tilt_deg, settings.scale,
                        settings.part_view};
  Circumstances in_sample = sample_settings(in_reference, view, design, random.stream("sample"));
  in_sample.photo.camera.mirrored = settings.mirrored;
  if (settings.among_others) {
    const std::vector<std::shared_ptr<const BoardDesign>> others = {
        std::make_shared<BoardDesign>(make_board_design(settings.style, imaging::mixed(seed, 8))),
        std::make_shared<BoardDesign>(make_board_design(settings.style, imaging::mixed(seed, 9)))};
    in_sample = among_others(in_sample, kShareAmongOthers, design, others, random.stream("others"));
  }
  // Under X-rays a board lies on a stage.
  if (settings.modality == imaging::Modality::xray && !view.tilt_deg) in_sample.photo.camera.tilt_deg *= 0.2;
  std::vector<Taken> taken =
      take_all({{another_specimen(design, imaging::mixed(seed, 3)), in_reference, "reference", imaging::mixed(seed, 6)},
                {as_shown(another_specimen(changed.design, imaging::mixed(seed, same_unit ? 3 : 5)), changed.changes,
                          settings.modality),
                 in_sample, "sample", imaging::mixed(seed, 7)}},
               settings.modality);
  const Unit& reference = taken[0].unit;
  const Unit& sample = taken[1].unit;

  BoardPair pair;
  pair.modality = settings.modality;
  pair.severity = settings.severity;
  pair.seed = seed;
  pair.reference = taken[0].image;
  pair.sample = taken[1].image;
  pair.files = {taken[0].file, taken[1].file};
  add_further_references(pair, design, in_reference, settings.specimens, random.stream("further references"));
  pair.same_board = same_unit || settings.sample_board == SampleBoard::other_unit;
  if (!pair.same_board) return pair;
  pair.changes = true_changes(changed.changes, reference, sample, settings.modality);
  if (settings.modality == imaging::Modality::xray) {
    add_visibilities(pair.changes, another_specimen(design, imaging::mixed(seed, same_unit ? 3 : 5)), sample,
                     xray_settings(in_sample), imaging::mixed(seed, 7));
  }
  add_plane_points(pair, design, reference.picture, sample.picture);
  pair.components = true_components(design, reference, sample);
  return pair;
}

}  // namespace

BoardPair make_board_pair(const BoardPairSettings& settings, std::uint64_t seed) {
  BoardPair pair = pair_of(make_board_design(settings.style, seed), settings, seed);
  pair.style = name_of(settings.style);
  pair.board = pair.style + "-" + std::to_string(seed);
  return pair;
}

BoardPair make_board_pair(const BoardDesign& design, const std::string& name, const BoardPairSettings& settings,
                          std::uint64_t seed) {
  BoardPair pair = pair_of(design, settings, seed);
  pair.board = name;
  return pair;
}

}  // namespace boarddiff::datasets
