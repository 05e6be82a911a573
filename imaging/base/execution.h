// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace boarddiff::imaging {

// How a stage runs, never what it computes: results do not depend on any field here.
struct Execution {
  // Told the name of each stage as it begins ("registering"); empty: nobody listens.
  std::function<void(std::string_view stage)> progress = {};

  void begin(std::string_view stage) const {
    if (progress) {
      progress(stage);
    }
  }
};

// Threads for every library that we call, for the whole process; 0 means one per processor.
void set_thread_count(int threads);

// From now on OpenCV computes as on the plainest processor of its kind, for the whole process. With what newer ones add
// (fused multiplication on x86-64) sums are rounded differently, and the same pictures give scores that differ in the
// third digit from machine to machine.
void compute_alike_on_all_processors();

}  // namespace boarddiff::imaging
