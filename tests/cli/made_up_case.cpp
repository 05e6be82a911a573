// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/made_up_case.h"

#include "cli/case/virtual_parts.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace boarddiff::test {

MadeUpCase::MadeUpCase() { write_text(folder_ / "reference.jpg", "the reference"); }

cli::BatchSample MadeUpCase::sample(const std::string& file, const std::string& content) const {
  const std::filesystem::path path = folder_ / file;
  std::filesystem::create_directories(path.parent_path());
  write_text(path, content);
  return {.path = path};
}

cli::BatchPlan MadeUpCase::plan_of(std::vector<cli::BatchSample> samples) const {
  return {.samples = std::move(samples), .reference = folder_ / "reference.jpg", .options = "{}"};
}

cli::FindingRecord finding_at(double x, double score, unsigned char tone) {
  cli::FindingRecord finding{.kind = "extra_component",
                             .score = score,
                             .above_threshold = true,
                             .sample_box = {x, 0, 20, 20},
                             .reference_box = {x, 0, 20, 20},
                             .reason = "made up",
                             .look = std::string(192, static_cast<char>(tone)),
                             .reference_crop = "a crop",
                             .sample_crop = "another"};
  return finding;
}

cli::VirtualPartRecord virtual_part_at(double x, double y, double score) {
  const compare::PaintedPart painted{
      .part = {.length_mm = 6, .width_mm = 5, .height_mm = 0.5, .colour = imaging::BodyColour::dark},
      .place = {.centre_px = {x, y}, .px_per_mm = 10},
      .ground = {0.3, 0.3, 0.3},
      .white_level = 0.5,
      .seed = 7};
  return {.number = 1,
          .length = 6,
          .width = 5,
          .unit = "mm",
          .look = "dark",
          .kind = "extra_component",
          .score = score,
          .sample_box = {x - 30, y - 25, 60, 50},
          .reference_box = {x - 30, y - 25, 60, 50},
          .reason = "made up",
          .painting = cli::painting_text(painted)};
}

cli::SampleRecord inspected(std::vector<cli::FindingRecord> findings) {
  int number = 0;
  for (cli::FindingRecord& finding : findings) finding.number = ++number;
  return {.end = cli::SampleEnd::inspected,
          .reason = "made up",
          .outcome = findings.empty() ? "nothing_found" : "needs_review",
          .registration = cli::RegistrationRecord{.status = "aligned", .inliers = 50},
          .findings = std::move(findings),
          .report = "{}",
          .thumbnail = "small",
          .reference_thumbnail = "small reference",
          .seconds = 1};
}

void change_by_hand(const std::filesystem::path& case_file, const std::string& sql) {
  sqlite3* handle = nullptr;
  sqlite3_open(case_file.c_str(), &handle);
  char* message = nullptr;
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
  const std::string why = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(handle);
  if (code != SQLITE_OK) throw std::runtime_error(sql + ": " + why);
}

std::string rows_of(const std::filesystem::path& case_file) {
  cli::CaseStore store(case_file, compare::DatabaseAccess::read);
  std::string text;
  for (const char* sql :
       {"SELECT place || file || sha256 || (SELECT sha256 FROM reference WHERE id = reference) || serial || lot || "
        "side || "
        "stage || operator || state || ifnull(outcome, '-') || reason || ifnull(score, '-') || ifnull(findings, '-') "
        "|| "
        "ifnull(candidates, '-') || ifnull((SELECT other.file FROM sample AS other WHERE other.id = sample.same_as), "
        "'-') "
        "|| ifnull((SELECT other.file FROM sample AS other WHERE other.id = sample.earlier), '-') FROM sample ORDER BY "
        "place, identity",
        "SELECT s.place || f.number || f.kind || f.score || f.sample_x || f.reference_x || hex(f.look) || "
        "hex(f.sample_crop) || hex(f.reference_crop) FROM finding AS f JOIN sample AS s ON s.id = f.sample ORDER BY "
        "s.place, s.identity, f.number",
        "SELECT s.place || r.content || hex(r.thumbnail) || g.status || g.inliers FROM report AS r JOIN sample AS s ON "
        "s.id = r.sample JOIN registration AS g ON g.sample = s.id ORDER BY s.place, s.identity",
        "SELECT s.place || a.numbers FROM alignment AS a JOIN sample AS s ON s.id = a.sample ORDER BY s.place, "
        "s.identity",
        "SELECT s.place || v.number || v.length || v.width || v.unit || v.look || v.score || v.reference_x || "
        "v.painting FROM virtual_part AS v JOIN sample AS s ON s.id = v.sample ORDER BY s.place, s.identity, v.number",
        "SELECT sha256 || hex(thumbnail) FROM reference ORDER BY sha256",
        "SELECT content FROM options ORDER BY sha256"}) {
    compare::Statement rows(store.database(), sql);
    while (rows.step()) text.append(rows.bytes(0)).append("\n");
  }
  return text;
}

}  // namespace boarddiff::test
