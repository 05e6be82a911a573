// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/exported_case.h"

#include <stdexcept>
#include <utility>

namespace boarddiff::test {

ExportedCase::ExportedCase() : store_(made_ / "made.bdcase", compare::DatabaseAccess::create) {}

std::int64_t ExportedCase::add(cli::BatchSample sample, const cli::SampleRecord& record) {
  const std::int64_t id = add_waiting(sample);
  if (!store_.claim(id)) throw std::logic_error("a sample that was just planned is waiting");
  store_.record(id, record);
  return id;
}

std::int64_t ExportedCase::add_waiting(const cli::BatchSample& sample) {
  return store_.plan(made_.plan_of({sample})).ids.front();
}

void ExportedCase::decide(std::int64_t sample, int number, const std::string& verdict, const std::string& reviewer) {
  cli::decide(store_, {.place = {.sample = sample, .number = number},
                       .verdict = verdict,
                       .reason = verdict == cli::kDismissed ? "dirt" : "",
                       .comment = "looked twice",
                       .reviewer = reviewer});
}

cli::CaseExport ExportedCase::exported(const cli::ExportChoice& choice) {
  return cli::read_export(store_.database(), file(), choice);
}

cli::SampleRecord inspected_in_size(std::vector<cli::FindingRecord> findings) {
  cli::SampleRecord record = inspected(std::move(findings));
  record.report = R"({"sample": {"width": 640, "height": 480}})";
  return record;
}

}  // namespace boarddiff::test
