// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/review/review_settings.h"

#include <memory>
#include <string>

namespace boarddiff::cli {

// Serves the review page of one case file to one browser of this machine: on 127.0.0.1, to who comes with the address
// that was printed, and to no page of another origin. Everything is read from the case file when it is asked for, and
// every decision is in it before the answer goes out; so several reviewers, each with a server, may work on one file.
class ReviewServer {
 public:
  // Throws Error{invalid_option} for a port that cannot be had.
  ReviewServer(CaseStore& store, const ReviewSettings& settings);
  ~ReviewServer();
  ReviewServer(const ReviewServer&) = delete;
  ReviewServer& operator=(const ReviewServer&) = delete;

  // With the token that opens it, once.
  [[nodiscard]] std::string address() const;
  // Answers until stop() is called, by another thread.
  void run();
  void stop();

 private:
  class Routes;
  std::unique_ptr<Routes> routes_;
};

}  // namespace boarddiff::cli
