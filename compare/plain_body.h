// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/board_surface.h"
#include "compare/changed_body.h"
#include "imaging/normalized_pair.h"

#include <optional>

namespace boarddiff::compare {

enum class PlainBody { appeared, disappeared };

// Whether what changed is a body that differs from its board by brightness alone: it fills the region's box and a
// rectangle; the step is larger than what lies within it in either picture; it ends sharply; and one of the pictures
// shows no outline there at all, only the board as it is around it. Light does the like to what is on the board anyway:
// shadows end softly, and tops of parts that mirror another part of the room are outlined in both. So are those of what
// stands tall, which `surface` leaves out: only the board itself is as even as that. Photographs.
[[nodiscard]] std::optional<PlainBody> plain_body(const ChangedBody& body, const BoardSurface& surface,
                                                  const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
