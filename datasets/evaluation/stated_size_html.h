// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/stated_size.h"

// Private to the evaluation page.
namespace boarddiff::datasets {

// The stated sizes, and what was found of the parts that they speak of, as HTML.
[[nodiscard]] std::string stated_size_html(const StatedSizes& stated);

}  // namespace boarddiff::datasets
