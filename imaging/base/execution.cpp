// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/execution.h"

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

void set_thread_count(int threads) { cv::setNumThreads(threads == 0 ? -1 : threads); }

void compute_alike_on_all_processors() { cv::setUseOptimized(false); }

}  // namespace boarddiff::imaging
