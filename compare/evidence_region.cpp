// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence_region.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace boarddiff::compare {

namespace {

constexpr float kDownTo = 0.5F;  // of the peak
constexpr float kLeast = 1.25F;  // about as strong as the surroundings is nothing to show anyone

// Of steps less is worth a look, since their shape decides (plain_body).
constexpr float kLeastOfSteps = 0.6F;

struct Cell {
  float strength = 0;
  int y = 0;
  int x = 0;
};

// All cells that could be a peak, strongest first; equal ones from top to bottom and left to right.
std::vector<Cell> peaks(const cv::Mat1f& strength, float least) {
  std::vector<Cell> cells;
  for (int y = 0; y < strength.rows; ++y) {
    for (int x = 0; x < strength.cols; ++x) {
      if (strength(y, x) >= least) {
        cells.push_back({strength(y, x), y, x});
      }
    }
  }
  std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
    return std::make_tuple(-a.strength, a.y, a.x) < std::make_tuple(-b.strength, b.y, b.x);
  });
  return cells;
}

// The unvisited cells connected to the peak and at least half as strong; marks them as visited.
std::vector<Cell> grown(const cv::Mat1f& strength, float least, const Cell& peak, cv::Mat1b& visited) {
  std::vector<Cell> cells = {peak};
  visited(peak.y, peak.x) = 1;
  for (std::size_t next = 0; next < cells.size(); ++next) {
    const Cell at = cells[next];
    for (const auto& [dy, dx] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
      const int y = at.y + dy;
      const int x = at.x + dx;
      if (y >= 0 && x >= 0 && y < visited.rows && x < visited.cols && visited(y, x) == 0 &&
          strength(y, x) >= std::max(least, kDownTo * peak.strength)) {
        visited(y, x) = 1;
        cells.push_back({strength(y, x), y, x});
      }
    }
  }
  return cells;
}

void mark_border(const std::vector<Cell>& cells, cv::Mat1b& visited) {
  for (const Cell& cell : cells) {
    for (int y = std::max(0, cell.y - 1); y <= std::min(visited.rows - 1, cell.y + 1); ++y) {
      for (int x = std::max(0, cell.x - 1); x <= std::min(visited.cols - 1, cell.x + 1); ++x) {
        visited(y, x) = 1;
      }
    }
  }
}

EvidenceRegion described(const Evidence& evidence, const std::vector<Cell>& cells) {
  EvidenceRegion region;
  int left = cells.front().x;
  int right = left;
  int top = cells.front().y;
  int bottom = top;
  for (const Cell& cell : cells) {
    left = std::min(left, cell.x);
    right = std::max(right, cell.x);
    top = std::min(top, cell.y);
    bottom = std::max(bottom, cell.y);
    const cv::Point at(cell.x, cell.y);
    region.cells.push_back(at);
    region.strength += cell.strength;
    region.appeared += evidence.sample.difference(at);
    region.disappeared += evidence.reference.difference(at);
    region.colour += std::max(evidence.sample.colour(at), evidence.reference.colour(at));
    region.reference_texture += evidence.reference.texture(at);
    region.sample_texture += evidence.sample.texture(at);
    if (!evidence.sample.step.empty()) {
      region.step += std::max(evidence.sample.step(at), evidence.reference.step(at));
    }
  }
  for (double* mean : {&region.strength, &region.appeared, &region.disappeared, &region.colour,
                       &region.reference_texture, &region.sample_texture, &region.step}) {
    *mean /= static_cast<double>(cells.size());
  }
  const double px = evidence.cell_px;
  region.box = {.x = left * px, .y = top * px, .width = (right - left + 1) * px, .height = (bottom - top + 1) * px};
  return region;
}

bool holds(const imaging::Box& box, const imaging::Point& point, double margin) {
  return point.x() >= box.x - margin && point.x() <= box.x + box.width + margin && point.y() >= box.y - margin &&
         point.y() <= box.y + box.height + margin;
}

std::vector<EvidenceRegion> regions_of(const cv::Mat1f& strength, float least, const Evidence& evidence, int most) {
  constexpr double kMarginCells = 2;
  std::vector<EvidenceRegion> regions;
  cv::Mat1b visited(strength.size(), uchar{0});
  for (const Cell& peak : peaks(strength, least)) {
    if (static_cast<int>(regions.size()) >= most) {
      break;
    }
    if (visited(peak.y, peak.x) != 0) {
      continue;
    }
    const std::vector<Cell> cells = grown(strength, least, peak, visited);
    mark_border(cells, visited);
    const EvidenceRegion region = described(evidence, cells);
    const bool part_of_stronger = std::any_of(regions.begin(), regions.end(), [&](const EvidenceRegion& other) {
      return other.strength > region.strength && holds(other.box, region.box.centre(), kMarginCells * evidence.cell_px);
    });
    if (!part_of_stronger) {
      regions.push_back(region);
    }
  }
  return regions;
}

}  // namespace

std::vector<EvidenceRegion> find_regions(const Evidence& evidence, int most) {
  std::vector<EvidenceRegion> regions = regions_of(evidence.strength, kLeast, evidence, most);
  if (evidence.step_strength.empty()) {
    return regions;
  }
  for (EvidenceRegion& region : regions_of(evidence.step_strength, kLeastOfSteps, evidence, most)) {
    region.by_step = true;
    regions.push_back(std::move(region));
  }
  return regions;
}

}  // namespace boarddiff::compare
