// SPDX-License-Identifier: Apache-2.0
#include "cli/case/lots.h"

#include "compare/hit_rule.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;

struct Seen {
  LotMember member = {};
  std::int64_t reference = 0;
  std::string board = {};  // serial, or else path
  std::string name = {};
  std::string kind = {};
  double score = 0;
  imaging::Box box = {};
  std::string near = {};
  std::string look = {};
};

// What removes or adds is not the same thing, however alike the place looks.
bool is_missing(const std::string& kind) { return kind == "missing_component"; }

// Whether the pixels of two places look alike but for the brightness of the picture.
bool look_alike(const std::string& a, const std::string& b) {
  constexpr double kLeastLikeness = 0.5;  // correlation
  if (a.size() != b.size() || a.empty()) {
    return a.empty() && b.empty();
  }
  const auto value = [](char byte) { return static_cast<double>(static_cast<unsigned char>(byte)); };
  double a_mean = 0, b_mean = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    a_mean += value(a[i]);
    b_mean += value(b[i]);
  }
  a_mean /= static_cast<double>(a.size());
  b_mean /= static_cast<double>(a.size());
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (value(a[i]) - a_mean) * (value(b[i]) - b_mean);
    aa += (value(a[i]) - a_mean) * (value(a[i]) - a_mean);
    bb += (value(b[i]) - b_mean) * (value(b[i]) - b_mean);
  }
  // Plain places are alike where their brightness is.
  constexpr double kPlain = 4;  // deviation of a pixel
  constexpr double kSameTone = 40;
  const double plain = kPlain * kPlain * static_cast<double>(a.size());
  if (aa < plain || bb < plain) {
    return aa < 4 * plain && bb < 4 * plain && std::abs(a_mean - b_mean) < kSameTone;
  }
  return ab >= kLeastLikeness * std::sqrt(aa * bb);
}

// Of samples that are chosen; ?1 to ?3 are those of bind_choice.
constexpr const char* kChosen =
    "earlier IS NULL AND (?1 = '' OR lot = ?1) AND (?2 = '' OR reference.sha256 = ?2) AND (?3 = '' OR options.sha256 = "
    "?3)";
constexpr const char* kJoined =
    "sample JOIN reference ON reference.id = sample.reference JOIN options ON options.id = sample.options";

void bind_choice(Statement& rows, const LotChoice& choice) {
  rows.bind(0, std::string_view(choice.lot))
      .bind(1, std::string_view(choice.reference))
      .bind(2, std::string_view(choice.options));
}

std::vector<Seen> all_seen(Database& database, const LotChoice& choice) {
  Statement rows(
      database,
      std::string("SELECT sample.reference, sample.serial, sample.path, sample.file, kind, finding.score, "
                  "reference_x, reference_y, reference_width, reference_height, near, look, sample.id, number "
                  "FROM ") +
          kJoined +
          " JOIN finding ON finding.sample = sample.id WHERE (above_threshold = 1 OR advisory = 2) AND sample.sha256 "
          "<> "
          "reference.sha256 AND " +
          kChosen + " ORDER BY finding.score DESC, sample.place, sample.id, number");
  bind_choice(rows, choice);
  std::vector<Seen> seen;
  while (rows.step()) {
    const std::string serial = rows.bytes(1);
    seen.push_back({.member = {rows.integer(12), static_cast<int>(rows.integer(13))},
                    .reference = rows.integer(0),
                    .board = serial.empty() ? rows.bytes(2) : serial,
                    .name = serial.empty() ? rows.bytes(3) : serial,
                    .kind = rows.bytes(4),
                    .score = rows.number(5).value_or(0),
                    .box = {.x = rows.number(6).value_or(0),
                            .y = rows.number(7).value_or(0),
                            .width = rows.number(8).value_or(0),
                            .height = rows.number(9).value_or(0)},
                    .near = rows.bytes(10),
                    .look = rows.bytes(11)});
  }
  return seen;
}

// The best finding of a cluster, which all others of it are like, and the boards.
struct Growing {
  const Seen* best = nullptr;
  std::set<std::string> boards = {};
  std::vector<std::string> names = {};
  std::vector<LotMember> members = {};
};

// The square of a reference that a point lies in: what belongs together lies in one, or in one beside it.
using Square = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
constexpr double kSquare_px = 200;

Square square_of(std::int64_t reference, double x, double y) {
  return {reference, static_cast<std::int64_t>(std::floor(x / kSquare_px)),
          static_cast<std::int64_t>(std::floor(y / kSquare_px))};
}

class Clusters {
 public:
  void add(const Seen& seen) {
    const double x = seen.box.x + seen.box.width / 2;
    const double y = seen.box.y + seen.box.height / 2;
    const auto [reference, column, row] = square_of(seen.reference, x, y);
    for (std::int64_t dy = -1; dy <= 1; ++dy) {
      for (std::int64_t dx = -1; dx <= 1; ++dx) {
        const auto here = by_square_.find({reference, column + dx, row + dy});
        if (here == by_square_.end()) continue;
        for (const std::size_t index : here->second) {
          if (belongs(seen, *clusters_[index].best)) return join(clusters_[index], seen);
        }
      }
    }
    by_square_[{reference, column, row}].push_back(clusters_.size());
    join(clusters_.emplace_back(Growing{.best = &seen}), seen);
  }

  [[nodiscard]] const std::vector<Growing>& all() const { return clusters_; }

 private:
  static bool belongs(const Seen& seen, const Seen& best) {
    return is_missing(seen.kind) == is_missing(best.kind) && compare::hits(seen.box, best.box) &&
           look_alike(seen.look, best.look);
  }

  static void join(Growing& cluster, const Seen& seen) {
    constexpr std::size_t kMostNames = 10;
    cluster.members.push_back(seen.member);
    if (cluster.boards.insert(seen.board).second && cluster.names.size() < kMostNames) {
      cluster.names.push_back(seen.name);
    }
  }

  std::vector<Growing> clusters_ = {};
  std::map<Square, std::vector<std::size_t>> by_square_ = {};
};

LotShare share_of(std::int64_t boards, std::int64_t inspected) {
  if (boards == 1) return LotShare::one;
  return 2 * boards > inspected ? LotShare::most : LotShare::some;
}

}  // namespace

std::vector<LotCluster> lot_clusters(Database& database, const LotChoice& choice) {
  std::map<std::int64_t, std::pair<std::string, std::int64_t>> references;  // file, boards
  Statement rows(database,
                 std::string("SELECT reference.id, reference.file, count(DISTINCT CASE serial WHEN '' THEN "
                             "sample.path ELSE serial END) FROM ") +
                     kJoined +
                     " WHERE outcome IN ('needs_review', 'nothing_found') AND sample.sha256 <> reference.sha256 "
                     "AND " +
                     kChosen + " GROUP BY reference.id");
  bind_choice(rows, choice);
  while (rows.step()) references[rows.integer(0)] = {rows.bytes(1), rows.integer(2)};

  const std::vector<Seen> seen = all_seen(database, choice);
  Clusters clusters;
  for (const Seen& one : seen) clusters.add(one);
  std::vector<LotCluster> list;
  for (const Growing& cluster : clusters.all()) {
    const auto& [file, inspected] = references[cluster.best->reference];
    const auto boards = static_cast<std::int64_t>(cluster.boards.size());
    list.push_back({.reference = file,
                    .kind = cluster.best->kind,
                    .reference_box = cluster.best->box,
                    .near = cluster.best->near,
                    .score = cluster.best->score,
                    .boards = boards,
                    .inspected = inspected,
                    .share = share_of(boards, inspected),
                    .names = cluster.names,
                    .members = cluster.members});
  }
  std::stable_sort(list.begin(), list.end(), [](const LotCluster& a, const LotCluster& b) {
    return std::make_tuple(static_cast<int>(a.share), -a.score) < std::make_tuple(static_cast<int>(b.share), -b.score);
  });
  return list;
}

}  // namespace boarddiff::cli
