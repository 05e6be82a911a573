// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/svg_drawing.h"
#include "compare/marked_region.h"
#include "imaging/load.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// A file of regions that is not laid on a reference yet: polygons, a mask or a drawing.
struct RegionsFile {
  std::string shown_name = {};           // in messages
  compare::RegionSet set = {};           // of a mask or a drawing without its regions
  std::vector<std::string> places = {};  // where in the file each region stands: "features[2].geometry"
  cv::Mat1b mask = {};                   // not 0 in the regions; empty: the file is no picture
  std::optional<SvgDrawing> drawing = {};
};

// The bytes of such a file. Throws Error{unreadable_file, too_large} (256 MB).
[[nodiscard]] std::string bytes_of_regions_file(const std::filesystem::path& path);

// Reads regions from a file, told apart by its first bytes:
// - GeoJSON: a FeatureCollection, Feature, Polygon or MultiPolygon in pixels of the reference as shown (x to the right,
//   y down, pixel centres whole), with the properties `who` and `why` if they are there; a ring may be left open, and
//   what stands behind x and y is left out;
// - a picture of the reference's size: what is brighter than half in any channel is a region;
// - SVG: its page is the reference, in whatever units; the areas of its shapes are regions, be they filled or outlined.
// Polygons have at most 100,000 corners in all.
// Throws Error{unreadable_file, damaged_file, ...}, which names the file, where in it, and what is wrong there.
[[nodiscard]] RegionsFile read_regions(const std::filesystem::path& path, const imaging::LoadOptions& options = {});

// The same for bytes already in memory; `shown_name` stands in for the path.
[[nodiscard]] RegionsFile regions_in_bytes(const std::string& bytes, const std::string& shown_name,
                                           const imaging::LoadOptions& options = {});

// The regions on a reference of that size; a mask or a drawing becomes the polygons around its pixels. Throws
// Error{invalid_option} where a mask has another size, a drawing other proportions, one of them has so many regions
// that it is none, a drawing no shape with an area, or a polygon lies wholly outside.
[[nodiscard]] compare::RegionSet regions_on(const RegionsFile& file, const cv::Size& reference);

}  // namespace boarddiff::cli
