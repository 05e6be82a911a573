// SPDX-License-Identifier: Apache-2.0
#include "cli/feedback/accept_variation.h"

#include "cli/case/audit_trail.h"
#include "cli/case/reading_options.h"
#include "cli/case/reference_changes.h"
#include "cli/case/sample_identity.h"
#include "cli/drawn_regions.h"
#include "cli/load_reference.h"
#include "cli/reference_update.h"
#include "compare/variation.h"
#include "imaging/base/error.h"
#include "imaging/prepare_xray.h"
#include "imaging/registration.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::EnrolledVariation;
using compare::ReferenceFile;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::size_t kMostText = 1000;  // bytes of a reason

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

std::string dismissal_words(std::string_view reason) {
  if (reason == "lot_code") return "lot code";
  if (reason == "alternate") return "approved alternate";
  return std::string(reason);
}

std::string reason_of(const Decision& dismissal) {
  std::string why = dismissal_words(dismissal.reason);
  if (!dismissal.comment.empty()) why.append(": ").append(dismissal.comment);
  return why.substr(0, kMostText);
}

Decision dismissal_of(compare::Database& database, const DecisionPlace& place) {
  const auto standing = standing_of(decisions_after(database));
  const auto found = standing.find(place);
  if (found == standing.end() || found->second.state() != PlaceState::dismissed) {
    refuse(subject_of(place) + " does not stand as dismissed");
  }
  const std::vector<Decision>& verdicts = found->second.verdicts;
  const auto fault =
      std::find_if(verdicts.begin(), verdicts.end(), [](const Decision& one) { return one.reason == "picture_fault"; });
  if (fault != verdicts.end()) {
    refuse(subject_of(place) + " was dismissed as a fault of the picture, which is no look of the board");
  }
  return verdicts.front();
}

bool has_frames(const std::string& options) {
  const nlohmann::json given = nlohmann::json::parse(options, nullptr, false);
  return given.is_object() && (given.contains("dark") || given.contains("flat"));
}

void check_takes_feedback(const VariationRequest& request) {
  const CaseBoard& board = request.board;
  // Says itself where there is no file.
  if (board.is_against_earlier || !compare::is_reference_file(board.reference_path)) {
    refuse(board.name() +
           " was not inspected against a file of boarddiff enroll, which alone can hold what is accepted");
  }
}

bool counts(const EnrolledVariation& variation) { return variation.withdrawn_by.empty(); }

}  // namespace

bool takes_variations(const CaseBoard& board) {
  if (board.is_against_earlier) {
    return false;
  }
  try {
    return compare::is_reference_file(board.reference_path);
  } catch (const Error&) {
    return false;
  }
}

VariationRequest variation_request(compare::Database& database, const DecisionPlace& place, const std::string& who) {
  const std::optional<CaseBoard> board = board_with(database, place.sample);
  if (!board || !place.number) refuse("the case file holds no " + subject_of(place));
  VariationRequest request{.place = place,
                           .board = *board,
                           .options = options_of(database, place.sample),
                           .reference_picture_sha256 = reference_picture_of(database, place.sample),
                           .who = who,
                           .why = reason_of(dismissal_of(database, place))};
  for (const CaseFinding& finding : findings_of(database, place.sample)) {
    if (finding.number == *place.number) {
      request.kind = finding.kind;
      request.core = finding.reference_box;
    } else if (finding.above_threshold) {
      request.others.push_back(finding.reference_box);
    }
  }
  return request;
}

EnrolledVariation cut_variation(const VariationRequest& request) {
  const CaseBoard& board = request.board;
  const std::filesystem::path path = board.reference_path;
  check_takes_feedback(request);
  if (has_frames(request.options)) {
    refuse(board.name() +
           " was inspected with frames of the detector (--dark, --flat): what it shows cannot be cut "
           "out without them");
  }
  const ReadingOptions reading = reading_options_in(request.options);
  const LoadedReference loaded = load_reference(path, reading.modality, {}, reading.load, ReferenceBoards::first);
  const imaging::BoardImage reference = prepared(loaded.known_good.boards.front(), loaded.modality);
  check_is_same_reference(board.reference_path, request.reference_picture_sha256, reference.source.sha256);
  const imaging::BoardImage sample = prepared(imaging::load_board_image(board.path, reading.load), loaded.modality);
  if (sample.source.sha256 != board.sha256) {
    throw Error(ErrorCode::unreadable_file, board.path + ": has changed since it was inspected");
  }
  const imaging::Registration registration = register_to_reference(reference, sample, loaded.modality);
  const cv::Rect place = compare::variation_place(request.core, request.others, reference.size());
  if (!registration.ok() || place.empty()) {
    refuse(subject_of(request.place) + " lies nowhere on the reference");
  }
  EnrolledVariation variation{
      .core = request.core,
      .place = place,
      .bytes = compare::variation_bytes(compare::cut_look(reference, sample, registration, loaded.modality, place)),
      .reference_sha256 = reference.source.sha256,
      .sample_sha256 = sample.source.sha256,
      .who = request.who,
      .why = request.why};
  variation.sha256 = hash_of(variation.bytes);
  return variation;
}

int keep_variation(CaseStore& store, const VariationRequest& request, EnrolledVariation variation) {
  const std::filesystem::path path = request.board.reference_path;
  compare::Transaction transaction(store.database());
  variation.when = time_now();
  ReferenceChange change{.action = "variation accepted", .file = request.board.reference_file};
  change.sha256 = update_reference_file(path, [&](ReferenceFile& file) {
    check_is_same_reference(path.string(), variation.reference_sha256, file.boards.front().sha256);
    for (const EnrolledVariation& other : file.variations) {
      if (counts(other) && other.sample_sha256 == variation.sample_sha256 && other.core == variation.core) {
        refuse(subject_of(request.place) + " is variation " + std::to_string(other.number) + " of " + path.string() +
               " already");
      }
    }
    if (file.variations.size() == compare::kMostEnrolledVariations) {
      refuse(path.string() + ": holds as many variations as can be");
    }
    variation.number = static_cast<int>(file.variations.size()) + 1;
    file.variations.push_back(variation);
  });
  change.detail = request.who + ": variation " + std::to_string(variation.number) + ", " + subject_of(request.place) +
                  ": " + request.why;
  add_to_trail(store, change);
  transaction.commit();
  return variation.number;
}

std::string keep_region(CaseStore& store, const VariationRequest& request) {
  const std::filesystem::path path = request.board.reference_path;
  check_takes_feedback(request);
  if (request.kind != name_of(compare::FindingKind::changed_marking)) {
    refuse(subject_of(request.place) +
           " is no changed marking: ignored, it would hide whatever lies there on other boards. Keep its look instead");
  }
  compare::Transaction transaction(store.database());
  std::string id;
  ReferenceChange change{.action = "region drawn", .file = request.board.reference_file};
  change.sha256 = update_reference_file(path, [&](ReferenceFile& file) {
    check_is_same_reference(path.string(), request.reference_picture_sha256, file.boards.front().sha256);
    id = add_region(file,
                    {.purpose = RegionPurpose::ignore,
                     .reference_corners = corners(request.core),
                     .who = request.who,
                     .why = request.why,
                     .at = time_now()},
                    path.string());
  });
  change.detail = request.who + ": ignore " + id + ", " + subject_of(request.place) + ": " + request.why;
  add_to_trail(store, change);
  transaction.commit();
  return id;
}

void withdraw_variation(const std::filesystem::path& reference, int number, const std::string& who, CaseStore* store) {
  std::optional<compare::Transaction> transaction;
  if (store != nullptr) transaction.emplace(store->database());
  const ReferenceHashes hashes = update_reference_file(reference, [&](ReferenceFile& file) {
    if (number < 1 || number > static_cast<int>(file.variations.size())) {
      refuse(reference.string() + ": holds no variation " + std::to_string(number));
    }
    EnrolledVariation& variation = file.variations[static_cast<std::size_t>(number) - 1];
    if (!counts(variation)) {
      refuse(reference.string() + ": variation " + std::to_string(number) + " has been withdrawn by " +
             variation.withdrawn_by + " already");
    }
    variation.withdrawn_by = who;
    variation.withdrawn_at = time_now();
  });
  if (store == nullptr) return;
  add_to_trail(*store, {.action = "variation withdrawn",
                        .file = reference.filename().string(),
                        .detail = who + ": variation " + std::to_string(number),
                        .sha256 = hashes});
  transaction->commit();
}

}  // namespace boarddiff::cli
