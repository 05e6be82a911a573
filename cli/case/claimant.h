// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::cli {

// This process in words that no other has, on any machine: where several work on one case file, each says so of what
// it has in hand.
[[nodiscard]] std::string claimant_here();

// Whether the process that said so may still be at work. One of another machine may be; nobody here can tell.
[[nodiscard]] bool may_be_at_work(const std::string& claimant);

}  // namespace boarddiff::cli
