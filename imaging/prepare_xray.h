// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

namespace boarddiff::imaging {

// An X-ray as everything else expects it: one channel of 16 bits, bright where little is in the way, without faults of
// the detector. Notes say what was done, and what eight bits cost. What is as it should be stays as it is.
//
// Which way round the picture is follows from what is seen: metal is compact and stands out from the board to the dark
// side, and the border shows the beam or little more than laminate.
[[nodiscard]] BoardImage prepared_xray(BoardImage image);

// X-rays prepared, photographs as they are.
[[nodiscard]] BoardImage prepared(BoardImage image, Modality modality);

}  // namespace boarddiff::imaging
