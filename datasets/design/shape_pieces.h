// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

// Private to the shapes of packages: the pieces that they are put together from, in millimetres of the part's frame.
namespace boarddiff::datasets {

inline const Finish kTin = {{180, 185, 186}, 150, 225};
inline const Finish kSolder = {{168, 174, 175}, 190, 235};
inline const Finish kGold = {{90, 170, 214}, 170, 220};
inline const Finish kMould = {{44, 42, 42}, 50, 0};
inline const Finish kPin = {{172, 177, 178}, 140, 222};
inline const Finish kSteel = {{164, 169, 172}, 160, 225};
inline const Finish kAluminium = {{182, 185, 186}, 100, 215};
inline const Finish kBlackPlastic = {{36, 34, 34}, 70, 0};
inline const Finish kDarkGap = {{14, 13, 13}, 20, 0};
inline const Finish kWhitePlastic = {{206, 222, 228}, 80, 0};

// A block on the board, bevelled, as opaque to X-rays as its finish lets expect.
[[nodiscard]] Solid box(double x, double y, double width, double depth, double top, const Finish& finish);

// Like a box, but rounded off over half its smaller side: a lying cylinder, a bead.
[[nodiscard]] Solid bead(double x, double y, double width, double depth, double top, const Finish& finish);

[[nodiscard]] Solid cylinder(double x, double y, double diameter, double top, const Finish& finish);

// A print on whatever is there: only a colour.
[[nodiscard]] Solid mark(double x, double y, double width, double depth, const Finish& finish);

void add_pad(PartShape& shape, double x, double y, double width, double depth);

// A pad with a plated hole, and the wire's end in its cone of solder.
void add_wire_end(PartShape& shape, double x, double y, double diameter);

// What a maker prints on top, in an area of at most this size.
void set_text(PartShape& shape, double width, double depth, const cv::Vec3b& colour);

}  // namespace boarddiff::datasets
