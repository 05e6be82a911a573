// SPDX-License-Identifier: Apache-2.0
#include "compare/variation.h"

#include "compare/whole_pixels.h"
#include "imaging/base/error.h"
#include "imaging/xray_attenuation.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace boarddiff::compare {

namespace {

using imaging::BoardImage;
using imaging::Box;
using imaging::Modality;

// Of the longer side of the reference as it is compared, so that the filters of the evidence end within it.
constexpr double kMarginShare = 0.006;
constexpr double kMarginOfCore = 0.15;  // of the core's longer side: shadows and walls of what stands there

// The place without the other, cut on the side where least is lost; never into the core.
cv::Rect without(const cv::Rect& place, const cv::Rect& other, const cv::Rect& core) {
  if ((place & other).empty()) {
    return place;
  }
  cv::Rect best = core;
  const auto offer = [&](int left, int top, int right, int bottom) {
    const cv::Rect cut(left, top, right - left, bottom - top);
    if ((cut & core) == core && cut.area() > best.area()) best = cut;
  };
  const int right = place.x + place.width;
  const int bottom = place.y + place.height;
  offer(std::max(place.x, other.x + other.width), place.y, right, bottom);
  offer(place.x, place.y, std::min(right, other.x), bottom);
  offer(place.x, std::max(place.y, other.y + other.height), right, bottom);
  offer(place.x, place.y, right, std::min(bottom, other.y));
  return best;
}

// 1 in the core, falling to 0 at the edge of the place.
cv::Mat1f weights(const cv::Rect& place, const Box& core) {
  const auto at = [](double position, double core_begin, double core_end, double begin, double end) {
    if (position < core_begin) return (position - begin) / std::max(1.0, core_begin - begin);
    if (position > core_end) return (end - position) / std::max(1.0, end - core_end);
    return 1.0;
  };
  cv::Mat1f result(place.size());
  for (int y = 0; y < place.height; ++y) {
    const double down =
        at(place.y + y + 0.5, core.y, core.y + core.height, place.y, static_cast<double>(place.y) + place.height);
    for (int x = 0; x < place.width; ++x) {
      const double across =
          at(place.x + x + 0.5, core.x, core.x + core.width, place.x, static_cast<double>(place.x) + place.width);
      result(y, x) = static_cast<float>(std::clamp(std::min(down, across), 0.0, 1.0));
    }
  }
  return result;
}

void lay_on(cv::Mat& picture, const Variation& variation) {
  cv::Mat place = picture(variation.place);
  cv::Mat below;
  cv::Mat above;
  place.convertTo(below, CV_32F);
  variation.pixels.convertTo(above, CV_32F);
  cv::Mat weight = weights(variation.place, variation.core);
  if (below.channels() == 3) cv::merge(std::vector<cv::Mat>{weight, weight, weight}, weight);
  const cv::Mat mixed = below + weight.mul(above - below);
  mixed.convertTo(place, place.type());
}

// The picture with the looks of some variations laid on it, in this order.
BoardImage varied(BoardImage picture, const std::vector<Variation>& variations, const std::vector<std::size_t>& some) {
  picture.pixels = picture.pixels.clone();
  for (const std::size_t index : some) lay_on(picture.pixels, variations[index]);
  return picture;
}

bool fits(const Variation& variation, const BoardImage& reference) {
  const cv::Rect inside = variation.place & cv::Rect({}, reference.size());
  return !inside.empty() && inside == variation.place && variation.pixels.size() == variation.place.size() &&
         variation.pixels.type() == reference.pixels.type();
}

// How far the sample is from a look of the place, wherever within reach it lies best: what stands above the board is
// displaced, all of it alike.
double distance(const cv::Mat& sample, const cv::Mat& look, const cv::Rect& core) {
  constexpr int kReach = 4;
  const cv::Rect around =
      cv::Rect(core.x - kReach, core.y - kReach, core.width + 2 * kReach, core.height + 2 * kReach) &
      cv::Rect({}, sample.size());
  cv::Mat1f scores;
  cv::matchTemplate(sample(around), look(core), scores, cv::TM_SQDIFF);
  double least = 0;
  cv::minMaxLoc(scores, &least);
  return least;
}

cv::Rect in_pair(const Box& core, const imaging::NormalizedPair& pair) {
  return whole_pixels(scaled(core, pair.scale), pair.size());
}

bool meet(const cv::Rect& one, const cv::Rect& other) { return !(one & other).empty(); }

// The variations in groups, by index, none of which lies on another of its group.
std::vector<std::vector<std::size_t>> apart(const std::vector<Variation>& variations, const BoardImage& reference) {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < variations.size(); ++i) {
    if (!fits(variations[i], reference)) continue;
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const std::vector<std::size_t>& members) {
      return std::none_of(members.begin(), members.end(),
                          [&](std::size_t member) { return meet(variations[member].place, variations[i].place); });
    });
    if (group == groups.end()) {
      groups.push_back({i});
    } else {
      group->push_back(i);
    }
  }
  return groups;
}

struct Gain {
  std::size_t variation = 0;
  double less = 0;  // how much less the sample is away from the variation than from the reference; above 0
};

// Of the variations of a group that the sample resembles more than the reference.
std::vector<Gain> gains(const std::vector<Variation>& variations, const std::vector<std::size_t>& group,
                        const imaging::NormalizedPair& plain, const imaging::NormalizedPair& with_looks) {
  std::vector<Gain> found;
  for (const std::size_t index : group) {
    const cv::Rect core = in_pair(variations[index].core, plain);
    if (core.empty()) continue;
    const double less =
        distance(plain.sample, plain.reference, core) - distance(with_looks.sample, with_looks.reference, core);
    if (less > 0) found.push_back({index, less});
  }
  return found;
}

// The variations that the sample shows, by index; of those that lie on each other the one that explains most.
// `paired`: the sample with a reference.
std::vector<std::size_t> seen_ones(const BoardImage& reference, const std::vector<Variation>& variations,
                                   const std::function<imaging::NormalizedPair(const BoardImage&)>& paired) {
  const std::vector<std::vector<std::size_t>> groups = apart(variations, reference);
  if (groups.empty()) {
    return {};
  }
  const imaging::NormalizedPair plain = paired(reference);
  std::vector<Gain> all;
  for (const std::vector<std::size_t>& group : groups) {
    const std::vector<Gain> found = gains(variations, group, plain, paired(varied(reference, variations, group)));
    all.insert(all.end(), found.begin(), found.end());
  }
  std::stable_sort(all.begin(), all.end(), [](const Gain& one, const Gain& other) { return one.less > other.less; });
  std::vector<std::size_t> seen;
  for (const Gain& gain : all) {
    const Box& core = variations[gain.variation].core;
    const bool is_taken = std::any_of(seen.begin(), seen.end(), [&](std::size_t other) {
      return intersection(core, variations[other].core).area() > 0;
    });
    if (!is_taken) seen.push_back(gain.variation);
  }
  return seen;
}

}  // namespace

cv::Rect variation_place(const Box& core, const std::vector<Box>& others, const cv::Size& reference) {
  const cv::Rect frame({}, reference);
  const cv::Rect judged = whole_pixels(core, reference);
  if (judged.empty()) {
    return {};
  }
  const int margin = cvCeil(std::max(kMarginShare * std::max(reference.width, reference.height),
                                     kMarginOfCore * std::max(core.width, core.height)));
  cv::Rect place =
      cv::Rect(judged.x - margin, judged.y - margin, judged.width + 2 * margin, judged.height + 2 * margin) & frame;
  for (const Box& other : others) place = without(place, whole_pixels(other, reference), judged);
  return place;
}

cv::Mat cut_look(const BoardImage& reference, const BoardImage& sample, const imaging::Registration& registration,
                 Modality modality, const cv::Rect& place, const imaging::Execution& execution) {
  const imaging::NormalizationOptions at_full_size{.max_side_px =
                                                       std::max(reference.size().width, reference.size().height)};
  const imaging::NormalizedPair pair =
      normalize_pair(reference, sample, registration, modality, at_full_size, execution);
  imaging::require((place & cv::Rect({}, pair.size())) == place && !place.empty(),
                   "cut_look: a place of the reference");
  const double full = reference.pixels.depth() == CV_16U ? 65535 : 255;
  cv::Mat light = pair.sample(place).clone();
  if (modality == Modality::xray) {
    cv::Mat1f levels;
    reference.pixels.convertTo(levels, CV_32F, 1 / full);
    light = imaging::transmission(light, imaging::open_beam_level(levels));
  }
  if (light.channels() == 3 && reference.pixels.channels() == 1) cv::cvtColor(light, light, cv::COLOR_BGR2GRAY);
  // What the sample does not show stays as the reference has it.
  cv::Mat look = reference.pixels(place).clone();
  cv::Mat shown;
  light.convertTo(shown, look.type(), full);
  shown.copyTo(look, pair.seen(place));
  return look;
}

SuitedReference suited_reference(const BoardImage& reference, const std::vector<Variation>& variations,
                                 const BoardImage& sample, const imaging::Registration& registration, Modality modality,
                                 const imaging::NormalizationOptions& options, const imaging::Execution& execution) {
  const std::vector<std::size_t> seen = seen_ones(reference, variations, [&](const BoardImage& picture) {
    return normalize_pair(picture, sample, registration, modality, options, execution);
  });
  SuitedReference result{.picture = seen.empty() ? reference : varied(reference, variations, seen),
                         .is_seen = std::vector<bool>(variations.size(), false)};
  for (const std::size_t index : seen) result.is_seen[index] = true;
  return result;
}

std::vector<UsedVariation> used_variations(const std::vector<Variation>& variations, const std::vector<bool>& is_seen) {
  imaging::require(variations.size() == is_seen.size(), "used_variations: one a variation");
  std::vector<UsedVariation> used;
  for (std::size_t i = 0; i < variations.size(); ++i) {
    const Variation& variation = variations[i];
    used.push_back({.number = variation.number,
                    .core = variation.core,
                    .who = variation.who,
                    .why = variation.why,
                    .when = variation.when,
                    .is_seen = is_seen[i]});
  }
  return used;
}

std::vector<MarkedRegion> watched_places(const std::vector<UsedVariation>& variations) {
  std::vector<MarkedRegion> places;
  for (const UsedVariation& variation : variations) {
    if (!variation.is_seen) continue;
    places.push_back({.who = variation.who,
                      .why = "accepted variation " + std::to_string(variation.number),
                      .reference_rings = {imaging::corners(variation.core)}});
  }
  return places;
}

}  // namespace boarddiff::compare
