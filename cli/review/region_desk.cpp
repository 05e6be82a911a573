// SPDX-License-Identifier: Apache-2.0
#include "cli/review/region_desk.h"

#include "cli/case/audit_trail.h"
#include "cli/case/reference_changes.h"
#include "cli/drawn_regions.h"
#include "cli/reference_update.h"
#include "compare/json_numbers.h"
#include "compare/reference_file.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <filesystem>
#include <functional>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::size_t kMostText = 2000;

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

// Throws Error{invalid_option} with what to do where the board's reference can hold no regions.
void check_can_hold(const CaseBoard& board) {
  if (board.is_against_earlier) {
    refuse(
        "This board was compared with a picture of itself, of the stage before. Regions belong to a reference file: "
        "draw them where it is compared with that.");
  }
  if (!compare::is_reference_file(board.reference_path)) {
    refuse(board.reference_file +
           " is a picture, and regions are kept in reference files. Make one with: boarddiff enroll " +
           board.reference_file + " --output " + fs::path(board.reference_file).stem().string() +
           ".bdref, and inspect the boards with that.");
  }
}

std::string text_in(const Json& object, const char* key) {
  return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                                               : std::string();
}

RegionPurpose purpose_in(const Json& wanted) {
  const std::string name = text_in(wanted, "purpose");
  const auto found = std::find_if(kRegionPurposes.begin(), kRegionPurposes.end(),
                                  [&](RegionPurpose one) { return name_of(one) == name; });
  if (found == kRegionPurposes.end()) refuse("the region must be one to ignore or to watch");
  return *found;
}

imaging::Polygon corners_in(const Json& wanted) {
  imaging::Polygon corners;
  if (!wanted.contains("corners") || !wanted["corners"].is_array()) refuse("the region needs corners");
  for (const Json& corner : wanted["corners"]) {
    if (!corner.is_array() || corner.size() != 2 || !corner[0].is_number() || !corner[1].is_number()) {
      refuse("the region has a corner that is none");
    }
    corners.emplace_back(corner[0].get<double>(), corner[1].get<double>());
  }
  return corners;
}

Json region_document(const KeptRegion& region) {
  Json polygon = Json::array();
  for (const imaging::Point& corner : region.reference_polygon) {
    polygon.push_back(
        {compare::rounded(corner.x(), compare::kPixelDigits), compare::rounded(corner.y(), compare::kPixelDigits)});
  }
  return {{"purpose", std::string(name_of(region.purpose))},
          {"id", region.id},
          {"who", imaging::printable_text(region.who, kMostText)},
          {"why", imaging::printable_text(region.why, kMostText)},
          {"at", imaging::printable_text(region.at)},
          {"reference_polygon", polygon}};
}

// Changes the board's reference file, and says so in the trail.
void change(CaseStore& store, const CaseBoard& board, const std::string& action,
            const std::function<std::string(compare::ReferenceFile&)>& work) {
  check_can_hold(board);
  const std::string picture = reference_picture_of(store.database(), board.id);
  // The case is locked first, so that what is in the file gets into the trail.
  compare::Transaction transaction(store.database());
  ReferenceChange made{.action = action, .file = board.reference_file};
  made.sha256 = update_reference_file(board.reference_path, [&](compare::ReferenceFile& file) {
    check_is_same_reference(board.reference_path, picture, file.boards.front().sha256);
    made.detail = work(file);
  });
  add_to_trail(store, made);
  transaction.commit();
}

std::string words_on(RegionPurpose purpose, const std::string& id, const std::string& why) {
  return std::string(name_of(purpose)) + " " + id + ": " + why;
}

}  // namespace

RegionDesk::Reference RegionDesk::reference_of(compare::Database& database, const CaseBoard& board) {
  return {.board = board, .picture = reference_picture_of(database, board.id)};
}

Json RegionDesk::regions(const Reference& reference) {
  const std::string& path = reference.board.reference_path;
  Json document = {{"file", imaging::printable_text(reference.board.reference_file)}};
  try {
    check_can_hold(reference.board);
    const std::lock_guard lock(mutex_);
    std::error_code error;
    const std::string read = path + "\n" + std::to_string(fs::file_size(path, error)) + "\n" +
                             std::to_string(fs::last_write_time(path, error).time_since_epoch().count());
    if (read != read_) {
      Json regions = Json::array();
      const compare::ReferenceFile file = compare::read_reference_file(path);
      for (const KeptRegion& region : kept_regions(file, path)) regions.push_back(region_document(region));
      last_ = {{"picture", file.boards.front().sha256}, {"regions", regions}};
      read_ = read;
    }
    check_is_same_reference(path, reference.picture, last_["picture"].get<std::string>());
    document["regions"] = last_["regions"];
  } catch (const Error& trouble) {
    document["trouble"] = imaging::printable_text(trouble.what(), kMostText);
  }
  return document;
}

void RegionDesk::draw(CaseStore& store, const CaseBoard& board, const Json& wanted) {
  const DrawnRegion region{.purpose = purpose_in(wanted),
                           .reference_corners = corners_in(wanted),
                           .who = reviewer_,
                           .why = text_in(wanted, "why"),
                           .at = time_now()};
  change(store, board, "region drawn", [&](compare::ReferenceFile& file) {
    const std::string id = add_region(file, region, board.reference_path);
    return reviewer_ + ": " + words_on(region.purpose, id, region.why);
  });
}

void RegionDesk::withdraw(CaseStore& store, const CaseBoard& board, const Json& wanted) {
  const RegionPurpose purpose = purpose_in(wanted);
  const std::string id = text_in(wanted, "id");
  change(store, board, "region withdrawn", [&](compare::ReferenceFile& file) {
    const KeptRegion gone = take_region_away(file, purpose, id, board.reference_path);
    return reviewer_ + ": " + words_on(purpose, id, gone.why);
  });
}

}  // namespace boarddiff::cli
