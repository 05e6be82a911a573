// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_pair.h"
#include "tests/support/temporary_folder.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace boarddiff::test {

// A folder with two photographs of a rendered board, photo.jpg and sample.jpg, of which the second shows an extra chip
// and lacks another, whose pads it shows; wiped.png, the first with bare board in the place of another part; the
// board's design as design.csv, the same as if it were the bottom of a board as bottom.csv, and that of another board
// of the style as other.csv.
class DesignBench {
 public:
  DesignBench();

  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }
  [[nodiscard]] const datasets::BoardPair& pair() const { return pair_; }
  [[nodiscard]] std::size_t fitted_parts() const;
  [[nodiscard]] std::string scale() const;  // of photo.jpg, as --pixels-per-mm takes it
  // The designators of the part that is missing, and of the one that was wiped.
  [[nodiscard]] std::string missing_part() const;
  [[nodiscard]] const std::string& wiped_part() const { return wiped_part_; }

 private:
  TemporaryFolder folder_ = {};
  datasets::BoardPair pair_ = {};
  std::string wiped_part_ = {};
};

}  // namespace boarddiff::test
