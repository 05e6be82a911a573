// SPDX-License-Identifier: Apache-2.0
#include "cli/case/plan_samples.h"

#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using compare::Database;
using compare::Statement;

// Where it is found whatever folder a program is started in.
std::string place_of(const fs::path& path) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error);
  return (error ? path : whole).lexically_normal().string();
}

std::string name_of_file(const fs::path& path) {
  constexpr std::size_t kMost = 1000;
  return imaging::printable_text(path.filename().string(), kMost);
}

// A row of the table `sample` that is to be.
struct NewRow {
  std::string identity = {};
  std::size_t place = 0;
  const BatchSample* sample = nullptr;
  std::string sha256 = {};
  std::int64_t reference = 0;
  std::int64_t options = 0;
  std::int64_t earlier = 0;  // 0: none
  std::string state = "waiting";
  std::int64_t same_as = 0;  // 0: none
  std::string reason = {};
};

void bind_row(Statement& statement, int parameter, std::int64_t id) {
  id == 0 ? statement.bind_null(parameter) : statement.bind(parameter, id);
}

std::int64_t insert_row(Database& database, const NewRow& row, const Station& station) {
  Statement statement(database,
                      "INSERT INTO sample(identity, place, path, file, sha256, reference, options, earlier, serial, "
                      "lot, side, stage, operator, station, taken, state, same_as, reason) VALUES(?, ?, ?, ?, ?, ?, ?, "
                      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const BatchSample& sample = *row.sample;
  const std::string& performer = sample.performer.empty() ? station.performer : sample.performer;
  statement.bind(0, std::string_view(row.identity))
      .bind(1, static_cast<std::int64_t>(row.place))
      .bind(2, std::string_view(place_of(sample.path)))
      .bind(3, std::string_view(name_of_file(sample.path)))
      .bind(4, std::string_view(row.sha256))
      .bind(5, row.reference)
      .bind(6, row.options);
  bind_row(statement, 7, row.earlier);
  statement.bind(8, std::string_view(sample.serial))
      .bind(9, std::string_view(sample.lot))
      .bind(10, std::string_view(sample.side))
      .bind(11, std::string_view(sample.stage))
      .bind(12, std::string_view(performer))
      .bind(13, std::string_view(station.station))
      .bind(14, std::string_view(sample.taken))
      .bind(15, std::string_view(row.state));
  bind_row(statement, 16, row.same_as);
  statement.bind(17, std::string_view(row.reason)).step();
  return database.integer_of("SELECT last_insert_rowid()");
}

struct KnownRow {
  std::int64_t id = 0;
  std::string path = {};
  std::string state = {};
};

std::optional<KnownRow> row_with(Database& database, const std::string& identity) {
  Statement row(database, "SELECT id, path, state FROM sample WHERE identity = ?");
  row.bind(0, std::string_view(identity));
  if (!row.step()) {
    return {};
  }
  return KnownRow{row.integer(0), row.bytes(1), row.bytes(2)};
}

// The last picture of the same side of this serial at another stage.
struct EarlierStage {
  std::int64_t id = 0;
  std::string path = {};
  std::string sha256 = {};
};

std::optional<EarlierStage> earlier_stage(Database& database, const BatchSample& sample, std::int64_t before) {
  if (sample.serial.empty() || sample.stage.empty()) {
    return {};
  }
  Statement row(database,
                "SELECT id, path, sha256 FROM sample WHERE serial = ? AND side = ? AND stage <> ? AND stage <> '' AND "
                "earlier IS NULL AND state IN ('waiting', 'inspected') AND id < ? ORDER BY id DESC LIMIT 1");
  row.bind(0, std::string_view(sample.serial))
      .bind(1, std::string_view(sample.side))
      .bind(2, std::string_view(sample.stage))
      .bind(3, before);
  if (!row.step()) {
    return {};
  }
  return EarlierStage{row.integer(0), row.bytes(1), row.bytes(2)};
}

fs::path reference_of(const BatchSample& sample, const BatchPlan& plan) {
  return sample.reference.empty() ? plan.reference : sample.reference;
}

std::int64_t reference_row(Database& database, const fs::path& path, const std::string& sha256) {
  Statement(database, "INSERT INTO reference(path, file, sha256) VALUES(?, ?, ?) ON CONFLICT DO NOTHING")
      .bind(0, std::string_view(place_of(path)))
      .bind(1, std::string_view(name_of_file(path)))
      .bind(2, std::string_view(sha256))
      .step();
  Statement row(database, "SELECT id FROM reference WHERE sha256 = ?");
  row.bind(0, std::string_view(sha256)).step();
  return row.integer(0);
}

std::int64_t options_row(Database& database, const std::string& content, const std::string& sha256) {
  Statement(database, "INSERT INTO options(sha256, content) VALUES(?, ?) ON CONFLICT DO NOTHING")
      .bind(0, std::string_view(sha256))
      .bind(1, std::string_view(content))
      .step();
  Statement row(database, "SELECT id FROM options WHERE sha256 = ?");
  row.bind(0, std::string_view(sha256)).step();
  return row.integer(0);
}

class Planner {
 public:
  Planner(Database& database, const BatchPlan& plan, const Station& station)
      : database_(database),
        plan_(plan),
        station_(station),
        options_hash_(hash_of(plan.options)),
        options_(options_row(database, plan.options, options_hash_)) {}

  void enter(std::size_t index, const FileHash& picture, const std::string& reference_hash) {
    const BatchSample& sample = plan_.samples[index];
    NewRow row{.place = plan_.first_place + index * plan_.place_step,
               .sample = &sample,
               .sha256 = picture.sha256,
               .reference = reference_row(database_, reference_of(sample, plan_), reference_hash),
               .options = options_};
    const std::string unread = identity_of(sample, "", reference_hash, options_hash_, place_of(sample.path));
    if (!picture.trouble.empty()) {
      row.identity = unread;
      row.state = "unreadable";
      row.reason = picture.trouble;
      planned_.ids.push_back(row_of(row, row_with(database_, row.identity)));
      ++planned_.unreadable;
      return;
    }
    if (row.sha256 == reference_hash) {
      planned_.remarks.push_back(sample.path.string() + " is the same file as its reference");
    }
    // What could not be read before, and now can be; what somebody said about it stays.
    Statement(
        database_,
        "DELETE FROM sample WHERE identity = ? AND state = 'unreadable' AND id NOT IN (SELECT sample FROM decision)")
        .bind(0, std::string_view(unread))
        .step();
    const std::int64_t id = enter_picture(std::move(row), reference_hash);
    Statement(database_,
              "UPDATE sample SET state = 'repeated', same_as = ?, reason = 'it could be read later' WHERE identity = ? "
              "AND state = 'unreadable'")
        .bind(0, id)
        .bind(1, std::string_view(unread))
        .step();
  }

  [[nodiscard]] Planned planned() const { return planned_; }

 private:
  [[nodiscard]] std::int64_t row_of(const NewRow& row, const std::optional<KnownRow>& known) {
    return known ? known->id : insert_row(database_, row, station_);
  }

  // Returns the row that is to be inspected for it.
  std::int64_t enter_picture(NewRow row, const std::string& reference_hash) {
    const BatchSample& sample = *row.sample;
    const std::string path = place_of(sample.path);
    row.identity = identity_of(sample, row.sha256, reference_hash, options_hash_);
    std::optional<KnownRow> known = row_with(database_, row.identity);
    if (known && known->path != path) {
      row.same_as = known->id;
      row.state = "repeated";
      row.reason = "the same picture as " + known->path;
      row.identity = identity_of(sample, row.sha256, reference_hash, options_hash_, path);
      known = row_with(database_, row.identity);
      ++planned_.repeated;
    } else if (known && known->state == "inspected") {
      ++planned_.known;
    }
    if (known && plan_.retry) {
      Statement(database_,
                "UPDATE sample SET state = 'waiting', reason = '' WHERE id = ? AND state IN ('unreadable', 'failed')")
          .bind(0, known->id)
          .step();
    }
    const std::int64_t id = row_of(row, known);
    planned_.ids.push_back(id);
    if (row.same_as != 0) {
      return row.same_as;
    }
    enter_comparison_with_earlier(std::move(row), id);
    return id;
  }

  void enter_comparison_with_earlier(NewRow row, std::int64_t id) {
    const std::optional<EarlierStage> earlier = earlier_stage(database_, *row.sample, id);
    if (!earlier) {
      return;
    }
    row.earlier = earlier->id;
    row.reference = reference_row(database_, earlier->path, earlier->sha256);
    row.identity = identity_of(*row.sample, row.sha256, earlier->sha256, options_hash_, "stage before");
    planned_.ids.push_back(row_of(row, row_with(database_, row.identity)));
  }

  Database& database_;
  const BatchPlan& plan_;
  const Station& station_;
  std::string options_hash_;
  std::int64_t options_;
  Planned planned_ = {};
};

}  // namespace

ReadFiles read_files(Database& database, const BatchPlan& plan, const std::function<void(std::size_t)>& progress) {
  ReadFiles files;
  for (const BatchSample& sample : plan.samples) {
    const fs::path reference = reference_of(sample, plan);
    if (!files.references.contains(reference)) {
      FileHash hash = hash_of_file(reference);
      if (!hash.trouble.empty()) throw imaging::Error(imaging::ErrorCode::unreadable_file, hash.trouble);
      files.references[reference] = std::move(hash.sha256);
    }
    files.pictures.push_back(seen_file(database, sample.path, place_of(sample.path), plan.hash_all));
    if (progress) progress(files.pictures.size());
  }
  return files;
}

Planned enter_samples(Database& database, const BatchPlan& plan, const ReadFiles& files, const Station& station) {
  Planner planner(database, plan, station);
  for (std::size_t i = 0; i < plan.samples.size(); ++i) {
    const BatchSample& sample = plan.samples[i];
    planner.enter(i, files.pictures.at(i).hash, files.references.at(reference_of(sample, plan)));
    keep_seen(database, place_of(sample.path), files.pictures[i]);
  }
  Planned planned = planner.planned();
  planned.read = static_cast<std::size_t>(
      std::count_if(files.pictures.begin(), files.pictures.end(), [](const SeenFile& seen) { return seen.was_read; }));
  return planned;
}

}  // namespace boarddiff::cli
