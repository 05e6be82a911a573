// SPDX-License-Identifier: Apache-2.0
#include "cli/case/picture_sizes.h"

#include "cli/text_numbers.h"
#include "imaging/base/text.h"

#include <poll.h>

#include <string>

namespace boarddiff::cli {

double PictureSizes::megapixels(const std::filesystem::path& path) {
  constexpr int kPatience_ms = 60'000;
  if (const auto known = known_.find(path); known != known_.end()) {
    return known->second;
  }
  if (!process_) {
    process_ = std::make_unique<WorkerProcess>([load = load_](const std::string& name) {
      return imaging::number_text(imaging::picture_megapixels(name, load).value_or(0));
    });
  }
  process_->ask(path.native());
  WorkerProcess::State state = WorkerProcess::State::thinking;
  pollfd event = {process_->descriptor(), POLLIN, 0};
  while (state == WorkerProcess::State::thinking && poll(&event, 1, kPatience_ms) == 1) {
    state = process_->take();
  }
  double megapixels = 0;
  if (state == WorkerProcess::State::answered) {
    megapixels = number_in<double>(process_->answer()).value_or(0);
  } else {
    process_.reset();
  }
  return known_[path] = megapixels;
}

}  // namespace boarddiff::cli
