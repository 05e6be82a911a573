// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_image.h"

namespace boarddiff::imaging {

std::string_view name_of(Modality modality) { return modality == Modality::photo ? "photo" : "xray"; }

}  // namespace boarddiff::imaging
