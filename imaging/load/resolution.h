// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <optional>

// Private to the loader: when a file's own resolution is a measure of the board, and when it is only a number.
namespace boarddiff::imaging::load {

// A flatbed scanner knows its resolution and writes it. Nearly everything else writes one too, without a meaning: a
// camera cannot know its distance, and editors, telephones and screen shots write the dots of a screen or of a printer.
// A wrong size in millimetres is worse than none, so the resolution is believed only when nothing speaks against it:
//  - EXIF tells neither of a lens nor of an exposure, so no camera made the picture;
//  - it does not tell of another size, so nobody shrank the picture and left the number;
//  - all places of the file that state a resolution agree within 1 %, and so do across and down;
//  - it is at least 100 dpi (4 px/mm: below it no small part can be seen) and at most 25400 dpi (a pixel of 1 um);
//  - it is, within half a dot, none of those that programs and cameras write when they know nothing: 120, 144, 150,
//    180, 192, 240, 300, 314 or 350 dpi (72 and 96 are below 100 anyway). A scan at 300 dpi is lost by this; it has
//    12 px/mm, and --pixels-per-mm says so in one word.
// Which of both is across does not matter, since they agree: turning the picture upright changes nothing.
[[nodiscard]] std::optional<double> believed_dpi(const StatedResolution& stated);

// Adds a statement. `unit` is that of TIFF and EXIF: 2 is an inch, 3 a centimetre, all else says nothing of size.
void state_in_tiff_unit(StatedResolution& stated, double across, double down, unsigned unit);
void state_per_metre(StatedResolution& stated, double across, double down);

}  // namespace boarddiff::imaging::load
