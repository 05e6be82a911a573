// SPDX-License-Identifier: Apache-2.0
#include "cli/review/picture_cache.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <new>
#include <utility>

namespace boarddiff::cli {
namespace {

std::shared_ptr<const BoardTiles> read_tiles(const PictureCache::Read& read) {
  auto tiles = std::make_shared<BoardTiles>();
  try {
    const std::optional<PictureRequest> request = read();
    if (!request) {
      tiles->trouble = "there is no such board";
      return tiles;
    }
    BoardPictures pictures = load_board_pictures(*request);
    tiles->reference.emplace(std::move(pictures.reference));
    tiles->sample.emplace(std::move(pictures.sample));
    tiles->reference_crop = std::move(pictures.reference_crop);
    tiles->sample_crop = std::move(pictures.sample_crop);
  } catch (const imaging::Error& error) {
    tiles->trouble = error.what();
  } catch (const std::bad_alloc&) {
    tiles->trouble = "out of memory";
  } catch (const cv::Exception& error) {
    tiles->trouble = error.code == cv::Error::StsNoMem ? "out of memory" : error.what();
  }
  return tiles;
}

}  // namespace

std::shared_ptr<const BoardTiles> PictureCache::tiles_of(std::int64_t board, const Read& read) {
  std::promise<std::shared_ptr<const BoardTiles>> made;
  std::shared_future<std::shared_ptr<const BoardTiles>> known;
  {
    const std::lock_guard lock(mutex_);
    const auto entry =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& one) { return one.board == board; });
    if (entry != entries_.end()) {
      entries_.splice(entries_.begin(), entries_, entry);
      known = entry->tiles;
    } else {
      entries_.push_front({board, made.get_future().share()});
      if (entries_.size() > most_) entries_.pop_back();
    }
  }
  if (known.valid()) {
    return known.get();
  }
  std::shared_ptr<const BoardTiles> tiles = read_tiles(read);
  made.set_value(tiles);
  return tiles;
}

void PictureCache::forget(std::int64_t board) {
  const std::lock_guard lock(mutex_);
  entries_.remove_if([&](const Entry& one) { return one.board == board; });
}

}  // namespace boarddiff::cli
