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

}  // namespace boarddiff::imaging
