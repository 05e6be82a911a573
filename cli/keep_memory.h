// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace boarddiff::cli {

// From now on freed memory stays with the process: for commands that make picture after picture, where fetching fresh
// pages from the system costs a quarter of the time. Does nothing where the C library has no such setting.
void keep_freed_memory();

}  // namespace boarddiff::cli
