// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/streams.h"

#include <string_view>

namespace boarddiff::cli {

// One line on a terminal that says what is being done, replaced by the next and gone at the end of the scope, also
// when an error ends it. Writes nothing elsewhere; no colours.
class ProgressLine {
 public:
  ProgressLine(const Streams& streams, bool quiet) : err_(streams.err), shown_(streams.err_is_terminal && !quiet) {}
  ~ProgressLine() { show(""); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::string_view stage);

 private:
  std::ostream& err_;
  bool shown_;
};

}  // namespace boarddiff::cli
