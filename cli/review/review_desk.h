// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/case_store.h"
#include "cli/review/picture_cache.h"
#include "cli/review/region_desk.h"
#include "cli/review/review_settings.h"
#include "cli/review/slipped_parts.h"
#include "cli/review/tile_pyramid.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace boarddiff::cli {

// For what is not there.
struct NotFound {};

// What a review page asks for and sends, without the network in between. Documents are those of cli/page/src/data.js;
// pictures are JPEG files. Boards are rows of the table `sample`, findings are numbered as the page counts, which a
// virtual part among them changes. Everything is read from the case file when it is asked for, and every decision is in
// it before its function returns. Safe to call from several threads. All throw NotFound for a board, a picture or a
// part of one that is not there, Error{invalid_option} for what nobody could mean, and as the files that they read do.
class ReviewDesk {
 public:
  ReviewDesk(CaseStore& store, const ReviewSettings& settings);

  [[nodiscard]] nlohmann::ordered_json queue();
  [[nodiscard]] nlohmann::ordered_json board(std::int64_t sample);
  // What stands now at places that were decided after a decision, 0 for all.
  [[nodiscard]] nlohmann::ordered_json changes_after(std::int64_t decision);
  // How the board's pictures are cut into tiles, or why they can only be shown small.
  [[nodiscard]] nlohmann::ordered_json pictures(std::int64_t sample);
  [[nodiscard]] std::string tile(std::int64_t sample, CasePicture which, const TilePlace& place);
  [[nodiscard]] std::string crop(std::int64_t sample, int number, CasePicture which);
  [[nodiscard]] std::string thumbnail(std::int64_t sample, CasePicture which);

  // Each from the body of a request, which is JSON.
  [[nodiscard]] nlohmann::ordered_json decide(const std::string& body);
  [[nodiscard]] nlohmann::ordered_json undo();
  // Keeps what was dismissed in the board's reference file. Takes seconds, in which others may decide.
  [[nodiscard]] nlohmann::ordered_json accept(const std::string& body);
  [[nodiscard]] nlohmann::ordered_json regions(std::int64_t sample);
  [[nodiscard]] nlohmann::ordered_json draw_region(const std::string& body);
  [[nodiscard]] nlohmann::ordered_json withdraw_region(const std::string& body);

 private:
  using RegionWork = void (RegionDesk::*)(CaseStore&, const CaseBoard&, const nlohmann::ordered_json&);

  [[nodiscard]] SlippedParts drawn_parts();
  [[nodiscard]] CaseBoard board_of(std::int64_t sample);
  [[nodiscard]] std::shared_ptr<const BoardTiles> tiles_of(std::int64_t sample);
  [[nodiscard]] std::string edition_of(std::int64_t sample);
  [[nodiscard]] nlohmann::ordered_json vigilance_document();
  [[nodiscard]] nlohmann::ordered_json decided_on(const CaseVirtualPart& part, const Decision& decision);
  [[nodiscard]] nlohmann::ordered_json change_regions(const std::string& body, RegionWork work);
  void take_away(SlippedPart& slipped);
  void take_away_what_cannot_be_shown(std::int64_t sample);

  CaseStore& store_;
  ReviewSettings settings_;
  std::mutex mutex_ = {};  // of the case file and the virtual parts
  SlippedParts slipped_;
  bool last_was_virtual_ = false;  // what was decided last
  std::string session_;
  PictureCache pictures_;
  RegionDesk regions_;
};

}  // namespace boarddiff::cli
