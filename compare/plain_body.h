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
// shows no outline there at all, only the board as it is around it. Else it may be light: shadows end softly, and the
// tops of parts, which mirror another part of the room, are outlined in both. Nothing is said on top of parts, the fins
// of a heat sink for one, where `surface` is covered, nor where the light comes near full scale. Photographs.
[[nodiscard]] std::optional<PlainBody> plain_body(const ChangedBody& body, const BoardSurface& surface,
                                                  const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
