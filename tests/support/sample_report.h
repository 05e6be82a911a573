// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/joint_inspection.h"

namespace boarddiff::test {

// A report with every field filled with a value of its own, over two pictures of 400 x 300 that a shift of
// (12, -5) px lays on each other. Finding 1 is an extra component.
[[nodiscard]] compare::InspectionReport sample_report();

// The same with X-rays of twice the size: they show finding 1, too, and finding 2 alone.
[[nodiscard]] compare::JointReport sample_joint_report();

// A picture of that size: an even ground with some darker bodies.
[[nodiscard]] imaging::BoardImage sample_picture(int type);

}  // namespace boarddiff::test
