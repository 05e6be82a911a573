// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/batch_list.h"
#include "cli/case/batch_workers.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace boarddiff::cli {

// Boards of one lot without a known-good one: fewer than this have no majority.
inline constexpr std::size_t kLeastLot = 3;
// Throws Error{invalid_option}.
void require_lot(std::size_t pictures);

// The picture that a lot is compared with: of four, spread over the list, the one that most of the others can be
// compared with; of these the one that differs least from them. What is odd about it is told by the lot (consensus.h).
// Throws Error{invalid_option} where there are fewer than kLeastLot pictures, or no two of the four show one model.
// `progress` hears how many pairs were compared, and of how many.
[[nodiscard]] std::filesystem::path choose_lot_reference(const std::vector<BatchSample>& samples, BatchWorkers& workers,
                                                         const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace boarddiff::cli
