// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/review/board_pictures.h"
#include "cli/review/tile_pyramid.h"

#include <cstddef>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace boarddiff::cli {

// Both pictures of a board at all levels, or why there are none.
struct BoardTiles {
  std::optional<TilePyramid> reference = {};
  std::optional<TilePyramid> sample = {};
  std::string reference_crop = {};  // JPEG files around the virtual part that was painted, where one was
  std::string sample_crop = {};
  std::string trouble = {};

  [[nodiscard]] const std::optional<TilePyramid>& of(CasePicture which) const {
    return which == CasePicture::sample ? sample : reference;
  }
};

// The boards that were looked at last. Safe to call from several threads: who asks for a board that another thread is
// reading waits for that one.
class PictureCache {
 public:
  // `most`: boards that are kept; each takes about eight bytes a pixel of the reference.
  explicit PictureCache(std::size_t most) : most_(most) {}

  // Nothing: there is no such board.
  using Read = std::function<std::optional<PictureRequest>()>;
  [[nodiscard]] std::shared_ptr<const BoardTiles> tiles_of(std::int64_t board, const Read& read);
  // The next one who asks has them read again.
  void forget(std::int64_t board);

 private:
  struct Entry {
    std::int64_t board = 0;
    std::shared_future<std::shared_ptr<const BoardTiles>> tiles = {};
  };
  std::mutex mutex_ = {};
  std::list<Entry> entries_ = {};  // the last one asked for in front
  std::size_t most_ = 1;
};

}  // namespace boarddiff::cli
