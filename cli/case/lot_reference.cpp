// SPDX-License-Identifier: Apache-2.0
#include "cli/case/lot_reference.h"

#include "cli/case/sample_identity.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace boarddiff::cli {
namespace {

using imaging::Error;
using imaging::ErrorCode;

constexpr std::size_t kCandidates = 4;

// A picture, and how it does as the reference of the others.
struct Candidate {
  std::filesystem::path path = {};
  std::string sha256 = {};
  int comparable = 0;
  std::size_t findings = 0;
};

// Spread over those that can be read, none twice.
std::vector<Candidate> candidates_of(const std::vector<BatchSample>& samples) {
  std::vector<Candidate> readable;
  for (const BatchSample& sample : samples) {
    FileHash hash = hash_of_file(sample.path);
    const bool is_known =
        std::any_of(readable.begin(), readable.end(), [&](const Candidate& one) { return one.sha256 == hash.sha256; });
    if (hash.trouble.empty() && !is_known) readable.push_back({sample.path, std::move(hash.sha256)});
  }
  require_lot(readable.size());
  const std::size_t count = std::min(kCandidates, readable.size());
  std::vector<Candidate> spread;
  for (std::size_t i = 0; i < count; ++i) spread.push_back(readable[i * readable.size() / count]);
  return spread;
}

}  // namespace

void require_lot(std::size_t pictures) {
  if (pictures < kLeastLot) {
    throw Error(ErrorCode::invalid_option, "--no-reference: the boards are compared with each other, and there are " +
                                               std::to_string(pictures) + " pictures; it takes " +
                                               std::to_string(kLeastLot) + " and more");
  }
}

std::filesystem::path choose_lot_reference(const std::vector<BatchSample>& samples, BatchWorkers& workers,
                                           const std::function<void(std::size_t, std::size_t)>& progress) {
  std::vector<Candidate> candidates = candidates_of(samples);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // reference, sample
  for (std::size_t reference = 0; reference < candidates.size(); ++reference) {
    for (std::size_t sample = 0; sample < candidates.size(); ++sample) {
      if (sample != reference) pairs.emplace_back(reference, sample);
    }
  }
  std::size_t next = 0;
  for (std::size_t done = 0; done < pairs.size();) {
    for (; next < pairs.size(); ++next) {
      const auto& [reference, sample] = pairs[next];
      const SampleTask task{.path = candidates[sample].path,
                            .sha256 = candidates[sample].sha256,
                            .reference = candidates[reference].path};
      if (!workers.has_room(task)) break;
      workers.start(static_cast<std::int64_t>(next), task);
    }
    for (const BatchWorkers::Done& one : workers.wait(std::chrono::milliseconds(500))) {
      Candidate& reference = candidates[pairs[static_cast<std::size_t>(one.id)].first];
      const bool compared = one.record.outcome == "needs_review" || one.record.outcome == "nothing_found";
      reference.comparable += compared ? 1 : 0;
      reference.findings +=
          static_cast<std::size_t>(std::count_if(one.record.findings.begin(), one.record.findings.end(),
                                                 [](const FindingRecord& finding) { return finding.above_threshold; }));
      progress(++done, pairs.size());
    }
  }
  const auto best = std::min_element(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::make_tuple(-a.comparable, a.findings) < std::make_tuple(-b.comparable, b.findings);
  });
  if (best->comparable == 0) {
    throw Error(ErrorCode::invalid_option,
                "--no-reference: of " + std::to_string(candidates.size()) +
                    " pictures that were tried no two could be compared with each other; a lot shows one model");
  }
  return best->path;
}

}  // namespace boarddiff::cli
